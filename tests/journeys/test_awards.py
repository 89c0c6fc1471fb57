"""A season of awards, from a new person's sign-in to the certificate on their wall."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.journeys import papers
from tests.journeys.steps import CATEGORY, OURS, SCHEME, TITLE, fill_answers, judge, start_entry
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.journeys.conftest import People
    from tests.journeys.walker import Walker

LONDON = ZoneInfo("Europe/London")
PANEL = f"{SCHEME}/organise/panels/schools"
SUMMARY = "Pupils who could not face the morning chose a later bus, and came."
WILMA, COLM = "wilma.reed@example.org", "colm.hart@example.org"
HERS = "Summary by Wilma: pupils who could not face the morning chose a later bus."
HIS = "Summary by Colm: a bus that leaves at ten brought forty pupils back."


def write_together(wilma: Walker, colm: Walker, reference: str) -> None:
    """Count and keep words while writing; ask a colleague; both change one answer, no text is lost."""
    summary = f"/entries/{reference}/questions/summary"
    wilma.open(summary).sees("Up to 100 words").fill("Summary", SUMMARY)
    wilma.sees("13 of 100 words", "Saved at")
    wilma.open("/me").open(summary)  # she left, and everything is there when she comes back
    assert wilma.page.get_by_label("Summary", exact=True).input_value() == SUMMARY
    wilma.open(f"/entries/{reference}/writers").fill("Their email address", COLM)
    wilma.press("Ask them to write too").sees("can write this entry now")
    colm.read_mail(COLM, "asks you to help").press("Open this on Chorus")
    colm.sign_in(COLM, by_link=True).is_at(TITLE).press("Summary")
    wilma.open(summary).fill("Summary", HERS).press("Save and continue")
    colm.fill("Summary", HIS).press("Save and continue").sees("Somebody else changed this answer", HERS)
    assert colm.page.get_by_label("Summary", exact=True).input_value() == HIS
    colm.fill("Summary", f"{HERS} {HIS}").press("Save and continue").is_at("What was done?")
    colm.open(summary).page.get_by_text("Earlier texts of this answer").click()
    colm.sees(HERS).look()


def send_in(wilma: Walker, reference: str) -> None:
    """Check the answers, be told what is missing, send the entry in and get the receipt."""
    wilma.open(f"/entries/{reference}/check").sees("Before you can send it in")
    wilma.press("Send in this entry").sees("There is a problem")
    fill_answers(wilma, reference)
    wilma.open(f"/entries/{reference}/check").press("Send in this entry")
    wilma.is_at("Your entry is in").sees(reference)
    wilma.read_mail(WILMA, "We have your entry").sees(reference, TITLE)


def miss_the_deadline(noor: Walker, priya: Walker) -> datetime:
    """A draft is open while entries close; gives the hour of closing."""
    noor.become("Noor Haddad").open("/awards/ppmh/organise").sees("Entries a day").picture("desk")
    noor.open("/awards/ppmh/organise/ranking/partnership").sees("Winner").picture("ranking")
    noor.open("/demo")
    when = noor.page.locator("tr", has_text="Just before entries close").locator("time")
    closes = datetime.fromisoformat(when.get_attribute("datetime") or "") + timedelta(minutes=5)
    noor.press("Go there Just before entries close")
    priya.become("Priya Nair").press("Breakfast before the bell").press("What was the impact?")
    return closes


def add_judge(noor: Walker, name: str, organisation: str = "", *roles: str) -> None:
    """Put somebody on the panel."""
    email = ".".join(name.lower().split()) + "@example.org"
    noor.open(f"{PANEL}/add").fill("Email address", email).fill("Name", name)
    if organisation:
        noor.select("Organisation", organisation)
    noor.tick(*roles).press("Add and invite").sees("They are on the panel")


def make_panel(noor: Walker, closes: datetime) -> None:
    """Seat three judges, one of them of the entrant's own organisation; hand the reads out evenly."""
    noor.open(f"{SCHEME}/organise").press("Hours").fill_moment(
        "Judging ends", (closes + timedelta(weeks=3)).astimezone(LONDON)
    )
    noor.press("Save these hours")
    lived = "Has lived experience of using services or caring"
    add_judge(noor, "Beth Lloyd", "", lived, "Chairs the panel")
    add_judge(noor, "Kit Barnes", "", lived)
    add_judge(noor, "Wren Tully", OURS)
    noor.press("Hand out the reads evenly").sees("Nobody reads for their own organisation")
    noor.sees("works for an organisation in it")
    noor.press(re.compile(r"^Hand out \d+ reads")).sees(
        "Own organisation", "The judges have been told by mail"
    )


def judge_ours(beth: Walker, reference: str) -> None:
    """Beth steps back from one entry, then reads ours and marks it with the keys."""
    beth.become("Beth Lloyd").open("/judging").sees("0 of 5 read")
    others = beth.page.locator(".nhsuk-task-list__link").filter(has_not_text=TITLE)
    step_back = others.first.inner_text()
    beth.press(step_back).is_at("Do you have a conflict").tick("Yes, somebody else should read it")
    beth.fill("If yes: what is it?", "My sister works there").press("Continue").sees(
        "Somebody else will read it"
    )
    beth.open(f"/judging/{reference}").tick("No, I can read it").press("Continue").is_at(TITLE)
    for number in range(4):
        beth.page.locator("body").press("5")
        if number == 0:
            beth.fill("Why? What is strong, what would help?", "They asked the pupils first, and it shows.")
            beth.sees("8 of 150 words", "Saved at").page.evaluate("scrollTo(0, 0)")
            beth.picture("judge")
            beth.page.locator("fieldset [type=radio]:checked").focus()
        with beth.page.expect_navigation():
            beth.page.keyboard.press("n")
        beth.look()
    beth.is_at(f"Your scores for {TITLE}").sees("They asked the pupils first")
    beth.press("Finish this entry").sees("You have finished", "1 of 4 read")


def decide(noor: Walker, reference: str, closes: datetime) -> None:
    """Rank, mark the winner and one more for the shortlist, and set both hours."""
    ranking = f"{SCHEME}/organise/ranking/schools"
    noor.open(ranking).sees(TITLE, "Before you decide")
    noor.press(f"Decide about {TITLE}").tick("Winner").press("Save this decision").sees(
        "Say why in a sentence"
    )
    noor.fill("Why?", "Both readers put it first.").press("Save this decision")
    other = noor.page.get_by_role("link", name=re.compile("^Decide about")).first
    with noor.page.expect_navigation():
        other.click()
    noor.tick("Shortlisted").fill("Why?", "Second in the ranking.").press("Save this decision")
    noor.open(f"{SCHEME}/organise/announce")
    noor.fill_moment("The shortlist is announced", (closes + timedelta(weeks=4)).astimezone(LONDON))
    noor.fill_moment("The winners are announced", (closes + timedelta(weeks=8)).astimezone(LONDON))
    noor.press("Save these hours").sees("Until then nobody outside sees an outcome")


def make_certificates(noor: Walker, scheme: str) -> list[int]:
    """Ask for what is missing and watch the bar until everything is made; gives what it showed on the way."""
    noor.open(f"/awards/{scheme}/organise/certificates").press(re.compile(r"^Make \d+ certificate"))
    noor.is_at(re.compile("Certificates are being made|The certificates are made"))
    shown: list[int] = []

    def all_made() -> bool:
        # In one look: the page loads itself again between two.
        heading, done = noor.glance(
            "[document.querySelector('h1').innerText, document.querySelector('main progress')?.value ?? 0]"
        ) or ("being made", 0)
        if "being made" not in heading:
            return True
        shown.append(int(done))
        if len(shown) == 2:
            noor.picture("certificates")
        noor.page.wait_for_timeout(500)  # lets the page's script ask, where a sleep of ours would not
        return False

    wait_until(all_made, "the certificates to be made")
    noor.is_at("The certificates are made").look()
    return shown


def nothing_is_told(wilma: Walker, visitor: Walker, reference: str) -> None:
    """Before its hour an outcome is nowhere: on no page, in no mail, behind no address of a certificate."""
    wilma.open(f"/entries/{reference}/status").sees("Judges are reading")
    wilma.sees_no("has won", "is on the shortlist", "ighly commended", "/certificates/")
    for outcome in ("shortlisted", "winner", "highly_commended"):
        assert wilma.fetch(f"/entries/{reference}/certificates/{outcome}.pdf")[0] == 404
    wilma.has_no_mail(WILMA, "hortlist").has_no_mail(WILMA, "won")
    visitor.open(SCHEME).sees_no(TITLE)
    assert visitor.fetch(f"{SCHEME}/winners")[0] == 404


def fetch_certificate(wilma: Walker, visitor: Walker, reference: str) -> None:
    """The certificate can be fetched, is accessible, and its code leads to what it certifies."""
    with wilma.page.expect_download() as coming:
        wilma.control(re.compile("certificate", re.IGNORECASE), within="main").first.click()
    pdf = coming.value.path().read_bytes()
    assert papers.not_accessible(pdf) == []
    said = papers.text_of(pdf, wilma.album.folder)
    assert TITLE in said
    assert "Winner" in said
    wilma.album.drawn(pdf, "certificate", picture="certificate")
    serial = re.search(r"/c/([0-9A-Z-]{17,})", said)
    assert serial is not None, said
    visitor.open(f"/c/{serial[1]}").is_at("This certificate is genuine").sees(TITLE, OURS, "Winner", CATEGORY)


@pytest.mark.half
def test_a_season_of_awards(people: People) -> None:
    wilma, colm, visitor = people.new("Wilma"), people.new("Colm", phone=True), people.new("Visitor")
    noor, priya = people.new("Noor"), people.new("Priya")
    reference = start_entry(wilma, WILMA)
    write_together(wilma, colm, reference)
    send_in(wilma, reference)

    closes = miss_the_deadline(noor, priya)
    people.chorus.move_clock(closes + timedelta(minutes=1))
    priya.fill("What was the impact?", "Sixty children eat there now.").press("Save and continue")
    priya.sees("Entries have closed", "What you wrote", "It is not saved here")
    assert priya.page.get_by_label("What you wrote").input_value() == "Sixty children eat there now."

    make_panel(noor, closes)
    beth, kit = people.new("Beth"), people.new("Kit", phone=True)
    judge_ours(beth, reference)
    kit.become("Kit Barnes")
    judge(kit, reference, "Strong evidence")
    noor.open(f"{SCHEME}/organise/panels").sees("2 of 13")
    decide(noor, reference, closes)
    make_certificates(noor, "cyp")
    shown = make_certificates(noor, "ppmh-last-year")
    assert shown == sorted(shown), "the bar only grows"
    nothing_is_told(wilma, visitor, reference)

    people.chorus.move_clock(closes + timedelta(weeks=4, minutes=1))
    # A device is trusted for thirty days: weeks later the link in the mail asks her to sign in, and leads on.
    wilma.read_mail(WILMA, "shortlist").sees(TITLE).press("Open this on Chorus").sign_in(WILMA)
    wilma.sees("Your entry is on the shortlist").sees_no("has won")
    people.chorus.move_clock(closes + timedelta(weeks=8, minutes=1))
    wilma.read_mail(WILMA, "won").press("Open this on Chorus")
    wilma.sees("Your entry has won its category").picture("won")
    fetch_certificate(wilma, visitor, reference)
    visitor.open(f"{SCHEME}/winners").sees(TITLE, OURS).picture("winners")
