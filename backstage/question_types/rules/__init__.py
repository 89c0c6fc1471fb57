"""The types of questions: one file for each, all in this list.

A new type is a file beside this one with a class of `QuestionType`, its line below, and a template of its own
under templates/backstage/question_types/ with the macros `ask` and `drawn`. (And a migration: the database's
CHECK of question.type is made from this list.)
"""

from __future__ import annotations

from backstage.question_types.rules.file import File
from backstage.question_types.rules.image import Image
from backstage.question_types.rules.question_type import QuestionType
from backstage.question_types.rules.text import Text
from backstage.question_types.rules.url import Url

# {what question.type stores: the type}
TYPES: dict[str, QuestionType] = {
    "text": Text(),
    "file": File(),
    "image": Image(),
    "url": Url(),
}
