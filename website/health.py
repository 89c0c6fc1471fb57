"""Whether Chorus is well: database, queue, workers, schedule."""

from __future__ import annotations

from flask import Response, jsonify

from backstage.heartbeats.queries import living
from outside import queue


def report(*, database: bool) -> tuple[Response, int]:
    """200 when everything lives, 503 when one is gone, with JSON that names each.

    `database` False asks it nothing. Raises what SQLAlchemy raises where the database is away after all.
    """
    workers, schedules = (living("worker"), living("schedule")) if database else (0, 0)
    queue_answers = queue.answers()
    well = bool(database and queue_answers and workers and schedules)
    answer = jsonify(
        status="well" if well else "unwell",
        database=database,
        queue=queue_answers,
        workers=workers,
        schedule=schedules > 0,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if well else 503
