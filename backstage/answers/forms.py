"""One question a page: its form, by the way in which the question is answered."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SubmitField

from backstage.answers.actions import Overtaken
from backstage.answers.queries import Item
from backstage.question_types.forms import field_for
from backstage.question_types.rules.question_type import Input
from base import autosave
from base.errors import Refused
from base.forms import MAX_INTEGER, ChorusForm


class TypedAnswerForm(ChorusForm):
    """An answer that is typed.

    `version` is the one that the page shows, so that writers do not overwrite each other; `overtaken` is what
    another writer saved meanwhile, once that has stopped this one.
    """

    text: Any
    version = HiddenField(default="0")
    save = SubmitField("Save and continue")
    later = SubmitField("Save and come back later")
    overtaken: Overtaken | None = None

    def values(self) -> dict[str, Any]:
        """What `save_answer` wants; the answer is finished when its writer goes on to the next one."""
        finished = not self.later.data and not autosave.saves_itself()
        return {"text": self.text.data or "", "version": self._seen, "finished": finished}

    def refused(self, refused: Refused) -> None:
        """Take that saving was refused; from now on the page shows what the other writer saved, too."""
        if isinstance(refused, Overtaken):
            self.overtaken = refused
            self.version.data = str(refused.version)
        super().refused(refused)

    @property
    def _seen(self) -> int:
        """The version that the page showed; 0 where it is missing or no number of ours."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and int(typed) <= MAX_INTEGER else 0


class FileAnswerForm(ChorusForm):
    """An answer that is uploaded."""

    file: Any
    upload = SubmitField("Upload")

    def values(self) -> dict[str, Any]:
        """What `save_file` wants."""
        return {"content": self.file.data.read(), "file_name": self.file.data.filename or "file"}


def form_for(item: Item) -> TypedAnswerForm | FileAnswerForm:
    """The form of a question, labelled with its words and holding the answer so far."""
    field = field_for(item.kind, item.question.label)
    if item.kind.input is Input.UPLOAD:
        return type("UploadForm", (FileAnswerForm,), {"file": field})()
    form = type("AnswerForm", (TypedAnswerForm,), {"text": field})
    return form(data={"text": item.text, "version": str(item.version)})
