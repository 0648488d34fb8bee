"""Names of the values of fields as people read them, and what a value lies in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.lexicon import Lexicon
from search_api.catalog import Catalog
from search_api.searching.fields import Field


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of values as people read them, and what a value lies in."""

    catalog: Catalog
    lexicon: Lexicon
    named: Mapping[str, str]

    @classmethod
    def of(cls, catalog: Catalog, lexicon: Lexicon) -> Labels:
        """Look-ups over all entities that the documents name."""
        entities = [m.entity for mentions in catalog.mentions_in.values() for m in mentions]
        stated = [e for s in catalog.statements.values() for e in (*s.actors, *s.industries, *s.regions)]
        return cls(catalog, lexicon, {entity.iri: entity.label for entity in (*entities, *stated)})

    def label(self, field: Field, value: str) -> str:
        """The label of a value: its preferred label, a document's title, else the value itself."""
        if field == "document":
            return self.catalog.documents[value].document.title or self.catalog.documents[value].document.source
        if field == "challenge":
            return self.catalog.concepts[value].label
        if field in ("region", "industry", "actor"):
            concept = self.lexicon.concept(value)
            return concept.label if concept else self.named.get(value, value)
        return value

    def listed(self, field: Field, counts: Mapping[str, int]) -> dict[str, str | None]:
        """The values worth listing, each with the nearest listed one that it lies in.

        Of what contains the named regions, industries and actors only that is listed which brings several of them
        together, or is named itself: if all that is said of Asia is said of China, Asia is left out.
        """
        if field not in ("region", "industry", "actor"):
            return dict.fromkeys(counts)
        above = {value: self.lexicon.containers(value) for value in counts}
        largest: dict[str, int] = {}
        for value, containers in above.items():
            for container in containers:
                largest[container] = max(largest.get(container, 0), counts[value])
        kept = {value for value in counts if value in self.named or 0 < largest.get(value, 0) < counts[value]}
        return {value: max(above[value] & kept, key=lambda c: (len(above[c]), c), default=None) for value in kept}
