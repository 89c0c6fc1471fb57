"""PDFs that a journey has fetched: are they accessible, what do they say, how do they look."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import page as validator

DOTS_AN_INCH = 96


def not_accessible(pdf: bytes) -> list[str]:
    """The rules of PDF/UA-1 that a PDF breaks, by a validator that is not the library that wrote it."""
    report = validator.validate_pdf_bytes(pdf, profile=validator.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in report.failures]


def text_of(pdf: bytes, folder: Path) -> str:
    """What a PDF says, in one line of single spaces, read by poppler."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True
    )
    path.unlink()
    return " ".join(found.stdout.split())


def draw(pdf: bytes, folder: Path, name: str) -> list[Path]:
    """Each page as a picture beside those of the journey."""
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS_AN_INCH), str(path), str(folder / name)], check=True)
    return sorted(folder.glob(f"{name}-*.png"))


def have_poppler() -> bool:
    """Whether poppler's programs are there."""
    return bool(shutil.which("pdftotext") and shutil.which("pdftoppm"))
