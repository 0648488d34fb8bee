"""Find labels in a text: longest match on word boundaries, then the best reading of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from kg.lexicon.concept import Match
from kg.lexicon.folding import Word, is_chinese, words
from kg.lexicon.index import Entry, LabelIndex
from kg.lexicon.places import SURNAMES, TYPE_WORDS, best_fitting, in_context, prior, written_as_name

_INDUSTRY_WORDS = frozenset({"industry", "industries", "sector", "sectors"})
_HIDDEN_TERM = 0.4
_AMBIGUOUS_COUNTY = 0.04


class Hierarchy(Protocol):
    """What choosing a reading needs of the lexicon."""

    def containers(self, iri: str) -> frozenset[str]:
        """The regions that the region is a part of, groups left out."""

    def country(self, iri: str) -> str | None:
        """The country of a region."""


@dataclass(frozen=True, slots=True)
class Context:
    """Places that the text around speaks of, what contains them below country level, and their countries."""

    prefer: frozenset[str]
    above: frozenset[str]
    countries: frozenset[str]
    hierarchy: Hierarchy

    @classmethod
    def of(cls, hierarchy: Hierarchy, prefer: Collection[str]) -> Context:
        """The context that these places make."""
        countries = frozenset(country for iri in prefer if (country := hierarchy.country(iri)) is not None)
        above = frozenset(
            iri
            for place in prefer
            for iri in (place, *hierarchy.containers(place))
            if iri not in countries and hierarchy.country(iri) is not None
        )
        return cls(frozenset(prefer), above, countries, hierarchy)

    def widened(self, prefer: Collection[str]) -> Context:
        """This context and these places too."""
        new = Context.of(self.hierarchy, [iri for iri in prefer if iri not in self.prefer])
        countries = self.countries | new.countries
        return Context(self.prefer | new.prefer, (self.above | new.above) - countries, countries, self.hierarchy)

    def near(self, iri: str) -> bool:
        """Whether a named place contains this one or lies in it."""
        if iri in self.above:
            return True
        return any(at in self.prefer and at not in self.countries for at in self.hierarchy.containers(iri))

    def home(self, iri: str) -> bool:
        """Whether a place of the same country is named."""
        return self.hierarchy.country(iri) in self.countries

    def entered(self, iri: str) -> bool:
        """Whether a place inside the country of this one is named, not just the country."""
        country = self.hierarchy.country(iri)
        return any(self.hierarchy.country(place) == country for place in self.prefer - self.countries)


def find_kind(text: str, kind: str, index: LabelIndex, context: Context, minimum: float) -> list[Match]:
    """All matches of one kind, in order, without overlaps."""
    tokens = _words(text)
    lower = text.islower() or not any(letter.isupper() for letter in text)
    folded = [index.fold(word.surface) for word in tokens]
    found: list[Match] = []
    at = 0
    while at < len(tokens):
        if not index.longest(folded[at]):
            at += 1
            continue
        match, used = _longest_at(text, kind, tokens, folded, at, index, context, lower)
        if match is not None and match.score >= minimum:
            found.append(match)
        at += used
    if is_chinese(text):
        found += [match for match in _chinese(text, kind, index, context) if match.score >= minimum]
    return found


@lru_cache(maxsize=8)
def _words(text: str) -> tuple[Word, ...]:
    """The words of a text, remembered while it is searched for one kind of concept after the other."""
    return tuple(words(text))


def _longest_at(
    text: str,
    kind: str,
    tokens: Sequence[Word],
    folded: list[str],
    at: int,
    index: LabelIndex,
    context: Context,
    lower: bool,
) -> tuple[Match | None, int]:
    """The longest match that starts at this word, and how many words to move on."""
    length = min(index.longest(folded[at]), len(tokens) - at)
    for count in range(length, 0, -1):
        span = tokens[at : at + count]
        if not all(word.joined for word in span[1:]):
            continue
        entries = index.phrase(" ".join(folded[at : at + count]))
        surfaces = [word.surface for word in span]
        entries = [entry for entry in entries if written_as_name(entry, surfaces, lower)]
        if not entries:
            continue
        following = tokens[at + count] if at + count < len(tokens) and tokens[at + count].joined else None
        if kind == "region":
            before = tokens[at - 1].surface if at and tokens[at].joined else ""
            match, extra = _region(text, span, entries, before, following, context)
        else:
            match, extra = _term(text, kind, span, entries, following)
        return match, count + extra
    return None, 1


def _term(
    text: str, kind: str, span: Sequence[Word], entries: list[Entry], following: Word | None
) -> tuple[Match, int]:
    end, extra, hidden = span[-1].end, 0, all(entry.hidden for entry in entries)
    industry = kind == "industry" and following is not None and following.surface.casefold() in _INDUSTRY_WORDS
    if industry and following is not None and span[-1].surface.casefold() not in _INDUSTRY_WORDS:
        end, extra, hidden = following.end, 1, False
    score = _HIDDEN_TERM if hidden else 1.0
    ranked = sorted(entries, key=lambda entry: (entry.hidden, entry.concept.iri))
    start = span[0].start
    others = tuple(entry.concept for entry in ranked[1:])
    return Match(start, end, text[start:end], kind, ranked[0].concept, score, others, hidden), extra


def _region(
    text: str, span: Sequence[Word], entries: list[Entry], before: str, following: Word | None, context: Context
) -> tuple[Match | None, int]:
    end, extra = span[-1].end, 0
    word = following.surface.casefold() if following is not None else ""
    typed = word in TYPE_WORDS and span[-1].surface.casefold() not in TYPE_WORDS
    bonus = 0.0
    if typed and following is not None:
        fitting = best_fitting(entries, word)
        if not fitting and following.surface[0].isupper():
            return None, 0
        if fitting:
            entries, end, extra, bonus = fitting, following.end, 1, 0.3
    ranked = _ranked(entries, context, bonus)
    if bonus == 0.0 and ranked[0][1].concept.type in {"county", "city", "other"} and len(span) == 1:
        person = before in SURNAMES or (following is not None and following.surface in SURNAMES)
        ranked = [(score - 0.4, entry) for score, entry in ranked] if person else ranked
    score, best = ranked[0]
    others = tuple(entry.concept for _, entry in ranked[1:])
    start = span[0].start
    clipped = max(0.0, min(1.0, score))
    return Match(start, end, text[start:end], "region", best.concept, clipped, others, best.hidden), extra


def _ranked(entries: list[Entry], context: Context, bonus: float) -> list[tuple[float, Entry]]:
    """Readings with their scores, best first; the county that shares its name with others is a guess."""
    small = sum(entry.concept.type in {"county", "city"} for entry in entries)
    rivals = any(entry.concept.type == "country" for entry in entries)
    scored = []
    for entry in entries:
        iri = entry.concept.iri
        score = prior(entry) + bonus
        if context.prefer:
            home = context.entered(iri) if rivals else context.home(iri)
            score += in_context(entry, context.prefer, context.near(iri), home)
        if small > 1 and entry.concept.type == "county" and not bonus:
            score -= _AMBIGUOUS_COUNTY
        scored.append((score, entry))
    return sorted(scored, key=lambda pair: (-pair[0], -pair[1].concept.size, pair[1].concept.iri))


def _chinese(text: str, kind: str, index: LabelIndex, context: Context) -> Iterator[Match]:
    at = 0
    while at < len(text):
        for length in range(min(index.longest_chinese, len(text) - at), 1, -1):
            piece = text[at : at + length]
            if entries := index.chinese(piece):
                yield _chinese_match(piece, at, kind, entries, context)
                at += length - 1
                break
        at += 1


def _chinese_match(piece: str, at: int, kind: str, entries: list[Entry], context: Context) -> Match:
    if kind != "region":
        ranked = [(1.0, entry) for entry in sorted(entries, key=lambda entry: entry.concept.iri)]
    else:
        ranked = _ranked(entries, context, 0.3 if piece == entries[0].label else 0.0)
    score, best = ranked[0]
    others = tuple(entry.concept for _, entry in ranked[1:])
    return Match(at, at + len(piece), piece, kind, best.concept, max(0.0, min(1.0, score)), others, best.hidden)
