"""The thesauri of challenges and instruments (``ontology/*.ttl``): their concepts, as far as labels are matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pyoxigraph as ox

from kg.errors import PolicyweaveError
from kg.identifiers import ONTOLOGY, VOCABULARY
from kg.records import Theme

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_Terms = Mapping[str, list[ox.NamedNode | ox.Literal]]


@dataclass(frozen=True, slots=True)
class Known:
    """A concept of a thesaurus. ``labels`` are the English ones, the preferred one first; ``other`` those of other
    languages, which are compared letter by letter only.
    """

    iri: str
    labels: tuple[str, ...]
    other: tuple[str, ...]
    theme: Theme
    related: tuple[str, ...]


def load(folder: Path, name: str) -> tuple[Known, ...]:
    """The concepts of the scheme ``name`` (challenge, instrument) in ``folder``, sorted by IRI, without the top ones.

    Raises PolicyweaveError where the file is missing or broken.
    """
    terms: dict[str, defaultdict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    path = folder / f"{name}s.ttl"
    try:
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            terms[triple.subject.value][triple.predicate.value].append(triple.object)
    except (OSError, SyntaxError) as error:
        raise PolicyweaveError(
            f"the vocabulary {path.name} cannot be read ({error}): install policyweave again"
        ) from error
    scheme = VOCABULARY + name
    return tuple(
        _known(iri, terms[iri])
        for iri in sorted(terms)
        if iri.startswith(scheme + "/") and f"{_SKOS}topConceptOf" not in terms[iri]
    )


def _known(iri: str, terms: _Terms) -> Known:
    def texts(predicate: str, *, english: bool) -> list[str]:
        found = (term for term in terms[_SKOS + predicate] if isinstance(term, ox.Literal))
        return sorted(term.value for term in found if (term.language == "en") == english)

    return Known(
        iri,
        (*texts("prefLabel", english=True), *texts("altLabel", english=True)),
        (*texts("prefLabel", english=False), *texts("altLabel", english=False)),
        _theme(terms),
        tuple(sorted(term.value for term in terms[f"{_SKOS}related"])),
    )


def _theme(terms: _Terms) -> Theme:
    codes = {term.value.removeprefix(f"{VOCABULARY}theme/") for term in terms[f"{ONTOLOGY}theme"]}
    themes: tuple[Theme, ...] = get_args(Theme)
    return next((theme for theme in themes if theme in codes), "other")
