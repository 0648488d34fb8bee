"""Answers as text for models: short, each line with the URL of what proves it. Some clients show models only this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from search_api.answer_text import tidy
from search_api.browse.comparison_schemas import Compared, Comparison
from search_api.browse.schemas import ConceptView, EntityView, FigureView, Proof
from search_api.headline import headline
from search_api.mcp.schemas import Concepts, ListedQueries, Table, Thing
from search_api.quoting import quoted, sources
from search_api.schemas import Answer

_ROWS: Final = 10


def answer(given: Answer) -> str:
    """Headline, text with marks, and the places of the marks; without items the nearest passages."""
    lines = [*headline(given), given.text, *sources(given)]
    filters = "; ".join(f"{name}: {value}" for name, value in given.interpretation.filters.items())
    read = f"Read as a question for: {given.interpretation.wants}{f', restricted to {filters}' if filters else ''}."
    return "\n".join(line for line in [*lines, read] if line)


def concepts(found: Concepts) -> str:
    """One line a measure or challenge, with what proves it."""
    lines = [f"{found.total} found, {len(found.items)} shown."]
    for item in found.items:
        facts = [*item.statuses, item.theme, f"{item.papers} paper{'s' * (item.papers != 1)}"]
        lines.append(f"- {tidy(item.label)} ({', '.join(facts)}) {item.url}")
        if item.citation:
            lines.append(f"  {quoted(item.citation)}")
    return "\n".join([*lines, *([f"More: cursor {found.next}"] if found.next else [])])


def thing(found: Thing) -> str:
    """Names, definition, neighbours and places of one thing."""
    view = found.view
    names = (
        f" (also: {', '.join(view.other_names[:_ROWS])})"
        if not isinstance(view, FigureView) and view.other_names
        else ""
    )
    lines = [f"{found.kind}: {tidy(view.label)}{names} {view.url}", view.definition or ""]
    if not isinstance(view, FigureView):
        lines += list(_neighbours(view))
    lines.append(f"{view.evidence.total} places:")
    lines += [f"- {_proved(proof)}" for proof in view.evidence.items]
    return "\n".join(line for line in lines if line)


def table(found: Table) -> str:
    """Rows separated by tabs, Turtle, or yes and no."""
    if found.boolean is not None:
        return f"{str(found.boolean).lower()}\n{found.url}"
    if found.turtle is not None:
        return f"{found.turtle}\n{found.url}"
    rows = ["\t".join(" ".join(row.get(name, "").split()) for name in found.columns) for row in found.rows]
    more = (
        f"{len(found.rows)} of {found.total} rows; all: {found.url}" if found.cut else f"{found.total} rows {found.url}"
    )
    return "\n".join(["\t".join(found.columns), *rows, more, *([found.searched] if found.searched else [])])


def queries(found: ListedQueries) -> str:
    """One line a query with its parameters."""
    lines = []
    for query in found.queries:
        takes = ", ".join(f"{each['name']} ({each['kind']})" for each in query.parameters) or "none"
        lines.append(f"- {query.name}: {query.title}. {query.description} Parameters: {takes}. {query.url}")
    return "\n".join(lines)


def compared(found: Compared) -> str:
    """The sides, then what they share and what each alone has."""
    labels = [side.label for side in found.sides]
    lines = [f"{side.label}: {side.counts.statements} statements {side.url}" for side in found.sides]
    for name in ("themes", "challenges", "measures", "industries", "actors"):
        part: Comparison | None = getattr(found, name)
        if part is not None and part.total:
            lines.append(f"{name}: {part.total}, shared by several {part.shared}")
            lines += [line for row in part.rows[:_ROWS] for line in _shared(row.label, row.sides, labels)]
    return "\n".join([*lines, *found.notes])


def _shared(label: str, sides: Iterable[object], labels: Iterable[str]) -> Iterator[str]:
    for name, side in zip(labels, sides, strict=True):
        citation = getattr(side, "citation", None)
        if citation is not None:
            yield f"- {tidy(label)} | {name}: {quoted(citation)}"


def _neighbours(view: ConceptView | EntityView) -> Iterator[str]:
    for relation, near in view.neighbours.items():
        for each in near.items[:_ROWS]:
            yield f"- {relation}: {tidy(each.label)} ({each.basis}, {each.confidence:.2f}) {each.url}"


def _proved(proof: Proof) -> str:
    return quoted(proof.citation) if proof.citation else f"“{' '.join(proof.text.split())}”"
