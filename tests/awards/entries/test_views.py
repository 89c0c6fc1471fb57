"""Writing an entry through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from backstage.answers.models import Answer
from base.database import db
from tests.awards.season import (
    ANSWERS,
    CLOSES,
    DURING,
    PDF,
    PNG,
    SHORTLIST,
    SLUG,
    address,
    join,
    make_entry,
    meet,
    ready,
)

ENTER = f"/awards/{SLUG}/enter/wellbeing"


@pytest.fixture
def priya(app, signed_in, at):
    """Priya's browser, while entries are open."""
    ready(app)
    at(DURING)
    return signed_in(address("Priya Nair"))


def text_of(app, reference, key="what"):
    """(text, version) of an answer as the database has it."""
    with app.app_context():
        row = db.session.execute(
            select(Answer.text, Answer.version)
            .join(Entry, Entry.answer_sheet_id == Answer.answer_sheet_id)
            .where(Entry.reference == reference)
            .order_by(Answer.question_id)
            .offset(list(ANSWERS).index(key))
            .limit(1)
        ).one()
        return row.text, row.version


def test_from_the_category_to_the_receipt(app, priya):
    """The whole way: start, title, three answers, check, send in."""
    page = priya.open(f"/awards/{SLUG}/categories/wellbeing").follow("Start an entry")
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 Start an entry"
    page = page.press("Start this entry")
    page = page.press("Save and continue", **{"Title of your entry": "Zokens"})
    assert (
        page.h1 == "Mental Health Workforce Wellbeing, Positive Practice in Mental Health Awards 2026 Zokens"
    )
    reference = page.url.rpartition("/")[2]
    page = page.follow("Summary")
    for key in ("Summary", "What was done?", "What was the impact?"):
        assert page.h1 == key
        page = page.press("Save and continue", **{key: f"Our words about {key}"})
    page = priya.open(f"/entries/{reference}")
    assert "Everything is there" in page.text
    page = page.follow("Check your answers and send it in")
    page = page.press("Send in this entry")
    assert (page.url, page.h1) == (f"/entries/{reference}/sent", "Your entry is in")
    assert f"Your reference is {reference}" in page.text
    assert "Wednesday 8 July, 10am" in page.text
    assert priya.open(f"/entries/{reference}/check").status == 200


def test_start_entry_needs_signing_in_and_an_organisation(app, client, signed_in, at):
    """A visitor signs in first; somebody of no organisation finds theirs first; both come back here."""
    ready(app)
    at(DURING)
    client.open(ENTER)
    assert client.trail == [f"303 GET {ENTER}", f"200 GET /sign-in?onward={ENTER}"]
    rosa = signed_in(address("Rosa Bell"))
    page = rosa.open(ENTER)
    assert (page.h1, page.url) == ("Find your organisation", f"/organisations?onward={ENTER}")
    with app.app_context():
        join(meet("Rosa Bell"), "combined")
        db.session.commit()
    assert rosa.open(ENTER).press("Start this entry").status == 200


def test_start_entry_asks_which_of_several_organisations(app, priya):
    """None is chosen for them."""
    with app.app_context():
        join(meet("Priya Nair"), "combined")
        db.session.commit()
    page = priya.open(ENTER)
    wrong = page.press("Start this entry")
    assert (wrong.status, wrong.errors) == (422, ["Choose the organisation that is entering"])
    page = wrong.press("Start this entry", **{"Which organisation is entering?": "Combined"})
    page = page.press("Save and continue", **{"Title of your entry": "Zokens"})
    assert "Organisation Combined" in page.text
    assert "You are writing 1 entry in this category already" in priya.open(ENTER).text


def test_start_entry_when_entries_have_closed(app, priya, at):
    """It says so, and a form that was open says so too."""
    page = priya.open(ENTER)
    at(CLOSES)
    late = page.press("Start this entry")
    why = "Entries have closed, so a new one cannot be started"
    assert (late.status, late.errors) == (422, [why])
    assert why in priya.open(ENTER).text
    assert "Start this entry" not in priya.open(ENTER).buttons


def test_view_entry_says_how_far_each_answer_is(app, priya):
    """Not started, in progress, too long and done."""
    reference = make_entry(app, answers={"what": "We built it.", "summary": "word " * 32})
    priya.open(f"/entries/{reference}/questions/impact").press(
        "Save and come back later", **{"What was the impact?": "It helped"}
    )
    text = priya.open(f"/entries/{reference}").text
    assert (
        "Title Done Summary Up to 20 words Too long by 12 words What was done? Up to 300 words Done" in text
    )
    assert "What was the impact? Up to 300 words In progress" in text
    assert "Supporting document A file, if you like Not started" in text
    assert "Still to do: 1 thing Not ready yet" in text


def test_change_title_of_a_nomination(app, priya):
    """Whom it is about is needed at once, that they know before it is sent in."""
    reference = make_entry(app, "star", title="", answers=ANSWERS)
    page = priya.open(f"/entries/{reference}/title")
    wrong = page.press(
        "Save and continue", **{"Title of your entry": "A table", "Who are you nominating?": ""}
    )
    assert (wrong.status, wrong.errors) == (422, ["Enter the name of the person you are nominating"])
    assert wrong.values()["Title of your entry"] == "A table"
    page = wrong.press("Save and continue", **{"Who are you nominating?": "A young person"})
    check = page.follow("Check your answers and send it in")
    refused = check.press("Send in this entry")
    assert refused.errors == ["Tell the person that you are nominating them, and 1 more to do"]
    assert "Ask a parent or guardian to agree" in refused.text
    page = priya.open(f"/entries/{reference}/title").press(
        "Save and continue",
        **{"I have told them that I am nominating them": True, "A parent or guardian has agreed": True},
    )
    assert (
        page.follow("Check your answers and send it in").press("Send in this entry").h1 == "Your entry is in"
    )


def test_change_title_too_long(app, priya):
    """The limit is said, and what was typed stays."""
    reference = make_entry(app)
    wrong = priya.open(f"/entries/{reference}/title").press(
        "Save and continue", **{"Title of your entry": "x" * 121}
    )
    assert (wrong.status, wrong.errors) == (422, ["Shorten this to 120 characters or fewer"])
    assert wrong.values()["Title of your entry"] == "x" * 121


def test_answer_question_too_long_is_saved_and_says_so(app, priya):
    """Nothing is thrown away for being too long; it only cannot be sent in."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}/questions/summary")
    long = "word " * 31 + "word"
    wrong = page.press("Save and continue", Summary=long)
    assert (wrong.status, wrong.errors) == (
        422,
        ["Shorten this by 12 words. What you wrote is saved as it is"],
    )
    assert text_of(app, reference, "summary") == (long, 2)
    page = wrong.press("Save and continue", Summary="word " * 20)
    assert page.h1 == "What was done?"


def autosave(browser, page, text, reference, key="what"):
    """What the script sends while somebody types."""
    data = {
        "csrf_token": page_field(page, "csrf_token"),
        "version": page_field(page, "version"),
        "text": text,
    }
    return browser.client.post(
        f"/entries/{reference}/questions/{key}", data=data, headers={"X-Autosave": "1"}
    )


def page_field(page, name):
    """The value of a hidden field of the page's form."""
    return page.tree.xpath(f"//main//input[@name='{name}']/@value")[0]


def test_answer_question_saves_by_itself(app, priya):
    """JSON with the hour and the new version; the answer is in progress, not done."""
    reference = make_entry(app, answers={"summary": "A", "what": "Before", "impact": "C"})
    page = priya.open(f"/entries/{reference}/questions/what")
    answer = autosave(priya, page, "Before and after", reference)
    assert (answer.status_code, answer.json) == (
        200,
        {"message": "Saved at 10am", "saved_at": "10am", "fields": {"version": "2"}},
    )
    assert text_of(app, reference) == ("Before and after", 2)
    assert "What was done? Up to 300 words In progress" in priya.open(f"/entries/{reference}").text


def test_two_writers_of_one_answer(app, priya, signed_in):
    """The slower one's text stays on the page, the faster one's stands beside it, and no word is lost."""
    quentin = signed_in(address("Quentin Ashe"))
    reference = make_entry(app, writers=("Priya Nair", "Quentin Ashe"))
    path = f"/entries/{reference}/questions/what"
    slow = priya.open(path)
    quentin.open(path).press("Save and continue", **{"What was done?": "Quentin's words"})
    refused = autosave(priya, slow, "Priya's words", reference)
    assert (refused.status_code, refused.json) == (
        422,
        {
            "message": "Not saved. Somebody else changed this answer while you were writing. "
            "Press save to see both texts."
        },
    )
    page = slow.press("Save and continue", **{"What was done?": "Priya's words"})
    assert (page.status, page.errors) == (
        422,
        ["Somebody else changed this answer while you were writing. Both texts are below"],
    )
    assert page.values()["What was done?"].strip() == "Priya's words"
    assert "What Quentin Ashe saved, Tuesday 5 May, 10am Quentin's words" in page.text
    assert text_of(app, reference) == ("Quentin's words", 2)
    page.press("Save and continue", **{"What was done?": "Words of both"})
    page = priya.open(path)
    assert text_of(app, reference) == ("Words of both", 3)
    assert "Earlier texts of this answer" in page.text
    assert "Quentin Ashe, Tuesday 5 May, 10am, 2 words Quentin's words" in page.text


def test_a_deadline_that_passes_while_the_form_is_open_keeps_the_text(app, priya, at):
    """It says so, shows what was typed to be copied, and writes nothing."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}/questions/what")
    at(CLOSES)
    late = page.press("Save and continue", **{"What was done?": "Typed at the last moment"})
    why = "Entries have closed, so this entry can no longer be changed"
    assert (late.status, late.errors) == (422, [why])
    assert late.values()["What you wrote"].strip() == "Typed at the last moment"
    assert "What is saved We built it." in late.text
    assert late.buttons == []
    assert text_of(app, reference) == ("We built it.", 1)
    answer = autosave(priya, page, "Typed at the last moment", reference)
    assert (answer.status_code, answer.json) == (422, {"message": f"Not saved. {why}."})
    page = priya.open(f"/entries/{reference}")
    assert "This entry was not sent in by Friday 29 May, 5pm. What you wrote is kept below" in page.text


def test_a_deadline_that_passes_before_sending_in(app, priya, at):
    """The check page that was open refuses, and the entry stays a draft."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}/check")
    at(CLOSES)
    late = page.press("Send in this entry")
    assert late.errors == ["Entries have closed, so this entry can no longer be changed"]
    assert late.buttons == []
    title = priya.open(f"/entries/{reference}/title")
    assert title.buttons == []


def test_answer_with_a_web_address(app, priya):
    """Typed without https:// it is completed; typed wrongly it is refused and stays."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}/questions/link")
    wrong = page.press("Save and continue", **{"Web address": "our page"})
    assert (wrong.status, wrong.errors) == (422, ["Enter a full web address, like https://www.example.org"])
    assert wrong.values()["Web address"] == "our page"
    page = wrong.press("Save and continue", **{"Web address": "www.example.org/zokens"})
    assert page.url == f"/entries/{reference}"
    links = priya.open(f"/entries/{reference}/check").links
    assert links["https://www.example.org/zokens"] == "https://www.example.org/zokens"


def test_answer_with_a_file(app, priya, signed_in, client):
    """Upload, download, replace, remove; what is given back can only be saved, under its own name."""
    reference = make_entry(app)
    path = f"/entries/{reference}/questions/evidence"
    page = priya.open(path)
    assert page.press("Upload").errors == ["Choose a file"]
    wrong = page.press("Upload", **{"Choose a file": (PNG, "picture.pdf")})
    assert (wrong.status, wrong.errors) == (422, ["The file must be one of these kinds: PDF, DOCX"])
    page = page.press("Upload", **{"Choose a file": (PDF, "A fine näme.exe")})
    assert page.notices == ["The file is uploaded."]
    given = priya.open(f"{path}/file")
    assert (given.body, given.content_type) == (PDF, "application/pdf")
    assert given.headers["Content-Disposition"] == (
        "attachment; filename=\"A fine n_me.pdf\"; filename*=UTF-8''A%20fine%20n%C3%A4me.pdf"
    )
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert client.open(f"{path}/file").url.startswith("/sign-in")
    assert signed_in(address("Sian Evans")).open(f"{path}/file").status == 404
    page = page.press("Remove")
    assert page.notices == ["The file is removed."]
    assert priya.open(f"{path}/file").status == 404


def test_reopen_and_withdraw(app, priya, signed_in, at):
    """Back to a draft while entries are open; out of the awards until the shortlist."""
    reference = make_entry(app, submitted_at=DURING)
    page = priya.open(f"/entries/{reference}")
    page = page.follow("Take it back to a draft").press("Take it back to a draft")
    assert page.notices == ["It is a draft again. Send it in before entries close."]
    page = page.follow("Withdraw this entry").press("Withdraw this entry")
    assert page.notices == ["The entry is withdrawn. Nobody will judge it."]
    assert "This entry was withdrawn. Nobody judges it." in page.text
    sent = make_entry(app, submitted_at=DURING)
    at(CLOSES)
    assert "Take it back to a draft" not in priya.open(f"/entries/{sent}").links
    assert priya.open(f"/entries/{sent}/reopen").buttons == []
    at(SHORTLIST - timedelta(hours=1))
    page = signed_in(address("Priya Nair")).open(f"/entries/{sent}/withdraw")
    at(SHORTLIST)
    late = page.press("Withdraw this entry")
    assert late.errors == ["The shortlist has been announced. Ask the organisers to withdraw this entry"]


def test_list_entries(app, priya, signed_in, at):
    """One's own, with what they are; a lead's organisation's besides."""
    assert "You have no entries yet" in priya.open("/entries").text
    draft = make_entry(app, title="")
    make_entry(app, title="Sent", submitted_at=DURING, started_at=DURING - timedelta(days=9))
    rows = priya.open("/entries").table("Entries you write")
    assert [(row["Entry"], row["State"]) for row in rows] == [
        ("Sent " + rows[0]["Entry"].split()[1] + " CPFT", "Sent in"),
        (f"An entry without a title yet {draft}, CPFT", "Draft: 24 days left"),
    ]
    make_entry(app, title="Theirs", organisation="combined", writers=("Rosa Bell",))
    page = signed_in(address("Sian Evans")).open("/entries")
    others = page.table("Other entries of your organisation")
    assert [row["Entry"].split()[0] for row in others] == ["Theirs"]
    assert "You see it because you lead Combined here" in page.follow("Theirs").text


@pytest.mark.parametrize("entries", [1, 4])
def test_list_entries_asks_the_database_as_often_for_many(app, priya, count_queries, entries):
    """One or four."""
    for number in range(entries):
        make_entry(app, title=f"Entry {number}")
    with count_queries() as counted:
        assert priya.open("/entries").status == 200
    assert counted.count == 3


def test_every_page_of_an_entry_is_hidden_from_strangers(app, signed_in, at):
    """A lead of another trust, an organiser, and somebody of no trust get the answer of nothing."""
    ready(app)
    at(DURING)
    reference = make_entry(app)
    paths = [
        "",
        "/title",
        "/check",
        "/sent",
        "/reopen",
        "/withdraw",
        "/questions/what",
        "/questions/photo/file",
    ]
    for name in ("Sian Evans", "Noor Haddad", "Rosa Bell"):
        browser = signed_in(address(name))
        assert [browser.open(f"/entries/{reference}{path}").status for path in paths] == [404] * len(paths)


def test_the_lead_reads_but_does_not_write(app, signed_in, at):
    """The entry of one's own organisation, without the pages that change it."""
    ready(app)
    at(DURING)
    reference = make_entry(app, organisation="combined", writers=("Rosa Bell",))
    sian = signed_in(address("Sian Evans"))
    assert sian.open(f"/entries/{reference}").status == 200
    assert [
        sian.open(f"/entries/{reference}{path}").status for path in ("/title", "/check", "/questions/what")
    ] == [404] * 3


def test_what_people_type_is_shown_as_text(app, priya):
    """Never as markup."""
    reference = make_entry(app, title="<b>Bold</b> & co", answers={"what": "<script>alert(1)</script>"})
    page = priya.open(f"/entries/{reference}/check")
    assert "<b>Bold</b> & co" in page.text
    assert "<script>alert(1)</script>" in page.text
