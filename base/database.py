"""The database of this process, and what actions may ask of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ARRAY, ColumnElement, DateTime, Integer, MetaData, any_, literal, or_
from sqlalchemy.orm import DeclarativeBase, registry

from base.display import how_long

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every table; constraints get names, times keep their zone."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: DateTime(timezone=True)}
    )


ENGINE_OPTIONS = {
    "hide_parameters": True,
    "pool_pre_ping": False,
    "pool_size": 5,
    "max_overflow": 5,
    "pool_timeout": 10,
    "connect_args": {"options": "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=30s"},
}

db = SQLAlchemy(model_class=Base, engine_options=ENGINE_OPTIONS)


@dataclass(frozen=True)
class Personal:
    """Why a column holds something about a person; put into `mapped_column(info={"personal": ...})`.

    purpose: what it is for. readers: who sees it.
    kept, since: for how long, from when ("after the event"): `kept` is the rule's own constant.
    forgotten_by: the dotted name of the action of the schedule, with `now` as its argument, that forgets it.
    sensitive: special-category data (health, access needs): history never keeps its values.
    """

    purpose: str
    readers: str
    kept: timedelta
    since: str
    forgotten_by: str
    sensitive: bool = False

    @property
    def retention(self) -> str:
        """How long it is kept, in words: "30 days after the event"."""
        return f"{how_long(self.kept)} {self.since}"


def personal(
    purpose: str, readers: str, kept: timedelta, since: str, *, forgotten_by: str, sensitive: bool = False
) -> dict[str, Any]:
    """The `info` of a personal column, see Personal; docs/personal-data.md and /privacy are printed from it.

    tests/structure/test_forgetting.py calls what `forgotten_by` names and looks whether it keeps the promise.
    """
    return {"personal": Personal(purpose, readers, kept, since, forgotten_by, sensitive)}


def holds(words: str, *columns: Any) -> list[ColumnElement[bool]]:
    """The condition that one of the columns holds what is searched for, small or large; none for no words."""
    return [or_(*(column.icontains(words, autoescape=True) for column in columns))] if words else []


def among(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """The condition that a column holds one of `ids`: one parameter, however many they are."""
    found: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(Integer)))
    return found


def hand_over(job: str, *ids: int | str) -> None:
    """Queue work to be given to the workers once this transaction has committed.

    `job` is the dotted name of a function in `jobs/`; only ids travel. A rollback forgets it.
    What must not be lost is a row first: the schedule sweeps rows whose job never came.
    """
    db.session.info.setdefault("handed_over", []).append((job, ids))


def take_handed_over() -> list[tuple[str, tuple[int | str, ...]]]:
    """The work queued since the last call, in order; whoever commits gives it to the queue."""
    return db.session.info.pop("handed_over", [])
