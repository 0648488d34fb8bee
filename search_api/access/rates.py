"""How often a caller may ask: the generic cell rate algorithm (ITU-T I.371) over one row a caller.

The rows lie in a small SQLite file that all processes of a server share, so that a limit means the same however many
of them there are.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Final

from kg.errors import MisuseError, SnapshotError
from search_api.access.callers import Caller

_MINUTE: Final = 60.0
_ROUNDING: Final = 1e-6


class TooManyRequestsError(MisuseError):
    """The caller has used up its rate; ``retry_after`` says in whole seconds when it may ask again."""

    status: ClassVar[int] = 429
    kind: ClassVar[str] = "rate"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Rates:
    """Counts requests in the file at ``path``, which is made when first needed."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._connection: sqlite3.Connection | None = None

    def count(self, caller: Caller) -> None:
        """Count one request: ``rate`` of them may come at once, then one every 60/rate seconds.

        Raises TooManyRequestsError, without counting the request.
        """
        if not caller.rate:
            return
        interval = _MINUTE / caller.rate
        now = self._clock()
        try:
            wait = self._admit(caller.name, now, interval)
        except (sqlite3.Error, OSError) as error:
            raise SnapshotError(f"requests cannot be counted in {self._path} ({error}): make it writable") from error
        if wait > 0:
            seconds = max(1, round(wait + 0.5))
            raise TooManyRequestsError(
                f"more than {caller.rate} requests a minute: wait {seconds} s before the next", seconds
            )

    def _admit(self, name: str, now: float, interval: float) -> float:
        """Seconds to wait, 0 if the request is admitted. ``due`` is when the row would be empty again."""
        database = self._open()
        database.execute("BEGIN IMMEDIATE")
        try:
            row = database.execute("SELECT due FROM rates WHERE caller = ?", (name,)).fetchone()
            # A clock that was set back must not lock anyone out for longer than the whole allowance.
            due = min(max(row[0] if row else now, now), now + _MINUTE)
            wait = due + interval - _MINUTE - now
            admitted = wait <= _ROUNDING
            database.execute("INSERT OR REPLACE INTO rates VALUES (?, ?)", (name, due + interval * admitted))
            database.execute("DELETE FROM rates WHERE due < ?", (now - _MINUTE,))
        finally:
            database.execute("COMMIT")
        return 0.0 if admitted else wait

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            made = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
            made.execute("PRAGMA journal_mode = WAL")
            # Losing the last counts in a power failure costs nothing.
            made.execute("PRAGMA synchronous = OFF")
            made.execute("CREATE TABLE IF NOT EXISTS rates (caller TEXT PRIMARY KEY, due REAL NOT NULL) WITHOUT ROWID")
            self._connection = made
        return self._connection
