"""The list of a request as a SPARQL query over the same snapshot: the same rows with the same counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.graph.terms import PREFIXES
from kg.identifiers import VOCABULARY, iri
from kg.lexicon.folding import fold_name
from search_api.browse.asked import Asked
from search_api.browse.criteria import Criteria, instruments, named
from search_api.browse.ids import Kind
from search_api.browse.index import ENTITY_KINDS, Index
from search_api.browse.selection import Selection
from search_api.vocabulary import words

CLASSES: Final = {
    "measure": "pw:Measure",
    "challenge": "pw:Challenge",
    "region": "pw:Region",
    "industry": "pw:Industry",
    "actor": "pw:Actor",
}
_EDGES: Final = {
    "region": "pw:appliesIn",
    "industry": "pw:targetsIndustry|pw:affectsIndustry",
    "actor": "pw:carriedOutBy|pw:concernsActor",
}
_YEAR: Final = "<http://purl.org/spar/fabio/hasPublicationYear>"
_ORIGINAL: Final = "FILTER NOT EXISTS { ?statement pw:duplicateOf ?earlier }"


def query_for(index: Index, selection: Selection) -> str | None:
    """A SELECT query with ``?item``, ``?label`` and the counts of a list; None where the graph lacks what it takes.

    The graph knows no sentences, so that an industry beside a figure cannot be asked for, and it knows levels only
    of what a vocabulary holds.
    """
    asked, criteria = selection.asked, selection.criteria
    if asked.values("type") or (asked.kind == "statistic" and asked.values("industry")):
        return None
    if asked.values("q") and not all(fold_name(w).isascii() for text in asked.values("q") for w in words(text)):
        return None
    if asked.kind == "statistic":
        return None if asked.values("indicator") else _figures(index, asked, criteria)
    return _entities(index, asked, criteria) if asked.kind in ENTITY_KINDS else _concepts(index, asked, criteria)


def _concepts(index: Index, asked: Asked, criteria: Criteria) -> str:
    lines = [
        f"?item a {CLASSES[asked.kind]} ; rdfs:label ?label .",
        *_on_things(index, asked),
        "?statement pw:states ?item ; pw:inDocument ?paper .",
        _ORIGINAL,
        *_on_statements(index, criteria),
    ]
    counts = "(COUNT(DISTINCT ?statement) AS ?statements) (COUNT(DISTINCT ?paper) AS ?papers)"
    return _select(counts, lines, "DESC(?papers) DESC(?statements) ?label ?item")


def _entities(index: Index, asked: Asked, criteria: Criteria) -> str:
    kind = asked.kind
    papers = [line for name in ("document", "year") for line in _condition(index, criteria, name)]
    statement = [
        # Oxigraph 0.5 evaluates a path of alternatives for every pair of ends: 2.4 s where this takes 0.01.
        f"VALUES ?edge {{ {_EDGES[kind].replace('|', ' ')} }}",
        "?statement ?edge ?item ; a pw:Statement ; pw:states ?concept ; pw:inDocument ?paper .",
        _ORIGINAL,
        *_on_statements(index, criteria, skip=kind),
    ]
    branches = [statement]
    if criteria.allowed.keys() - {kind} <= {"document", "year"}:
        branches.append(["?mention pw:entity ?item ; pw:inDocument ?paper .", *papers])
        if kind == "region":
            branches.append(["?figure pw:ofRegion ?item ; pw:inDocument ?paper .", *papers])
    lines = [f"?item a {CLASSES[kind]} ; rdfs:label ?label .", *_on_things(index, asked)]
    if roots := criteria.roots.get(kind):
        lines.append(f"?item pw:within ?root . VALUES ?root {{ {_list(c.iri for c in roots)} }}")
    lines += ["{ " + " } UNION { ".join("\n    ".join(branch) for branch in branches) + " }"]
    counted = ("statement", "mention", "figure", "paper") if kind == "region" else ("statement", "mention", "paper")
    counts = " ".join(f"(COUNT(DISTINCT ?{name}) AS ?{name}s)" for name in counted)
    return _select(counts, lines, "DESC(?papers) DESC(?statements) ?label ?item")


def _figures(index: Index, asked: Asked, criteria: Criteria) -> str:
    lines = ["?item a pw:Observation ; pw:indicator/rdfs:label ?label ; pw:inDocument ?paper ; pw:value ?value ."]
    lines += [line for name in ("document", "year") for line in _condition(index, criteria, name)]
    if roots := criteria.roots.get("region"):
        lines.append(f"?item pw:ofRegion/pw:within ?place . VALUES ?place {{ {_list(c.iri for c in roots)} }}")
    lines += [*_names("?item pw:indicator/rdfs:label", asked), "?item pw:unitText ?unit ."]
    if units := asked.values("unit"):
        lines.append(f"FILTER (LCASE(?unit) IN ({', '.join(_text(unit.lower()) for unit in units)}))")
    lines += ["OPTIONAL { ?item pw:year ?year }", *_years(asked)]
    if (flag := asked.flag("conflict")) is not None:
        lines.append(f"FILTER {'' if flag else 'NOT '}EXISTS {{ ?item pw:conflictNote ?note }}")
    body = "\n  ".join(lines)
    return (
        f"SELECT ?item ?label ?value ?unit ?year WHERE {{\n  {body}\n}}\nORDER BY ?label DESC(?year) DESC(?value) ?item"
    )


def _years(asked: Asked) -> Iterator[str]:
    for name, sign in (("figure_year", "="), ("year_from", ">="), ("year_to", "<=")):
        if (year := asked.number(name)) is not None:
            yield f"FILTER (BOUND(?year) && STR(?year) {sign} '{year:04d}')"


def _on_things(index: Index, asked: Asked) -> Iterator[str]:
    yield from _names("?item rdfs:label|skos:prefLabel|skos:altLabel", asked)
    for kind, pattern in (("challenge", "?item pw:addresses ?end ."), ("measure", "?end pw:addresses ?item .")):
        if wanted := asked.values(kind):
            ends = sorted({thing.iri for value in wanted for thing in named(index, _kind(kind), value)})
            yield f"FILTER EXISTS {{ {pattern} VALUES ?end {{ {_list(ends)} }} }}"
    if wanted := asked.values("instrument"):
        means = _list(sorted(instruments(index, wanted)))
        yield f"?item pw:instrument ?instrument . VALUES ?instrument {{ {means} }}"
    if (flag := asked.flag("addressed")) is not None:
        yield f"FILTER {'' if flag else 'NOT '}EXISTS {{ ?answer pw:addresses ?item }}"


def _names(path: str, asked: Asked) -> Iterator[str]:
    for number, word in enumerate(fold_name(w) for text in asked.values("q") for w in words(text)):
        beginning = _text(rf"(^|[^\p{{L}}\p{{N}}]){word}")
        yield f"FILTER EXISTS {{ {path} ?name{number} . FILTER REGEX(STR(?name{number}), {beginning}, 'i') }}"


def _on_statements(index: Index, criteria: Criteria, skip: str = "") -> Iterator[str]:
    for name in criteria.allowed:
        if name != skip:
            yield from _condition(index, criteria, name)


def _condition(index: Index, criteria: Criteria, name: str) -> Iterator[str]:
    """What a filter asks of ``?statement`` and ``?paper``."""
    values = sorted(criteria.allowed.get(name, ()))
    if not values:
        return
    if name in _EDGES:
        roots = _list(c.iri for c in criteria.roots[name])
        yield f"?statement ({_EDGES[name]})/pw:within ?{name} . VALUES ?{name} {{ {roots} }}"
    elif name == "document":
        yield f"VALUES ?paper {{ {_list(iri(index.settings.base_iri, 'document', v) for v in values)} }}"
    elif name == "year":
        yield f"?paper {_YEAR} ?of . FILTER (STR(?of) IN ({', '.join(_text(v.zfill(4)) for v in values)}))"
    elif name == "status":
        yield f"?statement pw:status ?status . VALUES ?status {{ {' '.join('pw:' + v for v in values)} }}"
    elif name == "theme":
        themes = _list(f"{VOCABULARY}theme/{v}" for v in values)
        yield f"?statement pw:states/pw:theme ?theme . VALUES ?theme {{ {themes} }}"
    else:
        types = _list(f"{VOCABULARY}region-type/{v}" for v in values)
        yield f"?statement pw:regionType ?regionType . VALUES ?regionType {{ {types} }}"


def _select(counts: str, lines: Iterable[str], order: str) -> str:
    body = "\n  ".join(lines)
    return f"SELECT ?item ?label {counts} WHERE {{\n  {body}\n}}\nGROUP BY ?item ?label\nORDER BY {order}"


def declared(query: str) -> str:
    """A query with the prefixes that it uses declared, so that it runs anywhere."""
    used = [(name, base) for name, base in PREFIXES.items() if f"{name}:" in query]
    return "".join(f"PREFIX {name}: <{base}>\n" for name, base in used) + query


def _kind(name: str) -> Kind:
    return "challenge" if name == "challenge" else "measure"


def _list(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri_}>" for iri_ in iris)


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return f'"{escaped}"'
