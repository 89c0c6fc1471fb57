"""Making documents: claim, render, keep, finish. A second try of the same job makes nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import datetime

from awards.certificates.queries import pages_of as certificate_pages
from awards.certificates.queries import trial_page
from backstage.documents import actions
from backstage.documents.actions import Claimed, Made
from backstage.documents.rules import DocumentPage
from events.programme.queries import pages_of as programme_pages
from jobs.step import app, step
from outside import clock, pdf, storage

log = logging.getLogger(__name__)

PagesOf = Callable[[Sequence[str], datetime], dict[str, DocumentPage]]


def make_certificates(*document_ids: int) -> None:
    """Make the certificates that these document rows ask for."""
    make_documents("certificate", document_ids, certificate_pages)


def make_programme(*document_ids: int) -> None:
    """Make the programmes that these document rows ask for."""
    make_documents("programme", document_ids, programme_pages)


def warm_up() -> None:
    """Lay out a certificate that nobody keeps, before the children begin: each would pay for its first."""
    pdf.make_pdf(*_html(trial_page()))


def make_documents(kind: str, document_ids: Sequence[int], pages_of: PagesOf) -> None:
    """Make what is still wanted of these rows; one that cannot be made leaves the others alone."""
    with step():
        claimed = actions.claim_documents(kind, document_ids)
    if not claimed:
        return
    pages = _pages(claimed, pages_of)
    # While one file waits for the disk, the next is laid out.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf") as shelf:
        laid_out = [(claim, _lay_out(claim, pages.get(claim.subject), shelf)) for claim in claimed]
        made = [one for one in (_made(claim, kept) for claim, kept in laid_out if kept) if one]
    # Where this fails nobody knows what was committed: a file that no row names is deleted hours later.
    with step():
        ours = actions.documents_made(claimed[0].claim, made)
    for one in made:
        if one.document_id not in ours:
            storage.forget(one.storage_name)


def _pages(claimed: Sequence[Claimed], pages_of: PagesOf) -> dict[str, DocumentPage]:
    """What the claimed rows print, by subject; where that cannot be read, each row is tried later, alone."""
    try:
        with step():
            return pages_of([one.subject for one in claimed], clock.now())
    except Exception as error:
        for one in claimed:
            _put_back(one, error)
        raise


def _lay_out(claim: Claimed, page: DocumentPage | None, shelf: Executor) -> Future[tuple[str, int]] | None:
    """The file for one claimed row on its way to the disk; whatever is wrong with it, the others are made."""
    try:
        return shelf.submit(_keep, pdf.make_pdf(*_html(page)))
    except Exception as error:  # noqa: BLE001 - the row says what kind it was
        _put_back(claim, error)
        return None


def _keep(content: bytes) -> tuple[str, int]:
    """The name under which a file is kept, and its size."""
    return storage.keep("documents", content, "pdf"), len(content)


def _made(claim: Claimed, kept: Future[tuple[str, int]]) -> Made | None:
    """What has been made for one claimed row, once its file is on the disk."""
    try:
        return Made(claim.document_id, *kept.result())
    except Exception as error:  # noqa: BLE001 - the row says what kind it was
        _put_back(claim, error)
        return None


def _put_back(claim: Claimed, error: Exception) -> None:
    """Let a claimed row be tried again, or give it up. No traceback: it could carry what people wrote."""
    log.error("document %s failed: %s", claim.document_id, type(error).__name__)
    with step():
        actions.document_failed(claim.document_id, claim.claim, type(error).__name__)


def _html(page: DocumentPage | None) -> tuple[str, str]:
    """A page's HTML and stylesheet; raises LookupError where there is nothing to print."""
    if page is None:
        raise LookupError("nothing to print")
    return app().jinja_env.get_template(page.template).render(**page.values), page.stylesheet
