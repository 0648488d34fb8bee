"""Watch mode: folders are synchronised at the start and after each change, one run at a time, until a signal comes."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from ingest.output import Output, perform
from ingest.planning import Request
from ingest.progress import Event, Tell, event, progress
from kg.errors import LockedError, MisuseError, PolicyweaveError
from kg.settings import Settings

# Milliseconds. A run begins when nothing changed for a while: a copy of many files comes as many changes.
_QUIET = 1_000
_MOST = 30_000
# Seconds after which a run is tried again that another writer did not let begin.
_AGAIN = 10.0


class StoppedError(PolicyweaveError):
    """A signal asked a run to end; what it has finished is kept."""


def watch_folders(request: Request, settings: Settings, output: Output) -> None:
    """Synchronise the folders of ``request`` until SIGINT or SIGTERM; a failure is told and watching goes on.

    A signal ends a run before its next document or stage: what it has extracted is kept, and nothing is half published.
    Raises MisuseError where a folder is not there.
    """
    for path in request.paths:
        if not path.is_dir():
            raise MisuseError(f"--watch takes folders that are there, and {path} is none: name its folder")
    with _stopped_by_signals() as stop:
        _say(event("watch_started", folders=" ".join(map(str, request.paths))), "watching; Ctrl-C ends it", output)
        for _ in _moments(request.paths, stop):
            while not _run(request, settings, output, stop) and not stop.wait(_AGAIN):
                pass
        _say(event("watch_stopped"), "stopped; what was finished is kept", output)


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that is set by the first SIGINT or SIGTERM; the second one does what it always does."""
    stop = threading.Event()
    earlier = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        _restore(earlier)

    for number in earlier:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        _restore(earlier)


def _restore(handlers: dict[signal.Signals, signal._HANDLER]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)


def _moments(paths: tuple[Path, ...], stop: threading.Event) -> Iterator[None]:
    """When to run: at once, and after each change. Changes during a run are not lost, they come after it."""
    from watchfiles import watch

    changes = watch(
        *paths,
        debounce=_MOST,
        step=_QUIET,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
    )
    # The first turn starts the watching, so that a change during the first run is seen.
    next(changes, None)
    if not stop.is_set():
        yield
    for changed in changes:
        if changed and not stop.is_set():
            yield


def _run(request: Request, settings: Settings, output: Output, stop: threading.Event) -> bool:
    """One run, its failure told; false where another writer was in the way and it must be tried again."""
    try:
        perform(request, settings, output, through=partial(_interrupted, stop))
    except StoppedError:
        return True
    except PolicyweaveError as error:
        if not output.log_json:
            sys.stderr.write(f"policyweave: {error}\n")
        return not isinstance(error, LockedError)
    return True


def _interrupted(stop: threading.Event, tell: Tell) -> Tell:
    """A ``Tell`` that ends the run at the next event after a signal."""

    def told(happened: Event) -> None:
        tell(happened)
        if stop.is_set() and happened.name in ("run_started", "stage_started", "document_started"):
            raise StoppedError("stopped by a signal; what was finished is kept")

    return told


def _say(happened: Event, words: str, output: Output) -> None:
    if output.log_json:
        with progress(output.log_json) as tell:
            tell(happened)
    else:
        sys.stderr.write(f"{words}\n")
