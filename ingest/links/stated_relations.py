"""Relations that the text itself states: "to reduce X, the state will do Y", "this will ease X", "X leads to Z"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

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
_POINTING = (
    r"(?:these|this|such|those|the above)\s(?:\w+\s){0,2}?"
    r"(?:measure|effort|polic(?:y|ie)|initiative|program(?:me)?|action|step|reform|investment|scheme|intervention|problem"
    r"|issue|challenge|difficult(?:y|ie)|situation|shortage|gap|shortcoming|trend|obstacle|risk)s?"
)
_FORWARD = re.compile(
    rf"^(?:to this end|for (?:this|these) reasons?|in response\b|against this background"
    rf"|to (?:{_SOLVE})\s(?:this|these|it|them)\b"
    rf"|(?:therefore|hence|thus|consequently|accordingly)\b.{{0,80}}?\b{_POINTING}\b"
    rf"|(?:in (?:view|light) of|faced with|in the face of|given|because of)\s{_POINTING}\b)",
    re.IGNORECASE,
)
_STILL = re.compile(
    rf"^(?:however|but|nevertheless|nonetheless|yet|still|despite|even so)\b.{{0,40}}?\b{_POINTING}\b", re.IGNORECASE
)
_BACK = re.compile(rf"\b{_SOLVE}\s(?:{_POINTING}\b|them\b)", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:although|though|while|whereas|but|however|yet|nevertheless|despite|notwithstanding)\b", re.IGNORECASE
)
_LEADS = re.compile(
    r"\b(?:lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|caus(?:es|ed|ing)|giv(?:es"
    r"|ing) rise to|gave rise to|bring(?:s|ing)? about|brought about|"
    r"trigger(?:s|ed|ing)?|creat(?:es|ed|ing)|aggravat(?:es|ed|ing)|exacerbat(?:es|ed|ing)"
    r"|worsen(?:s|ed|ing)?|induc(?:es|ed|ing)|provok(?:es|ed|ing)|intensif(?:ies|ied|ying)|contribut(?:es|ed|ing) to|"
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
_FAR = 90
_REACH = 2


def solved_in_sentence(sentence: Sentence, measure: Statement, challenge: Statement, layout: Layout) -> bool:
    """Whether a sentence that states both says that the measure answers the challenge: it does so with a solving phrase
    before the challenge or pointing back at it, or where nothing sets the two against each other.
    """
    if _solved_within(sentence, challenge, layout):
        return True
    text = _view_text(layout, sentence.id, sentence.start, max(measure.end, challenge.end))
    return _BACK.search(text) is not None or not _AGAINST.search(text)


def said_to_answer(measure: Sentence, challenge: Sentence, distance: int) -> bool:
    """Whether neighbours are tied by wording: "This will ease …", "Despite these efforts, …", "To solve this, …".

    ``distance`` is the number of sentences from the one with the measure to the one with the challenge.
    """
    if distance == 1 and _BACKWARD.search(challenge.text):
        return True
    if 1 <= distance <= _REACH and _STILL.search(challenge.text):
        return True
    return distance == -1 and _FORWARD.search(measure.text) is not None


def stated_causes(challenges: Sequence[Statement], layout: Layout) -> list[tuple[str, str]]:
    """Pairs (cause, effect) of ids of challenges of one sentence with a causal phrase, and little else, in between."""
    pairs = []
    by_sentence: dict[str, list[Statement]] = {}
    for challenge in challenges:
        by_sentence.setdefault(challenge.sentence, []).append(challenge)
    for identifier, group in by_sentence.items():
        group.sort(key=lambda s: (s.start, s.end))
        for left, right in itertools.pairwise(group):
            between = _view_text(layout, identifier, left.end, right.start)
            if len(between) > _FAR or overlap(left, right):
                continue
            if _BECAUSE.search(between):
                pairs.append((right.id, left.id))
            elif _LEADS.search(between):
                pairs.append((left.id, right.id))
    return pairs


def overlap(left: Statement, right: Statement) -> bool:
    """Whether two statements share characters of the source."""
    return left.start < right.end and right.start < left.end


def _solved_within(sentence: Sentence, challenge: Statement, layout: Layout) -> bool:
    """A solving phrase right before the challenge, or at the seam where it begins: "… to ease the shortage of
    nurses".
    """
    lead = _view_text(layout, sentence.id, max(sentence.start, challenge.start - _NEAR), challenge.start)
    opening = " ".join(challenge.text.split())[:40]
    seam = f"{lead} {opening}"
    return any(match.end() >= len(lead) - 45 for pattern in (_AIM, _RESPONSE) for match in pattern.finditer(seam))


def _view_text(layout: Layout, sentence: str, start: int, end: int) -> str:
    """The readable text of source characters ``start:end`` of one sentence."""
    view = layout.views[sentence]
    return "".join(char for char, origin in zip(view.text, view.origins, strict=True) if start <= origin < end)
