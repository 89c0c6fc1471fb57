"""Which files we take: typed from their content, of a size that mail and judges can carry."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import timedelta

from base.errors import Refusal

MOST_BYTES = 10 * 1024 * 1024
# A file that was replaced or taken away can be asked for again for a while.
UNUSED_KEPT = timedelta(days=30)
# A file whose row never came is deleted after this.
STRAYS_KEPT = timedelta(days=1)
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """What a file's content says it is."""

    ending: str
    content_type: str


KINDS = {
    "pdf": Kind("pdf", "application/pdf"),
    "docx": Kind("docx", f"{OFFICE}.wordprocessingml.document"),
    "pptx": Kind("pptx", f"{OFFICE}.presentationml.presentation"),
    "jpg": Kind("jpg", "image/jpeg"),
    "png": Kind("png", "image/png"),
}
OTHER = Kind("", "application/octet-stream")  # no kind that we take
IMAGES = ("jpg", "png")


def kind_of(content: bytes) -> Kind:
    """The kind of a file by its first bytes (for Office files, its parts); OTHER when it is none of KINDS."""
    if content.startswith(b"%PDF-"):
        return KINDS["pdf"]
    if content.startswith(b"\xff\xd8\xff"):
        return KINDS["jpg"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if content.startswith(b"PK\x03\x04"):
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except zipfile.BadZipFile:
            return OTHER
        for ending, part in (("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml")):
            if part in names:
                return KINDS[ending]
    return OTHER


def why_not_keep(content: bytes, endings: tuple[str, ...]) -> Refusal | None:
    """Why a file is refused for the form's `file`, which takes these kinds; None when it is welcome."""
    wanted = ", ".join(ending.upper() for ending in endings)
    if not content:
        return Refusal("The file is empty. Choose another one", "file")
    if len(content) > MOST_BYTES:
        return Refusal("The file is larger than 10 MB. Choose a smaller one, or save it as a PDF", "file")
    if kind_of(content).ending not in endings:
        return Refusal(f"The file must be one of these kinds: {wanted}", "file")
    return None


def safe_name(name: str, ending: str) -> str:
    """A file name that can be given back.

    No folders, no control characters, the true ending, at most 80 characters before it.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = base.rpartition(".")[0] or base
    clean = "".join(c for c in stem if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    return f"{clean[:80] or 'file'}.{ending}"


def size_in_words(size: int) -> str:
    """A file's size for people: "820 bytes", "1 KB", "2.4 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
