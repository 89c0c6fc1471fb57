"""The page of one question, for every topic that has questions. It has no address of its own.

A topic's view says whose sheet it is, what may be written and where to go on, and renders a template that
extends `backstage/answers/answer_question.html`:

    page = QuestionPage(opened.entry.answer_sheet_id, key, address=…, home=…, why_not=…)
    if answer := page.answer(write=partial(actions.answer_question, me, reference, key), upload=…):
        return answer
    return render_template("awards/entries/answer_question.html", page=page, form=page.form), page.form.status
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from backstage.answers import queries, rules
from backstage.answers.actions import Overtaken
from backstage.answers.forms import FileAnswerForm, form_for
from base import autosave
from base.errors import Refusal
from base.notices import notice
from outside import clock


class QuestionPage:
    """One question of a sheet: its form, what was saved, and what happens after saving.

    `address` gives the page of the question with a key, `home` is the page that one comes back to, and
    `why_not` says why nothing may be written now. Raises NotHere where the sheet is not for such a question.
    """

    def __init__(
        self, sheet_id: int, key: str, *, address: Callable[[str], str], home: str, why_not: Refusal | None
    ) -> None:
        self.sheet_id = sheet_id
        self.item = queries.item_of(sheet_id, key)
        self.form: Any = form_for(self.item)
        self.address = address
        self.home = home
        self.why_not = why_not

    def answer(self, write: Callable[..., Any], upload: Callable[..., Any]) -> ResponseReturnValue | None:
        """Save what was sent, by `write` or `upload`, and give what to answer; None to show the page.

        `write` takes text, version and finished and returns `Saved`; `upload` takes content and file_name.
        """
        form = self.form
        by_upload = isinstance(form, FileAnswerForm)
        if not form.carry_out(upload if by_upload else write):
            if autosave.saves_itself():
                return autosave.not_saved(form, rules.SAVE_TO_SEE if self.overtaken else "")
            return None
        if by_upload:
            notice("The file is uploaded.")
            return redirect(self.address(self.item.question.key), 303)
        if autosave.saves_itself():
            return autosave.saved(clock.now(), version=form.done.version)
        if form.later.data:
            notice("Your answer is saved. Come back whenever you like.")
            return redirect(self.home, 303)
        return self._go_on()

    def _go_on(self) -> ResponseReturnValue | None:
        """The next question; None where the answer is saved but still needs work: the page says which."""
        saved = queries.item_of(self.sheet_id, self.item.question.key)
        if why_not := saved.kind.why_not_finished(saved.given):
            self.form.version.data = str(self.form.done.version)
            self.form.refuse(why_not)
            return None
        return redirect(self.onward, 303)

    @cached_property
    def onward(self) -> str:
        """The address of the next question, or of the page one comes back to after the last."""
        keys = [item.question.key for item in queries.items_of(self.sheet_id)]
        later = keys[keys.index(self.item.question.key) + 1 :]
        return self.address(later[0]) if later else self.home

    @property
    def overtaken(self) -> Overtaken | None:
        """What another writer saved while this one wrote, where that is so."""
        return getattr(self.form, "overtaken", None)

    @cached_property
    def earlier(self) -> Sequence[Any]:
        """What the answer said before, newest first."""
        return queries.earlier_answers(self.sheet_id, self.item.question.id)

    @property
    def writers(self) -> list[int | None]:
        """The ids of all whose texts the page shows, for the topic to look up their names."""
        other = [self.overtaken.written_by] if self.overtaken else []
        return [line.written_by for line in self.earlier] + other
