"""The main steps of both halves in a browser that runs no scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.journeys.steps import SCHEME, TITLE, fill_answers, judge, start_entry
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.journeys.conftest import People

WILMA = "wilma.reed@example.org"
MAKE = re.compile(r"^Make \d+ certificate")


def test_entering_without_scripts(people: People) -> None:
    wilma = people.new("Wilma", scripts=False)
    reference = start_entry(wilma, WILMA)
    wilma.open(f"/entries/{reference}/questions/summary").sees("Up to 100 words")
    wilma.fill("Summary", "word " * 101).press("Save and continue").sees("Shorten this by 1 word")
    wilma.fill("Summary", "A later bus.").press("Save and come back later").sees("Your answer is saved")
    fill_answers(wilma, reference)
    wilma.open(f"/entries/{reference}/check").sees("3 of 100 words").press("Send in this entry")
    wilma.is_at("Your entry is in").sees(reference).read_mail(WILMA, "We have your entry").sees(TITLE)


def test_judging_without_scripts(people: People) -> None:
    kit = people.new("Kit", scripts=False, phone=True).become("Kit Barnes")
    kit.open("/judging").press(re.compile("^(Read|Go on with) "))
    reference = kit.path.split("/")[-1]
    judge(kit, reference, "Good evidence")


def test_organising_without_scripts(people: People) -> None:
    """Reads are handed out by hand; certificates are made while one looks again and again."""
    noor = people.new("Noor", scripts=False).become("Noor Haddad")
    noor.open("/awards/ppmh/organise").press("Panels").press("Mental Health Workforce Wellbeing")
    noor.press("Hand out by hand").sees("Own organisation").press("Save who reads what").sees(
        "0 reads handed out"
    )
    noor.open("/awards/ppmh-last-year/organise/certificates").press(MAKE)

    def look_again() -> bool:
        if "The certificates are made" in noor.page.inner_text("h1"):
            return True
        noor.press("Look again")
        return False

    wait_until(look_again, "the certificates to be made", every=0.5)
    noor.is_at("The certificates are made").open(f"{SCHEME}/organise")


def test_registering_without_scripts(people: People) -> None:
    ash, uma = people.new("Ash", scripts=False, phone=True), people.new("Uma", scripts=False)
    ash.open("/events/symphony").press("Register, no account needed").press("Register")
    ash.sees("There is a problem", "Enter your email address")
    ash.fill("Email address", "ash.penn@example.org").fill("Name for your badge", "Ash")
    ash.tick("Trans identity at work", "Telling your own story").press("Register")
    ash.sees("are at the same time")
    ash.page.get_by_label("Trans identity at work", exact=True).uncheck()
    ash.press("Register").is_at("You are registered")
    ash.read_mail("ash.penn@example.org", "You have a place").press("Open this on Chorus")
    ash.is_at("Your registration").fill("Name for your badge", "Ashe").press("Save").sees("Saved")
    uma.open("/demo").press("Go there The morning of the Symphony").become("Uma Clarke")
    uma.open("/events/symphony/door").fill("Name or reference", "Ashe").press("Find")
    uma.press("Check in Ashe").sees("Ashe is here")
