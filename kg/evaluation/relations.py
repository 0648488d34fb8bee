"""Scores which measure addresses which challenge, as pairs of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.evaluation.gold import Gold
from kg.evaluation.predictions import Found
from kg.evaluation.tally import Tally

Pair = tuple[str, str]


def score_relations(found: Found, gold: Gold, stands_for: Mapping[str, list[str]], tally: Tally) -> None:
    """Count pairs into ``tally``: all that any annotator drew are right, those that all drew are wanted."""
    wanted: dict[Pair, bool] = defaultdict(bool)
    for drawn in gold.pairs:
        wanted[drawn.measure, drawn.challenge] |= drawn.required
    said: set[Pair] = set()
    for measure, challenge in found.pairs:
        measures = {_unit(one) for one in stands_for.get(measure, ())}
        challenges = {_unit(one) for one in stands_for.get(challenge, ())}
        if not measures or not challenges:
            tally.add("addresses", (gold.name, ""), fp=1, note=f"wrong {gold.name}: ends in no gold statement")
            continue
        hits = {(m, c) for m in measures for c in challenges} & set(wanted)
        said |= hits or {(min(measures), min(challenges))}
    for pair in sorted(said):
        right = pair in wanted
        note = None if right else f"wrong {gold.name} {pair[0]} for {pair[1]}"
        tally.add("addresses", (gold.name, pair[0]), tp=int(right), fp=int(not right), note=note)
    _score_agreed(wanted, said, gold, tally)


def _score_agreed(wanted: Mapping[Pair, bool], said: set[Pair], gold: Gold, tally: Tally) -> None:
    for pair in sorted(pair for pair, required in wanted.items() if required):
        got = pair in said
        note = None if got else f"missed {gold.name} {pair[0]} for {pair[1]}"
        tally.add("addresses.recall_of_agreed", (gold.name, pair[0]), tp=int(got), fn=int(not got), note=note)


def _unit(statement: str) -> str:
    return statement.partition("#")[0]
