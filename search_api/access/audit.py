"""A log of who asked when for what, one JSON object a line; what was asked is left out unless the settings want it."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from starlette.types import Scope

from kg.errors import MisuseError

_log = logging.getLogger(__name__)
_LONGEST: Final = 10_000
_STATE: Final = "policyweave.noted"


class Audit:
    """Appends to the file at ``path``. Each entry is one write, so that processes may share the file.

    Raises MisuseError where it cannot be written when made.
    """

    def __init__(self, path: Path, with_questions: bool) -> None:
        self._path = path
        self._with_questions = with_questions
        try:
            self._append(b"")
        except OSError as error:
            raise MisuseError(f"the audit log {path} cannot be written ({error.strerror}): name another") from error

    def write(self, scope: Scope, body: bytes, told: Mapping[str, Any]) -> None:
        """Write an entry: what ``told`` says, the route, what was noted on the way, and perhaps the question."""
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "process": os.getpid(),
            "method": scope["method"],
            "path": scope["path"],
            **told,
            **scope.get("state", {}).get(_STATE, {}),
        }
        if self._with_questions:
            entry["query"] = scope.get("query_string", b"").decode("latin-1")[:_LONGEST]
            entry["body"] = body.decode("utf-8", "replace")[:_LONGEST]
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            self._append(line)
        except OSError as error:
            # The answer has been sent; it must not fail because of the log.
            _log.error("the audit log %s cannot be written: %s", self._path, error.strerror)

    def _append(self, line: bytes) -> None:
        # Opened each time, so that the file may be moved away while the server runs.
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)


def note(scope: Scope | None, **facts: str) -> None:
    """Have the entry of a request say more, such as which tool was called."""
    if scope is not None:
        scope.setdefault("state", {}).setdefault(_STATE, {}).update(facts)
