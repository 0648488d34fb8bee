"""Who, where and what a statement is about: from its sentence, else its section, else its paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.links.region_types import types_in, types_of_region
from ingest.statements.drafts import DraftStatement
from ingest.text.layout import Layout
from kg.lexicon import Lexicon
from kg.records import EntityRef, Mention, MentionType, RegionType, ScopeLevel, Section, Sentence, Statement

_ORDER: tuple[RegionType, ...] = (
    "county",
    "city",
    "mega-city",
    "urban",
    "rural",
    "province",
    "western",
    "eastern",
    "village",
    "urban-agglomeration",
    "old-industrial-base",
)
_FAIRLY_SURE = 0.6
# From wide to narrow: a title names the province of its county only to say where the county lies.
_LEVELS = ("country", "macro-region", "province", "municipality", "prefecture", "city", "county", "town", "village")


@dataclass(frozen=True, slots=True)
class Places:
    """What one level of a document says about where it speaks of."""

    regions: tuple[EntityRef, ...]
    types: tuple[RegionType, ...]


def complete(
    drafts: Sequence[DraftStatement], layout: Layout, mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[Statement, ...]:
    """Statements in the order of the drafts, with actors, industries, regions and region types.

    Regions and region types are looked for level by level, each for itself, because a sentence may name its county
    and the title alone say that the paper is about counties. ``scope`` is the level the regions came from, or the
    region types where no region is known.
    """
    scopes = _Scopes(layout, mentions, lexicon)
    crowd = Counter((draft.sentence, draft.type) for draft in drafts)
    return tuple(scopes.complete(draft, alone=crowd[draft.sentence, draft.type] == 1) for draft in drafts)


class _Scopes:
    """The places of every section and of the paper, worked out once."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._sentences = {sentence.id: sentence for sentence in layout.sentences}
        self._sections = {section.id: section for section in layout.sections}
        self._mentions: dict[str, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.id)):
            self._mentions.setdefault(mention.sentence, []).append(mention)
        self._headings = {s.section: s for s in reversed(layout.sentences) if s.kind == "heading"}
        self._bodies: dict[str, list[Sentence]] = {}
        for sentence in layout.sentences:
            if sentence.kind == "prose":
                self._bodies.setdefault(sentence.section, []).append(sentence)
        self._places = {section.id: self._of_section(section) for section in layout.sections}
        self._paper = self._of_paper(layout)

    def complete(self, draft: DraftStatement, *, alone: bool) -> Statement:
        """The statement of one draft; ``alone`` where its sentence makes no other statement of this type."""
        levels = self._levels(draft)
        regions_from, regions = next(((level, p.regions) for level, p in levels if p.regions), ("paper", ()))
        types_from, types = next(((level, p.types) for level, p in levels if p.types), ("paper", ()))
        return Statement(
            id=draft.id,
            type=draft.type,
            document=draft.document,
            section=draft.section,
            sentence=draft.sentence,
            start=draft.start,
            end=draft.end,
            text=draft.text,
            label=draft.label,
            theme=draft.theme,
            status=draft.status,
            actors=self._actors(draft),
            industries=self._industries(draft, alone=alone),
            regions=regions,
            region_types=types,
            scope=regions_from if regions else types_from,
            confidence=draft.confidence,
            duplicate_of=draft.duplicate_of,
        )

    def _levels(self, draft: DraftStatement) -> list[tuple[ScopeLevel, Places]]:
        sentence = self._sentences[draft.sentence]
        inside = [m for m in self._of_type(draft.sentence, "region") if draft.start <= m.start < draft.end]
        levels: list[tuple[ScopeLevel, Places]] = [
            ("sentence", self._places_in(draft.text, inside)),
            ("sentence", self._places_in(sentence.text, self._of_type(draft.sentence, "region"))),
        ]
        section: Section | None = self._sections.get(draft.section)
        while section is not None:
            levels.append(("section", self._places[section.id]))
            section = self._sections.get(section.parent) if section.parent else None
        return [*levels, ("paper", self._paper)]

    def _actors(self, draft: DraftStatement) -> tuple[EntityRef, ...]:
        """Who is named inside the statement, else (for a measure) the last one named before it in the sentence."""
        actors = self._of_type(draft.sentence, "actor")
        inside = [m for m in actors if draft.start <= m.start < draft.end]
        before = [m for m in actors if m.end <= draft.start][-1:] if draft.type == "measure" else []
        return _entities([*before, *inside])

    def _industries(self, draft: DraftStatement, *, alone: bool) -> tuple[EntityRef, ...]:
        industries = self._of_type(draft.sentence, "industry")
        inside = [m for m in industries if draft.start <= m.start < draft.end]
        return _entities(inside or (industries if alone else []))

    def _of_type(self, sentence: str, kind: MentionType) -> list[Mention]:
        return [m for m in self._mentions.get(sentence, ()) if m.type == kind]

    def _places_in(self, text: str, regions: Iterable[Mention]) -> Places:
        regions = list(regions)
        types = {*types_in(text), *(kind for m in regions for kind in self._types_of(m))}
        return Places(_entities(regions), tuple(kind for kind in _ORDER if kind in types))

    def _types_of(self, mention: Mention) -> tuple[RegionType, ...]:
        return types_of_region(self._kind_of(mention), mention.entity.label)

    def _narrowest(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Without mentions of wider administrative levels than the narrowest, or of regions that contain another."""
        around = {iri for m in mentions for iri in self._lexicon.ancestors(m.entity.iri)}
        inner = [m for m in mentions if m.entity.iri not in around]
        levels = [_LEVELS.index(self._kind_of(m)) for m in inner if self._kind_of(m) in _LEVELS]
        return [m for m in inner if self._kind_of(m) not in _LEVELS or _LEVELS.index(self._kind_of(m)) == max(levels)]

    def _kind_of(self, mention: Mention) -> str:
        concept = self._lexicon.concept(mention.entity.iri)
        return concept.type if concept and concept.type else mention.kind

    def _of_section(self, section: Section) -> Places:
        """Places of the heading; where it names none, the one region that most of the section's mentions name."""
        heading = self._headings.get(section.id)
        named = self._of_type(heading.id, "region") if heading and heading.section == section.id else []
        places = self._places_in(section.title, self._narrowest(named))
        body = [m for s in self._bodies.get(section.id, ()) for m in self._of_type(s.id, "region")]
        return places if places.regions else Places(_prevailing(body), places.types)

    def _of_paper(self, layout: Layout) -> Places:
        """Places of the title, else those that prevail in the abstract, else in the whole paper."""
        title = layout.document.title
        named = [m for group in self._mentions.values() for m in group if m.type == "region" and m.text in title]
        places = self._places_in(title, self._narrowest(named))
        abstract_sections = {s.id for s in layout.sections if s.kind == "abstract"}
        abstract = [s for s in layout.sentences if s.section in abstract_sections and s.kind == "prose"]
        texts = [" ".join(s.text for s in abstract), " ".join(s.text for s in layout.sentences if s.kind == "heading")]
        everywhere = [m for group in self._mentions.values() for m in group if m.type == "region"]
        in_abstract = [m for s in abstract for m in self._of_type(s.id, "region")]
        regions = places.regions or _prevailing(in_abstract) or _prevailing(everywhere)
        types = places.types or next((found for found in map(_main_types, texts) if found), ())
        return Places(regions, types)


def _entities(mentions: Iterable[Mention]) -> tuple[EntityRef, ...]:
    unique = {m.entity.iri: m.entity for m in mentions}
    return tuple(unique[iri] for iri in sorted(unique))


def _prevailing(mentions: Sequence[Mention]) -> tuple[EntityRef, ...]:
    """The region that most mentions name, if it prevails clearly and is named more than once."""
    counts = Counter(m.entity.iri for m in mentions)
    if not counts:
        return ()
    iri, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    if most < 2 or most < _FAIRLY_SURE * len(mentions):
        return ()
    return (next(m.entity for m in mentions if m.entity.iri == iri),)


def _main_types(text: str) -> tuple[RegionType, ...]:
    types = types_in(text)
    return types if len(types) <= 2 else ()
