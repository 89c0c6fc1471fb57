"""Rules about templates that djlint does not know."""

from __future__ import annotations

import ast
import re

from tests.structure.reading import TEMPLATES, code_files, template_files, tree_of, where, without_comments

NAME = re.compile(r"""["']([a-z_]+(?:/[a-z_]+)*\.(?:html|txt))["']""")
TEMPLATE = re.compile(r"[a-z_]+(?:/[a-z_0-9]+)*\.(?:html|txt)")
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\(")
TAKEN = re.compile(r"""\{%-?\s*from\s+["']([\w/.]+)["']\s+import\s+([^%]+?)\s*-?%\}""")
MAIL = re.compile(r"[a-z_]+/[a-z_]+")
# What a mail program needs and a browser of ours must not have.
STYLED = {"mail/frame.html"}


def name_of(path):
    """A template's name as code asks for it."""
    return str(path.relative_to(TEMPLATES))


def strings():
    """Every literal string in the code."""
    return {
        node.value
        for path in code_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def asked_for():
    """Every template that code or another template names."""
    said = strings()
    found = {text for text in said if TEMPLATE.fullmatch(text)}
    found |= {f"mail/{text}.txt" for text in said if MAIL.fullmatch(text)}
    for path in template_files():
        found |= set(NAME.findall(without_comments(path.read_text())))
    # The error pages are named by their number, outcomes' mails by the outcome.
    found |= {name_of(path) for path in (TEMPLATES / "errors").glob("[45][0-9][0-9].html")}
    return found


def test_no_template_is_an_orphan():
    """Each is rendered by a view, a mail or a document, or is a piece of one that is."""
    assert {name_of(path) for path in template_files()} - asked_for() == set()


def test_every_template_that_is_named_exists():
    """A misspelt name would be found by the first person who opens the page."""
    there = {name_of(path) for path in template_files()}
    named = {one for one in asked_for() if not one.startswith("mail/")}
    assert {one for one in named if one.endswith(".html")} - there == set()


def test_every_mail_has_its_template():
    """What the messages name is what lies under templates/mail, beside the frame around all of them."""
    named = {
        f"mail/{node.value}.txt"
        for path in code_files()
        if path.name == "messages.py" or where(path) == "awards/outcomes/rules.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and MAIL.fullmatch(node.value)
    }
    mails = {name_of(path) for path in template_files() if name_of(path).startswith("mail/")}
    assert mails - {"mail/frame.txt", "mail/frame.html"} == named - {"mail/text/calendar.txt"}


def test_every_piece_that_a_template_takes_is_there():
    """A piece that was renamed would be an error at its first use only, which may be in a rare state."""
    macros = {
        name_of(path): set(MACRO.findall(without_comments(path.read_text()))) for path in template_files()
    }
    missing = {
        f"{name_of(path)} takes {piece.split(' as ')[0].strip()} from {source}"
        for path in template_files()
        for source, pieces in TAKEN.findall(without_comments(path.read_text()))
        for piece in pieces.removesuffix("with context").split(",")
        if piece.split(" as ")[0].strip() not in macros[source]
    }
    assert missing == set()


def test_nothing_is_marked_safe():
    """What people typed is escaped, everywhere, without exception."""
    marks = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
    assert [
        name_of(path) for path in template_files() if marks.search(without_comments(path.read_text()))
    ] == []


def test_nothing_is_inline():
    """The policy forbids it: no style, no handler, no script of its own."""
    inline = re.compile(
        r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|javascript:""", re.I
    )
    found = {name_of(path) for path in template_files() if inline.search(without_comments(path.read_text()))}
    assert found - {name for name in found if name.startswith("documents/")} == STYLED


def test_nothing_comes_from_elsewhere():
    """No font, picture or script of another host; links that people follow may lead there."""
    elsewhere = re.compile(
        r"""(?:src|srcset|action|formaction)\s*=\s*["'](?:https?:)?//|<link[^>]+https?://""", re.I
    )
    assert [name_of(path) for path in template_files() if elsewhere.search(path.read_text())] == []


def test_every_form_that_is_sent_has_its_token():
    """Forms are begun by the macros, which put it in."""
    bare = re.compile(r"""<form[^>]*method\s*=\s*["']post["'][^>]*>(?!\s*(?:\{\{\s*csrf\(\)|\{%))""", re.I)
    wrong = [
        name_of(path)
        for path in template_files()
        if not name_of(path).startswith("components/") and bare.search(without_comments(path.read_text()))
    ]
    assert wrong == []
