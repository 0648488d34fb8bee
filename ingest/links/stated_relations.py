"""Relations that the text itself states: "to reduce X, the state will do Y", "this will ease X", "X leads to Z"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text.layout import Layout
from kg.records import Sentence, Statement

_SOLVE = (
    r"(?:address|solv|resolv|overcom|tackl|reduc|alleviat|eas|mitigat|remed|combat|counter"
    r"|eliminat|prevent|avoid|curb|lower|cut|"
    r"relie[vf]|correct|clos|narrow|bridg|break|deal|cop|respon|fight|end|halt|stem|revers"
    r"|minimi[sz]e|minimi[sz]|offset|fix|improv|compensat|remov|lift|"
    r"cur|handl|contain|slow|limit|diminish|lessen|rectif|redress|forestall|ward)"
    r"(?:y|e|es|ed|ing|s|ting|d|t|ies|ied|ying|k|king|ling|led|l|ped|ping|ning|ding|nding|ding)?"
)
_AIM = re.compile(
    rf"\b(?:to|thereby|thus|and|that|will|can|could|would|helps?(?: to)?|by|for|effectively"
    rf"|further|which|while|in order to|aimed at|aims? (?:at|to)|so as to)\s"
    rf"(?:(?:effectively|further|better|help|jointly|gradually|fundamentally|successfully|quickly"
    rf"|fully|also)\s)*{_SOLVE}\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"\b(?:in response to|in view of|in light of|in the face of|faced with|facing"
    r"|confronted with|because of|given|to counter|against|as a remedy for|"
    r"a solution to|solutions? to|despite)\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    rf"^(?:this|these|such|it|they|doing so|the (?:measure|programme|program|policy|scheme|reform"
    rf"|initiative|fund|project)s?)\b.{{0,90}}?\b{_SOLVE}\b",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    rf"^(?:therefore|hence|thus|consequently|accordingly|to this end|for this reason"
    rf"|for these reasons|in response|as a result,? (?:we|the government)|"
    rf"to (?:{_SOLVE})\s(?:this|these|it|them|such|the (?:problem|issue|situation|shortage|gap"
    rf"|challenge|difficult|above))|"
    r"in (?:view|light) of (?:this|these|the above)|faced with (?:this|these)"
    r"|against this background|this (?:calls for|requires|means that))",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|caus(?:es|ed|ing)|giv(?:es"
    r"|ing) rise to|gave rise to|bring(?:s|ing)? about|brought about|"
    r"trigger(?:s|ed|ing)?|creat(?:es|ed|ing)|aggravat(?:es|ed|ing)|exacerbat(?:es|ed|ing)"
    r"|worsen(?:s|ed|ing)?|contribut(?:es|ed|ing) to|"
    r"produc(?:es|ed|ing)|mak(?:es|ing) it (?:difficult|hard)|thereby|hence|fuel(?:s|led|ling)|deepen(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|as a result of|on account of|caused by|resulting from"
    r"|results? from|stem(?:s|med|ming)? from|"
    r"arising from|attributable to|driven by|a consequence of)\b",
    re.IGNORECASE,
)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Stated:
    """A pair of statement ids with a strength between 0 and 1 that scales the confidence of its basis."""

    subject: str
    object: str
    strength: float


def stated_solutions(measures: Sequence[Statement], challenges: Sequence[Statement], layout: Layout) -> list[Stated]:
    """Pairs (measure, challenge) of one sentence or of neighbours that the wording ties together."""
    pairs: list[Stated] = []
    previous: Sentence | None = None
    for sentence in (s for s in layout.sentences if s.kind == "prose"):
        ours, theirs = _of(measures, sentence), _of(challenges, sentence)
        pairs += [
            Stated(m.id, c.id, 1.0)
            for m in ours
            for c in theirs
            if not _overlap(m, c) and _solved_within(sentence, m, c, layout)
        ]
        if previous is not None and previous.section == sentence.section:
            if theirs and _BACKWARD.search(sentence.text):
                pairs += [Stated(m.id, c.id, 0.9) for m in _of(measures, previous) for c in theirs]
            if ours and _FORWARD.search(sentence.text):
                pairs += [Stated(m.id, c.id, 0.85) for m in ours for c in _of(challenges, previous)]
        previous = sentence
    return pairs


def stated_causes(challenges: Sequence[Statement], layout: Layout) -> list[Stated]:
    """Pairs (cause, effect) of challenges in one sentence with a causal phrase, and nothing else of note, between
    them.
    """
    pairs = []
    by_sentence: dict[str, list[Statement]] = {}
    for challenge in challenges:
        by_sentence.setdefault(challenge.sentence, []).append(challenge)
    for identifier, group in by_sentence.items():
        group.sort(key=lambda s: (s.start, s.end))
        for left, right in itertools.pairwise(group):
            between = _view_text(layout, identifier, left.end, right.start)
            if len(between) > _NEAR or _overlap(left, right):
                continue
            if _BECAUSE.search(between):
                pairs.append(Stated(right.id, left.id, 0.9))
            elif _LEADS.search(between):
                pairs.append(Stated(left.id, right.id, 0.9))
    return pairs


def _of(statements: Sequence[Statement], sentence: Sentence) -> list[Statement]:
    return [s for s in statements if s.sentence == sentence.id]


def _overlap(left: Statement, right: Statement) -> bool:
    return left.start < right.end and right.start < left.end


def _solved_within(sentence: Sentence, measure: Statement, challenge: Statement, layout: Layout) -> bool:
    """A solving phrase right before the challenge, or at the seam where it begins: "… to ease the shortage of
    nurses".
    """
    lead = _view_text(layout, sentence.id, max(sentence.start, challenge.start - _NEAR), challenge.start)
    opening = " ".join(challenge.text.split())[:40]
    seam = f"{lead} {opening}"
    return any(match.end() >= len(lead) - 45 for pattern in (_AIM, _RESPONSE) for match in pattern.finditer(seam)) and (
        measure.sentence == challenge.sentence
    )


def _view_text(layout: Layout, sentence: str, start: int, end: int) -> str:
    """The readable text of source characters ``start:end`` of one sentence."""
    view = layout.views[sentence]
    return "".join(char for char, origin in zip(view.text, view.origins, strict=True) if start <= origin < end)
