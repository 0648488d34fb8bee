"""Follow-up questions put into words that stand alone, from what was asked before; no state, no model.

A question follows up where it begins with a connective ("and in towns?"), refers back with a pronoun that has nothing
to refer to in the question itself, or is a fragment. What it does not say again is kept: the topic unless it names
another, each kind of constraint unless it restates that kind, and what is wanted unless its words say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.lexicon import Match
from search_api.question import Question, topics
from search_api.schemas import Wants

_CONNECTIVE: Final = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|also|ok(?:ay)?|yes|no|well)\b[\s,]*)*(?:(?:what|how) about\b\s*)?(?:then\b\s*)?",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(r"^(?:那么?|还有|而且?|另外)|呢[?？]?$")
_PRONOUN: Final = re.compile(
    r"\b(?:it|its|they|them|their|theirs|these|those|this|ones?|the same|such|the former|the latter)\b"
    r"|\b(?:to|for|of|about|with|against|by|do|does|did|done|is|was|than|like|on|in) that\b|\bthat\W*$"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?! (?:is|are|was|were|any|a|an|some|evidence)\b)",
    re.IGNORECASE,
)
# What is asked for is no antecedent: in "which crops do they grow?", they are not the crops.
_ASKED: Final = re.compile(
    r"^\W*who\s+\w+"
    r"|^\W*(?:which|what|whose|how many|how much)\b(?:(?!\b(?:do|does|did|is|are|was|were|should|can|could|will|would"
    r"|has|have|had|may|might|must|of)\b).)*",
    re.IGNORECASE,
)
_FRAGMENT: Final = re.compile(
    r"^\W*(?:in|for|at|of|by|within|across|only|just|without|except|since|before|after)\b(?!.*\b(?:which|what|how|who|where)\b)",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"\b(?:this|that|these|those|it)\W*$", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:the|their|its)\b", re.IGNORECASE)
_WHO: Final = re.compile(r"\bwho\b|\bwhom\b", re.IGNORECASE)
_WHY: Final = re.compile(r"\bwhy\b", re.IGNORECASE)
_PREPOSITION: Final = r"(?:\b(?:in|of|for|within|at|from|across|by)\s+)?(?:\bthe\s+)?"
_STATUS_WORDS: Final[Mapping[tuple[str, ...], str]] = MappingProxyType(
    {("implemented",): "already implemented", ("planned",): "that are planned", ("proposed", "planned"): "not yet done"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that stands alone: as it is to be asked, what it wants (None: its words decide) and what it names.

    ``follows`` tells whether anything was taken from before, ``who`` whether it asks for those who act.
    """

    text: str
    wants: Wants | None
    question: Question
    names: tuple[Match, ...]
    follows: bool = False
    who: bool = False


# Reads a question by itself: its understanding, and the names in its text.
Read = Callable[[str], tuple[Question, Sequence[Match]]]


def resolve(questions: Sequence[str], read: Read) -> Reading:
    """The last of some questions, in order, put so that it stands alone. There must be one at least."""
    reading = _alone(questions[0], read)
    for text in questions[1:]:
        reading = _next(reading, text, read)
    return reading


def _alone(text: str, read: Read) -> Reading:
    question, names = read(text)
    wants = question.wants if question.certain else None
    return Reading(text, wants, question, _restricting(names, question), who=bool(_WHO.search(text)))


def _restricting(names: Sequence[Match], question: Question) -> tuple[Match, ...]:
    """The names that the question restricts itself to; others are its topic."""
    scope = question.scope
    iris = {constraint.iri for constraint in (*scope.regions, *scope.industries, *scope.actors)}
    types = tuple(f"/{kind}" for kind in scope.region_types)
    return tuple(
        n for n in names if n.concept.iri in iris or (n.kind == "region-type" and n.concept.iri.endswith(types))
    )


def _next(before: Reading, text: str, read: Read) -> Reading:
    own = _alone(text, read)
    bare = _CONNECTIVE.sub("", text, count=1).strip() or text.strip()
    refers = _refers(own, bare)
    connected = bare != text.strip() or bool(_CHINESE.search(text.strip()))
    if not (refers or connected or _is_fragment(own, bare)):
        return own
    keeps = refers or bool(_ARTICLE.search(bare)) or not _own_topics(own)
    said = _kept(before, own, bare) if keeps else _changed(before, own, bare)
    question, names = read(said)
    wants = own.wants or (None if _WHY.search(text) else before.wants)
    if own.who and own.wants != "measure":
        wants = before.wants if before.wants in ("measure", "challenge") else "measure"
    return Reading(said, wants, question, _restricting(names, question), follows=True, who=own.who)


def _refers(own: Reading, bare: str) -> bool:
    """Whether a pronoun of the question has nothing in the question to refer to."""
    asked = _ASKED.match(bare)
    start = asked.end() if asked else 0
    pronoun = _PRONOUN.search(bare, start)
    if pronoun is None or _LAST.search(bare):
        return pronoun is not None
    antecedent = bare[start : pronoun.start()]
    named = [name for name in own.names if name.text in antecedent]
    if pronoun.group().lower() == "there":
        return not any(name.kind in ("region", "region-type") for name in named)
    return not topics(antecedent, ()) and not named


def _is_fragment(own: Reading, bare: str) -> bool:
    """Whether the question says nothing of its own, or only names or restrictions."""
    if own.wants is not None and _own_topics(own):
        return False
    said = bool(own.names) or bool(own.question.scope.statuses)
    if not _own_topics(own):
        return own.wants is None or not said
    return bool(_FRAGMENT.search(bare))


def _own_topics(own: Reading) -> list[str]:
    """What the question is about, besides the names that restrict it and years."""
    named = {word for name in own.names for word in name.text.casefold().split()}
    return [run for run in own.question.topics if {word for word in run.split() if not word.isdigit()} - named]


def _kept(before: Reading, own: Reading, bare: str) -> str:
    """The question before, with what is named anew in the place of what it named, and what else is said added."""
    text = before.text if all(name.text in before.text for name in before.names) else before.question.mended
    placed: set[str] = set()
    for name in before.names:
        anew = " and ".join(dict.fromkeys(other.text for other in own.names if other.kind == name.kind))
        if anew and name.kind not in placed:
            text = text.replace(name.text, anew, 1)
            placed.add(name.kind)
        elif anew:
            text = re.sub(rf"{_PREPOSITION}{re.escape(name.text)}", " ", text)
    question = own.question
    more = _own_topics(own) or question.scope.statuses or question.units or re.search(r"\d|\bwhy\b", bare.casefold())
    added = bare if more or {name.kind for name in own.names} - placed else ""
    if not added:
        return " ".join(text.split())
    # A whole question after another one; anything else goes on where the first one ends.
    return " ".join(f"{text.rstrip(' ?!.？')}{'?' * added[0].isupper()} {added}".split())


def _changed(before: Reading, own: Reading, bare: str) -> str:
    """A new topic under the constraints of the question before."""
    kinds = {name.kind for name in own.names}
    kept = [f"{'by' if n.kind == 'actor' else 'in'} {n.text}" for n in before.names if n.kind not in kinds]
    statuses = before.question.scope.statuses
    if statuses and not own.question.scope.statuses:
        kept.append(_STATUS_WORDS.get(statuses, ""))
    return " ".join(f"{bare.rstrip(' ?!.？')} {' '.join(kept)}".split())
