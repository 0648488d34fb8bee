"""Progress of a run as events: a bar on stderr for people at a terminal, JSON lines where asked for, else nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

EventName = Literal[
    "run_started",
    "stage_started",
    "document_started",
    "document_finished",
    "document_failed",
    "document_removed",
    "snapshot_published",
    "run_finished",
    "run_failed",
    "watch_started",
    "watch_stopped",
]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run. Names and fields are stable; ``docs/ingest.md`` lists them."""

    name: EventName
    fields: Mapping[str, Value]


Tell = Callable[[Event], None]
"""Called with each event, in order."""


def silent(_event: Event) -> None:
    """Tell nobody."""


def event(name: EventName, **fields: Value) -> Event:
    """An event with its fields."""
    return Event(name, fields)


@contextmanager
def progress(log_json: bool = False) -> Iterator[Tell]:
    """A ``Tell`` that writes JSON lines to stderr if asked to, else draws a bar there if that is a terminal."""
    if log_json:
        yield lambda told: _write_line(told, sys.stderr)
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield Drawing(bar).tell
    else:
        yield silent


def _write_line(told: Event, stream: TextIO) -> None:
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    stream.write(json.dumps({"time": time, "event": told.name, **told.fields}, ensure_ascii=False) + "\n")
    stream.flush()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[documents]}"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


class Drawing:
    """Draws events on a bar: documents done, passages a second, and the time left by the characters still to read."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("starting", total=None, documents="", speed="")
        self._passages = 0
        self._seconds = 0.0
        self._number = 0
        self._documents = 0
        self._characters = 0

    def tell(self, told: Event) -> None:
        """Draw what an event changes."""
        fields = told.fields
        if told.name == "run_started":
            self._documents = int(fields["to_extract"] or 0)
            self._bar.reset(self._task, total=None, documents="", speed="")
            if self._documents:
                self._bar.update(self._task, total=float(fields["characters"] or 0))
        elif told.name == "stage_started":
            self._bar.update(self._task, description=str(fields["stage"]))
        elif told.name == "document_started":
            self._characters = int(fields["characters"] or 0)
            self._bar.update(self._task, description=str(fields["document"]))
        elif told.name in ("document_finished", "document_failed"):
            self._count(fields)

    def _count(self, fields: Mapping[str, Value]) -> None:
        self._number += 1
        if not fields.get("resumed"):
            self._passages += int(fields.get("passages") or 0)
            self._seconds += float(fields.get("seconds") or 0)
        speed = f"{self._passages / self._seconds:.0f} passages/s" if self._seconds else ""
        done = f"{self._number}/{self._documents} documents"
        self._bar.update(self._task, advance=self._characters, documents=done, speed=speed)
