"""Files: typed from their content, named safely."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstage.uploads import rules
from base.errors import Refusal


def office(*parts):
    """A zip file with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for part in parts:
            # Without the present time: the same bytes, so the same test, in every worker.
            file.writestr(zipfile.ZipInfo(part), "x")
    return content.getvalue()


PDF, PNG, JPG = b"%PDF-1.7", b"\x89PNG\r\n\x1a\nx", b"\xff\xd8\xff\xe0"
ALL = ("pdf", "docx", "pptx", "jpg", "png")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (JPG, "jpg"),
        (office("word/document.xml"), "docx"),
        (office("ppt/presentation.xml", "other"), "pptx"),
        (office("xl/workbook.xml"), ""),
        (office("word/document.xml")[:40], ""),
        (b"PK\x03\x04 not a zip", ""),
        (b"<html><script>", ""),
        (b" %PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_kind_of(content, expected):
    """By what is in it; nothing that we do not know."""
    kind = rules.kind_of(content)
    assert kind == (rules.KINDS[expected] if expected else rules.OTHER)
    assert kind.ending == expected


@pytest.mark.parametrize(
    ("content", "endings", "expected"),
    [
        (PDF, ALL, None),
        (PDF, ("jpg", "png"), "The file must be one of these kinds: JPG, PNG"),
        (b"words", ALL, "The file must be one of these kinds: PDF, DOCX, PPTX, JPG, PNG"),
        (b"", ALL, "The file is empty. Choose another one"),
        (PDF + b"x" * (rules.MOST_BYTES - len(PDF)), ALL, None),
        (
            PDF + b"x" * (rules.MOST_BYTES - len(PDF) + 1),
            ALL,
            "The file is larger than 10 MB. Choose a smaller one, or save it as a PDF",
        ),
    ],
)
def test_why_not_keep(content, endings, expected):
    """In words for the person who chose it."""
    assert rules.why_not_keep(content, endings) == (Refusal(expected, "file") if expected else None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.pdf", "report.pdf"),
        ("report.exe", "report.pdf"),
        ("no ending", "no ending.pdf"),
        ("C:\\fakepath\\Our work.docx", "Our work.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ('<"a">?.pdf', "a.pdf"),
        ("Bericht über.pdf", "Bericht über.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_safe_name(name, expected):
    """The true ending, no folders."""
    assert rules.safe_name(name, "pdf") == expected


@given(st.text(max_size=200))
def test_a_safe_name_is_safe(name):
    """Whatever people call their files."""
    safe = rules.safe_name(name, "pdf")
    assert safe.endswith(".pdf")
    assert 5 <= len(safe) <= 84
    assert not set(safe) & set('/\\<>:"|?*\r\n\0')
    assert not safe.startswith(".")


@pytest.mark.parametrize(
    ("size", "expected"),
    [(820, "820 bytes"), (1000, "1 KB"), (34_600, "35 KB"), (1_000_000, "1 MB"), (2_449_000, "2.4 MB")],
)
def test_size_in_words(size, expected):
    """As people say it."""
    assert rules.size_in_words(size) == expected
