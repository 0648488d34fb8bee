"""A question in plain words, understood: what is wanted, what it restricts itself to, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final, get_args

from kg.errors import MisuseError
from kg.lexicon import LexicalConcept, Lexicon, Match
from kg.records import MeasureStatus, RegionType, Theme
from search_api import thesaurus as names
from search_api.catalog import Catalog
from search_api.chinese import in_english
from search_api.common_words import COMMON, STOP
from search_api.exclusion import split
from search_api.intent import wanted, wanted_statuses, wanted_units
from search_api.retrieval.constraints import Constraint, Scope
from search_api.schemas import Filters, FilterValue, Wants
from search_api.vocabulary import Vocabulary, words
from search_api.works import Works, named

_ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "region_type": get_args(RegionType),
    "theme": get_args(Theme),
    "status": get_args(MeasureStatus),
}
# Filters that a question's words can set, with the field of the scope that holds each.
READ: Final[Mapping[str, str]] = {
    "region": "regions",
    "region_type": "region_types",
    "industry": "industries",
    "actor": "actors",
    "status": "statuses",
    "document": "documents",
    "not": "excluded",
}
_KINDS: Final = ("region", "industry", "actor", "region-type")
_ACTS: Final = re.compile(
    r"\b(?:should|can|could|must|might|may|do|does|did|has|have|had|ought|will|would|by)\s+(?:the\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_SECTOR_WORDS: Final = ("industry", "industries", "sector", "sectors")
_SPLIT: Final = re.compile(r"[,;:.?!()\[\]\"“”–—/]|\s-\s")


@dataclass(frozen=True, slots=True)
class Question:
    """``text`` as asked; ``mended`` with typing errors corrected, Chinese put into English, what it excludes left out;
    ``searched`` with names that no document uses replaced by those of the vocabularies.

    ``topics`` are the runs of words it is about, ``problems`` the IRIs of known problems that it calls by a name, and
    ``works`` the documents it speaks of. ``certain`` tells whether its words, or the client, say what it ``wants``;
    where they do not, retrieval decides.
    """

    text: str
    mended: str
    searched: str
    wants: Wants
    scope: Scope
    units: frozenset[str]
    topics: tuple[str, ...]
    works: Works
    problems: tuple[str, ...] = ()
    certain: bool = True

    def without_places(self) -> str:
        """The question without the names of the regions that it restricts itself to."""
        bare = self.searched
        for region in self.scope.regions:
            bare = re.sub(rf"{re.escape(region.text)}(?:['’]s)?", " ", bare)
        return " ".join(bare.split()) or self.searched


def understand(
    text: str,
    filters: Filters,
    lexicon: Lexicon,
    catalog: Catalog,
    real: Callable[[], frozenset[str]] = frozenset,
    wants: Wants | None = None,
    thesaurus: Lexicon | None = None,
    unread: Set[str] = frozenset(),
) -> Question:
    """Read a question against the lexicon and the index; what the client ``wants`` and filters wins.

    ``real`` gives words that are never mended, ``unread`` names the filters that the words are not read for. Raises
    MisuseError for a filter that nothing can meet.
    """
    asked, excluded = split(in_english(text, lexicon, thesaurus), lexicon)
    found = named_in(asked, lexicon, catalog)
    mended = _mend(asked, found, catalog.vocabulary, real)
    if mended != asked:
        found = named_in(mended, lexicon, catalog)
    works = named([record.document for record in catalog.documents.values()], text)
    found = [m for m in found if not works.words & set(words(m.text))]
    said = replace(_scope(found, mended, lexicon), excluded=excluded, documents=works.documents)
    said = replace(said, **{field: getattr(Scope(), field) for name, field in READ.items() if name in unread})
    meant = wants or wanted(mended)
    return Question(
        text=text,
        mended=mended,
        searched=_in_known_words(mended, found, catalog.vocabulary),
        wants=meant or "passage",
        scope=_override(said, filters, lexicon, catalog),
        units=wanted_units(mended),
        topics=topics(mended, found),
        works=works,
        problems=names.named(mended, thesaurus) if thesaurus else (),
        certain=meant is not None,
    )


def named_in(text: str, lexicon: Lexicon, catalog: Catalog) -> list[Match]:
    """What the lexicon finds, and names that only the documents know; the longer reading wins, else the lexicon's."""
    found = lexicon.find(text, kinds=_KINDS, prefer=catalog.mentioned)
    folded = text.casefold()
    for name, mention in catalog.own_names.items():
        place = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded)
        if place is None:
            continue
        start, end = place.span()
        inside = [m for m in found if m.start < end and start < m.end]
        if all(start <= m.start and m.end <= end and m.end - m.start < end - start for m in inside):
            concept = LexicalConcept(
                mention.entity.iri, mention.type, mention.kind, mention.entity.label, (), (), (), (), (), 0
            )
            kept = [m for m in found if m not in inside]
            found = [*kept, Match(start, end, text[start:end], mention.type, concept, 1.0, (), False)]
    return sorted(_one_reading(found, catalog, lexicon), key=lambda m: (m.start, -m.end, m.kind))


def _one_reading(found: Sequence[Match], catalog: Catalog, lexicon: Lexicon) -> list[Match]:
    """Regions and kinds of place without overlap: "Western Region" is a region where the documents know it as one,
    "rust belt" a kind of place where they do not know the American one.
    """

    def unknown(region: Match) -> bool:
        return not ({region.concept.iri} | lexicon.descendants(region.concept.iri)) & catalog.mentioned

    kinds = [m for m in found if m.kind == "region-type"]
    names = {_bare(k) for k in kinds}
    lost = [r for r in found if r.kind == "region" and _bare(r) in names and unknown(r)]
    regions = [m for m in found if m.kind == "region" and m not in lost]
    kept = [k for k in kinds if not any(r.start < k.end and k.start < r.end for r in regions)]
    return [m for m in found if m.kind not in ("region", "region-type")] + regions + kept


def _bare(match: Match) -> str:
    return match.text.casefold().removeprefix("the ")


def topics(text: str, found: Sequence[Match]) -> tuple[str, ...]:
    """Runs of content words between function words and punctuation, names of regions left out.

    These are what the documents must know something about for the question to be answerable.
    """
    regions = [(m.start, m.end) for m in found if m.kind == "region"]
    kept = "".join(";" if any(a <= i < b for a, b in regions) else c for i, c in enumerate(text))
    runs: list[str] = []
    for part in _SPLIT.split(kept):
        run: list[str] = []
        for word in [*words(part), "the"]:
            if word not in STOP:
                run.append(word)
                continue
            if any(w not in COMMON and len(w) > 2 for w in run):
                runs.append(" ".join(run))
            run = []
    return tuple(dict.fromkeys(runs))


def _in_known_words(text: str, found: Sequence[Match], vocabulary: Vocabulary) -> str:
    """The text with other names of industries and kinds of place replaced by the label, where the documents use the
    label's words only.
    """
    for match in sorted((m for m in found if m.kind in ("industry", "region-type")), key=lambda m: -m.start):
        told, label = ([word for word in words(name) if word not in STOP] for name in (match.text, match.concept.label))
        if not all(map(vocabulary.knows, told)) and all(map(vocabulary.knows, label)):
            kind = next((word for word in _SECTOR_WORDS if told[-1] == word and label[-1] != word), "")
            name = f"{match.concept.label.lower()} {kind}".strip()
            text = f"{text[: match.start]}{name}{text[match.end :]}"
    return text


def _mend(text: str, found: Sequence[Match], vocabulary: Vocabulary, real: Callable[[], frozenset[str]]) -> str:
    """The text with unknown words replaced by near known ones; names stay, known or capitalised."""

    def fix(match: re.Match[str]) -> str:
        if any(m.start < match.end() and match.start() < m.end for m in found):
            return match.group()
        if match.group()[:1].isupper() and match.start() > 0:
            return match.group()
        return vocabulary.correct(match.group(), real)

    return re.sub(r"[A-Za-z]+", fix, text)


def _scope(found: Sequence[Match], text: str, lexicon: Lexicon) -> Scope:
    types = [_segment(m.concept.iri) for m in found if m.kind == "region-type"]
    return Scope(
        regions=_constraints((m for m in found if m.kind == "region"), lexicon),
        region_types=tuple(dict.fromkeys(t for t in types if t in _ALLOWED["region_type"])),
        industries=_constraints((m for m in found if m.kind == "industry"), lexicon),
        actors=_constraints((m for m in found if m.kind == "actor" and _ACTS.search(text[: m.start])), lexicon),
        statuses=wanted_statuses(text),
    )


def _constraints(found: Iterable[Match], lexicon: Lexicon) -> tuple[Constraint, ...]:
    made = {m.concept.iri: constraint(m.concept, m.text, lexicon) for m in found}
    return tuple(made.values())


def constraint(concept: LexicalConcept, text: str, lexicon: Lexicon) -> Constraint:
    """A restriction to a concept and all below it."""
    return Constraint(concept.iri, concept.label, text, lexicon.descendants(concept.iri) | {concept.iri})


def _segment(iri: str) -> str:
    return iri.rstrip("/").rsplit("/", 1)[-1]


def _override(scope: Scope, filters: Filters, lexicon: Lexicon, catalog: Catalog) -> Scope:
    """The scope with the client's filters put in the place of what the question says."""
    given = {name: filters.values(name) for name in Filters.model_fields}
    for name in _ALLOWED:
        _check(name, given[name])

    def entities(name: str, said: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
        return tuple(_resolve(value, name, lexicon, catalog) for value in given[name]) or said

    return replace(
        scope,
        regions=entities("region", scope.regions),
        industries=entities("industry", scope.industries),
        actors=entities("actor", scope.actors),
        region_types=given["region_type"] or scope.region_types,
        themes=given["theme"],
        statuses=given["status"] or scope.statuses,
        years=tuple(map(int, given["year"])),
        documents=_documents(given["document"], catalog) if given["document"] else scope.documents,
        binding=frozenset(name for name, values in given.items() if values),
    )


def _check(name: str, given: Sequence[str]) -> None:
    unknown = [value for value in given if value not in _ALLOWED[name]]
    if unknown:
        raise MisuseError(f"unknown {name} '{unknown[0]}': use one of {', '.join(_ALLOWED[name])}")


def _resolve(value: str, kind: str, lexicon: Lexicon, catalog: Catalog) -> Constraint:
    """A filter's value, an IRI or a name, as a restriction. A name that the documents write is taken as it stands,
    before parts of it are looked up: a county's government is more than governments of counties.
    """
    own = _mentioned(value, kind, catalog)
    for iri in (value, *own):
        if (concept := lexicon.concept(iri)) is not None and concept.kind == kind:
            return constraint(concept, value, lexicon)
    if own:
        iri = min(own)
        return Constraint(iri, own[iri], value, frozenset(own))
    if found := lexicon.find(value, kinds=(kind,), prefer=catalog.mentioned):
        best = max(found, key=lambda m: m.end - m.start)
        return constraint(best.concept, value, lexicon)
    raise MisuseError(f"unknown {kind} '{value}': neither the vocabularies nor the documents name it")


def _mentioned(value: str, kind: str, catalog: Catalog) -> dict[str, str]:
    """IRIs and labels of what the documents mention under this IRI or very name."""
    return {
        m.entity.iri: m.entity.label
        for mentions in catalog.mentions_in.values()
        for m in mentions
        if m.type == kind and (m.entity.iri == value or m.entity.label.casefold() == value.casefold())
    }


def _documents(given: Sequence[str], catalog: Catalog) -> frozenset[str]:
    found = frozenset(
        record.document.id
        for record in catalog.documents.values()
        for value in given
        if value in (record.document.id, record.document.source, record.document.title)
        or value.rstrip("/").rsplit("/", 1)[-1] == record.document.id
    )
    if not found:
        raise MisuseError(f"no document '{given[0]}': give an id, a file name or a title from /documents")
    return found


def described(scope: Scope) -> dict[str, FilterValue]:
    """The scope as the answer's ``interpretation.filters`` shows it."""
    many: dict[str, Sequence[str]] = {
        "region": [c.label for c in scope.regions],
        "region_type": scope.region_types,
        "industry": [c.label for c in scope.industries],
        "actor": [c.label for c in scope.actors],
        "theme": scope.themes,
        "status": scope.statuses,
        "document": sorted(scope.documents or ()),
        "not": [scope.excluded.text] if scope.excluded else (),
    }
    shown: dict[str, FilterValue] = {
        name: values[0] if len(values) == 1 else list(values) for name, values in many.items() if values
    }
    years = scope.years
    return shown | ({"year": years[0] if len(years) == 1 else list(years)} if years else {})
