"""A writer saves an answer: the form's own POST, from the browser's sending to the redirect."""

from __future__ import annotations

from statistics import median

from sqlalchemy import select

from awards.entries.models import Entry, EntryWriter
from awards.schemes.models import Scheme
from backstage.questions.models import Question
from base.database import db
from bench import crowd
from bench.client import address_of
from bench.report import Runs, Unmeasured, repeat
from bench.world import World
from website.demo.rules import OPEN

SAVES = 100


def measure(world: World, times: int) -> Runs:
    """answer_save_p50_ms: an answer of 100 words is saved a hundred times, each time with other words."""
    world.begin_again()
    person, path = _draft(world)
    writer = world.sign_in(person)

    def run(turn: int) -> dict[str, float]:
        plan = {
            "port": world.house.port,
            "address": address_of(turn),
            "cookies": writer.cookies,
            "path": path,
            "times": SAVES,
            "turn": turn,
        }
        return {"answer_save_p50_ms": median(crowd.send("save_answers", plan)["milliseconds"])}

    return repeat(times, run)


def _draft(world: World) -> tuple[int, str]:
    """A writer of a draft that can be changed now, and the address of its longest question."""
    with world.step(silent=True):
        found = db.session.execute(
            select(EntryWriter.person_id, Entry.reference, Question.key)
            .join(Entry, Entry.id == EntryWriter.entry_id)
            .join(Scheme, Scheme.id == Entry.scheme_id)
            .join(Question, Question.question_set_id == Scheme.question_set_id)
            .where(Scheme.slug == OPEN, Entry.state == "draft", Question.type == "text")
            .order_by(Question.words.desc(), Question.id, Entry.id, EntryWriter.person_id)
        ).first()
    if found is None:
        raise Unmeasured("nobody writes an entry in the demonstration")
    return found.person_id, f"/entries/{found.reference}/questions/{found.key}"
