"""Where each sentence stands: its place in the order, its section and what that is for, and its numbered point."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest import context
from ingest.statements.cues.headings import Setting
from ingest.statements.setting import setting_of
from ingest.text.layout import Layout
from kg.records import Sentence

_ORDINAL = r"first|second|third|fourth|fifth|sixth|seventh"
_POINT = re.compile(
    rf"^(?:(?:{_ORDINAL})(?:ly)?\b|the (?:{_ORDINAL}|last)\b|last(?:ly)?\b|finally\b|one is\b|\(?\d{{1,2}}[.)]\s"
    r"|\([a-z]\)\s)",
    re.IGNORECASE,
)
_OPENED = re.compile(r"[:,;]\s(?:first(?:ly)?|one is)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """Place of one sentence.

    ``order`` counts headings and prose from 0. ``part`` numbers the points of all sections ("First, …", "Second, …");
    a section without points is one part, its heading another. ``lead`` is the sentence that opens the part; ``point``
    says whether it does so with an ordinal.
    """

    order: int
    section: str
    setting: Setting
    heading: bool
    part: int
    lead: Sentence
    point: bool


def standings(layout: Layout) -> Mapping[str, Standing]:
    """The standing of each heading and prose sentence, by sentence id."""
    found: dict[str, Standing] = {}
    previous: Standing | None = None
    for sentence, place in zip(layout.sentences, context.places(layout), strict=True):
        if sentence.kind not in {"prose", "heading"}:
            continue
        heading = sentence.kind == "heading"
        opens = previous is None or _opens(sentence, previous)
        part = -1 if previous is None else previous.part
        lead = sentence if opens or previous is None else previous.lead
        previous = Standing(
            order=len(found),
            section=sentence.section,
            setting=setting_of(place),
            heading=heading,
            part=part + opens,
            lead=lead,
            point=_POINT.match(lead.text) is not None or _OPENED.search(lead.text) is not None,
        )
        found[sentence.id] = previous
    return found


def _opens(sentence: Sentence, previous: Standing) -> bool:
    changed = sentence.section != previous.section or previous.heading or sentence.kind == "heading"
    return changed or _POINT.match(sentence.text) is not None
