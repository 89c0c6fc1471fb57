"""HTML into PDF/UA-1 with WeasyPrint. Only our own assets are ever fetched."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

ASSETS = Path(__file__).resolve().parent.parent / "static" / "documents"
ASSET_TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".css": "text/css"}


class AssetMissing(Exception):
    """A document asks for something that is not there or not ours."""


class OwnAssetsOnly(URLFetcher):
    """Refuses every address but data: URIs and `asset:` names inside static/documents."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """What WeasyPrint asks for; raises ValueError for anything that is not ours."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith("asset:"):
            raise ValueError("documents use our own assets only")
        path = (ASSETS / url.removeprefix("asset:")).resolve()
        if not path.is_relative_to(ASSETS) or path.suffix not in ASSET_TYPES:
            raise ValueError("documents use our own assets only")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ASSET_TYPES[path.suffix]})


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=1)
def _fetcher() -> OwnAssetsOnly:
    return OwnAssetsOnly(allowed_protocols=("data", "asset"), allow_redirects=False, fail_on_errors=True)


@lru_cache(maxsize=16)
def _stylesheet(name: str) -> CSS:
    # Parsing and font loading cost more than a page, so each stylesheet is read once per process.
    text = (ASSETS / name).read_text()
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher(), base_url="asset:")


def make_pdf(html: str, stylesheet: str) -> bytes:
    """The PDF/UA-1 of an HTML text, laid out by a stylesheet of static/documents.

    The HTML needs lang, title, headings in order, an alt on every image and scope on every table heading.
    Raises AssetMissing.
    """
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "font_config": _fonts()}
    page = HTML(string=html, url_fetcher=_fetcher(), base_url="asset:")
    try:
        pdf: bytes = page.write_pdf(stylesheets=[_stylesheet(stylesheet)], **options)
    except FatalURLFetchingError as error:
        # WeasyPrint's is no Exception: it would end the whole batch, not this one document.
        raise AssetMissing(str(error)) from error
    return pdf


# A line in each weight, so that both fonts are there.
_TRIAL_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Trial</title></head>
<body><h1>Trial</h1><p>Of <b>everything</b></p></body></html>"""


def warm_up(*stylesheets: str) -> None:
    """Lay out a page with each stylesheet before the worker forks: each job starts with its fonts loaded."""
    for name in stylesheets:
        make_pdf(_TRIAL_PAGE, name)
