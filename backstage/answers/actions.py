"""Writing answers. Who may write, and until when, is the caller's to ask first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or

from backstage.answers import rules
from backstage.answers.models import Answer, AnswerSheet, EarlierAnswer
from backstage.questions.models import Question
from backstage.questions.queries import questions_of_set
from backstage.uploads.actions import keep_upload
from backstage.uploads.models import Upload
from base.database import db
from base.errors import Refusal, Refused, refuse_if
from outside import clock


class Overtaken(Refused):
    """Another writer has saved since this one opened the page. Nothing was written; both texts are kept."""

    def __init__(
        self, why_not: Refusal, text: str, version: int, written_by: int | None, written_at: datetime
    ) -> None:
        super().__init__(why_not)
        self.text = text
        self.version = version
        self.written_by = written_by
        self.written_at = written_at


@dataclass(frozen=True)
class Saved:
    """What saving did: the answer's new version, whether the text changed and was worth a line of history."""

    version: int
    changed: bool
    notable: bool


def start_sheet(question_set_id: int) -> AnswerSheet:
    """An empty sheet for the questions of a set."""
    sheet = AnswerSheet(question_set_id=question_set_id)
    db.session.add(sheet)
    db.session.flush()
    return sheet


def fill_sheet(
    sheet_id: int, question_set_id: int, answers: Mapping[str, str], who: int | None, at: datetime
) -> None:
    """Put finished texts on a new sheet at once: {question's key: text}.

    For entries that are brought in; raises KeyError for a key that the set does not have.
    """
    ids = {question.key: question.id for question in questions_of_set(question_set_id)}
    rows = [
        {
            "answer_sheet_id": sheet_id,
            "question_id": ids[key],
            "text": text,
            "version": 1,
            "finished": True,
            "written_by": who,
            "written_at": at,
        }
        for key, text in answers.items()
        if text
    ]
    if rows:
        db.session.execute(insert(Answer), rows)


def save_answer(
    sheet_id: int, question: Question, text: str, version: int, who: int | None, *, finished: bool = True
) -> Saved:
    """Write the answer to a question that is answered by typing.

    `version` is the one that the writer's page showed (0 for none yet). Raises Overtaken where another writer
    saved a different text since, and Refused for what the question's type cannot keep. The text that is
    replaced is kept as the rules say, so nothing that anybody wrote is lost.
    """
    text = question.kind.tidy(text)
    refuse_if(question.kind.why_not_keep(text))
    now, answer = clock.now(), _locked_answer(sheet_id, question.id, who)
    if text == answer.text:
        answer.finished = finished
        return Saved(answer.version, changed=False, notable=False)
    if why_not := rules.why_not_overwrite(version, answer.version, answer.written_by, who):
        raise Overtaken(why_not, answer.text, answer.version, answer.written_by, answer.written_at)
    kept = _keep_earlier(answer, text, version, who, now)
    notable = kept or finished or answer.version == 0
    answer.text, answer.version, answer.finished = text, answer.version + 1, finished
    answer.written_by, answer.written_at = who, now
    return Saved(answer.version, changed=True, notable=notable)


def _locked_answer(sheet_id: int, question_id: int, who: int | None) -> Answer:
    """The answer's row, made if need be and held until the commit, so that writers come one after another."""
    db.session.execute(
        insert_or(Answer)
        .values(
            answer_sheet_id=sheet_id,
            question_id=question_id,
            text="",
            version=0,
            finished=False,
            written_by=who,
            written_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    return db.session.scalars(
        select(Answer)
        .where(Answer.answer_sheet_id == sheet_id, Answer.question_id == question_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _keep_earlier(answer: Answer, after: str, seen: int, who: int | None, now: datetime) -> bool:
    """Keep the text that is about to be replaced, where the rules want it; says whether it was kept."""
    kept_at = db.session.scalar(
        select(func.max(EarlierAnswer.written_at)).where(
            EarlierAnswer.answer_sheet_id == answer.answer_sheet_id,
            EarlierAnswer.question_id == answer.question_id,
        )
    )
    keep = rules.worth_keeping(
        answer.text,
        after=after,
        unseen=seen != answer.version,
        written_by=answer.written_by,
        who=who,
        kept_at=kept_at,
        written_at=answer.written_at,
        now=now,
    )
    if keep:
        db.session.add(
            EarlierAnswer(
                answer_sheet_id=answer.answer_sheet_id,
                question_id=answer.question_id,
                text=answer.text,
                version=answer.version,
                written_by=answer.written_by,
                written_at=answer.written_at,
            )
        )
    return keep


def save_file(sheet_id: int, question: Question, content: bytes, file_name: str, who: int | None) -> Upload:
    """Answer a question with a file, in place of the one before; raises Refused for the form's `file`."""
    upload = keep_upload(content, file_name, question.kind.endings(question.accept), who)
    answer = _locked_answer(sheet_id, question.id, who)
    answer.upload_id, answer.version, answer.finished = upload.id, answer.version + 1, True
    answer.written_by, answer.written_at = who, clock.now()
    return upload


def remove_file(sheet_id: int, question: Question, who: int | None) -> bool:
    """Take the file away from an answer; False where there was none. A sweep deletes it later."""
    answer = _locked_answer(sheet_id, question.id, who)
    if answer.upload_id is None:
        return False
    answer.upload_id, answer.version, answer.finished = None, answer.version + 1, False
    answer.written_by, answer.written_at = who, clock.now()
    return True


def delete_answers(sheets: Select[int]) -> int:
    """Delete the answers on these sheets, given as a subquery of their ids; gives how many."""
    gone = delete(Answer).where(Answer.answer_sheet_id.in_(sheets))
    done = db.session.execute(gone.execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]


def delete_earlier_answers(sheets: Select[int]) -> int:
    """Delete what answers on these sheets said before, given as a subquery of their ids; gives how many."""
    gone = delete(EarlierAnswer).where(EarlierAnswer.answer_sheet_id.in_(sheets))
    done = db.session.execute(gone.execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]
