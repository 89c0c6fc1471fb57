"""Making documents: each once, whatever fails or dies in between."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select

from backstage.documents import actions
from backstage.documents.models import Document
from backstage.documents.rules import DocumentPage
from base.database import db
from jobs.documents import make_documents
from jobs.step import step
from outside import pdf, storage
from tests.waiting import LAST_RESORT

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
SUBJECTS = ["entry:1", "entry:2", "entry:3"]
TRIAL = """<!DOCTYPE html><html lang="en-GB"><head><title>{{ name }}</title></head>
<body><h1>{{ name }}</h1>{% if picture %}<img src="{{ picture }}" alt="x">{% endif %}</body></html>"""


@pytest.fixture(autouse=True)
def trial(app, tmp_path, monkeypatch, at):
    """A template and a stylesheet of this test's own, at 9.30."""
    at(NOW)
    (tmp_path / "trial.css").write_text("@page { size: A6 }")
    monkeypatch.setattr(pdf, "ASSETS", tmp_path)
    pdf._stylesheet.cache_clear()
    loader = ChoiceLoader([DictLoader({"trial.html": TRIAL}), app.jinja_env.loader])
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    yield
    pdf._stylesheet.cache_clear()


@pytest.fixture
def ids(app):
    """Three documents that wait."""
    with step():
        _, made = actions.ask_for_documents("trial", "scheme:1", SUBJECTS, None, "jobs.documents.make_trial")
    return made


def page(name, **more):
    """What becomes one PDF."""
    return DocumentPage("trial.html", "trial.css", {"name": name, "picture": "", **more})


def pages_of(subjects, now):
    """Every subject has its page."""
    return {subject: page(subject) for subject in subjects}


def rows(app):
    """(state, attempts, error) of every document, by id."""
    with app.app_context():
        found = db.session.execute(
            select(Document.state, Document.attempts, Document.error).order_by(Document.id)
        )
        return [tuple(row) for row in found]


def files(app, test_settings):
    """Every file kept, and those that belong to a row."""
    with app.app_context():
        names = db.session.scalars(select(Document.storage_name)).all()
    kept = {f"documents/{path.name}" for path in (test_settings.files / "documents").rglob("*.pdf")}
    return kept, {name for name in names if name}


@pytest.fixture(autouse=True)
def no_files(test_settings):
    """Begin with none."""
    for path in test_settings.files.rglob("*.pdf"):
        path.unlink()


def test_make_documents_makes_each_of_them(app, ids, test_settings):
    """Rows with their own file, of their own size."""
    make_documents("trial", ids, pages_of)
    assert rows(app) == [("made", 1, "")] * 3
    with app.app_context():
        made = db.session.scalars(select(Document).order_by(Document.id)).all()
        contents = [storage.read(one.storage_name or "") for one in made]
        assert [one.size for one in made] == [len(content) for content in contents]
    assert [content[:8] for content in contents] == [b"%PDF-1.7"] * 3
    kept, owned = files(app, test_settings)
    assert (kept, len(owned)) == (owned, 3)


def test_a_second_job_with_the_same_ids_makes_nothing(app, ids, test_settings):
    """Nothing is rendered and nothing replaced."""
    make_documents("trial", ids, pages_of)
    before = files(app, test_settings)
    asked = []

    def look(subjects, now):
        asked.append(subjects)
        return {}

    make_documents("trial", ids, look)
    assert (files(app, test_settings), asked, rows(app)) == (before, [], [("made", 1, "")] * 3)


def test_two_jobs_with_the_same_ids_at_once_make_each_once(app, ids, test_settings):
    """Two workers, one of which finds nothing to claim."""
    barrier = Barrier(2)

    def work(_):
        barrier.wait(LAST_RESORT)
        make_documents("trial", ids, pages_of)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    kept, owned = files(app, test_settings)
    assert (len(kept), kept == owned, rows(app)) == (3, True, [("made", 1, "")] * 3)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (None, "LookupError"),
        (page("x", picture="asset:missing.svg"), "AssetMissing"),
        (DocumentPage("trial.html", "trial.css", {}), "UndefinedError"),
        (DocumentPage("no-such.html", "trial.css", {}), "TemplateNotFound"),
    ],
)
def test_one_that_cannot_be_made_leaves_the_others(app, ids, test_settings, bad, error):
    """Its row says what kind of mistake it was; it is tried three times."""

    def one_is_bad(subjects, now):
        pages = pages_of(subjects, now)
        if "entry:2" in pages:
            pages["entry:2"] = bad
        return {subject: one for subject, one in pages.items() if one}

    seen = []
    for _ in range(4):
        make_documents("trial", ids, one_is_bad)
        seen.append(rows(app))
    made = ("made", 1, "")
    assert seen == [
        [made, ("waiting", 1, error), made],
        [made, ("waiting", 2, error), made],
        [made, ("failed", 3, error), made],
        [made, ("failed", 3, error), made],
    ]
    kept, owned = files(app, test_settings)
    assert (kept, len(owned)) == (owned, 2)


def test_pages_that_cannot_be_read_put_every_row_back(app, ids):
    """The job fails, for the log; the rows wait for another try."""

    def broken(subjects, now):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_documents("trial", ids, broken)
    assert rows(app) == [("waiting", 1, "ZeroDivisionError")] * 3


def test_a_late_worker_keeps_no_files(app, ids, test_settings, at):
    """It was so slow that another took its rows: the other's files stay, its own go."""

    def slow(subjects, now):
        at(NOW + timedelta(minutes=5, microseconds=1))
        make_documents("trial", ids, pages_of)
        return pages_of(subjects, now)

    make_documents("trial", ids, slow)
    kept, owned = files(app, test_settings)
    assert (len(kept), kept == owned, rows(app)) == (3, True, [("made", 2, "")] * 3)


def test_files_outlive_a_commit_that_may_have_happened(app, ids, test_settings, monkeypatch):
    """The connection is lost at the last moment: no row may name a deleted file. Strays go later."""

    def lost(claim, made):
        really(claim, made)
        raise ConnectionError

    really = actions.documents_made
    monkeypatch.setattr(actions, "documents_made", lost)
    with pytest.raises(ConnectionError):
        make_documents("trial", ids, pages_of)
    kept, owned = files(app, test_settings)
    assert (len(kept), owned, rows(app)) == (3, set(), [("making", 1, "")] * 3)
    with app.app_context():
        assert [actions.delete_strays(NOW), len(files(app, test_settings)[0])] == [0, 3]
    for path in (test_settings.files / "documents").rglob("*.pdf"):
        os.utime(path, (0, 0))
    with app.app_context():
        assert [actions.delete_strays(NOW), files(app, test_settings)[0]] == [3, set()]
