"""Which region a figure speaks of: the mention that governs it in the sentence, else the place its paper is about."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from ingest.text.layout import Layout
from ingest.text.view import View
from kg.records import EntityRef, Mention, Sentence

_NATIONAL = re.compile(
    r"\b(?:national(?!-)|nationwide|(?:the|our) country(?:['’]s)?|country-?wide|the nation(?:['’]s)?)\b", re.IGNORECASE
)
_LEADS_ON = re.compile(r"[^,;.\d]{0,40}\b(?:in|of|across|for|within|from|throughout)\s(?:the\s)?|\s?\((?:in\s)?")
_COORDINATED = re.compile(r"\s?,?\s?(?:and|&|or)?\s?(?:the\s)?")


class Placed(Protocol):
    """A figure's place in its sentence: the proof begins at ``start``, number and unit are ``at:till``."""

    @property
    def start(self) -> int:
        """First character of the words that name the indicator."""

    @property
    def at(self) -> int:
        """First character of the number."""

    @property
    def till(self) -> int:
        """Character after the unit."""

    @property
    def unit(self) -> str:
        """The unit as written."""


class RegionFinder:
    """Looks regions up by sentence; made once a document."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention]) -> None:
        regions = sorted((m for m in mentions if m.type == "region"), key=lambda m: (m.start, m.end))
        self._by_sentence: dict[str, list[Mention]] = {}
        for mention in regions:
            self._by_sentence.setdefault(mention.sentence, []).append(mention)
        self._country = _only_country(regions)
        self.of_paper = self._place_of_paper(layout)

    def regions_of(
        self, sentence: Sentence, view: View, text: str, figures: Sequence[Placed]
    ) -> list[EntityRef | None]:
        """Region of each figure of one sentence, None where the sentence names none that governs it.

        In lists with "respectively" regions and figures are paired; else it is the nearest mention before the number
        inside the proof, a mention right behind it ("… in Kisumu"), the nearest before, or the paper's country for
        "national".
        """
        if not figures:
            return []
        here = [(*_in_view(view, m), m.entity) for m in self._by_sentence.get(sentence.id, [])]
        paired = _respectively(text, here, figures) if "respectively" in text else {}
        return [paired.get(figure.at) or self._governing(text, here, figure) for figure in figures]

    def _governing(self, text: str, here: Sequence[tuple[int, int, EntityRef]], figure: Placed) -> EntityRef | None:
        before = [(start, entity) for start, _, entity in here if start < figure.at]
        inside = [entity for start, entity in before if start >= figure.start]
        behind = [
            entity
            for start, _, entity in here
            if start >= figure.till and _LEADS_ON.fullmatch(text, figure.till, start)
        ]
        national = [m.start() for m in _NATIONAL.finditer(text, 0, figure.at)]
        if inside:
            return inside[-1]
        if behind:
            return behind[0]
        if national and (not before or national[-1] > before[-1][0]) and self._country:
            return self._country
        return before[-1][1] if before else None

    def _place_of_paper(self, layout: Layout) -> EntityRef | None:
        title = layout.document.title
        named = {
            m.entity.iri: m.entity for s in layout.sentences for m in self._by_sentence.get(s.id, []) if m.text in title
        }
        counts = Counter(m.entity.iri for group in self._by_sentence.values() for m in group if m.entity.iri in named)
        if not counts:
            return self._country
        return named[min(counts, key=lambda iri: (-counts[iri], iri))]


def _in_view(view: View, mention: Mention) -> tuple[int, int]:
    inside = [index for index, origin in enumerate(view.origins) if mention.start <= origin < mention.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _respectively(
    text: str, here: Sequence[tuple[int, int, EntityRef]], figures: Sequence[Placed]
) -> dict[int, EntityRef]:
    """Figure position → region for the last run of like figures that a run of as many coordinated regions goes
    before.
    """
    closing = text.index("respectively")
    run = [figure for figure in figures if figure.at < closing]
    run = [figure for figure in run if run and figure.unit == run[-1].unit]
    for size in range(len(run), 1, -1):
        last = run[-size:]
        names = [name for name in here if name[1] <= last[0].at][-size:]
        gaps = [text[left[1] : right[0]] for left, right in itertools.pairwise(names)]
        if len(names) == size and all(_COORDINATED.fullmatch(gap) for gap in gaps):
            return {figure.at: name[2] for figure, name in zip(last, names, strict=True)}
    return {}


def _only_country(regions: Sequence[Mention]) -> EntityRef | None:
    countries = Counter(m.entity.iri for m in regions if m.kind == "country")
    if not countries:
        return None
    (iri, most), *others = countries.most_common()
    if others and others[0][1] * 2 > most:
        return None
    return next(m.entity for m in regions if m.entity.iri == iri)
