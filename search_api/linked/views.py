"""What the pages of linked data show: rows of a thing's properties, and the terms of a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.terms import DCTERMS, LABEL, PREF_LABEL, PREFIXES, RDFS, SKOS, TYPE
from search_api.linked.descriptions import Description
from search_api.linked.vocabularies import Published, published

Local = Callable[[str], str | None]

# Rows. Lists beyond are cut, with a word about it: a page of ten thousand countries and towns helps nobody.
_LISTED: Final = 600
_KINDS: Final = ("Class", "ObjectProperty", "DatatypeProperty")


@dataclass(frozen=True, slots=True)
class Value:
    """A value to show: its text, where it leads, and its language or type."""

    text: str
    href: str | None
    note: str


def thing(description: Description, local: Local) -> dict[str, Any]:
    """Values of the page about one thing; evidence of a document is told by number, its data has all of it."""
    about = description.about
    labels = description.labels()
    own = [triple for triple in description.own if triple.subject == about]
    return {
        "iri": about.value,
        "title": labels.get(about.value, short(about.value)),
        "rows": _rows(((t.predicate, t.object) for t in own), labels, local),
        "incoming": _rows(((t.predicate, t.subject) for t in description.incoming), labels, local),
        "more": description.more,
    }


def reference(vocabulary: Published) -> dict[str, Any]:
    """Values of the page about the ontology or a vocabulary."""
    triples = vocabulary.triples()
    by_subject: dict[str, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(str(triple.subject), []).append(triple)
    head = by_subject[str(vocabulary.node)]
    terms = [_term(group) for group in by_subject.values() if _belongs(group, vocabulary)]
    terms.sort(key=lambda term: (_KINDS.index(term["kind"]) if term["kind"] in _KINDS else 0, term["label"]))
    return {
        "iri": vocabulary.node.value,
        "title": vocabulary.title,
        "version": vocabulary.version,
        "about": [value.value for value in _literals(head, DCTERMS("description"))],
        "sources": [t.object.value for t in head if t.predicate == DCTERMS("source") and hasattr(t.object, "value")],
        "licences": [t.object.value for t in head if t.predicate == DCTERMS("license") and hasattr(t.object, "value")],
        "terms": terms[:_LISTED],
        "count": len(terms),
    }


def short(iri: str) -> str:
    """An IRI with its prefix, as a query would write it; the IRI itself where no prefix fits.

    >>> short("http://www.w3.org/2004/02/skos/core#broader")
    'skos:broader'
    """
    fitting = [(len(base), prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    _, prefix, base = max(fitting)
    return f"{prefix}:{iri.removeprefix(base)}"


def _rows(
    pairs: Iterable[tuple[NamedNode, object]], labels: Mapping[str, str], local: Local
) -> list[tuple[str, list[Value]]]:
    rows: dict[str, list[Value]] = {}
    for predicate, term in pairs:
        rows.setdefault(short(predicate.value), []).append(_value(term, labels, local))
    return [(name, sorted(values, key=lambda v: (v.text, v.note))) for name, values in sorted(rows.items())]


def _value(term: object, labels: Mapping[str, str], local: Local) -> Value:
    if isinstance(term, NamedNode):
        href = _href(term.value, local(term.value))
        return Value(labels.get(term.value, short(term.value)), href, short(term.value))
    if isinstance(term, Literal):
        return Value(term.value, None, term.language or short(term.datatype.value).replace("xsd:string", ""))
    return Value(str(term), None, "")


def _href(iri: str, path: str | None) -> str:
    if path is None:
        return iri
    anchor = f"#{_anchor(iri)}" if path in published() and "#" in iri else ""
    return f"/page/{quote(path)}{anchor}"


def _anchor(iri: str) -> str:
    return re.sub(r"\W+", "-", short(iri))


def _belongs(group: Iterable[Triple], vocabulary: Published) -> bool:
    """Whether these triples are about a class or property of the ontology, or a concept of the vocabulary."""
    found = list(group)
    if vocabulary.name == "ontology":
        return any(_kind(t) for t in found)
    return any(t.predicate == SKOS("inScheme") and t.object == vocabulary.node for t in found)


def _kind(triple: Triple) -> str | None:
    if triple.predicate != TYPE or not isinstance(triple.object, NamedNode):
        return None
    name = triple.object.value.removeprefix(PREFIXES["owl"])
    return name if name in _KINDS else None


def _term(group: list[Triple]) -> dict[str, Any]:
    subject = group[0].subject
    assert isinstance(subject, NamedNode)
    links = {
        name: [short(t.object.value) for t in group if t.predicate == predicate and isinstance(t.object, NamedNode)]
        for name, predicate in (
            ("domain", RDFS("domain")),
            ("range", RDFS("range")),
            ("below", RDFS("subClassOf")),
            ("broader", SKOS("broader")),
        )
    }
    texts = [*_literals(group, SKOS("definition")), *_literals(group, RDFS("comment"))]
    return {
        "iri": subject.value,
        "name": short(subject.value),
        "anchor": _anchor(subject.value),
        "kind": next((kind for t in group if (kind := _kind(t))), "Concept"),
        "label": next((v.value for v in (*_literals(group, LABEL), *_english(group))), short(subject.value)),
        "text": texts[0].value if texts else "",
        "links": {name: values for name, values in links.items() if values},
    }


def _english(group: Iterable[Triple]) -> list[Literal]:
    return [value for value in _literals(group, PREF_LABEL) if value.language in {"en", None}]


def _literals(group: Iterable[Triple], predicate: NamedNode) -> list[Literal]:
    return [t.object for t in group if t.predicate == predicate and isinstance(t.object, Literal)]
