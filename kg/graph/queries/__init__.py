"""Named queries: one question an analyst asks, one file. The first comment is its title, the second says what it gives.

A parameter is a line ``VALUES ?name { UNDEF }``, described in a comment ``# ?name: …``; UNDEF means "any". The usual
prefixes are declared when a query is loaded, so the text runs on any SPARQL server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import MisuseError
from kg.graph.terms import PREFIXES

_FOLDER = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """What a named query is for and which parameters it takes."""

    name: str
    title: str
    description: str
    parameters: tuple[str, ...]


def names() -> tuple[str, ...]:
    """All named queries, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.rq")))


def describe(name: str) -> NamedQuery:
    """Title, description and parameters of a named query; MisuseError if there is no such query."""
    text = _read(name)
    comments = [line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#")]
    return NamedQuery(name, comments[0], comments[1], tuple(_PARAMETER.findall(text)))


def load(name: str, **parameters: Iterable[NamedNode | Literal]) -> str:
    """The text of a query with its parameters filled in; parameters that are not given stay open.

    Raises MisuseError for an unknown query or parameter.
    """
    text = _read(name)
    unknown = sorted(parameters.keys() - set(_PARAMETER.findall(text)))
    if unknown:
        raise MisuseError(f"the query '{name}' has no parameter {', '.join(unknown)}: see 'describe'")

    def fill(match: re.Match[str]) -> str:
        if match[1] not in parameters:
            return match.group()
        return f"VALUES ?{match[1]} {{ {' '.join(str(term) for term in parameters[match[1]])} }}"

    filled = _PARAMETER.sub(fill, text)
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w-]){re.escape(prefix)}:\w", filled)]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + filled


def _read(name: str) -> str:
    path = _FOLDER / f"{name}.rq"
    if name not in names():
        raise MisuseError(f"no such query: {name}. There are {', '.join(names())}")
    return path.read_text(encoding="utf-8")
