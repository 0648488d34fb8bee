"""Places that the text itself locates: "Punjab, Pakistan", "Suzhou in Anhui", "Hubei's Huanggang"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.lexicon.concept import LexicalConcept, Match
from kg.lexicon.matching import Hierarchy

_IN = re.compile(r",\s+(?:in\s+)?|\s+in\s+(?:the\s+)?|\s+\(")
_OF = re.compile(r"(?:['’]s|,)\s+")
_LOCATED = 0.95


def located(text: str, matches: Sequence[Match], hierarchy: Hierarchy) -> list[Match]:
    """The matches, each ambiguous one read as the place that lies in the place named right beside it, if one does."""
    beside = dict(_neighbours(text, matches))
    return [_inside(match, beside.get(at, ()), hierarchy) for at, match in enumerate(matches)]


def _neighbours(text: str, matches: Sequence[Match]) -> Iterator[tuple[int, tuple[LexicalConcept, ...]]]:
    """For matches beside another their number and the readings of what locates them; the place behind counts more."""
    for at, (first, second) in enumerate(pairwise(matches)):
        if _OF.fullmatch(text, first.end, second.start):
            yield at + 1, (first.concept, *first.alternatives)
    for at, (first, second) in enumerate(pairwise(matches)):
        if _IN.fullmatch(text, first.end, second.start):
            yield at, (second.concept, *second.alternatives)


def _inside(match: Match, around: Sequence[LexicalConcept], hierarchy: Hierarchy) -> Match:
    outer = {concept.iri for concept in around}
    readings = (match.concept, *match.alternatives)
    inner = next((one for one in readings if not outer.isdisjoint(hierarchy.containers(one.iri))), None)
    if inner is None:
        return match
    others = tuple(one for one in readings if one is not inner)
    return replace(match, concept=inner, alternatives=others, score=max(match.score, _LOCATED))
