"""Whether the documents can answer at all, and the reason where they cannot or answer a part only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search_api import answerability
from search_api.answerability import names, ordinary, strange_names, telling
from search_api.breadth import whole_scope
from search_api.catalog import Catalog
from search_api.items.found import Found
from search_api.question import Question
from search_api.retrieval.constraints import Constraint, Fit
from search_api.retrieval.evidence import Evidence, Signals
from search_api.schemas import AnswerStatus
from search_api.vocabulary import stem, words

SHOWN: Final = 3
# A part of a question in words that no document uses is still about something known where a sentence is as near.
APART: Final = 0.4
# A question about a place is answered by what is near to it and said of this place.
LOCAL: Final = 0.4
_ASIDE: Final = r"\b(?:to|towards?|into|than|with|behind|like|prefers?|preferr\w+) (?:[\w ]{1,30} (?:and|or) )?"
Closeness = Callable[[Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Status of an answer, the reason unless it is plainly answered, and the probability that it is one."""

    status: AnswerStatus
    reason: str | None
    probability: float = 1.0


def judge(
    catalog: Catalog,
    question: Question,
    fit: Fit,
    signals: Signals,
    ranked: Sequence[Evidence],
    closeness: Closeness,
) -> Verdict:
    """The verdict before items are looked for; ``closeness`` gives the cosine of the sentence nearest to each text."""
    if impossible := _impossible(catalog, question, ranked):
        return Verdict("no_answer", impossible, 0.0)
    model = answerability.model()
    found = answerability.features(catalog, question, fit, signals, ranked)
    probability = round(model.probability(found), 4)
    missing = _missing(catalog, question, closeness)
    if probability < model.cut and missing and _other_part(catalog, question):
        return Verdict("partial", missing, probability)
    if probability < model.cut and not whole_scope(question):
        placed = found.placed and (found.local < LOCAL or found.foreign == 1.0)
        reason = _there(catalog, question, f"say nothing of {_subject(question)}") if placed else None
        return Verdict("no_answer", reason or _far(catalog, question), probability)
    if silent := _silent(catalog, question, fit):
        return Verdict("no_answer", silent, probability)
    if missing:
        return Verdict("partial", missing, probability)
    return Verdict("answered", None, probability)


def review(verdict: Verdict, question: Question, found: Sequence[Found]) -> Verdict:
    """The verdict once items are known: what was asked for and not found makes it partial."""
    if verdict.status != "answered" or question.wants == "passage":
        return verdict
    if not found:
        reason = f"No {question.wants} was found that fits; the nearest passages are given."
        return Verdict("partial", reason, verdict.probability)
    wanted = question.scope.statuses
    if wanted and question.wants == "measure" and not any(s.status in wanted for f in found for s in f.statements):
        reason = f"No measure is reported as {_listed(wanted, 'or')}; others that are near are given."
        return Verdict("partial", reason, verdict.probability)
    return verdict


def _impossible(catalog: Catalog, question: Question, ranked: Sequence[Evidence]) -> str | None:
    """Why nothing can answer, whatever is near: places, years or filters that no document meets."""
    regions = question.scope.regions
    unnamed = [c.label for c in regions if not c.reach & catalog.mentioned]
    if regions and len(unnamed) == len(regions):
        return f"The documents never mention {_listed([*unnamed, *_strange(catalog, question)][:SHOWN], 'or')}."
    if (year := question.works.year) is not None and "document" not in question.scope.binding:
        undated = sum(record.document.year is None for record in catalog.documents.values())
        unknown = f"; {undated} of {len(catalog.documents)} do not say their year" if undated else ""
        return f"No document is known to be from {year}{unknown}."
    return None if ranked else "Nothing in the documents meets these filters: leave one out."


def _missing(catalog: Catalog, question: Question, closeness: Closeness) -> str | None:
    """The parts of a question that the documents know nothing of: places never named, topics that nothing is near."""
    unnamed = [c.label for c in question.scope.regions if not c.reach & catalog.mentioned]
    if unnamed:
        return f"The documents never mention {_listed(unnamed, 'or')}."
    told = set(telling(question))
    parts = {topic: [word for word in topic.split() if word in told] for topic in question.topics}
    # A single word may have any number of other names; two of them together are a topic.
    unknown = [t for t, part in parts.items() if len(part) > 1 and not any(map(catalog.vocabulary.knows, part))]
    if not unknown or len(unknown) == sum(map(bool, parts.values())):
        return None
    far = [topic for topic, near in zip(unknown, closeness(unknown), strict=True) if near < APART]
    return f"Nothing in the documents comes near to {_listed(shown, 'or')}." if (shown := _shown(far)) else None


def _other_part(catalog: Catalog, question: Question) -> bool:
    """Whether another topic of the question stands in a sentence, all its words together."""
    told = set(telling(question))
    parts = ({stem(word) for word in topic.split() if word in told} for topic in question.topics)
    return any(len(part) > 1 and any(part <= held for held in catalog.stems.values()) for part in parts)


def _silent(catalog: Catalog, question: Question, fit: Fit) -> str | None:
    """Why nothing can be said where a region is named but no statement of the wanted kind concerns it."""
    wants, regions = question.wants, question.scope.regions
    if wants not in ("measure", "challenge") or not question.certain or all(_aside(question, c) for c in regions):
        return None
    stated = (s for name in fit.regional if name in catalog.sentences for s in catalog.statements_in.get(name, ()))
    return None if any(s.type == wants for s in stated) else _there(catalog, question, f"state no {wants}")


def _aside(question: Question, region: Constraint) -> bool:
    """Whether a place is only where something goes or what another place is held against."""
    return bool(re.search(rf"{_ASIDE}{re.escape(region.text)}", question.mended, re.IGNORECASE))


def _there(catalog: Catalog, question: Question, fault: str) -> str:
    """A reason that starts from what the documents do say of the question's regions."""
    named = [c.label for c in question.scope.regions if c.reach & catalog.mentioned]
    missing = [c.label for c in question.scope.regions if not c.reach & catalog.mentioned]
    never = f" They never mention {_listed(missing, 'or')}." if missing else ""
    return f"The documents name {_listed(named, 'and')} but {fault} there.{never}"


def _far(catalog: Catalog, question: Question) -> str:
    """Why nothing is near enough: names that occur nowhere, else the topics with words that occur nowhere, else all."""
    if named := strange_names(catalog, question):
        return f"The documents never mention {_listed(named[:SHOWN], 'or')}."
    strange = set(_strange(catalog, question))
    unknown = [topic for topic in question.topics if strange & set(topic.split())]
    if weak := _shown(unknown) or _shown(question.topics):
        return f"Nothing in the documents comes near to {_listed(weak, 'or')}."
    return f"The documents never mention {_listed(sorted(strange), 'or')}." if strange else "No document comes near."


def _subject(question: Question) -> str:
    """What a question is about, its places left out, for a reason."""
    about = _shown(question.topics)
    return _listed(about, "or") if about else "what is asked"


def _shown(topics: Iterable[str]) -> list[str]:
    """Topics as a reason quotes them: everyday words at either end left out, and topics made of nothing else."""
    shown = []
    for topic in topics:
        kept = topic.split()
        while kept and ordinary(kept[0]):
            del kept[0]
        while kept and ordinary(kept[-1]):
            del kept[-1]
        if kept:
            shown.append(f"“{' '.join(kept)}”")
    return list(dict.fromkeys(shown))[:SHOWN]


def _strange(catalog: Catalog, question: Question) -> list[str]:
    """Telling words of the question that occur in no document."""
    named = {part for name in names(question) for part in words(name)}
    return [w for w in telling(question) if w not in named and not catalog.vocabulary.knows(w)][:SHOWN]


def _listed(names: Sequence[str], last: str) -> str:
    """Names in a sentence.

    >>> _listed(["Norway", "fisheries", "ferries"], "or")
    'Norway, fisheries or ferries'
    """
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
