"""The SKOS vocabularies: whole, without cycles, with licence and source, and rebuilt to the same bytes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest

from kg.identifiers import ONTOLOGY, VOCABULARY
from kg.records import RegionType, Theme
from kg.resources import ontology_folder

SKOS = "http://www.w3.org/2004/02/skos/core#"
TERMS = "http://purl.org/dc/terms/"
FILES = ("regions.ttl", "industries.ttl", "actors.ttl", "themes.ttl")
LEVELS = {
    *("country", "macro-region", "province", "municipality", "prefecture", "city"),
    *("county", "town", "village", "urban-agglomeration", "corridor", "other"),
}


@pytest.fixture(scope="module", params=FILES)
def triples(request: pytest.FixtureRequest) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=ontology_folder() / request.param, format=ox.RdfFormat.TURTLE)]


def objects(triples: list[ox.Triple], predicate: str) -> dict[str, list[ox.Literal | ox.NamedNode]]:
    found = defaultdict(list)
    for triple in triples:
        if triple.predicate.value == predicate:
            found[triple.subject.value].append(triple.object)
    return found


def of_type(triples: list[ox.Triple], name: str) -> set[str]:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return {t.subject.value for t in triples if t.predicate.value == kind and t.object.value == SKOS + name}


def test_schemes_name_title_licence_source_and_version(triples: list[ox.Triple]):
    schemes = of_type(triples, "ConceptScheme")
    assert schemes
    for term in (TERMS + "title", TERMS + "license", TERMS + "source", "http://www.w3.org/2002/07/owl#versionInfo"):
        assert schemes <= set(objects(triples, term))


def test_each_concept_has_one_label_a_language_and_a_scheme(triples: list[ox.Triple]):
    concepts, schemes = of_type(triples, "Concept"), of_type(triples, "ConceptScheme")
    labels = objects(triples, SKOS + "prefLabel")
    assert set(labels) == concepts
    for iri, texts in labels.items():
        languages = Counter(text.language for text in texts)
        assert set(languages.values()) == {1}, iri
        assert "en" in languages, iri
    homes = objects(triples, SKOS + "inScheme")
    assert all({home.value for home in homes[iri]} <= schemes and homes[iri] for iri in concepts)


def test_broader_leads_to_concepts_without_a_cycle(triples: list[ox.Triple]):
    concepts = of_type(triples, "Concept")
    broader = {iri: [o.value for o in found] for iri, found in objects(triples, SKOS + "broader").items()}
    done: set[str] = set()

    def visit(iri: str, path: tuple[str, ...]) -> None:
        assert iri in concepts, f"{path} leads to {iri}"
        assert iri not in path, f"cycle: {path}"
        if iri not in done:
            for above in broader.get(iri, ()):
                visit(above, (*path, iri))
            done.add(iri)

    for iri in broader:
        visit(iri, ())
    tops = set(objects(triples, SKOS + "topConceptOf"))
    assert tops == concepts - set(broader)


def test_no_alternative_label_repeats_the_preferred_one(triples: list[ox.Triple]):
    preferred = objects(triples, SKOS + "prefLabel")
    for iri, texts in objects(triples, SKOS + "altLabel").items():
        assert not {(t.value, t.language) for t in texts} & {(t.value, t.language) for t in preferred[iri]}


def test_codes_are_those_of_the_records():
    triples = [q.triple for q in ox.parse(path=ontology_folder() / "themes.ttl", format=ox.RdfFormat.TURTLE)]
    concepts = of_type(triples, "Concept")
    assert concepts == {f"{VOCABULARY}theme/{code}" for code in get_args(Theme)} | {
        f"{VOCABULARY}region-type/{code}" for code in get_args(RegionType)
    }
    assert set(objects(triples, SKOS + "definition")) == concepts


def test_regions_have_a_known_level_and_groups_have_members():
    triples = [q.triple for q in ox.parse(path=ontology_folder() / "regions.ttl", format=ox.RdfFormat.TURTLE)]
    concepts = of_type(triples, "Concept")
    levels = objects(triples, ONTOLOGY + "regionLevel")
    assert set(levels) == concepts
    assert {level.value for found in levels.values() for level in found} <= LEVELS
    members = objects(triples, ONTOLOGY + "memberRegion")
    assert len(members[f"{VOCABULARY}region/CN-R-WEST"]) == 12
    assert len(members[f"{VOCABULARY}region/EU"]) == 27
    assert all(member.value in concepts for found in members.values() for member in found)


def test_rebuilding_gives_the_same_bytes(tmp_path: Path):
    script = ontology_folder() / "build" / "build.py"
    if not script.is_file():
        pytest.skip("the build script is not part of this installation")
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True, timeout=120)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (ontology_folder() / name).read_bytes(), f"run {script.name} again"
