"""What a check of a graph against the shapes found, in the terms of SHACL: as text, as JSON, and as Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.export import as_bytes
from kg.graph.terms import PREFIXES, TYPE, string

FORMATS: Final = ("text", "json", "ttl")
_SHOWN: Final = 100
_XSD_BOOLEAN: Final = NamedNode(PREFIXES["xsd"] + "boolean")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place that breaks a shape; ``path`` (a property's IRI) and ``value`` where the shape has them."""

    focus: str
    message: str
    severity: str
    component: str
    path: str | None = None
    value: NamedNode | Literal | None = None

    def describe(self) -> str:
        """The place and what is wrong with it, on one line."""
        found = "" if self.value is None else f" (found: {_short(self.value.value)})"
        return f"{_short(self.focus)}: {self.message}{found}"

    def as_json(self) -> dict[str, str | None]:
        """Its parts by name."""
        value = None if self.value is None else self.value.value
        return {
            "focusNode": self.focus,
            "message": self.message,
            "path": self.path,
            "value": value,
            "severity": self.severity,
            "constraint": self.component,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All violations of one graph, sorted; none means that it conforms."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether every shape holds."""
        return not self.violations

    def formatted(self, syntax: str) -> str:
        """The report in one of FORMATS; the same graph gives the same characters."""
        if syntax == "json":
            return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"
        return as_bytes(self.triples(), "ttl").decode() if syntax == "ttl" else self.text()

    def as_json(self) -> Mapping[str, Any]:
        """``conforms`` and ``results``, with the names of SHACL."""
        return {"conforms": self.conforms, "results": [each.as_json() for each in self.violations]}

    def text(self) -> str:
        """A line for each violation."""
        if self.conforms:
            return "the graph conforms to the shapes of the ontology\n"
        lines = [f"{len(self.violations)} places break the shapes of the ontology:"]
        return "".join(f"{line}\n" for line in (*lines, *(f"  {each.describe()}" for each in self.violations)))

    def triples(self) -> Iterator[Triple]:
        """A ``sh:ValidationReport``."""
        report = BlankNode("report")
        yield Triple(report, TYPE, _sh("ValidationReport"))
        yield Triple(report, _sh("conforms"), Literal("true" if self.conforms else "false", datatype=_XSD_BOOLEAN))
        for number, each in enumerate(self.violations, 1):
            result = BlankNode(f"result{number:06d}")
            yield Triple(report, _sh("result"), result)
            yield Triple(result, TYPE, _sh("ValidationResult"))
            yield Triple(result, _sh("focusNode"), NamedNode(each.focus))
            yield Triple(result, _sh("resultMessage"), string(each.message))
            yield Triple(result, _sh("resultSeverity"), NamedNode(each.severity))
            yield Triple(result, _sh("sourceConstraintComponent"), NamedNode(each.component))
            if each.path is not None:
                yield Triple(result, _sh("resultPath"), NamedNode(each.path))
            if each.value is not None:
                yield Triple(result, _sh("value"), each.value)


def summary(violations: Sequence[Violation], most: int) -> str:
    """The first violations, a line each, and how many more there are."""
    lines = [each.describe() for each in violations[:most]]
    rest = [f"… and {len(violations) - most} more"] if len(violations) > most else []
    return "\n  ".join([*lines, *rest])


def _sh(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sh"] + name)


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 3] + "…"
