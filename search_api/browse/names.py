"""Search in labels: each word of the query must begin a word of one of a thing's names."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.lexicon.folding import fold_name, is_chinese
from search_api.vocabulary import words

_LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Names:
    """Folded words in order, with the things whose names hold them."""

    tokens: tuple[str, ...]
    holders: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, Iterable[str]]]) -> Names:
        """Index pairs of an IRI and its names."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for iri, given in names:
            for token in (token for name in given for token in _tokens(name)):
                found[token].add(iri)
        return cls(tuple(sorted(found)), {token: frozenset(iris) for token, iris in found.items()})

    def search(self, query: str) -> frozenset[str]:
        """IRIs of the things that every word of the query fits."""
        parts = [self._beginning(fold_name(word)) for word in words(query)]
        return frozenset.intersection(*parts) if parts else frozenset()

    def _beginning(self, start: str) -> frozenset[str]:
        first, last = bisect_left(self.tokens, start), bisect_left(self.tokens, start + _LAST)
        return frozenset().union(*(self.holders[token] for token in self.tokens[first:last]))


def _tokens(name: str) -> Iterator[str]:
    for word in map(fold_name, words(name)):
        yield word
        if is_chinese(word):
            # No blanks between words: any character may begin one.
            yield from (word[at:] for at in range(1, len(word)))
