"""Addresses: that of the page shown with parameters changed, and those of things and of places in sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from search_api.browse.ids import PLURALS, identifier
from search_api.schemas import Citation

# What says how a page looks or which stretch of it is shown, not what it is about.
_PASSING: Final = ("lang", "colours")
_STRETCH: Final = ("page", "cursor")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Here:
    """The address of a page; all that decides what it shows stands in it, so that it can be passed on."""

    path: str
    pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, path: str, pairs: Iterable[Pair]) -> Here:
        """Without empty fields of forms and without what only concerns how the page looks."""
        return cls(path, tuple((name, value) for name, value in pairs if value and name not in _PASSING))

    def values(self, name: str) -> list[str]:
        """The values of a parameter."""
        return [value for key, value in self.pairs if key == name]

    def has(self, name: str, value: str) -> bool:
        """Whether a parameter has a value."""
        return (name, value) in self.pairs

    def but(self, **changes: str | int | None) -> str:
        """The address with parameters changed, or left out where they are None; from the first stretch on."""
        kept = [pair for pair in self.pairs if pair[0] not in (*changes, *_STRETCH)]
        return self._at([*kept, *((name, str(value)) for name, value in changes.items() if value is not None)])

    def adding(self, name: str, value: str) -> str:
        """The address with one more value of a parameter."""
        return self._at([*self._lasting(), (name, value)])

    def without(self, name: str, value: str) -> str:
        """The address without one value of a parameter."""
        return self._at([pair for pair in self._lasting() if pair != (name, value)])

    def toggled(self, name: str, value: str) -> str:
        """The address with a value added, or taken away where it is there."""
        return self.without(name, value) if self.has(name, value) else self.adding(name, value)

    def elsewhere(self, path: str, **changes: str | int | None) -> str:
        """Another page with the same parameters."""
        return Here(path, self.pairs).but(**changes)

    def shown(self, **changes: str) -> str:
        """This very stretch of the page, shown in another way."""
        return self._at([*self.pairs, *changes.items()])

    def fields(self, *without: str) -> list[Pair]:
        """What a form on this page must give back besides its own fields."""
        return [pair for pair in self._lasting() if pair[0] not in without]

    def _lasting(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair[0] not in _STRETCH]

    def _at(self, pairs: Iterable[Pair]) -> str:
        query = urlencode(list(pairs))
        return f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of things and places, relative to this server."""

    public_url: str
    base_iri: str

    def local(self, url: str) -> str:
        """An address that the use cases gave, without the server."""
        return url.removeprefix(self.public_url)

    def place(self, citation: Citation) -> str:
        """Where a cited sentence stands in its document, marked."""
        return self.span(identifier(citation.document, "document", self.base_iri), citation.start, citation.end)

    def span(self, document: str, start: int, end: int) -> str:
        """Where characters ``start:end`` of a document stand, marked."""
        return f"/documents/{quote(document, safe='')}?cite={start}-{end}#cited"

    def thing(self, iri: str) -> str:
        """The page of a thing by its IRI; what has no page of its own is told as linked data."""
        for kind, plural in (*PLURALS.items(), ("document", "documents")):
            if (name := identifier(iri, kind, self.base_iri)) != iri:
                return f"/{plural}/{quote(name, safe='')}"
        return f"/id?{urlencode({'iri': iri})}"
