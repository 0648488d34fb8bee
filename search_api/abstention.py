"""Whether the documents can answer at all: what they never mention, and how near they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search_api.catalog import Catalog
from search_api.common_words import COMMON, ORDINARY
from search_api.items.found import Found
from search_api.question import Question
from search_api.retrieval.constraints import Fit
from search_api.retrieval.evidence import Signals
from search_api.schemas import AnswerStatus
from search_api.vocabulary import content_words, stem, words

# Round numbers on a plateau (benchmarks/abstention.py): the best sentence says most, the best passage and the best
# statement half as much. Weights fitted to more features did worse on questions that they were not fitted to.
# The cut was chosen with all known questions in view, the 36 development questions included.
PASSAGE_SHARE: Final = 0.5
STATEMENT_SHARE: Final = 0.5
NEAR_ENOUGH: Final = 0.74
# A question about a named place must be near to what the documents say of this place, its name aside.
NEAR_PLACE: Final = 0.25
KNOWN_SHARE: Final = 0.5
FEW_WORDS: Final = 1
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
    if nearness(signals) < NEAR_ENOUGH:
        return Verdict("no_answer", _far(catalog, question))
    if silent := _silent(catalog, question, fit):
        return Verdict("no_answer", silent)
    if regions and _foreign(catalog, question, fit, signals):
        return Verdict("no_answer", _there(catalog, question, f"say nothing of {_subject(question)}"))
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


def features(signals: Signals) -> tuple[float, float, float]:
    """Cosines of the nearest sentence, passage and statement."""
    cosines = signals.cosines
    return (
        max(cosines.sentences.values(), default=0.0),
        max(cosines.passages.values(), default=0.0),
        max(cosines.statements.values(), default=0.0),
    )


def nearness(signals: Signals) -> float:
    """How near the documents come to the question: a weighted sum of cosines, about 1 where they answer it."""
    sentence, passage, statement = features(signals)
    return sentence + PASSAGE_SHARE * passage + STATEMENT_SHARE * statement


def _foreign(catalog: Catalog, question: Question, fit: Fit, signals: Signals) -> bool:
    """Whether what is asked about a named place is foreign to all that is said of it, in meaning and in words."""
    asked = [word for word in _meaningful(question) if word not in _names(question) and not _ordinary(word)]
    if signals.local is None or signals.local >= NEAR_PLACE or len(asked) < FEW_WORDS:
        return False
    said = {
        stem(word)
        for identifier, sentence in catalog.sentences.items()
        if fit.region(identifier) > 0
        for word in words(sentence.text)
    }
    weights = {stem(word): catalog.vocabulary.rarity(word) for word in asked}
    known = sum(weight for root, weight in weights.items() if root in said)
    return known < KNOWN_SHARE * sum(weights.values())


def _subject(question: Question) -> str:
    """What a question is about, its places left out, for a reason."""
    about = _shown(question.topics)
    return _listed(about, "or") if about else "what is asked"


def _shown(topics: Iterable[str]) -> list[str]:
    """Topics as a reason quotes them: everyday words at either end left out, and topics made of nothing else."""
    shown = []
    for topic in topics:
        kept = topic.split()
        while kept and _ordinary(kept[0]):
            del kept[0]
        while kept and _ordinary(kept[-1]):
            del kept[-1]
        if kept:
            shown.append(f"“{' '.join(kept)}”")
    return list(dict.fromkeys(shown))[:SHOWN]


def _silent(catalog: Catalog, question: Question, fit: Fit) -> str | None:
    """Why nothing can be said where a region is named but no statement of the wanted kind concerns it."""
    wants = question.wants
    if wants not in ("measure", "challenge") or not question.scope.regions or not question.certain:
        return None
    for sentence, statements in catalog.statements_in.items():
        stated = any(s.type == wants for s in statements)
        if stated and sentence in catalog.sentences and fit.region(sentence) > 0:
            return None
    return _there(catalog, question, f"state no {wants}")


def _there(catalog: Catalog, question: Question, fault: str) -> str:
    """A reason that starts from what the documents do say of the question's regions."""
    named = [c.label for c in question.scope.regions if c.reach & catalog.mentioned]
    missing = [c.label for c in question.scope.regions if not c.reach & catalog.mentioned]
    never = f" They never mention {_listed(missing, 'or')}." if missing else ""
    return f"The documents name {_listed(named, 'and')} but {fault} there.{never}"


def _far(catalog: Catalog, question: Question) -> str:
    """Why nothing is near enough: the words that occur nowhere, else the topics that fit nowhere."""
    strange = _strange(catalog, question)
    weak = _shown(question.topics)
    if weak:
        return f"Nothing in the documents comes near to {_listed(weak, 'or')}."
    return f"The documents never mention {_listed(strange, 'or')}." if strange else "No document comes near to this."


def _strange(catalog: Catalog, question: Question) -> list[str]:
    """Words of the question that carry meaning and occur in no document, names of its regions left out."""
    named = _names(question)
    return [
        word
        for word in _meaningful(question)
        if word not in named and not _ordinary(word) and not catalog.vocabulary.knows(word) and not word.isdigit()
    ][:SHOWN]


def _names(question: Question) -> set[str]:
    """Words that name the question's regions."""
    return {word for c in question.scope.regions for word in content_words(f"{c.label} {c.text}")}


def _ordinary(word: str) -> bool:
    """Whether a word is of everyday use, so that its absence says nothing."""
    forms = (word.removesuffix(ending) for ending in ("", "s", "es", "d", "ed", "ing", "ly"))
    return any(form in ORDINARY or f"{form}e" in ORDINARY for form in forms)


def _meaningful(question: Question) -> list[str]:
    """Words of the question that are about something, in order."""
    return [word for word in dict.fromkeys(content_words(question.mended)) if word not in COMMON]


def _listed(names: Sequence[str], last: str) -> str:
    """Names in a sentence.

    >>> _listed(["Norway", "fisheries", "ferries"], "or")
    'Norway, fisheries or ferries'
    """
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
