"""The search of ``/search`` as queries in SPARQL use it: by IRI, among candidates, with counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import MisuseError
from kg.identifiers import iri
from kg.records import Sentence
from kg.settings import Settings
from search_api.schemas import MAX_QUESTION
from search_api.sparql.search import Found, Kind, Ranking, Wanted

if TYPE_CHECKING:
    from search_api.searching.fields import Fields
    from search_api.searching.schemas import RecordType
    from search_api.searching.searcher import Match
    from search_api.service import Service, World

_TYPE: Final[dict[Kind, RecordType]] = {
    "passage": "passage",
    "sentence": "sentence",
    "statement": "statement",
    "concept": "concept",
    "measure": "concept",
    "challenge": "concept",
}


@dataclass(frozen=True, slots=True)
class SnapshotSearch:
    """Searches the records of one snapshot."""

    service: Service
    world: World

    def __call__(self, wanted: Wanted) -> Ranking:
        """The best of what is allowed, in the order of ``/search``. MisuseError for an overlong text."""
        from search_api.searching.searcher import LIMIT

        if len(wanted.text) > MAX_QUESTION:
            raise MisuseError(f"the text of a search has {len(wanted.text):,} characters, {MAX_QUESTION:,} are allowed")
        searcher, kind = self.service.searcher(self.world), _TYPE[wanted.kind]
        fields = searcher.fields(kind)
        among = self._among(wanted, fields)
        least = -1.0 if wanted.least is None else wanted.least
        ranked = searcher.nearest(wanted.text, LIMIT, kind, allowed=among)
        reaching = [match for match in ranked if match.fused.score >= least]
        total = sum(match.matches for match in reaching)
        found = tuple(self._found(wanted.kind, match, fields) for match in reaching[: wanted.limit])
        return Ranking(found, total, len(fields.of) if among is None else len(among))

    def _among(self, wanted: Wanted, fields: Fields) -> Collection[str] | None:
        """Ids of the records that may be found; None for all of their type."""
        restricted = (wanted.allowed, wanted.passages, wanted.within)
        if restricted == (None, None, None) and wanted.kind == _TYPE[wanted.kind]:
            return None
        return [name for name in fields.of if self._may(name, wanted, fields)]

    def _may(self, name: str, wanted: Wanted, fields: Fields) -> bool:
        if wanted.allowed is not None and self._iri(wanted.kind, name) not in wanted.allowed:
            return False
        if wanted.kind != _TYPE[wanted.kind] and self.world.catalog.concepts[name].type != wanted.kind:
            return False
        sentences = [fields.rows[number].sentence for number in fields.of[name]]
        if wanted.passages is not None and not any(self._passage(each) in wanted.passages for each in sentences):
            return False
        return wanted.within is None or any(wanted.within in self._places(each) for each in sentences)

    def _found(self, kind: Kind, match: Match, fields: Fields) -> Found:
        catalog, sentence = self.world.catalog, fields.rows[fields.of[match.id][0]].sentence
        if _TYPE[kind] == "concept":
            return Found(match.id, match.fused.score, catalog.concepts[match.id].label, None, match.reason)
        text = sentence.text
        if kind == "passage":
            text = catalog.passages[match.id].text
        elif kind == "statement":
            text = " ".join(catalog.statements[match.id].text.split())
        return Found(self._iri(kind, match.id), match.fused.score, text, self._passage(sentence), match.reason)

    def _iri(self, kind: Kind, name: str) -> str:
        return name if _TYPE[kind] == "concept" else iri(self.service.settings.base_iri, kind, name)

    def _passage(self, sentence: Sentence) -> str:
        return iri(self.service.settings.base_iri, "passage", sentence.passage or "")

    def _places(self, sentence: Sentence) -> Iterator[str]:
        """IRIs of all that a sentence lies in."""
        base = self.service.settings.base_iri
        yield self._passage(sentence)
        yield iri(base, "document", sentence.document)
        section = self.world.catalog.sections.get(sentence.section)
        while section is not None:
            yield iri(base, "section", section.id)
            section = self.world.catalog.sections.get(section.parent or "")


@dataclass(slots=True)
class LazySearch:
    """The same for one query of the command line: index and model are opened only where a query searches."""

    settings: Settings
    _opened: SnapshotSearch | None = None

    def __call__(self, wanted: Wanted) -> Ranking:
        """The best of what is allowed."""
        if self._opened is None:
            from search_api.service import Service

            service = Service(self.settings)
            self._opened = SnapshotSearch(service, service.world())
        return self._opened(wanted)
