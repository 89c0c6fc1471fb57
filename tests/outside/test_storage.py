"""Files: named by us, private, whole or not there."""

from __future__ import annotations

import os
import re
import shutil
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base import settings
from outside import storage


@pytest.fixture(autouse=True)
def files(app, test_settings):
    """The folder of this run's files, empty."""
    shutil.rmtree(test_settings.files, ignore_errors=True)
    return test_settings.files


def test_keep_read_and_forget(files):
    """A random name, the bytes back, and nothing left; forgetting twice is no error."""
    name = storage.keep("uploads", b"\x00content", "pdf")
    assert re.fullmatch(r"uploads/[0-9a-f]{32}\.pdf", name)
    assert storage.read(name) == b"\x00content"
    storage.forget(name)
    storage.forget(name)
    with pytest.raises(FileNotFoundError):
        storage.read(name)


def test_two_files_never_share_a_name(files):
    """Also where their content is the same."""
    assert len({storage.keep("uploads", b"x", "pdf") for _ in range(50)}) == 50


def test_files_are_for_their_owner_only(files):
    """File 600; no half-written part beside it."""
    name = storage.keep("documents", b"x" * 100_000, "pdf")
    path = files / "documents" / name.partition("/")[2][:2] / name.partition("/")[2]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir() if one.name.endswith(".part")] == []


def test_a_file_that_cannot_be_written_is_not_there(files, monkeypatch):
    """A full disk leaves no name behind that leads to half a file."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    before = sorted(files.rglob("*.pdf"))
    with pytest.raises(OSError, match="No space"):
        storage.keep("documents", b"x", "pdf")
    assert sorted(files.rglob("*.pdf")) == before


def test_forget_strays_deletes_what_no_row_names(files):
    """Old ones only: what was kept a moment ago may be about to get its row."""
    named, stray, young = (storage.keep("uploads", b"x", "pdf") for _ in range(3))
    for name in (named, stray):
        os.utime(storage.path_of(name), (0, 0))
    half = storage.path_of(stray).with_name("half.pdf.part")
    half.write_bytes(b"x")
    os.utime(half, (0, 0))
    asked = []

    def rows(names):
        asked.append(names)
        return {named}

    assert storage.forget_strays("uploads", 3600, rows) == 2
    assert asked == [{named, stray}]
    there = [name for name in (named, stray, young) if storage.path_of(name).exists()]
    assert (there, half.exists()) == ([named, young], False)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "uploads",
        "uploads/",
        "uploads/..",
        "uploads/..secret",
        "../secret",
        "uploads/../../secret",
        "/etc/passwd",
        "uploads/" + "0" * 32,
        "uploads/" + "0" * 32 + ".pdf\n",
        "uploads/" + "0" * 32 + ".pdf/x",
        "uploads/" + "０" * 32 + ".pdf",
    ],
)
def test_a_name_that_is_not_ours_is_refused(name):
    """Nothing outside the folder of files can be read or deleted."""
    for do in (storage.read, storage.forget):
        with pytest.raises(ValueError, match="not a name of ours"):
            do(name)


@given(st.text(alphabet="abc019./\\-_\x00 ", max_size=50))
def test_no_name_leads_out_of_the_folder(name):
    """Whatever it is, it is refused or lies below the folder of files."""
    try:
        path = storage.path_of(name)
    except ValueError:
        return
    assert path.resolve().is_relative_to(settings.current().files.resolve())


def test_forget_strays_deletes_old_files_that_no_row_names():
    named, stray, fresh = (storage.keep("strays", b"x", "pdf") for _ in range(3))
    for name in (named, stray):
        os.utime(storage.path_of(name), (0, 0))
    assert storage.forget_strays("strays", 60, lambda names: names & {named}) == 1
    assert storage.names("strays", -60) == {named, fresh}
