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
from kg.graph.report import Report, Violation, summary
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
    found = validate(source).violations
    if found:
        head = f"{len(found)} places break the shapes of the ontology, so nothing was published:"
        raise ShapesError(f"{head}\n  {summary(found, _SHOWN)}")


def validate(source: Iterable[Triple] | Path) -> Report:
    """What a check of triples, or of a Turtle file, finds."""
    from pyshacl import validate as evaluated

    data = _graph(instances(list(_triples(source))))
    shapes = _graph(_triples(ontology_folder() / "shapes.ttl"))
    _, report, _ = evaluated(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    violations = _violations(report)
    return Report(tuple(sorted(violations, key=lambda each: (each.describe(), str(each.path), each.component))))


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


def _violations(report: Any) -> Iterator[Violation]:
    from rdflib import SH, Graph, URIRef

    assert isinstance(report, Graph)
    for result in report.subjects(SH.resultSeverity, None):
        path = report.value(result, SH.resultPath)
        yield Violation(
            focus=str(report.value(result, SH.focusNode)),
            message=str(report.value(result, SH.resultMessage)),
            severity=str(report.value(result, SH.resultSeverity)),
            component=str(report.value(result, SH.sourceConstraintComponent)),
            path=str(path) if isinstance(path, URIRef) else None,
            value=_term(report.value(result, SH.value)),
        )


def _term(node: Node | None) -> NamedNode | Literal | None:
    """rdflib's term as Oxigraph's; None for a blank node, which means nothing outside its graph."""
    from rdflib import Literal as RdfLiteral
    from rdflib import URIRef

    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if not isinstance(node, RdfLiteral):
        return None
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
