"""The queue of work for the workers (RQ on Redis). Only names and ids travel, as JSON."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from base import settings

log = logging.getLogger(__name__)

QUEUES = ("soon", "slow")
SLOW = ("jobs.documents.",)
# Jobs that take many ids, and how many at a time: a job costs more than a mail.
TOGETHER = {"jobs.mail.send_mails": 25}


@lru_cache(maxsize=4)
def _connection(url: str) -> Redis:
    # One more try, at once, for a connection that has gone stale: a page does not wait for a Redis to start.
    again = Retry(NoBackoff(), 1)
    return Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2, retry=again)


def connection() -> Redis:
    """The Redis of this process."""
    return _connection(settings.current().redis_url)


def patient_connection() -> Redis:
    """A Redis connection for workers, which may wait some seconds for a server that is being started anew."""
    return Redis.from_url(settings.current().redis_url, socket_connect_timeout=2)


def queue(name: str, connected_to: Redis | None = None) -> Queue:
    """One of QUEUES: `soon` for mail, `slow` for documents."""
    return Queue(name, connection=connected_to or connection(), serializer=JSONSerializer)


def queue_of(job: str) -> str:
    """The queue that a job belongs to, so that mail never waits for a batch of certificates."""
    return "slow" if job.startswith(SLOW) else "soon"


def enqueue(job: str, *ids: int | str) -> bool:
    """Give work to the workers. False when Redis is away: the rows are swept by the schedule later."""
    try:
        queue(queue_of(job)).enqueue(job, *ids, result_ttl=0, failure_ttl=86_400, job_timeout=600)
    except RedisError as error:
        log.warning("queue away (%s): %s waits for the sweep", type(error).__name__, job)
        return False
    return True


def enqueue_all(work: Iterable[tuple[str, tuple[int | str, ...]]]) -> None:
    """Give all of this work to the workers, in order; where Redis is away, all is left to the sweep."""
    for job, ids in together(work):
        if not enqueue(job, *ids):
            return


def together(
    work: Iterable[tuple[str, tuple[int | str, ...]]],
) -> Iterator[tuple[str, tuple[int | str, ...]]]:
    """The same work in fewer jobs: where one of TOGETHER comes several times in a row, ids go together."""
    for job, several in groupby(work, key=itemgetter(0)):
        if job not in TOGETHER:
            yield from several
            continue
        ids = tuple(one for _, each in several for one in each)
        for first in range(0, len(ids), TOGETHER[job]):
            yield job, ids[first : first + TOGETHER[job]]


def answers() -> bool:
    """Whether the queue's server answers now."""
    try:
        return bool(connection().ping())
    except RedisError:
        return False
