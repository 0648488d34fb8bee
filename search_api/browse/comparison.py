"""Two to five regions, papers or industries side by side: what they share, what one alone has, each with its proof."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Final

from kg.errors import MisuseError
from kg.identifiers import VOCABULARY, iri
from kg.records import Mention, Statement
from search_api.browse.aligned_figures import align
from search_api.browse.asked import ask
from search_api.browse.comparison_schemas import (
    Compared,
    Comparison,
    Share,
    SharedRow,
    Side,
)
from search_api.browse.criteria import resolve
from search_api.browse.entries import ref
from search_api.browse.ids import By, Kind, identifier
from search_api.browse.index import ENTITY_KINDS, NOTHING, Index, entities_of
from search_api.browse.proof import best
from search_api.browse.schemas import Counts, Ref
from search_api.browse.selection import in_reading_order

FEWEST: Final = 2
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class _Party:
    """One side: what it reaches, what is said of it and its figures."""

    iri: str
    label: str
    reach: frozenset[str]
    statements: tuple[Statement, ...]
    figures: frozenset[str]


def compare(index: Index, by: By, names: Sequence[str], limit: int) -> Compared:
    """The sides next to each other, at most ``limit`` rows a table. Raises MisuseError for names that cannot be."""
    if not FEWEST <= len(names) <= MOST:
        raise MisuseError(f"{len(names)} given: name {FEWEST} to {MOST} to compare")
    parties = [_party(index, by, name) for name in names]
    if len({party.iri for party in parties}) < len(parties):
        raise MisuseError("two names mean the same thing: name different ones")
    things = {kind: _things(index, parties, kind, limit) for kind in ENTITY_KINDS if kind != by}
    return Compared(
        by="paper" if by == "document" else by,
        sides=[_side(index, by, party) for party in parties],
        notes=list(_notes(parties)),
        themes=_themes(index, parties, limit),
        challenges=_concepts(index, parties, "challenge", limit),
        measures=_concepts(index, parties, "measure", limit),
        regions=things.get("region"),
        industries=things.get("industry"),
        actors=things["actor"],
        figures=align(index, [party.figures for party in parties], limit),
        snapshot=index.snapshot.id,
    )


def _party(index: Index, by: By, name: str) -> _Party:
    criteria = resolve(index, ask("measure", [(by, name)]))
    statements = in_reading_order(index, criteria.statements(index) or NOTHING)
    figures = criteria.figures(index)
    if by != "document":
        root = criteria.roots[by][0]
        return _Party(root.iri, index.label(root.iri), root.reach, statements, figures)
    held = sorted(criteria.allowed["document"])
    if len(held) > 1:
        raise MisuseError(f"'{name}' names {len(held)} papers: give the id of one, see /documents")
    document = index.catalog.documents[held[0]].document
    return _Party(
        iri(index.settings.base_iri, "document", held[0]), document.source, frozenset(held), statements, figures
    )


def _side(index: Index, by: By, party: _Party) -> Side:
    concepts = {index.catalog.concept_of[s.id] for s in party.statements}
    mentions = [m for i in party.reach for m in _mentions(index, by, i)]
    papers = {s.document for s in party.statements} | {m.document for m in mentions}
    papers |= {index.figures[key].document for key in party.figures}
    settings = index.settings
    if by == "document":
        name = identifier(party.iri, "document", settings.base_iri)
        own = Ref(iri=party.iri, id=name, label=party.label, url=f"{settings.public_url}/documents/{name}")
    else:
        own = ref(index, by, party.iri)
    return Side(
        **own.model_dump(),
        title=index.catalog.documents[own.id].document.title if by == "document" else None,
        counts=Counts(
            statements=len(party.statements),
            measures=sum(c.type == "measure" for c in concepts),
            challenges=sum(c.type == "challenge" for c in concepts),
            mentions=len(mentions),
            figures=len(party.figures),
            papers=len(papers),
        ),
    )


def _mentions(index: Index, by: By, reached: str) -> Sequence[Mention]:
    return index.catalog.documents[reached].mentions if by == "document" else index.mentions.get(reached, ())


def _notes(parties: Sequence[_Party]) -> Iterator[str]:
    for one, other in permutations(parties, 2):
        if other.iri in one.reach:
            yield f"{other.label} lies in {one.label}: what is said of it counts for both"
    for one, other in combinations(parties, 2):
        if one.iri not in other.reach and other.iri not in one.reach and one.reach & other.reach:
            yield f"{one.label} and {other.label} overlap: what is said of their common part counts for both"
    for party in parties:
        if not party.statements and not party.figures:
            yield f"the papers state nothing of {party.label}"


def _concepts(index: Index, parties: Sequence[_Party], kind: Kind, limit: int) -> Comparison:
    def of(statement: Statement) -> list[str]:
        concept = index.catalog.concept_of[statement.id]
        return [concept.iri] if concept.type == kind else []

    return _table(index, parties, of, kind, limit)


def _themes(index: Index, parties: Sequence[_Party], limit: int) -> Comparison:
    return _table(index, parties, lambda statement: [index.catalog.concept_of[statement.id].theme], None, limit)


def _theme(index: Index, code: str) -> Ref:
    url = f"{index.settings.public_url}/measures?theme={code}"
    return Ref(iri=f"{VOCABULARY}theme/{code}", id=code, label=code, url=url)


def _things(index: Index, parties: Sequence[_Party], kind: Kind, limit: int) -> Comparison:
    def of(statement: Statement) -> list[str]:
        return [entity.iri for entity in entities_of(statement, kind)]

    return _table(index, parties, of, kind, limit)


def _table(
    index: Index,
    parties: Sequence[_Party],
    of: Callable[[Statement], Iterable[str]],
    kind: Kind | None,
    limit: int,
) -> Comparison:
    """Rows by what statements are about (things of a kind, or themes), with the statements of each side."""
    held: defaultdict[str, list[list[Statement]]] = defaultdict(lambda: [[] for _ in parties])
    for number, party in enumerate(parties):
        for statement in party.statements:
            for thing in of(statement):
                held[thing][number].append(statement)
    order = _order(held, index.label if kind else str)
    alone = [[bool(side) for side in sides] for sides in held.values() if sum(map(bool, sides)) == 1]
    return Comparison(
        total=len(held),
        shared=len(held) - len(alone),
        only=[sum(row[number] for row in alone) for number in range(len(parties))],
        rows=[
            SharedRow(
                **(ref(index, kind, thing) if kind else _theme(index, thing)).model_dump(),
                shared=sum(map(bool, held[thing])) > 1,
                sides=[_share(index, side) for side in held[thing]],
            )
            for thing in order[:limit]
        ],
        more=max(0, len(order) - limit),
    )


def _order(held: Mapping[str, Sequence[Sequence[Statement]]], label: Callable[[str], str]) -> list[str]:
    """Rows of most sides first, then those of most statements; what one side alone has, by turns."""
    ranked = sorted(held, key=lambda thing: (-sum(map(len, held[thing])), label(thing).casefold(), thing))
    turns: Counter[int] = Counter()
    keys: dict[str, tuple[int, int, int]] = {}
    for place, thing in enumerate(ranked):
        having = [number for number, side in enumerate(held[thing]) if side]
        if len(having) > 1:
            keys[thing] = (-len(having), place, 0)
        else:
            keys[thing] = (-1, turns[having[0]], having[0])
            turns[having[0]] += 1
    return sorted(ranked, key=keys.__getitem__)


def _share(index: Index, statements: Sequence[Statement]) -> Share | None:
    if not statements:
        return None
    return Share(
        statements=len(statements),
        papers=len({s.document for s in statements}),
        citation=best(index, statements),
    )
