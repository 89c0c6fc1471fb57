"""Making certificates and watching them, fetching one, and the public page behind its QR code."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from awards.certificates import actions, queries, rules
from awards.certificates.forms import MakeCertificatesForm
from awards.outcomes.rules import OUTCOMES
from awards.schemes.queries import scheme_by_slug
from backstage.documents.queries import batches_of, progress_of
from backstage.documents.rules import counted, shown
from base.access import allow, public, signed_in
from base.answers import attachment
from base.errors import NotHere
from base.pages import asked
from outside import clock, storage

bp = Blueprint("certificates", __name__)
ORGANISE = "/awards/<scheme_slug>/organise/certificates"


@bp.route(ORGANISE, methods=["GET", "POST"])
@allow("certificates.list_certificates")
def list_certificates(scheme_slug: str) -> ResponseReturnValue:
    """Every certificate there is or should be, and the button that makes what is missing."""
    scheme, now = scheme_by_slug(scheme_slug), clock.now()
    form = MakeCertificatesForm()
    if form.carry_out(actions.make_certificates, signed_in().person_id, scheme_slug):
        return redirect(url_for("certificates.watch_batch", scheme_slug=scheme_slug, batch_id=form.done), 303)
    rows = queries.certificates_in(scheme, now)
    lacks = sum(row.state in ("missing", "failed") for row in rows)
    decided = len({row.reference for row in rows}) or queries.decided_in(scheme)
    batches = batches_of(f"scheme:{scheme.id}", actions.KIND)
    return (
        render_template(
            "awards/certificates/list_certificates.html",
            form=form,
            scheme=scheme,
            page=queries.listed(rows, asked(request.args, filters={"state": rules.STATE_WORDS})),
            wanted=len(rows),
            lacks=lacks,
            counts={state: sum(row.state == state for row in rows) for state in rules.STATE_WORDS},
            batches=[batch for batch in batches if not batch.finished],
            why_not=rules.why_not_make(decided, scheme.hours, lacks),
            outcomes=OUTCOMES,
            state_words=rules.STATE_WORDS,
        ),
        form.status,
    )


@bp.route(f"{ORGANISE}/batches/<int:batch_id>")
@allow("certificates.watch_batch")
def watch_batch(scheme_slug: str, batch_id: int) -> ResponseReturnValue:
    """One batch and its progress bar."""
    scheme = scheme_by_slug(scheme_slug)
    batch = progress_of(f"scheme:{scheme.id}", batch_id)
    return render_template(
        "awards/certificates/watch_batch.html",
        scheme=scheme,
        batch=batch,
        shown=shown(batch, counted(batch, "certificate")),
    )


@bp.route(f"{ORGANISE}/batches/<int:batch_id>/progress")
@allow("certificates.batch_progress")
def batch_progress(scheme_slug: str, batch_id: int) -> ResponseReturnValue:
    """How far a batch is, as JSON for the progress bar's script."""
    batch = progress_of(f"scheme:{scheme_by_slug(scheme_slug).id}", batch_id)
    return jsonify(shown(batch, counted(batch, "certificate")))


@bp.route("/entries/<reference>/certificates/<outcome>.pdf")
@allow("certificates.download_certificate")
def download_certificate(reference: str, outcome: str) -> ResponseReturnValue:
    """A certificate as PDF: for the entry's people from its hour on, for organisers as soon as it is made."""
    whatever_hour = queries.is_organiser_of(signed_in().person_id, reference)
    document = queries.file_of(reference, outcome, clock.now(), whatever_hour)
    if document is None or document.storage_name is None:
        raise NotHere
    try:
        content = storage.read(document.storage_name)
    except FileNotFoundError:
        raise NotHere from None
    name = f"Certificate {reference} {OUTCOMES[outcome].words.lower()}.pdf"
    return attachment(content, "application/pdf", name)


@bp.route("/c/<serial>")
@public("Whoever holds a certificate may check that it is real; nothing shows before its hour")
def check_certificate(serial: str) -> ResponseReturnValue:
    """What a certificate certifies."""
    tidy = rules.tidy_serial(serial)
    certified = queries.certified_by(tidy, clock.now()) if tidy else None
    if certified is None:
        return render_template("awards/certificates/unknown_certificate.html", serial=serial[:40]), 404
    if tidy != serial:
        return redirect(url_for("certificates.check_certificate", serial=tidy), 303)
    return render_template(
        "awards/certificates/check_certificate.html", certified=certified, outcomes=OUTCOMES
    )
