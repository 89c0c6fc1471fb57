"""Keeping uploads, and deleting what nothing points at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backstage.answers import actions as answers
from backstage.questions import actions as questions
from backstage.uploads import actions
from backstage.uploads.models import Upload
from backstage.uploads.rules import UNUSED_KEPT
from base.errors import Refused
from outside import storage

NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
PDF = b"%PDF-1.7 a document"


def test_keep_upload(db_session, at):
    """Under a name of ours, typed from its content."""
    at(NOW)
    upload = actions.keep_upload(PDF, "../Report.docx", ("pdf", "docx"), None)
    assert (upload.file_name, upload.content_type, upload.size, upload.uploaded_at) == (
        "Report.pdf",
        "application/pdf",
        19,
        NOW,
    )
    assert "Report" not in upload.storage_name
    assert storage.read(upload.storage_name) == PDF


def test_keep_upload_refused(db_session):
    """No row, for the form's field."""
    with pytest.raises(Refused) as refused:
        actions.keep_upload(b"words", "fine.pdf", ("pdf",), None)
    assert refused.value.field == "file"
    assert db_session.scalars(select(Upload)).all() == []


def test_delete_unused(db_session, at):
    """What an answer points at stays for ever; what nothing points at goes after 30 days, its file too."""
    at(NOW)
    made = questions.add_question_set("The season")
    evidence = questions.add_question(made.id, "evidence", "Document", type="file")
    sheet = answers.start_sheet(made.id)
    replaced = answers.save_file(sheet.id, evidence, PDF, "first.pdf", None).storage_name
    kept = answers.save_file(sheet.id, evidence, PDF, "second.pdf", None).storage_name
    db_session.flush()
    assert actions.delete_unused(NOW + UNUSED_KEPT) == 0
    assert storage.read(replaced) == PDF
    later = NOW + UNUSED_KEPT.resolution + UNUSED_KEPT
    assert actions.delete_unused(later) == 1
    assert db_session.scalars(select(Upload.storage_name)).all() == [kept]
    assert storage.read(kept) == PDF
    with pytest.raises(FileNotFoundError):
        storage.read(replaced)
    assert actions.delete_unused(later) == 0
