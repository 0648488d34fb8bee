"""A list's filters resolved against one snapshot: which IRIs and values each of them allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import MisuseError
from search_api.browse.asked import Asked
from search_api.browse.ids import PLURALS, Kind, readings
from search_api.browse.index import ENTITY_KINDS, NOTHING, Index, Thing
from search_api.question import understand
from search_api.retrieval.constraints import Constraint, Scope
from search_api.schemas import Filters, Names

_NAMED: Final = ("region_type", "theme", "status", "document")


@dataclass(frozen=True, slots=True)
class Criteria:
    """``allowed`` holds the values that meet each filter on statements (regions with all below them), ``roots`` the
    entities as they were named. ``things`` are the IRIs that filters on the things themselves leave, None for all.
    """

    allowed: Mapping[str, frozenset[str]]
    roots: Mapping[str, tuple[Constraint, ...]]
    things: frozenset[str] | None

    def statements(self, index: Index, kind: str | None = None, skip: str = "") -> frozenset[str] | None:
        """Ids of the statements (of one type) that meet the filters, that of the name ``skip`` left out.

        None stands for all, where there is nothing to restrict.
        """
        parts = [index.with_value(name, values) for name, values in self.allowed.items() if name != skip]
        if kind is not None:
            parts.append(index.postings.get(("type", kind), NOTHING))
        return frozenset.intersection(*sorted(parts, key=len)) if parts else None

    def figures(self, index: Index) -> frozenset[str]:
        """IRIs of the figures that meet the filters."""
        parts = [
            NOTHING.union(*(index.figure_postings.get((name, value), NOTHING) for value in values))
            for name, values in self.allowed.items()
        ]
        parts += [self.things] if self.things is not None else []
        return frozenset.intersection(*sorted(parts, key=len)) if parts else frozenset(index.figures)


def resolve(index: Index, asked: Asked) -> Criteria:
    """The filters of a list against a snapshot. Raises MisuseError for a name that nothing bears."""
    roots: dict[str, tuple[Constraint, ...]] = {
        kind: tuple(_root(index, kind, value) for value in asked.values(kind)) for kind in ENTITY_KINDS
    }
    scope = _scope(index, {name: asked.values(name) for name in _NAMED if asked.values(name)})
    plain: dict[str, Iterable[str]] = {
        "region_type": scope.region_types,
        "theme": scope.themes,
        "status": scope.statuses,
        "document": scope.documents or (),
        "year": asked.values("year"),
    }
    allowed = {name: NOTHING.union(*(c.reach for c in found)) for name, found in roots.items() if found}
    allowed |= {name: frozenset(values) for name, values in plain.items() if values}
    return Criteria(
        allowed=dict(sorted(allowed.items())),
        roots={name: found for name, found in roots.items() if found},
        things=_things(index, asked),
    )


def _root(index: Index, kind: Kind, value: str) -> Constraint:
    """An entity by id, IRI or name. A name that only the documents know means what they call so in full."""
    iri = _iri(index, kind, value) or _own_name(index, kind, value)
    if iri is not None:
        return Constraint(iri, index.things[kind][iri].label, value, index.reach(iri))
    scope = _scope(index, {kind: (value,)})
    return {"region": scope.regions, "industry": scope.industries, "actor": scope.actors}[kind][0]


def _own_name(index: Index, kind: Kind, value: str) -> str | None:
    found = (thing for i in index.names[kind].search(value) if (thing := index.things[kind][i]) is not None)
    own = (t.iri for t in found if t.label.casefold() == value.casefold() and index.lexicon.concept(t.iri) is None)
    return min(own, default=None)


def _scope(index: Index, given: Mapping[str, Sequence[str]]) -> Scope:
    """Filters as a question's: the same names mean the same things."""
    if not given:
        return Scope()
    lists: dict[str, Names] = {name: list(values) for name, values in given.items()}
    return understand("", Filters.model_validate(lists), index.lexicon, index.catalog).scope


def _iri(index: Index, kind: Kind, value: str) -> str | None:
    return next((r for r in readings(value, kind, index.settings.base_iri) if r in index.things[kind]), None)


def _things(index: Index, asked: Asked) -> frozenset[str] | None:
    parts = [index.names[asked.kind].search(words) for words in asked.values("q")]
    if asked.kind == "statistic":
        parts += _on_figures(index, asked)
    elif wanted := asked.values("type"):
        parts.append(frozenset(t.iri for t in index.things[asked.kind].values() if t.type in wanted))
    if wanted := asked.values("challenge"):
        parts.append(_linked(index, "challenge", wanted))
    if wanted := asked.values("instrument"):
        found = index.with_value("instrument", instruments(index, wanted))
        parts.append(frozenset(index.catalog.concept_of[statement].iri for statement in found))
    if wanted := asked.values("measure"):
        parts.append(_linked(index, "measure", wanted))
    if (flag := asked.flag("addressed")) is not None:
        parts.append(
            frozenset(c for c in index.things["challenge"] if bool(index.links.of_object(c, "addresses")) == flag)
        )
    return frozenset.intersection(*parts) if parts else None


def instruments(index: Index, wanted: Iterable[str]) -> frozenset[str]:
    """IRIs of policy instruments by id, IRI or label. Raises MisuseError for one that no measure uses."""
    by_label = {label.casefold(): iri for iri, label in index.instruments.items()}
    found = set()
    for value in wanted:
        read = (r for r in readings(value, "instrument", index.settings.base_iri) if r in index.instruments)
        iri = next(read, by_label.get(value.casefold()))
        if iri is None:
            known = ", ".join(sorted(index.instruments.values())) or "none"
            raise MisuseError(f"no measure uses the instrument '{value}': those in use are {known}")
        found.add(iri)
    return frozenset(found)


def _linked(index: Index, kind: Kind, wanted: Iterable[str]) -> frozenset[str]:
    """What addresses one of the challenges, or is addressed by one of the measures."""
    ends = [thing.iri for value in wanted for thing in named(index, kind, value)]
    if kind == "challenge":
        return frozenset(link.subject for end in ends for link in index.links.of_object(end, "addresses"))
    return frozenset(link.object for end in ends for link in index.links.of_subject(end, "addresses"))


def named(index: Index, kind: Kind, value: str) -> list[Thing]:
    """The things of a kind that an id, an IRI or a name stands for. Raises MisuseError where there is none."""
    held = index.things[kind]
    if (iri := _iri(index, kind, value)) is not None:
        return [held[iri]]
    folded = value.casefold()
    near = sorted(index.names[kind].search(value))
    found = [held[i] for i in near if folded in (name.casefold() for name in (held[i].label, *held[i].names))]
    if not found:
        advice = f"did you mean '{held[near[0]].label}'?" if near else f"/{PLURALS[kind]}?q=WORDS searches by name"
        raise MisuseError(f"no {kind} '{value}': {advice}")
    return found


def _on_figures(index: Index, asked: Asked) -> list[frozenset[str]]:
    parts = []
    if wanted := asked.values("indicator"):
        parts.append(NOTHING.union(*(_measuring(index, value) for value in wanted)))
    if wanted := asked.values("unit"):
        parts.append(NOTHING.union(*(index.figure_postings.get(("unit", u.casefold()), NOTHING) for u in wanted)))
    if (year := asked.number("figure_year")) is not None:
        parts.append(index.figure_postings.get(("figure_year", str(year)), NOTHING))
    if (flag := asked.flag("conflict")) is not None:
        parts.append(index.figure_postings.get(("conflict", str(flag).lower()), NOTHING))
    first, last = asked.number("year_from"), asked.number("year_to")
    if first is not None or last is not None:
        parts.append(_between(index, first, last))
    return parts


def _measuring(index: Index, value: str) -> frozenset[str]:
    for reading in readings(value, "indicator", index.settings.base_iri):
        if found := index.figure_postings.get(("indicator", reading)):
            return found
    return index.names["statistic"].search(value)


def _between(index: Index, first: int | None, last: int | None) -> frozenset[str]:
    return frozenset(
        iri
        for iri, figure in index.figures.items()
        if figure.year is not None and (first is None or figure.year >= first) and (last is None or figure.year <= last)
    )
