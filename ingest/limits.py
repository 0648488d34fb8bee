"""A limit of time on the extraction of one document, so that one that never ends does not stop the others."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import ExtractionError

# Seconds. The alarm comes again, because an exception that arrives while an object is being destroyed is lost.
_AGAIN = 1.0


@contextmanager
def time_limit(seconds: float, name: str) -> Iterator[None]:
    """Raise ExtractionError in the block once it has taken ``seconds`` of wall time.

    Signals reach the main thread only: in another one there is no limit. An alarm that was set before goes on after.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise ExtractionError(
            f"{name} takes longer than {seconds:g} seconds to extract. Split it or raise "
            "POLICYWEAVE_EXTRACTION_TIMEOUT."
        )

    begun = time.monotonic()
    earlier = signal.signal(signal.SIGALRM, stop)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begun), 1e-3), interval)
