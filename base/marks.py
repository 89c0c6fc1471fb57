"""Fields of a dataclass, and what is marked on them.

A list of fields is written once, as a dataclass. What follows from it says "all but those marked so", never
"these and these": whoever adds a field and forgets the rest has added it everywhere. Pure.

    SHOWN = mark("shown before the hour")

    class Told:
        title: str
        kind: str = field(metadata=SHOWN)

    all_but(Told, SHOWN)      # ("title",)
"""

from __future__ import annotations

from dataclasses import fields

Mark = dict[str, bool]


def mark(words: str) -> Mark:
    """A mark, for the metadata of `dataclasses.field`; two of them are joined with `|`."""
    return {words: True}


def all_but(kind: type, *marks: Mark) -> tuple[str, ...]:
    """The names of all fields of a dataclass but those that carry one of these marks, in their order."""
    left_out = {words for one in marks for words in one}
    return tuple(field.name for field in fields(kind) if left_out.isdisjoint(field.metadata))
