"""When a code works, and where one may go after signing in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.utils import redirect

from accounts.sign_in import rules
from base.errors import Refusal

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)

USED = "This code has been used. Ask for a new one"
EXPIRED = "This code has expired. Ask for a new one"
TOO_OFTEN = "Too many wrong codes. Use the button in the email instead, or wait an hour"

# (wrong tries within the hour, used, expires at) and what is said: the whole table, first reason first.
TABLE = {
    (0, False, NOW + MOMENT): None,
    (0, False, NOW): EXPIRED,
    (0, False, NOW - MOMENT): EXPIRED,
    (0, True, NOW + MOMENT): USED,
    (0, True, NOW): USED,
    (0, True, NOW - MOMENT): USED,
    (14, False, NOW + MOMENT): None,
    (14, False, NOW): EXPIRED,
    (14, False, NOW - MOMENT): EXPIRED,
    (14, True, NOW + MOMENT): USED,
    (14, True, NOW): USED,
    (14, True, NOW - MOMENT): USED,
    (15, False, NOW + MOMENT): TOO_OFTEN,
    (15, False, NOW): EXPIRED,
    (15, False, NOW - MOMENT): EXPIRED,
    (15, True, NOW + MOMENT): USED,
    (15, True, NOW): USED,
    (15, True, NOW - MOMENT): USED,
}


@pytest.mark.parametrize("what", ["code", "link"])
def test_why_not_use_says_what_the_table_says(what):
    """Every combination of tries, use and hour, for what is used."""
    cases = product((0, 14, 15), (False, True), (NOW + MOMENT, NOW, NOW - MOMENT))
    said = {case: rules.why_not_use(what, *case, NOW) for case in cases}
    assert said == {
        case: words and Refusal(words.replace("This code", f"This {what}"), "code")
        for case, words in TABLE.items()
    }


@pytest.mark.parametrize(("asked", "goes_out"), [(0, True), (7, True), (8, False), (9, False)])
def test_eight_mails_an_hour_go_to_one_address(asked, goes_out):
    """The ninth is not written; the page says the same."""
    assert rules.may_write_again(asked) is goes_out


@given(st.text(alphabet="0123456789", max_size=8), st.lists(st.sampled_from(" -  "), max_size=8))
def test_a_code_may_be_typed_with_blanks_and_dashes(digits, between):
    """Whatever stands between the digits, the digits count."""
    typed = "".join(a + b for a, b in zip(digits, [*between, *[""] * len(digits)], strict=False))
    assert rules.tidy_code(typed) == digits


@pytest.mark.parametrize(
    "path", ["/", "/me", "/entries/PPMH-7K4Q?page=2", "/organisations/start?name=a%20b", "/é"]
)
def test_a_path_of_ours_is_kept(path):
    """What one wanted to open is where one goes."""
    assert rules.safe_onward(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "me",
        "//host.example",
        "///host.example",
        "/\\host.example",
        "/\t/host.example",
        "/\n/host.example",
        "/\r\n/host.example",
        "/\x00/host.example",
        "/me\\..\\..",
        "https://host.example",
        "javascript:alert(1)",
        "/" + "a" * 500,
    ],
)
def test_what_is_no_path_of_ours_leads_nowhere(path):
    """Another host, another scheme, or more than an address holds."""
    assert rules.safe_onward(path) == ""


def where_a_browser_goes(location: str) -> str:
    """The host that a browser opens for a Location header: it reads \\ as / and drops tabs and line ends."""
    seen = location.translate({ord(c): None for c in "\t\r\n"}).replace("\\", "/").strip()
    return urlsplit(urljoin("http://ours.example/sign-in/code", seen)).netloc


TRICKY = st.text(alphabet=st.sampled_from("/\\\t\n\r @:.?#%abc\x00\x85\u2028\u3000é"), max_size=12)


@given(st.one_of(st.text(max_size=30), TRICKY.map(lambda rest: "/" + rest), TRICKY))
@example("/\t/host.example")
@example("/\\host.example")
def test_onward_never_leads_to_another_host(path):
    """Whatever was put into the address, the redirect stays with us."""
    kept = rules.safe_onward(path)
    assert kept in ("", path)
    assert where_a_browser_goes(redirect(kept or "/me").headers["Location"]) == "ours.example"
