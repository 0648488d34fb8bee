"""Relations of an invented paper: said in words, shown by its sections, inferred from meaning, and not invented."""

from __future__ import annotations

from collections.abc import Callable

from ingest.links import relations
from ingest.text.layout import Layout
from kg.identifiers import mint
from kg.index.embedder import Embedder
from kg.records import Relation, Statement, StatementType, Theme

LayOut = Callable[[str], Layout]

SOURCE = """# Care in the valleys

## 1 Problems

### 1.1 Shortage of nurses

There are too few nurses. Wages are low because of tight budgets.

### 1.2 Bad roads

Roads are full of holes. Ambulances arrive late.

## 2 Proposals

### 2.1 Recruit nurses

The state should train more nurses. It should raise the pay of nurses.

### 2.2 Repair the roads

The state should repair roads. To reduce floods, the state should plant trees. Clinics should open on Sundays. \
This will ease the crowding of hospitals.
"""


def statements(layout: Layout, *found: tuple[StatementType, str, Theme]) -> list[Statement]:
    made = []
    for kind, text, theme in found:
        start = SOURCE.index(text)
        end = start + len(text)
        home = next(s for s in layout.sentences if s.start <= start < s.end)
        place = (layout.document.id, home.section, home.id, start, end)
        identifier = mint("statement", kind, start)
        status = "proposed" if kind == "measure" else None
        made.append(
            Statement(identifier, kind, *place, text, text, theme, status, (), (), (), (), "sentence", 0.9, None)
        )
    return made


def related(
    laid: LayOut, embedder: Embedder, *found: tuple[StatementType, str, Theme]
) -> dict[tuple[str, str], Relation]:
    layout = laid(SOURCE)
    made = statements(layout, *found)
    text = {s.id: s.text for s in made}
    first = relations.collect(made, layout, embedder.embed)
    assert relations.collect(list(reversed(made)), layout, embedder.embed) == first
    return {(text[r.subject], text[r.object]): r for r in first}


def test_aims_and_consequences_are_stated(laid: LayOut, embedder: Embedder) -> None:
    pairs = related(
        laid,
        embedder,
        ("challenge", "floods", "green"),
        ("measure", "plant trees", "green"),
        ("measure", "Clinics should open on Sundays", "governance"),
        ("challenge", "the crowding of hospitals", "governance"),
    )
    assert {pair for pair, r in pairs.items() if r.basis == "stated"} == {
        ("plant trees", "floods"),
        ("Clinics should open on Sundays", "the crowding of hospitals"),
    }


def test_sections_answer_sections(laid: LayOut, embedder: Embedder) -> None:
    pairs = related(
        laid,
        embedder,
        ("challenge", "Shortage of nurses", "talent"),
        ("challenge", "too few nurses", "talent"),
        ("challenge", "Bad roads", "infrastructure"),
        ("challenge", "Roads are full of holes", "infrastructure"),
        ("measure", "train more nurses", "talent"),
        ("measure", "raise the pay of nurses", "talent"),
        ("measure", "repair roads", "infrastructure"),
    )
    assert pairs["raise the pay of nurses", "Shortage of nurses"].basis == "section"
    assert pairs["repair roads", "Bad roads"].basis == "section"
    assert not any("nurses" in measure and "oads" in challenge for measure, challenge in pairs)


def test_causes_are_stated_from_cause_to_effect(laid: LayOut, embedder: Embedder) -> None:
    pairs = related(laid, embedder, ("challenge", "Wages are low", "talent"), ("challenge", "tight budgets", "finance"))
    assert [(pair, r.type) for pair, r in pairs.items()] == [(("tight budgets", "Wages are low"), "causes")]


def test_twins_take_no_part(laid: LayOut, embedder: Embedder) -> None:
    from dataclasses import replace

    layout = laid(SOURCE)
    floods, trees = statements(layout, ("challenge", "floods", "green"), ("measure", "plant trees", "green"))
    assert len(relations.collect([floods, trees], layout, embedder.embed)) == 1
    assert relations.collect([floods, replace(trees, duplicate_of="t0")], layout, embedder.embed) == ()


def test_unrelated_statements_stay_apart(laid: LayOut, embedder: Embedder) -> None:
    pairs = related(
        laid, embedder, ("challenge", "Ambulances arrive late", "infrastructure"), ("measure", "plant trees", "green")
    )
    assert pairs == {}


def test_a_repeated_paragraph_says_again_what_is_stated_in_it(laid: LayOut, embedder: Embedder) -> None:
    from dataclasses import replace

    layout = laid(SOURCE + "\n## 3 Summary\n\nTo reduce floods, the state should plant trees.\n")
    floods, trees = statements(layout, ("challenge", "floods", "green"), ("measure", "plant trees", "green"))
    again = next(s for s in layout.sentences if s.duplicate_of)
    shift = again.start - next(s.start for s in layout.sentences if s.id == again.duplicate_of)
    twins = [
        replace(
            one,
            id=one.id[::-1],
            sentence=again.id,
            section=again.section,
            start=one.start + shift,
            end=one.end + shift,
            duplicate_of=one.id,
        )
        for one in (floods, trees)
    ]
    found = relations.collect([floods, trees, *twins], layout, embedder.embed)
    assert {(r.subject, r.object) for r in found} == {(trees.id, floods.id), (twins[1].id, twins[0].id)}
    assert len({r.confidence for r in found}) == 1


def test_confidence_falls_from_stated_to_section(laid: LayOut, embedder: Embedder) -> None:
    pairs = related(
        laid,
        embedder,
        ("challenge", "floods", "green"),
        ("measure", "plant trees", "green"),
        ("challenge", "Shortage of nurses", "talent"),
        ("measure", "train more nurses", "talent"),
        ("measure", "raise the pay of nurses", "talent"),
    )
    assert pairs["plant trees", "floods"].confidence > pairs["train more nurses", "Shortage of nurses"].confidence > 0.5
