"""Whether the documents can answer at all: what they never mention, and how near they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from search_api.catalog import Catalog
from search_api.common_words import COMMON
from search_api.items.found import Found
from search_api.question import Question
from search_api.retrieval.constraints import Fit, reach
from search_api.retrieval.evidence import Signals
from search_api.schemas import AnswerStatus
from search_api.vocabulary import content_words, stem, words

# Logistic regression over 120 questions of our own (benchmarks/abstention.jsonl), one half of them unanswerable.
WEIGHTS: Final = (9.3, 5.5, 1.5, 2.5)
OFFSET: Final = -7.4
# A region that the documents do name speaks for them; not fitted, because few of these questions name one.
NAMED_BONUS: Final = 0.5
NEAR: Final = 20
PLAIN: Final = 0.5
SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Status of an answer and, unless it is plainly answered, the reason."""

    status: AnswerStatus
    reason: str | None


def judge(catalog: Catalog, question: Question, fit: Fit, signals: Signals) -> Verdict:
    """The verdict before items are looked for."""
    regions = question.scope.regions
    unnamed = [c for c in regions if not c.reach & catalog.mentioned]
    if regions and len(unnamed) == len(regions):
        strange = [*(c.label for c in unnamed), *_strange(catalog, question)]
        return Verdict("no_answer", f"The documents never mention {_listed(strange, 'or')}.")
    if nearness(catalog, question, signals) < 0:
        return Verdict("no_answer", _far(catalog, question, signals))
    if silent := _silent(catalog, question, fit):
        return Verdict("no_answer", silent)
    if unnamed:
        return Verdict("partial", f"The documents never mention {_listed([c.label for c in unnamed], 'or')}.")
    return Verdict("answered", None)


def review(verdict: Verdict, question: Question, found: Sequence[Found]) -> Verdict:
    """The verdict once items are known: what was asked for and not found makes it partial."""
    if verdict.status != "answered" or question.wants == "passage":
        return verdict
    if not found:
        return Verdict("partial", f"No {question.wants} was found that fits; the nearest passages are given.")
    wanted = question.scope.statuses
    if wanted and question.wants == "measure" and not any(s.status in wanted for f in found for s in f.statements):
        return Verdict("partial", f"No measure is reported as {_listed(wanted, 'or')}; others that are near are given.")
    return verdict


def features(catalog: Catalog, question: Question, signals: Signals) -> tuple[float, float, float, float]:
    """Best cosine of a sentence and of a passage, best share of the question's words in one near sentence, and the
    cosine of the topic that fits worst (``PLAIN`` where the question has no topic of several words).
    """
    sentences = signals.cosines.sentences
    best = sorted(sentences, key=lambda s: (-sentences[s], s))[:NEAR]
    matched = sorted(signals.words, key=lambda s: (-signals.words[s], s))[:NEAR]
    weights = {stem(w): catalog.vocabulary.rarity(w) for w in _meaningful(question)}
    total = sum(weights.values())
    together = max((_overlap(catalog, s, weights) for s in {*best, *matched}), default=0.0)
    return (
        max(sentences.values(), default=0.0),
        max(signals.cosines.passages.values(), default=0.0),
        together / total if total else 1.0,
        min(signals.topics.values(), default=PLAIN),
    )


def nearness(catalog: Catalog, question: Question, signals: Signals) -> float:
    """How near the documents come to the question: log odds that they answer it."""
    named = bool(reach(question.scope.regions) & catalog.mentioned)
    values = features(catalog, question, signals)
    return sum(w * x for w, x in zip(WEIGHTS, values, strict=True)) + NAMED_BONUS * named + OFFSET


def _overlap(catalog: Catalog, sentence: str, weights: Mapping[str, float]) -> float:
    if sentence not in catalog.sentences:
        return 0.0
    return sum(weights.get(root, 0.0) for root in {stem(word) for word in words(catalog.sentences[sentence].text)})


def _silent(catalog: Catalog, question: Question, fit: Fit) -> str | None:
    """Why nothing can be said where a region is named but no statement of the wanted kind concerns it."""
    wants = question.wants
    if wants not in ("measure", "challenge") or not question.scope.regions:
        return None
    for sentence, statements in catalog.statements_in.items():
        stated = any(s.type == wants for s in statements)
        if stated and sentence in catalog.sentences and fit.region(sentence) > 0:
            return None
    names = _listed([c.label for c in question.scope.regions], "and")
    return f"The documents name {names} but state no {wants} for it."


def _far(catalog: Catalog, question: Question, signals: Signals) -> str:
    """Why nothing is near enough: the topics that fit nowhere, and words that occur nowhere."""
    weak = [topic for topic, cosine in signals.topics.items() if cosine < PLAIN] or list(question.topics)
    about = _listed([f"“{topic}”" for topic in weak[:SHOWN]], "or") if weak else "this question"
    strange = _strange(catalog, question)
    words_missing = f"; the documents never mention {_listed(strange, 'or')}" if strange else ""
    return f"Nothing in the documents comes near to {about}{words_missing}."


def _strange(catalog: Catalog, question: Question) -> list[str]:
    """Words of the question that carry meaning and occur in no document, names of its regions left out."""
    named = {word for c in question.scope.regions for word in content_words(f"{c.label} {c.text}")}
    return [
        word
        for word in _meaningful(question)
        if word not in named and not catalog.vocabulary.knows(word) and not word.isdigit()
    ][:SHOWN]


def _meaningful(question: Question) -> list[str]:
    """Words of the question that are about something, in order."""
    return [word for word in dict.fromkeys(content_words(question.mended)) if word not in COMMON]


def _listed(names: Sequence[str], last: str) -> str:
    """Names in a sentence.

    >>> _listed(["Norway", "fisheries", "ferries"], "or")
    'Norway, fisheries or ferries'
    """
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
