"""Things whose names fit what is being written: those that begin with it first, then what most is said of."""

from __future__ import annotations

from collections.abc import Iterator

from search_api.browse.entries import ref
from search_api.browse.ids import Kind
from search_api.browse.index import CONCEPT_KINDS, ENTITY_KINDS, Index
from search_api.browse.schemas import Model, Ref


class Suggestion(Model):
    """A thing by name; ``name`` is the one that fits, where it is not the label."""

    kind: Kind
    thing: Ref
    name: str | None


def suggest(index: Index, text: str, k: int) -> list[Suggestion]:
    """At most ``k`` things of all kinds, one of whose names has words that begin as those of ``text`` do."""
    folded = text.strip().casefold()
    found = [(kind, iri) for kind in (*ENTITY_KINDS, *CONCEPT_KINDS) for iri in index.names[kind].search(text)]
    ranked = sorted(found, key=lambda each: _rank(index, each[0], each[1], folded))
    return [
        Suggestion(kind=kind, thing=ref(index, kind, iri), name=_fits(index, kind, iri, folded))
        for kind, iri in ranked[:k]
    ]


def _rank(index: Index, kind: Kind, iri: str, folded: str) -> tuple[bool, int, int, str]:
    begins = any(name.casefold().startswith(folded) for name in _names(index, kind, iri))
    name = "concept" if kind in CONCEPT_KINDS else kind
    said = len(index.postings.get((name, iri), ())) + len(index.mentions.get(iri, ()))
    label = index.things[kind][iri].label
    return not begins, -said, len(label), label


def _fits(index: Index, kind: Kind, iri: str, folded: str) -> str | None:
    """Another name that begins as the text does, where the label does not have its words."""
    label, *others = _names(index, kind, iri)
    if any(word in label.casefold() for word in folded.split()):
        return None
    return next((name for name in others if name.casefold().startswith(folded)), None)


def _names(index: Index, kind: Kind, iri: str) -> Iterator[str]:
    thing = index.things[kind][iri]
    yield thing.label
    yield from thing.names
