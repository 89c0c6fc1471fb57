"""PDF/UA-1 from HTML, with nothing fetched that is not ours."""

from __future__ import annotations

import io

import page as validator
import pytest
from pypdf import PdfReader

from outside import pdf

HTML = """<!DOCTYPE html><html lang="en-GB"><head><title>A certificate</title></head>
<body><h1>A certificate</h1><p>For work that others should copy.</p>{more}</body></html>"""


@pytest.fixture(autouse=True)
def assets(tmp_path, monkeypatch):
    """Assets of this test's own: one stylesheet, one picture, and a secret beside the folder."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "plain.css").write_text("@page { size: A4 } h1 { color: #4A1F5C }")
    (folder / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (folder / "notes.txt").write_text("not for documents")
    (tmp_path / "secret.svg").write_text("<svg/>")
    monkeypatch.setattr(pdf, "ASSETS", folder)
    pdf._stylesheet.cache_clear()
    yield folder
    pdf._stylesheet.cache_clear()


def test_make_pdf_makes_valid_pdf_ua():
    """Judged by a validator that is not the library that wrote it."""
    made = pdf.make_pdf(HTML.format(more=""), "plain.css")
    report = validator.validate_pdf_bytes(made, profile=validator.ValidationProfile.PDF_UA_1)
    assert [failure.rule_id for failure in report.failures] == []
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert (len(reader.pages), reader.metadata.title) == (1, "A certificate")
    assert "For work that others should copy." in reader.pages[0].extract_text()


def test_make_pdf_may_use_our_own_picture():
    """By its asset name."""
    pdf.make_pdf(HTML.format(more='<img src="asset:mark.svg" alt="The mark">'), "plain.css")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.svg",
        "https://host.example/x.svg",
        "file:///etc/passwd",
        "asset:../secret.svg",
        "asset:/etc/passwd",
        "asset:notes.txt",
        "asset:missing.svg",
        "//host.example/x.svg",
        "x.svg",
    ],
)
def test_nothing_else_is_fetched(address):
    """Neither from the network nor from the disk; the document fails instead of being made without it."""
    with pytest.raises(pdf.AssetMissing):
        pdf.make_pdf(HTML.format(more=f'<img src="{address}" alt="x">'), "plain.css")


def test_warm_up_reads_each_stylesheet_once(assets):
    """A worker is ready before its first job; the file is not read again."""
    pdf.warm_up("plain.css")
    (assets / "plain.css").unlink()
    assert pdf.make_pdf(HTML.format(more=""), "plain.css")[:5] == b"%PDF-"
