"""The ontology folder as triples, with the closure of its hierarchies, and labels for entities outside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import PolicyweaveError
from kg.graph.terms import CONCEPT, LABEL, PREF_LABEL, PW, SKOS, TYPE, WITHIN, string, text
from kg.identifiers import VOCABULARY
from kg.records import DocumentRecords, EntityRef

_SHAPES: Final = "shapes.ttl"
_BROADER: Final = SKOS("broader")
_TRANSITIVE: Final = SKOS("broaderTransitive")
_IN_SCHEME: Final = SKOS("inScheme")
_REGIONS: Final = NamedNode(VOCABULARY + "region")
_DEEP: Final = 2
_MEMBER: Final = PW("memberRegion")
_CLASS: Final = {"region": PW("Region"), "industry": PW("Industry"), "actor": PW("Actor")}
_CLASS_OF_SCHEME: Final = {VOCABULARY + kind: class_ for kind, class_ in _CLASS.items()}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms and vocabularies as they stand in the ontology folder; ``labels`` holds one label a concept."""

    triples: tuple[Triple, ...]
    labels: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]

    def above(self, concept: str, *, with_groups: bool) -> tuple[str, ...]:
        """All concepts above ``concept``, sorted, without itself; cycles do no harm."""
        seen: set[str] = set()
        todo = [concept]
        while todo:
            current = todo.pop()
            upward = self.parents.get(current, ()) + (self.groups.get(current, ()) if with_groups else ())
            fresh = [parent for parent in upward if parent not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        return tuple(sorted(seen - {concept}))


def load(folder: Path) -> Vocabulary:
    """Read every Turtle file of the folder except the shapes.

    Raises PolicyweaveError, naming the file, where one cannot be read or holds a blank node (which has no stable name).
    """
    found: dict[Triple, None] = {}
    for path in sorted(folder.glob("*.ttl")):
        if path.name != _SHAPES:
            found.update(dict.fromkeys(_read(path)))
    parents: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    labels: dict[str, Literal] = {}
    for triple in found:
        if triple.predicate == PREF_LABEL and isinstance(triple.object, Literal):
            best = min(labels.get(_iri(triple.subject), triple.object), triple.object, key=_by_language)
            labels[_iri(triple.subject)] = best
        elif triple.predicate == _BROADER:
            parents.setdefault(_iri(triple.subject), []).append(_iri(triple.object))
        elif triple.predicate == _MEMBER:
            groups.setdefault(_iri(triple.object), []).append(_iri(triple.subject))
    names = {concept: label.value for concept, label in sorted(labels.items(), key=lambda item: item[0])}
    return Vocabulary(tuple(found), names, _sorted(parents), _sorted(groups))


def triples(vocabulary: Vocabulary, used: Collection[str]) -> Iterator[Triple]:
    """The vocabulary as far as the graph needs it, with display labels, ``skos:broaderTransitive`` and ``pw:within``.

    ``pw:within`` leads from each concept to itself and to all that it lies under, groups that it belongs to included.
    Left out are regions below the countries (two levels or more below the top) that no fact names and that nothing
    named lies in: they would be two thirds of all triples, and they cannot take part in any answer.
    """
    left_out = _idle_regions(vocabulary, used)
    for triple in vocabulary.triples:
        if _iri(triple.subject) in left_out or _iri(triple.object) in left_out:
            continue
        yield triple
        if triple.predicate == _IN_SCHEME and (class_ := _CLASS_OF_SCHEME.get(_iri(triple.object))):
            yield Triple(triple.subject, TYPE, class_)
    for concept, label in vocabulary.labels.items():
        if concept not in left_out:
            yield from _placed(vocabulary, concept, label)


def _idle_regions(vocabulary: Vocabulary, used: Collection[str]) -> set[str]:
    needed = set(used)
    for concept in used:
        needed.update(vocabulary.above(concept, with_groups=True))
    return {
        _iri(triple.subject)
        for triple in vocabulary.triples
        if triple.predicate == _IN_SCHEME
        and triple.object == _REGIONS
        and _iri(triple.subject) not in needed
        and len(vocabulary.above(_iri(triple.subject), with_groups=False)) >= _DEEP
    }


def _placed(vocabulary: Vocabulary, concept: str, label: str) -> Iterator[Triple]:
    node = NamedNode(concept)
    yield Triple(node, LABEL, string(label))
    yield Triple(node, WITHIN, node)
    for parent in vocabulary.above(concept, with_groups=False):
        yield Triple(node, _TRANSITIVE, NamedNode(parent))
    for parent in vocabulary.above(concept, with_groups=True):
        yield Triple(node, WITHIN, NamedNode(parent))


def minted(documents: Sequence[DocumentRecords], labelled: Collection[str]) -> Iterator[Triple]:
    """Type and one label for each entity that no vocabulary holds."""
    found: dict[str, tuple[str, str, str]] = {}
    for document in documents:
        for kind, entity in _entities(document):
            if entity.iri not in labelled:
                entry = (entity.label, document.document.language, kind)
                found[entity.iri] = min(found.get(entity.iri, entry), entry)
    for iri, (label, language, kind) in sorted(found.items()):
        node = NamedNode(iri)
        yield Triple(node, TYPE, CONCEPT)
        yield Triple(node, TYPE, _CLASS[kind])
        yield Triple(node, PREF_LABEL, text(label, language))
        yield Triple(node, LABEL, string(label))
        yield Triple(node, WITHIN, node)


def _entities(document: DocumentRecords) -> Iterator[tuple[str, EntityRef]]:
    for mention in document.mentions:
        yield mention.type, mention.entity
    for statement in document.statements:
        yield from (("region", entity) for entity in statement.regions)
        yield from (("industry", entity) for entity in statement.industries)
        yield from (("actor", entity) for entity in statement.actors)
    for statistic in document.statistics:
        if statistic.region is not None:
            yield "region", statistic.region


def _read(path: Path) -> Iterator[Triple]:
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
                raise PolicyweaveError(f"{path.name} holds a blank node: give it an IRI, so that it has a stable name")
            yield quad.triple
    except (SyntaxError, OSError) as error:
        raise PolicyweaveError(
            f"{path} cannot be read: {error}. Repair the file or install policyweave again"
        ) from error


def _by_language(label: Literal) -> tuple[bool, str, str]:
    return label.language not in {"en", None}, label.language or "", label.value


def _iri(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _sorted(relation: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(set(values))) for key, values in sorted(relation.items())}
