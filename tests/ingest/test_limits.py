"""A limit of time that ends what never ends, and leaves other alarms as they were."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress

import pytest

from ingest.limits import time_limit
from kg.errors import ExtractionError


def go_on() -> None:
    while True:
        pass


def test_what_never_ends_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(ExtractionError, match=r"slow.txt takes longer than 0.05 seconds"), time_limit(0.05, "slow.txt"):
        go_on()
    assert time.monotonic() - begun < 30


def test_the_alarm_comes_again_where_the_first_was_swallowed() -> None:
    def swallow() -> None:
        with suppress(ExtractionError):
            go_on()
        go_on()

    with pytest.raises(ExtractionError), time_limit(0.05, "slow.txt"):
        swallow()


def test_an_alarm_that_was_set_before_goes_on() -> None:
    rung = []
    earlier = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    left, interval = signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with time_limit(60, "quick.txt"):
            pass
        deadline = time.monotonic() + 30
        while not rung and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        signal.signal(signal.SIGALRM, earlier)
        signal.setitimer(signal.ITIMER_REAL, left, interval)
    assert rung == [1]


def test_in_another_thread_there_is_no_limit_and_no_error() -> None:
    done = []

    def work() -> None:
        with time_limit(1e-6, "quick.txt"):
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
