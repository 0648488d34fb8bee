"""The SHACL shapes of ``ontology/shapes.ttl`` hold for a graph, or nothing is published.

Checked are the facts, not the hundred thousand triples of the vocabularies. rdflib and pyshacl are imported here and
only when a check runs, because what answers questions must not load them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple
from pyoxigraph import parse as parse_rdf

from kg.errors import ShapesError
from kg.graph.terms import OA, PROV, PW, SKOS, TYPE
from kg.resources import ontology_folder

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.namespace import NamespaceManager
    from rdflib.term import Node

    Term = NamedNode | BlankNode | Literal | Triple

_SHOWN: Final = 10
_CHECKED: Final = frozenset(
    {
        *map(PW, ("Paper", "Passage", "Mention", "Evidence", "Statement", "MeasureStatement", "ChallengeStatement")),
        *map(PW, ("Measure", "Challenge", "Claim", "Observation", "Indicator", "Reference", "CitedWork")),
        *map(OA, ("TextPositionSelector", "TextQuoteSelector", "FragmentSelector")),
        PROV("Activity"),
    }
)
_CONCEPTS: Final = frozenset({PW("Measure"), PW("Challenge")})
_STATES: Final = PW("states")
_IN_SCHEME: Final = SKOS("inScheme")
_SCHEMES: Final = ("/scheme/measures>", "/scheme/challenges>")


def check(source: Iterable[Triple] | Path) -> None:
    """Check triples, or a Turtle file; raises ShapesError that lists the first violations and how many there are."""
    from pyshacl import validate

    data = _graph(instances(list(_triples(source))))
    shapes = _graph(_triples(ontology_folder() / "shapes.ttl"))
    conforms, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    if not conforms:
        raise ShapesError(_describe(report))


def instances(triples: list[Triple]) -> Iterator[Triple]:
    """The triples about facts: those whose subject has a type that a shape is for.

    A measure or challenge that merely stands in a vocabulary, outside the schemes of what the papers state, is no fact.
    """
    checked: set[NamedNode | BlankNode | Triple] = set()
    concepts: set[NamedNode | BlankNode | Triple] = set()
    found: set[NamedNode | BlankNode | Triple] = set()
    for triple in triples:
        if triple.predicate == TYPE and triple.object in _CHECKED:
            (concepts if triple.object in _CONCEPTS else checked).add(triple.subject)
        elif triple.predicate == _STATES:
            found.add(triple.object)  # type: ignore[arg-type]
        elif triple.predicate == _IN_SCHEME and str(triple.object).endswith(_SCHEMES):
            found.add(triple.subject)
    checked |= concepts & found
    return (triple for triple in triples if triple.subject in checked)


def _triples(source: Iterable[Triple] | Path) -> Iterable[Triple]:
    if not isinstance(source, Path):
        return source
    return [quad.triple for quad in parse_rdf(path=str(source), format=RdfFormat.TURTLE)]


def _graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import Graph

    convert = _converter()
    graph = Graph()
    graph.namespace_manager = _plain_names(graph)
    for triple in triples:
        graph.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
    return graph


def _plain_names(graph: Graph) -> NamespaceManager:
    """Names as they are: rdflib would take each evidence's IRI for a namespace and search all of them for each name."""
    from rdflib.namespace import NamespaceManager

    class Plain(NamespaceManager):
        def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 - rdflib's names
            return f"<{rdfTerm}>"

    return Plain(graph)


def _converter() -> Callable[[Term], Node]:
    """A function from Oxigraph's terms to rdflib's that makes each IRI once: twice as fast as parsing N-Triples."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdfLiteral

    iris: dict[str, URIRef] = {}

    def convert(term: Term) -> Node:
        match term:
            case NamedNode(value=value):
                return iris.get(value) or iris.setdefault(value, URIRef(value))
            case BlankNode(value=value):
                return BNode(value)
            case Literal():
                datatype = None if term.language else URIRef(term.datatype.value)
                return RdfLiteral(term.value, lang=term.language, datatype=datatype)
        raise ShapesError(f"a triple inside a triple cannot be checked: {term}")

    return convert


def _describe(report: Any) -> str:
    from rdflib import SH, Graph

    assert isinstance(report, Graph)
    lines = sorted(
        f"{_short(report.value(result, SH.focusNode))}: {report.value(result, SH.resultMessage)}"
        + (f" (found: {_short(value)})" if (value := report.value(result, SH.value)) is not None else "")
        for result in report.subjects(SH.resultSeverity, None)
    )
    rest = [f"… and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    head = f"{len(lines)} places break the shapes of the ontology, so nothing was published:"
    return "\n  ".join([head, *lines[:_SHOWN], *rest])


def _short(term: object) -> str:
    value = str(term)
    return value if len(value) <= 100 else value[:97] + "…"
