"""Scores statements: whether each measure and challenge was found, where it begins and ends, its theme and status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.evaluation.gold import Gold, GoldStatement
from kg.evaluation.predictions import Found, FoundStatement
from kg.evaluation.tally import Tally

Pairing = Mapping[int, int]
"""Index of a found statement → index of the gold statement that it stands for."""


def score_statements(found: Found, gold: Gold, tally: Tally) -> Mapping[str, list[str]]:
    """Count into ``tally``; gives the gold statements that each found one stands for or covers, by id."""
    stands_for: dict[str, list[str]] = {}
    for kind in ("measure", "challenge"):
        wanted = [statement for statement in gold.statements if statement.type == kind]
        given = [s for s in found.statements if s.type == kind and gold.judges(kind, s)]
        pairing = match(given, wanted)
        for index, one in enumerate(given):
            if index in pairing:
                stands_for.setdefault(one.id, []).append(wanted[pairing[index]].id)
                _score_found(one, wanted[pairing[index]], gold, tally)
            elif not gold.aside(one) and not any(one.overlap(other) for other in wanted):
                _count_false(one, gold, tally)
        for index, want in enumerate(wanted):
            if index not in pairing.values() and want.required and not gold.aside(want):
                _count_missed(want, gold, tally)
        _note_covered(given, wanted, stands_for)
    return stands_for


def match(given: Sequence[FoundStatement], wanted: Sequence[GoldStatement]) -> Pairing:
    """One to one, those that share most characters first; of equals the more alike in length, then the later."""
    candidates = sorted(
        (
            (shared, -abs(one.length - other.length), i, j)
            for i, one in enumerate(given)
            for j, other in enumerate(wanted)
            if (shared := one.overlap(other))
        ),
        reverse=True,
    )
    pairing: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in candidates:
        if i not in pairing and j not in taken:
            pairing[i] = j
            taken.add(j)
    return pairing


def _score_found(one: FoundStatement, want: GoldStatement, gold: Gold, tally: Tally) -> None:
    if not want.required or gold.aside(want):
        return
    unit, kind = (gold.name, gold.unit_of(want)), want.type
    tally.add(f"span.{kind}", unit, tp=1)
    close = one.overlap(want) > 0.5 * max(one.length, want.length)
    tally.judge(f"span50.{kind}", unit, close, f"{one.text[:90]!r} for {want.text[:90]!r}")
    if one.theme and want.themes:
        note = f"{one.theme} not {'/'.join(sorted(want.themes))}: {want.text[:70]!r}"
        tally.judge(f"theme.{kind}", unit, one.theme in want.themes, note)
    if kind == "measure" and one.status and want.statuses:
        note = f"{one.status} not {'/'.join(sorted(want.statuses))}: {want.text[:70]!r}"
        tally.judge("status.measure", unit, one.status in want.statuses, note)


def _count_false(one: FoundStatement, gold: Gold, tally: Tally) -> None:
    unit = (gold.name, gold.unit_of(one))
    tally.add(f"span.{one.type}", unit, fp=1, note=f"wrong {' '.join(unit)} {one.text[:90]!r}")
    tally.add(f"span50.{one.type}", unit, fp=1)


def _count_missed(want: GoldStatement, gold: Gold, tally: Tally) -> None:
    unit = (gold.name, gold.unit_of(want))
    tally.add(f"span.{want.type}", unit, fn=1, note=f"missed {gold.name} {want.id} {want.text[:90]!r}")
    tally.add(f"span50.{want.type}", unit, fn=1)


def _note_covered(
    given: Sequence[FoundStatement], wanted: Sequence[GoldStatement], stands_for: dict[str, list[str]]
) -> None:
    """One found statement may cover several gold ones: relations may speak of any of them."""
    for one in given:
        for want in wanted:
            if one.overlap(want) > 0.5 * min(one.length, want.length):
                stands_for.setdefault(one.id, []).append(want.id)
