"""What is checked on every state of every page that a journey comes to."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ADVICE = "best-practice"  # reported, not failing
RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
  .then(found => found.violations.map(one => ({
    id: one.id, tags: one.tags, help: one.help,
    where: one.nodes.slice(0, 3).map(node => node.target.join(" ") + " " + (node.failureSummary || "")
      .split("\\n").slice(1, 2).join(" ").trim())})))"""
# How far something sticks out to the right of the window, and what it is; boxes that scroll by themselves do
# not count.
OVERHANG = """() => {
  const page = document.documentElement, wide = page.scrollWidth - page.clientWidth;
  if (wide <= 0) return null;
  const out = [...document.body.querySelectorAll("*")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > page.clientWidth + 0.5 && box.left >= 0;
  });
  const name = one => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "")
    + [...one.classList].map(name => "." + name).join("");
  return wide + "px: " + out.slice(0, 3).map(name).join(", ");
}"""
SHAPE = """() => ({h1: document.querySelectorAll("h1").length, title: document.title,
  lang: document.documentElement.lang, main: document.querySelectorAll("main").length})"""
PHONE, SMALL_PHONE = 390, 320


@lru_cache(maxsize=1)
def _axe() -> str:
    return AXE.read_text()


def accessibility(page: Page) -> tuple[list[str], list[str]]:
    """What axe finds on the page as it is: (breaches of WCAG 2.2 A and AA, other advice).

    axe comes in through the debugger, so that the page's Content-Security-Policy stays in force.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe() + "; undefined")
    found: list[dict[str, Any]] = page.evaluate(RUN, [*RULES, ADVICE])
    breaches: list[str] = []
    advice: list[str] = []
    for one in found:
        words = f"{one['id']} ({one['help']}): {' | '.join(one['where'])}"
        (advice if ADVICE in one["tags"] else breaches).append(words)
    return breaches, advice


def overhang(page: Page) -> str:
    """What makes the page scroll sideways at its present width; empty where it does not."""
    return page.evaluate(OVERHANG) or ""


def overhang_at(page: Page, width: int) -> str:
    """The same at another width; the window gets its size back."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": width, "height": before["height"]})
    found = overhang(page)
    page.set_viewport_size(before)
    return f"at {width}px {found}" if found else ""


def shape(page: Page) -> list[str]:
    """What is wrong with the outline: one h1, one main, a title of its own, a language."""
    found = page.evaluate(SHAPE)
    wrong = []
    if found["h1"] != 1:
        wrong.append(f"{found['h1']} first headings")
    if found["main"] != 1:
        wrong.append(f"{found['main']} main parts")
    if not found["title"].endswith(" - Chorus"):
        wrong.append(f"the title is {found['title']!r}")
    if found["lang"] != "en-GB":
        wrong.append(f"the language is {found['lang']!r}")
    return wrong
