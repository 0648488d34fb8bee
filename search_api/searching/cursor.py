"""Cursors: where the next page begins, bound to the snapshot and the search that they were given for."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from kg.errors import MisuseError
from kg.identifiers import sha256
from search_api.searching.schemas import RecordType, SearchFilters, Sort

_DIGITS = 16
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Search:
    """All that decides which hits there are and in which order."""

    snapshot: str
    text: str
    kind: RecordType
    filters: SearchFilters
    sort: Sort

    @property
    def digest(self) -> str:
        """A short hash of the search, its snapshot aside; the order of a filter's values does not count."""
        filters = {
            name: sorted(self.filters.values(name)) for name in SearchFilters.model_fields if self.filters.values(name)
        }
        told = json.dumps([self.text, self.kind, filters, self.sort], sort_keys=True)
        return sha256(told.encode("utf-8"))[:_DIGITS]


def write(search: Search, offset: int) -> str:
    """The cursor of the page that begins with hit ``offset``, counted from 0."""
    told = f"{_VERSION}.{search.snapshot[:_DIGITS]}.{search.digest}.{offset}"
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(search: Search, cursor: str | None) -> int:
    """The offset that a cursor holds, 0 without one.

    MisuseError where it is no cursor, where the knowledge base has changed since, or where the query, type, filters or
    sorting are others than those it was given for.
    """
    if cursor is None:
        return 0
    snapshot, digest, offset = _parts(cursor)
    if snapshot != search.snapshot[:_DIGITS]:
        raise MisuseError(
            "the cursor belongs to an earlier state of the knowledge base: search again without it, from the first page"
        )
    if digest != search.digest:
        raise MisuseError(
            "the cursor belongs to another search: give it back with the q, type, filters and sort that it came with, "
            "or search without it"
        )
    return offset


def _parts(cursor: str) -> tuple[str, str, int]:
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        version, snapshot, digest, offset = told.split(".")
        if version != _VERSION or not offset.isdecimal() or len(offset) > 9:
            raise ValueError(told)
    except (binascii.Error, ValueError) as error:
        raise MisuseError(f"'{cursor}' is not a cursor: give back the 'next' of an earlier page") from error
    return snapshot, digest, int(offset)
