"""A file: which kinds are taken, and how it is said."""

from __future__ import annotations

import pytest

from backstage.question_types.rules.file import File
from backstage.question_types.rules.question_type import Given, Input, Status
from base.errors import Refusal

FILE = File()
GIVEN = Given("Document", "file", file_name="Report.pdf", size=2_400_000)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (["pdf", "docx", "pptx"], ("pdf", "docx", "pptx")),
        (["docx", "pdf"], ("pdf", "docx")),
        ([], ("pdf", "docx", "pptx", "jpg", "png")),
        (["pdf", "exe"], ("pdf",)),
        (["exe"], ("pdf", "docx", "pptx", "jpg", "png")),
    ],
)
def test_endings(accept, expected):
    """Only kinds that we know; all of them where the organiser names none."""
    assert FILE.endings(accept) == expected


def test_how_far_it_is():
    """There or not; a text left over is no file."""
    assert FILE.status(Given("Document", "file", text="left over")) == Status("empty", "Not started")
    assert FILE.status(GIVEN) == Status("done", "Done")
    assert FILE.why_not_complete(Given("Document", "file")) == Refusal("Add: Document")
    assert FILE.why_not_complete(Given("Document", "file", required=False)) is None
    assert FILE.why_not_complete(GIVEN) is None
    assert FILE.why_not_finished(GIVEN) is None


def test_in_words():
    """Name and size, or nothing."""
    assert (FILE.input, FILE.asks(300), FILE.most_words(300)) == (Input.UPLOAD, "A file", 0)
    assert (FILE.in_words(GIVEN), FILE.in_words(Given("Document"))) == ("Report.pdf, 2.4 MB", "")
