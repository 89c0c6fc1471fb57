"""Steps that several journeys take, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.walker import Walker

SCHEME = "/awards/cyp"
CATEGORY = "Improving Access and Outcomes in Education"
OURS = "Fenland Young Voices"
TITLE = "The night bus back to school"
ANSWERS = {
    "What was done?": (
        "Forty pupils of two schools had stopped coming. Letters home had changed nothing, so a youth worker "
        "asked each of them what a morning would have to be like.\n\n"
        "Most said: later. They planned a bus that leaves at ten, chose its driver, and wrote down together "
        "what happens on it: music, no questions, breakfast for who had none. A mental health worker rides "
        "along on Mondays. Teachers keep the first hour free for arriving."
    ),
    "What was the impact?": (
        "Within two terms 31 of the 40 were in lessons on four days a week. Asked why, most named the same "
        "thing: nobody on the bus wanted them to explain themselves."
    ),
    "What happens next?": "The plan is written for any school to copy, and two have begun.",
    "How were people with lived experience involved?": "Pupils led every meeting and chose the driver.",
}


def start_entry(wilma: Walker, email: str) -> str:
    """Sign in as somebody new, start an organisation and an entry; gives the entry's reference."""
    wilma.sign_in(email)
    wilma.open("/me/name").fill("Your name", "Wilma Reed").press("Save name")
    wilma.open("/awards").press(re.compile("^Children's Positive")).press(CATEGORY)
    wilma.press(re.compile("^Start an entry"))
    wilma.is_at("Find your organisation").fill("Name of your organisation", OURS).press("Find")
    wilma.press("Start a new organisation").tick("Charity").select("Where does it work?", "East of England")
    wilma.press("Start this organisation").sees("you lead it here")
    wilma.press("Start this entry").is_at("What is your entry called?")
    wilma.fill("Title of your entry", TITLE).press("Save and continue").is_at(TITLE).picture("entry")
    found = re.search(r"/entries/([A-Z0-9]+-[A-Z0-9]+)", wilma.path)
    assert found is not None
    return found[1]


def fill_answers(wilma: Walker, reference: str) -> None:
    """Answer every question but the summary, one page after the other."""
    wilma.open(f"/entries/{reference}/questions/what")
    for question, text in ANSWERS.items():
        wilma.is_at(question).fill(question, text).press("Save and continue")


def judge(who: Walker, reference: str, points: str) -> None:
    """Say that there is no conflict, mark every criterion with the same words, and finish."""
    who.open(f"/judging/{reference}").tick("No, I can read it").press("Continue")
    while "/finish/" not in who.path:
        who.tick(re.compile(points)).press(re.compile("^Next: "))
    who.press("Finish this entry").sees("You have finished")
