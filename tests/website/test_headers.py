"""The headers of every kind of answer, and whose name a request may call us by."""

from __future__ import annotations

import json

import pytest

from tests.accounts.sign_in.asking import ask, letters
from website.templating import BUILT, asset

ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
}
BESIDE = {"Content-Type", "Content-Length", "Vary", "Set-Cookie", "Location", "Allow", "Date"}


def protecting(answer):
    """The headers of an answer, without those that any answer has."""
    return {name: value for name, value in answer.headers.items() if name not in BESIDE}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("HEAD", "/sign-in", 200),
        ("OPTIONS", "/sign-in", 200),
        ("GET", "/me", 303),
        ("GET", "/nowhere", 404),
        ("GET", "/static/nothing.css", 404),
        ("DELETE", "/sign-in", 405),
        ("POST", "/sign-in", 419),
    ],
)
def test_every_answer_to_a_visitor_protects(client, method, path, status):
    """All of them, with these values and no others."""
    answer = client.client.open(path, method=method)
    assert (answer.status_code, protecting(answer)) == (
        status,
        {**ALWAYS, "Cache-Control": "private, no-cache"},
    )


def test_a_form_that_was_wrong_protects(client):
    """422."""
    page = client.open("/sign-in").press("Send me a code")
    assert (page.status, protecting(page)) == (422, {**ALWAYS, "Cache-Control": "private, no-cache"})


@pytest.mark.parametrize(("path", "status"), [("/me", 200), ("/nowhere", 404), ("/history", 404)])
def test_what_a_signed_in_person_sees_is_kept_nowhere(signed_in, path, status):
    """Not on the disk of a shared computer either."""
    page = signed_in("maya@example.org").open(path)
    assert (page.status, protecting(page)) == (status, {**ALWAYS, "Cache-Control": "no-store"})


def test_a_link_from_a_mail_protects_its_address(app, client):
    """No Referer, no cache."""
    _, letter = ask(app, client, "maya@example.org")
    page = client.open(letter.path)
    assert protecting(page) == {**ALWAYS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


def test_static_files_may_be_kept_for_ever(app, client):
    """Their names change with their content; no cookie, and no type but their own."""
    if not (BUILT / "manifest.json").exists():
        pytest.skip("the assets are not built")
    with app.test_request_context("/"):
        address = asset("app.css")
    with client.client.get(address) as answer:
        named = (*ALWAYS, "Cache-Control", "Set-Cookie")
        headers = {name: value for name, value in answer.headers.items() if name in named}
    assert (answer.status_code, headers) == (
        200,
        {
            "Cache-Control": "max-age=315360000, public, immutable",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def test_health_is_for_machines(client):
    """JSON, never kept."""
    answer = client.client.get("/health")
    assert (answer.mimetype, sorted(json.loads(answer.data)), protecting(answer)) == (
        "application/json",
        ["database", "queue", "schedule", "status", "workers"],
        {**ALWAYS, "Cache-Control": "no-store"},
    )


FORGED = ["host.example", "localhost.host.example", "localhost@host.example", "127.0.0.1.host.example", "a b"]


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/me"])
def test_a_forged_host_is_refused(client, forged, path):
    """With a plain line, not with a page whose links lead there."""
    answer = client.client.get(path, headers={"Host": forged})
    assert (answer.status_code, answer.mimetype, answer.data) == (
        400,
        "text/plain",
        b"This is not the address of this Chorus.\n",
    )
    assert protecting(answer) == {**ALWAYS, "Cache-Control": "private, no-cache"}


def test_links_in_mail_use_the_public_address(app, client, test_settings):
    """Whatever a request names: 127.0.0.1 is trusted for looking at a page, and still not in the mail."""
    browser = client.client
    names = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": "host.example", "Forwarded": "host=host.example"}
    page = browser.get("/sign-in", headers=names).get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    sent = browser.post("/sign-in", data={"email": "maya@example.org", "csrf_token": token}, headers=names)
    assert sent.status_code == 303
    assert [one.link.rpartition("/")[0] for one in letters(app)] == [
        f"{test_settings.public_address}/sign-in/link"
    ]


@pytest.fixture
def live(scratch):
    """A live Chorus at https://chorus.example.org."""
    public = "https://chorus.example.org"
    return scratch({"mode": "live", "public_address": public, "smtp_url": "smtp://127.0.0.1:9"})


def test_a_live_chorus_answers_to_its_own_name_only(live):
    """Not even to 127.0.0.1, and not to a name with another port's owner."""
    client = live.test_client()
    statuses = {
        host: client.get("/sign-in", base_url=f"https://{host}").status_code
        for host in ("chorus.example.org", "127.0.0.1", "localhost", "host.example")
    }
    assert statuses == {"chorus.example.org": 200, "127.0.0.1": 400, "localhost": 400, "host.example": 400}


def test_a_live_chorus_uses_https_only(live):
    """The browser is told so, and its cookie never travels without."""
    answer = live.test_client().get("/sign-in", base_url="https://chorus.example.org")
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert (name, sorted(part.strip() for part in rest.split(";")[1:])) == (
        "__Host-chorus",
        ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"],
    )


def test_a_live_chorus_has_no_demonstration(live):
    """No page, no view, no address of it."""
    client = live.test_client()
    pages = [
        client.get(path, base_url="https://chorus.example.org").status_code
        for path in ("/demo", "/demo/", "/demo/mail")
    ]
    views = [name for name in live.view_functions if name.startswith("demo.")]
    assert (pages, views, "demo" in live.blueprints) == ([404, 404, 404], [], False)
