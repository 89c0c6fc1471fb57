"""The pictures of a journey, in order; and the few that the README shows."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PIL import Image

from tests.journeys import papers

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parent / "screenshots"
TALLEST = 5000
WIDEST = 1200
COLOURS = 128
SECRETS = re.compile(r'(?<=name="csrf_token" value=")[^"]*')


class Album:
    """Pictures of one journey, numbered in the order in which its pages were seen."""

    def __init__(self, name: str) -> None:
        self.folder = FOLDER / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.count = 0
        self.advice: set[str] = set()
        self.seen: set[str] = set()
        asked = os.environ.get("CHORUS_PICTURES", "")
        self.pictures = Path(asked) if asked else None

    def is_new(self, source: str) -> bool:
        """Whether no page of this very source was seen before, whatever its forms' secrets."""
        digest = hashlib.sha256(SECRETS.sub("", source).encode()).hexdigest()
        fresh = digest not in self.seen
        self.seen.add(digest)
        return fresh

    def keep(self, page: Page, who: str, name: str = "") -> None:
        """Keep the whole page, down to a height that nobody looks beyond."""
        self.count += 1
        said = name or re.sub(r"[^a-z0-9]+", "-", urlsplit(page.url).path.lower()).strip("-") or "front"
        path = self.folder / f"{self.count:03}-{who.lower()}-{said[:60]}.png"
        size = page.viewport_size
        tall = page.evaluate("document.documentElement.scrollHeight")
        width = size["width"] if size else WIDEST
        page.screenshot(
            path=path,
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)},
            animations="disabled",
        )

    def advise(self, who: str, path: str, advice: list[str]) -> None:
        """Note what axe would do otherwise although no criterion asks for it; once for each advice."""
        for one in advice:
            if one.partition(":")[0] not in self.advice:
                self.advice.add(one.partition(":")[0])
                with (self.folder / "advice.txt").open("a") as notes:
                    notes.write(f"{path} ({who}): {one}\n")

    def picture(self, page: Page, name: str, *, whole: bool = False) -> None:
        """A named picture of the page, small enough for a README, where CHORUS_PICTURES names a folder."""
        if self.pictures is None:
            return
        before = page.viewport_size
        assert before is not None
        if before["width"] > WIDEST:
            page.set_viewport_size({"width": WIDEST, "height": 860})
        taken = page.screenshot(full_page=whole, animations="disabled")
        page.set_viewport_size(before)
        self.store(taken, name)

    def drawn(self, pdf: bytes, name: str, picture: str = "") -> None:
        """Each page of a PDF as a picture; its first page may be one of the README's."""
        drawn = papers.draw(pdf, self.folder, name)
        if picture:
            self.store(drawn[0].read_bytes(), picture)

    def store(self, taken: bytes, name: str) -> None:
        """Keep a picture's bytes under a name, with few colours and no wider than a README shows it."""
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        image = Image.open(io.BytesIO(taken)).convert("RGB")
        if image.width > WIDEST:
            image = image.resize(
                (WIDEST, round(image.height * WIDEST / image.width)), Image.Resampling.LANCZOS
            )
        small = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(self.pictures / f"{name}.png", optimize=True)
