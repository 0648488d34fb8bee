"""Which documents a user means by the names given to ``policyweave remove``."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from kg.errors import NotFoundError
from kg.snapshot import open_snapshot


def resolve(names: Sequence[str], data: Path) -> frozenset[str]:
    """Ids of the documents that go by these file names, ids or IRIs. NotFoundError for the first that none goes by."""
    sources = open_snapshot(data).manifest.sources
    known = {fact.name: identifier for identifier, fact in sources.items()} | {each: each for each in sources}
    found = set()
    for name in names:
        identifier = known.get(name) or known.get(name.rsplit("/", 1)[-1])
        if identifier is None:
            near = difflib.get_close_matches(name, known, n=3)
            hint = f"did you mean {', '.join(near)}?" if near else "'policyweave status' lists all documents"
            raise NotFoundError(f"there is no document '{name}', and nothing was removed: {hint}")
        found.add(identifier)
    return frozenset(found)
