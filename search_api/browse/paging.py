"""Cursors: opaque, bound to one snapshot and one list, so that a page never continues something else."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from kg.errors import MisuseError
from kg.identifiers import sha256

_SHAPE: Final = re.compile(r"(\d{1,9})\.([0-9a-f]{12})\.([0-9a-f]{12})")


def cursor(offset: int, snapshot: str, question: str) -> str:
    """The cursor of the page that begins at ``offset`` of what ``question`` gives on a snapshot.

    >>> offset_of(cursor(20, "s", "q"), "s", "q")
    20
    """
    text = f"{offset}.{_mark(snapshot)}.{_mark(question)}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def offset_of(given: str | None, snapshot: str, question: str) -> int:
    """Where the page of a cursor begins, 0 for none. Raises MisuseError for one that is not of this list."""
    if given is None:
        return 0
    found = _SHAPE.fullmatch(_decoded(given))
    if found is None:
        raise MisuseError("this is not a cursor: give back the 'next' of an earlier page unchanged")
    if found[3] != _mark(question):
        raise MisuseError("this cursor belongs to another list: keep filters and sorting, or start without a cursor")
    if found[2] != _mark(snapshot):
        raise MisuseError("the knowledge base has changed since this cursor was given: start again without a cursor")
    return int(found[1])


def _decoded(given: str) -> str:
    try:
        return base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _mark(text: str) -> str:
    return sha256(text.encode())[:12]
