"""What happens to a mail, and when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

MOVES: dict[str, set[str]] = {
    "waiting": {"sending"},
    # By another worker, when the first has died.
    "sending": {"sending", "sent", "waiting", "failed"},
    "sent": set(),
    "failed": set(),
}
MOST_ATTEMPTS = 8
# A claim older than this belongs to a worker that died.
CLAIM_LASTS = timedelta(minutes=5)
# The job that came with a mail gets this long before the sweep sends another.
OWN_JOB_WITHIN = timedelta(minutes=1)
MAILS_KEPT = timedelta(days=30)


def try_after(attempts: int, now: datetime) -> datetime:
    """When to try again after `attempts` failures: 1, 2, 4 … minutes, at most 4 hours."""
    return now + timedelta(minutes=min(2 ** max(attempts - 1, 0), 240))


def after_failure(attempts: int, final: bool) -> str:
    """The state after a failed try: `failed` when the server will never take it or the tries are used up."""
    return "failed" if final or attempts >= MOST_ATTEMPTS else "waiting"
