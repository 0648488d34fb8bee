"""What a run did or would do, document by document: the report for machines and the failures for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Action = Literal["added", "updated", "kept", "removed", "failed"]
Stage = Literal["find", "read", "extract"]

FORMAT = 1
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+(?=[A-Z])|;\s+")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken in: ``message`` is the whole of it, ``why`` and ``advice`` are its parts."""

    path: str
    message: str
    why: str
    advice: str
    stage: Stage

    @classmethod
    def of(cls, path: Path | str, error: Exception, stage: Stage) -> Failure:
        """A failure from an error whose message says first what is wrong and then what to do."""
        shown, message = printable(path), printable(str(error))
        told = message.removeprefix(shown).removeprefix(Path(shown).name).lstrip(": ")
        why, *rest = _SENTENCE_END.split(told, maxsplit=1)
        return cls(shown, message, why.rstrip(".;:"), rest[0] if rest else "", stage)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one document and why. ``path`` is where its file lies, None where that is not known.

    ``document`` is its id, None where it was never read.
    """

    name: str
    action: Action
    why: str
    document: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, or with ``dry_run`` would do. ``published`` is false where the live snapshot stays.

    ``extracted``, ``resumed`` (extracted by a run that was broken off), ``reused`` and ``removed`` are names of
    documents; ``rebuilt_for`` is what makes a new snapshot necessary though no document changed; ``notes`` are what a
    user should know though nothing failed.
    """

    snapshot: str | None
    published: bool
    documents: int
    extracted: tuple[str, ...]
    reused: tuple[str, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...] = ()
    resumed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    rebuilt_for: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """How many documents each action befell."""
        return Counter(change.action for change in self.changes)

    def as_json(self) -> dict[str, object]:
        """The report as plain values; ``docs/ingest.md`` describes them."""
        return {
            "format": FORMAT,
            **{name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()},
            "counts": dict(sorted(self.counts.items())),
        }


def printable(path: Path | str) -> str:
    """A path or message for a report; bytes of a name that are not UTF-8 are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode()
