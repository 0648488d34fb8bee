"""Values of a named query's parameters as people write them: a label, a file name, a year, a short or a full IRI."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import MisuseError
from kg.graph.queries import Kind, NamedQuery, Parameter
from kg.graph.terms import PREFIXES, string, year
from kg.identifiers import VOCABULARY

# Runs a SELECT query with the usual prefixes and gives its rows, an unbound variable as an empty text.
Select = Callable[[str], Sequence[Sequence[str]]]

_CLOSE: Final = 0.6
_SHOWN: Final = 5
_LISTED: Final = 5_000
_NAMED: Final = "VALUES ?named { rdfs:label skos:prefLabel skos:altLabel skos:notation dcterms:title pw:sourceFile }"
_ARE: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "region": "?thing a pw:Region .",
        "industry": "?thing a pw:Industry .",
        "actor": "?thing a pw:Actor .",
        "measure": "?thing a pw:Measure .",
        "challenge": "?thing a pw:Challenge .",
        "concept": "VALUES ?class { pw:Measure pw:Challenge } ?thing a ?class .",
        "indicator": "?thing a pw:Indicator .",
        "paper": "?thing a pw:Paper .",
        "theme": f"?thing skos:inScheme <{VOCABULARY}theme> .",
        "region-type": f"?thing skos:inScheme <{VOCABULARY}region-type> .",
        "status": "?thing skos:inScheme pw:statuses .",
        "basis": "?thing skos:inScheme pw:bases .",
    }
)


def bind(query: NamedQuery, given: Mapping[str, Sequence[str]], select: Select) -> dict[str, list[NamedNode | Literal]]:
    """Terms for each parameter in ``given``; a name that several things share stands for all of them.

    Raises MisuseError for a parameter that the query lacks, and for a value that is no year, no IRI or nobody's name.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    if unknown := sorted(given.keys() - known.keys()):
        takes = ", ".join(known) or "none"
        raise MisuseError(f"the query '{query.name}' has no parameter {', '.join(unknown)}: it takes {takes}")
    return {
        name: [term for value in values for term in _terms(known[name], value.strip(), select)]
        for name, values in given.items()
    }


def _terms(parameter: Parameter, value: str, select: Select) -> Sequence[NamedNode | Literal]:
    if parameter.kind == "year":
        return [_year(parameter, value)]
    if (node := _node(value)) is not None:
        return [node]
    if parameter.kind == "term":
        raise MisuseError(
            f"{parameter.name}: '{value}' is no IRI: give one in full or as prefix:name, pw:addresses say"
        )
    return _named(parameter, value, select)


def _year(parameter: Parameter, value: str) -> Literal:
    if not re.fullmatch(r"[0-9]{4}", value):
        raise MisuseError(f"{parameter.name}: '{value}' is no year: give four digits")
    return year(int(value))


def _node(value: str) -> NamedNode | None:
    """The IRI that a value spells out, None where it is a name."""
    prefix, colon, rest = value.strip("<>").partition(":")
    if not colon:
        return None
    if prefix in PREFIXES and not rest.startswith("//"):
        return NamedNode(PREFIXES[prefix] + rest) if re.fullmatch(r"[^\s<>\"{}|\\^`]+", rest) else None
    if not rest.startswith("//"):
        return None
    try:
        return NamedNode(value.strip("<>"))
    except ValueError as error:
        raise MisuseError(f"'{value}' is not an IRI: {error}") from error


def _named(parameter: Parameter, value: str, select: Select) -> list[NamedNode | Literal]:
    # The pattern of the names comes last: it is the one with most matches.
    name = string(value.lower())
    rows = select(
        f"SELECT DISTINCT ?thing WHERE {{ {_ARE[parameter.kind]} {_NAMED} ?thing ?named ?name . "
        f"FILTER(LCASE(STR(?name)) = {name}) }} ORDER BY ?thing"
    )
    if not rows:
        raise MisuseError(_unknown(parameter, value, select))
    return [NamedNode(row[0]) for row in rows]


def _unknown(parameter: Parameter, value: str, select: Select) -> str:
    rows = select(
        f"SELECT DISTINCT ?name WHERE {{ {_ARE[parameter.kind]} {_NAMED} ?thing ?named ?name }} LIMIT {_LISTED}"
    )
    names = {row[0].casefold(): row[0] for row in rows}
    close = difflib.get_close_matches(value.casefold(), sorted(names), _SHOWN, _CLOSE)
    near = f" Did you mean {' or '.join(names[name] for name in close)}?" if close else ""
    kind = parameter.kind.replace("-", " ")
    return f"{parameter.name}: the documents know no {kind} called '{value}'.{near} An IRI does as well."
