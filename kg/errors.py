"""The exception tree. Each message says what happened and what to do next; nothing else is shown to users."""

from __future__ import annotations

import shutil
from pathlib import Path


class PolicyweaveError(Exception):
    """Base of all expected failures. ``str(error)`` is shown to the user as it is."""


class MisuseError(PolicyweaveError):
    """The caller asked for something that cannot be (exit status 2, HTTP 400)."""


class UnreadableSourceError(PolicyweaveError):
    """A source file cannot be read: missing, empty, too large, not text. Other files are not affected."""


class ExtractionError(PolicyweaveError):
    """Nothing could be extracted from a document that was read. Other documents are not affected."""


class ModelError(PolicyweaveError):
    """A language model or embedder is missing or is not what the index was built with."""


class SnapshotError(PolicyweaveError):
    """There is no snapshot, or it does not match its manifest."""


def no_room(data: Path, error: OSError) -> SnapshotError:
    """What to tell where ``data`` cannot be written to: nothing was lost, and how to go on."""
    free = shutil.disk_usage(data).free
    return SnapshotError(
        f"nothing was published, because {data} cannot be written to: {error} ({free:,} bytes are free there). "
        "What was published before is unchanged: make room and run this again"
    )


class LockedError(PolicyweaveError):
    """Another process is writing to the same data folder."""


class ShapesError(PolicyweaveError):
    """The graph breaks a SHACL shape: nothing was published."""


class GraphServerError(PolicyweaveError):
    """The SPARQL server that holds the graph cannot be reached, refuses, fails, or gives half an answer."""


class QueryError(PolicyweaveError):
    """A SPARQL query is refused or fails.

    ``line`` and ``column`` count from 1 where they are known; ``hint`` says what was probably meant.
    """

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.hint = hint


class QueryLimitError(QueryError):
    """A SPARQL query ran out of its time, memory or rows."""


class NotFoundError(PolicyweaveError):
    """No such document, passage or entity in the current snapshot."""


class OutputError(PolicyweaveError):
    """A file cannot be written; what stood in its place is unchanged."""
