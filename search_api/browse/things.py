"""One thing whole for people: what it is, what it is linked to, and the quotes that prove it."""

from __future__ import annotations

import textwrap
from typing import Final

import typer

from search_api.answer_text import tidy
from search_api.browse.schemas import ConceptView, EntityView, FigureView, Neighbours, Proof
from search_api.browse.tables import named, place, print_table, quoted, some, value
from search_api.browse.terminal import print_figures

WIDTH: Final = 100


def print_thing(view: ConceptView | EntityView | FigureView) -> None:
    """Heading, names and hierarchy, neighbours, figures, and the evidence with the command that continues it."""
    if isinstance(view, FigureView):
        _figure(view)
    else:
        _named(view)
        for relation, held in view.neighbours.items():
            _neighbours(relation, held)
    if isinstance(view, EntityView) and view.figures_of:
        typer.echo("\nFIGURES")
        print_figures(view.figures_of)
    typer.echo(f"\nEVIDENCE: {some(view.evidence.total, 'place')}")
    for proof in view.evidence.items:
        _proof(proof)
    if view.evidence.next is not None:
        typer.echo(f"more evidence: --cursor {view.evidence.next}")


def _named(view: ConceptView | EntityView) -> None:
    typer.echo(tidy(view.label))
    said = [view.theme, *view.statuses] if isinstance(view, ConceptView) else [view.level or ""]
    facts = [
        ", ".join(filter(None, [view.type, *said])),
        f"{some(view.statements, 'statement')} in {some(view.papers, 'paper')}",
        f"also: {'; '.join(view.other_names)}" if view.other_names else "",
        view.definition or "",
        f"instrument: {view.instrument.label}" if isinstance(view, ConceptView) and view.instrument else "",
        f"near: {'; '.join(t.label for t in view.related)}" if isinstance(view, ConceptView) and view.related else "",
        f"lies in: {'; '.join(thing.label for thing in view.broader)}" if view.broader else "",
        f"contains: {'; '.join(thing.label for thing in view.narrower)}" if view.narrower else "",
        view.iri,
    ]
    for fact in filter(None, facts):
        typer.echo(_fold(fact, "  "))


def _figure(view: FigureView) -> None:
    typer.echo(f"{view.label}: {value(view)}{f' ({view.year})' if view.year else ''}")
    facts = [
        f"region: {named([view.region])}" if view.region else "",
        f"doubt: {view.conflict}" if view.conflict else "",
        view.definition or "",
        view.iri,
    ]
    for fact in filter(None, facts):
        typer.echo(_fold(fact, "  "))
    if view.same_indicator:
        typer.echo("\nTHE SAME INDICATOR AND UNIT")
        print_figures(view.same_indicator)


def _neighbours(relation: str, held: Neighbours) -> None:
    typer.echo(f"\n{relation.replace('_', ' ').upper()}: {held.total}")
    print_table(
        ("name", "basis", "sure", "papers", "proof"),
        (
            (tidy(n.label), n.basis, f"{n.confidence:.2f}", str(n.papers), quoted(n.citation) if n.citation else "")
            for n in held.items
        ),
        numbers=(2, 3),
        proof=True,
    )


def _proof(proof: Proof) -> None:
    repeated = ", repeated" if proof.repeated else ""
    if proof.citation is None:
        typer.echo(_fold(f"• {proof.kind}{repeated}: {tidy(proof.text)}", "  "))
        return
    quote = " ".join(proof.citation.quote.split())
    section = f", {proof.citation.section}" if proof.citation.section else ""
    typer.echo(_fold(f"• {proof.kind}{repeated}: “{quote}”", "  "))
    typer.echo(f"  {place(proof.citation)}{section}")


def _fold(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
