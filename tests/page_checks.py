"""What is wrong with an HTML page, as a list of sentences. Used on every page that tests open
(tests/page.py).

The parser is html5lib, which reports every parse error of the HTML standard; the rest are rules that it
does not know: names of things, order of headings, what the content security policy forbids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import html5lib
from html5lib.constants import E as PARSE_ERRORS
from lxml.etree import _Element as Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LABELLABLE = ("input", "select", "textarea", "progress", "meter", "output", "button")
INTERACTIVE = ("a", "button", "input", "select", "textarea", "label", "details", "summary")
PHRASING_ONLY = (
    "p",
    "span",
    *HEADINGS,
    *["label", "button", "strong", "em", "b", "i", "small", "time", "legend", "dt"],
)
BLOCKS = [
    "div",
    "p",
    "ul",
    "ol",
    "dl",
    "table",
    "form",
    "fieldset",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "figure",
    "blockquote",
    "details",
    "hr",
    "pre",
    "address",
]
ALLOWED_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
}
ID_REFERENCES = [
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "headers",
    "list",
    "form",
]
TRACES = (
    "{{",
    "}}",
    "{%",
    "&lt;",
    "&amp;amp;",
    " object at 0x",
    "datetime.datetime(",
    "Undefined",
    "Markup(",
)


def parse(html: str) -> tuple[Element, list[str]]:
    """The tree of a page and its parse errors, each with line and column."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(html)
    errors = [
        f"line {line}, column {column}: {PARSE_ERRORS.get(code, code) % data}"
        for (line, column), code, data in parser.errors
    ]
    return tree.getroot(), errors


def words(element: Element, without: str = "") -> str:
    """The text of an element with white space made single, without drawings and the class `without`."""
    parts: list[str] = []

    def walk(node: Element) -> None:
        """Gather texts in the order of the page; a line break is a blank."""
        if not isinstance(node.tag, str) or node.tag in ("script", "style") or node.tag.endswith("svg"):
            return
        if without and without in (node.get("class") or "").split():
            return
        if node.tag in BLOCKS or node.tag in ("br", "li", "td", "th", "dt", "dd", "option", "legend"):
            parts.append(" ")
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        if node.tag in BLOCKS or node.tag in ("li", "td", "th", "dt", "dd", "option", "legend"):
            parts.append(" ")

    walk(element)
    return " ".join("".join(parts).split())


def _show(element: Element) -> str:
    """An element as one recognises it in a message: <a class="brand"> "Chorus"."""
    told = ("id", "class", "name", "href", "type")
    given = {key: value for key, value in element.attrib.items() if key in told}
    attributes = "".join(f' {key}="{value}"' for key, value in given.items())
    said = words(element)[:40]
    return f"<{element.tag}{attributes}>" + (f' "{said}"' if said else "")


def _all(page: Element, *tags: str) -> Iterator[Element]:
    """Every element of these names, in order."""
    return page.iter(*tags)


def _inside(element: Element, *tags: str, css_class: str = "") -> Element | None:
    """The nearest element around this one of such a name or class."""
    for around in element.iterancestors():
        if around.tag in tags or (css_class and css_class in (around.get("class") or "").split()):
            return around
    return None


def check_title_and_headings(page: Element) -> Iterator[str]:
    """One h1, a title that carries its words, "Error: " exactly with an error summary, no level left out."""
    if page.get("lang") != "en-GB":
        yield f'the language is {page.get("lang")!r}, not "en-GB"'
    firsts = list(_all(page, "h1"))
    if len(firsts) != 1:
        yield f"there are {len(firsts)} h1, not one: {[words(one) for one in firsts]}"
    title = words(next(_all(page, "title"), page)) if next(_all(page, "title"), None) is not None else ""
    wrong = page.xpath("boolean(//*[contains(concat(' ', @class, ' '), ' nhsuk-error-summary ')])")
    if title.startswith("Error: ") != wrong:
        yield f"the title is {title!r} and there is {'an' if wrong else 'no'} error summary"
    if firsts and not any(said and said in title for said in (words(firsts[0]), words(firsts[0], "caption"))):
        yield f"the title {title!r} lacks the words of the h1 {words(firsts[0])!r}"
    level = 0
    for heading in _all(page, *HEADINGS):
        if not words(heading):
            yield f"a {heading.tag} is empty"
        if _inside(heading, css_class="nhsuk-error-summary") is None:
            here = int(heading.tag[1])
            if here > level + 1:
                yield f"h{level or 0} is followed by {heading.tag}: {words(heading)!r}"
            level = here


def check_ids(page: Element) -> Iterator[str]:
    """Every id once, and everything that names an id names one that is there."""
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    yield from (f"the id {one!r} stands {count} times" for one, count in ids.items() if count > 1)
    yield from (f"the id {one!r} is empty or has a blank" for one in ids if not one or " " in one)
    for element in page.iter():
        for attribute in ID_REFERENCES:
            lost = [one for one in (element.get(attribute) or "").split() if one not in ids]
            yield from (f"{_show(element)}: {attribute} names {one!r}, which is not there" for one in lost)
    labellable = {element.get("id") for element in _all(page, *LABELLABLE)}
    for label in _all(page, "label"):
        target = label.get("for")
        if target is not None and target not in labellable:
            yield f"the label {words(label)!r} is for {target!r}, which is no field"
    for link in _all(page, "a"):
        href = link.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"{_show(link)} leads to nothing"


def has_name(page: Element, field: Element) -> bool:
    """Whether a field has a label of its own, one around it, or an aria name."""
    ident = field.get("id")
    labelled = ident and any(label.get("for") == ident and words(label) for label in _all(page, "label"))
    around = _inside(field, "label")
    named = field.get("aria-label") or field.get("aria-labelledby")
    return bool(labelled or named or (around is not None and words(around)))


def check_fields(page: Element) -> Iterator[str]:
    """Every field has a name, choices stand in a fieldset with a legend, a form that posts has its token."""
    for field in _all(page, "input", "select", "textarea", "progress", "meter"):
        hidden = field.get("type") == "hidden" or field.get("aria-hidden") == "true"
        if not hidden and not has_name(page, field):
            yield f"{_show(field)} has no label"
        if field.get("type") == "radio":
            group = _inside(field, "fieldset")
            if group is None or not any(child.tag == "legend" and words(child) for child in group):
                yield f"{_show(field)} stands in no fieldset with a legend"
    for button in _all(page, "button"):
        if not (words(button) or button.get("aria-label")):
            yield "a button says nothing"
        if button.get("type") not in ("submit", "button"):
            yield f"the button {words(button)!r} has no type"
    for form in _all(page, "form"):
        posts = (form.get("method") or "get").lower() == "post"
        tokens = [field for field in _all(form, "input") if field.get("name") == "csrf_token"]
        if posts != bool(tokens):
            yield f"{_show(form)[:60]} {'lacks its token' if posts else 'shows its token in the address'}"


def check_links_and_pictures(page: Element) -> Iterator[str]:
    """Every link leads somewhere and says where; pictures have alternatives; drawings are hidden or named."""
    for link in _all(page, "a"):
        if not (link.get("href") or "").strip():
            yield f"{_show(link)} has no address"
        pictures = [picture.get("alt") for picture in _all(link, "img")]
        if not (words(link) or link.get("aria-label") or any(pictures)):
            yield f"the link to {link.get('href')!r} says nothing"
    for picture in _all(page, "img"):
        if picture.get("alt") is None:
            yield f"the picture {picture.get('src')!r} has no alt"
    for drawing in page.iter("{*}svg", "svg"):
        named = drawing.get("role") == "img" and (drawing.get("aria-label") or drawing.get("aria-labelledby"))
        if drawing.get("aria-hidden") != "true" and not named:
            yield f"a drawing is neither hidden nor named: {dict(drawing.attrib)}"


def check_nesting(page: Element) -> Iterator[str]:
    """Nothing clickable in something clickable, no blocks in phrases, only items in lists."""
    for outer in _all(page, "a", "button", "summary"):
        for inner in outer.iterdescendants(*INTERACTIVE):
            yield f"{_show(inner)} stands inside {_show(outer)}"
    for outer in _all(page, *PHRASING_ONLY):
        allowed = HEADINGS if outer.tag == "legend" else ()
        for inner in outer.iterdescendants(*BLOCKS, *HEADINGS, "li", "dt", "dd"):
            if inner.tag not in allowed:
                yield f"{_show(inner)} stands inside {_show(outer)}"
    for outer in _all(page, *ALLOWED_CHILDREN):
        wanted = ALLOWED_CHILDREN[outer.tag]
        strangers = [one for one in outer if isinstance(one.tag, str) and one.tag not in wanted]
        yield from (f"{_show(inner)} is a child of a {outer.tag}" for inner in strangers)


def check_lists_and_tables(page: Element) -> Iterator[str]:
    """No list without items; every table has a name and every heading in it a direction."""
    for listing in _all(page, "ul", "ol", "dl"):
        if len(listing) == 0:
            yield f"{_show(listing)} is empty"
    for table in _all(page, "table"):
        if not any(words(caption) for caption in _all(table, "caption")):
            yield f"{_show(table)} has no caption"
        for head in _all(table, "th"):
            if head.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                yield f"the heading {words(head)!r} of a table has no scope"


_HANDLER = re.compile(r"^on[a-z]+$")


def check_policy(page: Element) -> Iterator[str]:
    """Nothing that the security policy forbids: no script or style in the page, nothing from elsewhere."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") is not None:
            yield f"{_show(element)} has a style attribute"
        yield from (f"{_show(element)} has {key}" for key in element.attrib if _HANDLER.match(str(key)))
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"there is a {element.tag} in the page"
        for key in ("href", "src", "action"):
            value = (element.get(key) or "").strip().lower()
            if value.startswith("javascript:"):
                yield f"{_show(element)} runs a script"
            if key == "src" and value.startswith(("http:", "https:", "//")):
                yield f"{_show(element)} comes from elsewhere"


def check_leftovers(page: Element) -> Iterator[str]:
    """No template marks, no objects shown as Python shows them."""
    said = words(page)
    for trace in TRACES:
        if trace in said:
            place = said.index(trace)
            yield f"the text holds {trace!r}: {said[max(0, place - 30) : place + 30]!r}"


CHECKS: tuple[Callable[[Element], Iterator[str]], ...] = (
    check_title_and_headings,
    check_ids,
    check_fields,
    check_links_and_pictures,
    check_nesting,
    check_lists_and_tables,
    check_policy,
    check_leftovers,
)


def problems(html: str) -> list[str]:
    """Everything that is wrong with a page, in the order of the checks; empty for a good one."""
    page, found = parse(html)
    for check in CHECKS:
        found.extend(check(page))
    return found
