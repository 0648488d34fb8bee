"""Named queries: one question an analyst asks, one file. The first comment is its title, the second says what it gives.

A parameter is a line ``VALUES ?name { UNDEF }``, described in a comment ``# ?name (kind): …``; UNDEF means "any". The
kind says what its values are (``kg.graph.queries.arguments``). The usual prefixes are declared when a query is loaded,
so the text runs on any SPARQL server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal as Choice
from typing import get_args

from pyoxigraph import Literal, NamedNode

from kg.errors import MisuseError
from kg.graph.terms import declarations

Kind = Choice[
    "region",
    "region-type",
    "industry",
    "actor",
    "theme",
    "measure",
    "challenge",
    "concept",
    "indicator",
    "paper",
    "status",
    "basis",
    "year",
    "term",
]

_FOLDER = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_DESCRIBED = re.compile(r"^# \?(\w+) \(([a-z-]+)\): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter is called, what its values are, and what they do."""

    name: str
    kind: Kind
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """What a named query is for and which parameters it takes."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]


def names() -> tuple[str, ...]:
    """All named queries, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.rq")))


def describe(name: str) -> NamedQuery:
    """Title, description and parameters of a named query; MisuseError if there is no such query."""
    text = _read(name)
    title, description = (line.removeprefix("# ") for line in text.splitlines()[:2])
    parameters = tuple(_parameter(*found.groups()) for found in _DESCRIBED.finditer(text))
    return NamedQuery(name, title, description, parameters)


def load(name: str, **parameters: Iterable[NamedNode | Literal]) -> str:
    """The text of a query with its parameters filled in; parameters that are not given stay open.

    Raises MisuseError for an unknown query or parameter.
    """
    text = _read(name)
    known = _PARAMETER.findall(text)
    if unknown := sorted(parameters.keys() - set(known)):
        takes = f"it takes {', '.join(known)}" if known else "it takes none"
        raise MisuseError(f"the query '{name}' has no parameter {', '.join(unknown)}: {takes}")

    def fill(match: re.Match[str]) -> str:
        if match[1] not in parameters:
            return match.group()
        return f"VALUES ?{match[1]} {{ {' '.join(str(term) for term in parameters[match[1]])} }}"

    filled = _PARAMETER.sub(fill, text)
    return "".join(f"{declaration}\n" for declaration in declarations(filled)) + filled


def _parameter(name: str, kind: str, description: str) -> Parameter:
    known: Kind = next(each for each in get_args(Kind) if each == kind)
    return Parameter(name, known, description)


def _read(name: str) -> str:
    if name not in names():
        raise MisuseError(f"no such query: {name}. There are {', '.join(names())}")
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")
