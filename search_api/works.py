"""Which documents a question speaks of: by a word of their title, an author's name or their year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.records import Document
from search_api.common_words import COMMON, STOP
from search_api.vocabulary import stem, words

_WORK: Final = (
    r"(?:papers?|stud(?:y|ies)|articles?|reports?|texts?|documents?|publications?|authors?|writers?|digests?)"
)
_ON: Final = r"(?:on|about|of|concerning|regarding|covering|dealing with|that deals? with|who deals? with)"
_TITLED: Final = re.compile(rf"\b{_WORK} {_ON} (?:the |a |an )?(?P<title>[^,;:?!.]+)", re.IGNORECASE)
_YEAR: Final = re.compile(
    rf"\b(?:{_WORK}|published|written|appeared|released)(?: published| written)? (?:in|from|of)(?: the year)? "
    rf"(?P<after>(?:19|20)\d\d)\b|\b(?P<before>(?:19|20)\d\d) {_WORK}\b",
    re.IGNORECASE,
)
_BEFORE_NAME: Final = r"(?:\bby|\baccording to|\bof|\bdoes|\bdo|\bdid|\bhas|\bhave|\bin)\s+(?:[A-Z][\w-]*\s+and\s+)?$"
_CREDITED: Final = r"\b(?:by|according to)\s+(?:[A-Z][\w-]*\s+and\s+)?$"
_AFTER_NAME: Final = (
    rf"^(?:['’]s?)?\s+(?:and\s+[A-Z][\w-]*\s+)?(?:et al|and colleagues|(?:['’]s\s+)?{_WORK}|recommend|suggest|propos"
    r"|argu|say|said|writ|find|found|claim|advis|conclud|list|describ|name|see|call|think|want|mention|report)"
)


@dataclass(frozen=True, slots=True)
class Works:
    """Documents named by a question. ``words`` are those that name them; ``year`` is one that no document has."""

    documents: frozenset[str] | None = None
    words: frozenset[str] = frozenset()
    year: int | None = None


def named(documents: Sequence[Document], question: str) -> Works:
    """The documents that a question restricts itself to, None where it names none."""
    found, said, missing = None, set[str](), None
    for choose in (_by_author, _by_title):
        chosen, naming = choose(question, documents)
        if chosen:
            found = chosen if found is None else (found & chosen) or found
            said |= naming
    if year := _YEAR.search(question):
        number = int(year["after"] or year["before"])
        dated = {d.id for d in documents if d.year == number}
        said.add(str(number))
        if dated:
            found = dated if found is None else found & dated
        missing = None if dated else number
    return Works(None if found is None else frozenset(found), frozenset(said), missing)


def _by_author(question: str, documents: Sequence[Document]) -> tuple[set[str], set[str]]:
    found: set[str] = set()
    said: set[str] = set()
    for document in documents:
        for author in document.authors:
            if parts := _names(question, author):
                found.add(document.id)
                said |= parts
    return found, said


def _names(question: str, author: str) -> set[str]:
    """The words by which the question names the author: the full name in any order, or a part where a name stands."""
    parts = [part for part in author.replace(",", " ").split() if len(part) > 1]
    lower = question.casefold()
    orders = (" ".join(parts), " ".join(reversed(parts)))
    if len(parts) > 1 and any(re.search(rf"(?<!\w){re.escape(o.casefold())}(?!\w)", lower) for o in orders):
        return {part.casefold() for part in parts}
    for part in parts:
        for place in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", question):
            before, after = question[: place.start()], question[place.end() :]
            told = re.match(_AFTER_NAME, after, re.IGNORECASE) and (
                not before.strip() or re.search(_BEFORE_NAME, before)
            )
            if told or re.search(_CREDITED, before):
                return {part.casefold()}
    return set()


def _by_title(question: str, documents: Sequence[Document]) -> tuple[set[str], set[str]]:
    """Documents whose title has all words of the phrase after "the paper on", where not all documents have them."""
    place = _TITLED.search(question)
    if place is None:
        return set(), set()
    phrase: list[str] = []
    for word in words(place["title"]):
        if word in COMMON and word not in STOP:
            break
        if word not in STOP:
            phrase.append(word)
        elif phrase and word not in ("of", "and", "the", "for", "in"):
            break
    chosen = {d.id for d in documents if phrase and all(_has(words(d.title), word) for word in phrase)}
    return (chosen, set(phrase)) if 0 < len(chosen) < len(documents) else (set(), set())


def _has(title: Iterable[str], word: str) -> bool:
    """Whether a title has a form of a word: "economy" for "economic", "western" for "west".

    >>> _has(["urban", "economic"], "economy"), _has(["country"], "county")
    (True, False)
    """
    return any(stem(other) == stem(word) or _akin(other, word) for other in title)


def _akin(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(short) >= 4 and long.startswith(short):
        return True
    return len(short) >= 6 and short[:6] == long[:6]
