"""JSON Lines files that users hand in, row by row, with errors that name the line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import MisuseError

Row = Mapping[str, Any]
_Made = TypeVar("_Made")


def rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Line number (from 1) and object of each line that is not blank. Raises MisuseError that names file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MisuseError(f"cannot read {path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line, f"{path}, line {number}")


def _object(line: str, place: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise MisuseError(f"{place} is not JSON ({error}): give a JSON Lines file") from error
    if not isinstance(row, dict):
        raise MisuseError(f"{place} is not a JSON object: give a JSON Lines file")
    return row


def made(make: Callable[[Row], _Made], row: Row, place: str) -> _Made:
    """``make(row)``, with a missing or wrong field told as MisuseError that names ``place``."""
    try:
        return make(row)
    except KeyError as error:
        raise MisuseError(f"{place} lacks {error}: docs/cli.md tells the form") from error
    except (TypeError, ValueError) as error:
        raise MisuseError(f"{place} has a field of the wrong kind ({error})") from error
