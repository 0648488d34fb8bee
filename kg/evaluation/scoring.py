"""Scores all that was found in a document against its gold annotations, one kind of record after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.errors import MisuseError
from kg.evaluation.gold import Gold, GoldMention, GoldStatistic
from kg.evaluation.predictions import Found, FoundMention, FoundStatistic
from kg.evaluation.relations import score_relations
from kg.evaluation.spans import score_statements
from kg.evaluation.tally import Tally

COVERED: Final = 0.5
"""Share of a unit that sentences with a role must cover for the unit to be said to play it."""
_PLACE_WORDS = re.compile(r"\b(?:city|county|province|municipality|district|prefecture|region|the|s)\b")


def score(found: Mapping[str, Found], golds: Iterable[Gold]) -> Tally:
    """Counts over all gold files. Raises MisuseError for a file whose document was not extracted."""
    tally = Tally()
    for gold in golds:
        if gold.name not in found:
            raise MisuseError(f"no document is named {gold.name}.*: ingest it, or name another gold file")
        tally.open(gold)
        _score_document(found[gold.name], gold, tally)
    return tally


def _score_document(found: Found, gold: Gold, tally: Tally) -> None:
    for role in ("measure", "challenge"):
        _score_roles(role, found, gold, tally)
    stands_for = score_statements(found, gold, tally)
    if gold.partial:
        return
    for kind in ("region", "industry", "actor"):
        _score_mentions(kind, found, gold, tally)
    _score_statistics(found, gold, tally)
    score_relations(found, gold, stands_for, tally)


def _score_roles(role: str, found: Found, gold: Gold, tally: Tally) -> None:
    """Which units state a measure or a challenge; headings and lines of meta data aside."""
    wanted = {(mark.start, mark.end): mark.required for mark in gold.roles if mark.role == role}
    saying = [sentence for sentence in found.sentences if role in sentence.roles]
    for unit in gold.units:
        required = wanted.get((unit.start, unit.end))
        if unit.aside or required is False:
            continue
        said = sum(map(unit.overlap, saying)) >= COVERED * unit.length
        place, name = (gold.name, unit.id), f"sentence.{role}"
        if said and required:
            tally.add(name, place, tp=1)
        elif said:
            tally.add(name, place, fp=1, note=f"wrong {gold.name} {unit.id} [{unit.start}:{unit.end}]")
        elif required:
            tally.add(name, place, fn=1, note=f"missed {gold.name} {unit.id} [{unit.start}:{unit.end}]")


def _score_mentions(kind: str, found: Found, gold: Gold, tally: Tally) -> None:
    wanted = [mention for mention in gold.mentions if mention.type == kind]
    given = [mention for mention in found.mentions if mention.type == kind]
    for one in given:
        if not any(one.overlap(want) for want in wanted):
            place = (gold.name, gold.unit_of(one))
            tally.add(f"mention.{kind}", place, fp=1, note=f"wrong {gold.name} {one.text!r}")
    for want in wanted:
        if want.required:
            _score_mention(want, [one for one in given if one.overlap(want)], gold, tally)


def _score_mention(want: GoldMention, hits: list[FoundMention], gold: Gold, tally: Tally) -> None:
    place = (gold.name, gold.unit_of(want))
    if not hits:
        tally.add(f"mention.{want.type}", place, fn=1, note=f"missed {gold.name} {want.text!r}")
        return
    tally.add(f"mention.{want.type}", place, tp=1)
    if want.type == "region":
        right = bool({_bare(one.label) for one in hits} & {_bare(label) for label in want.labels})
        linked = ", ".join(one.label for one in hits)
        tally.judge("link.region", place, right, f"{gold.name} {want.text!r} is {linked}, not {want.labels[0]}")


def _bare(label: str) -> str:
    """A place's name without the words for its kind: "Deqing County" and "Deqing" name the same."""
    return " ".join(_PLACE_WORDS.sub(" ", re.sub(r"[^\w ]", " ", label.casefold())).split())


def _score_statistics(found: Found, gold: Gold, tally: Tally) -> None:
    """Figures by value at the place; each found one stands for one wanted one."""
    left = list(found.statistics)
    for want in gold.statistics:
        place = (gold.name, gold.unit_of(want))
        hit = next((one for one in left if _same(one, want)), None)
        if hit is not None:
            left.remove(hit)
            tally.add("statistic", place, tp=1)
            if want.year:
                tally.judge("statistic.year", place, hit.year == want.year, f"{hit.year} not {want.year}")
        elif want.required:
            tally.add("statistic", place, fn=1, note=f"missed {gold.name} {want.value:g} {want.text[:60]!r}")
    for one in left:
        if not any(one.overlap(want) for want in gold.statistics):
            place = (gold.name, gold.unit_of(one))
            tally.add("statistic", place, fp=1, note=f"wrong {gold.name} {one.value:g} {one.text[:60]!r}")


def _same(one: FoundStatistic, want: GoldStatistic) -> bool:
    return one.overlap(want) > 0 and abs(one.value - want.value) <= 1e-6 * max(1.0, abs(want.value))
