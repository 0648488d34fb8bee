"""The SKOS vocabularies: whole, without cycles, with licence and source, and rebuilt to the same bytes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, get_args

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import DCTERMS, OWL, RDF, SH, Graph, Literal, URIRef
from rdflib import SKOS as SKOS_TERMS

from kg.identifiers import ONTOLOGY, VOCABULARY
from kg.records import RegionType, Theme
from kg.resources import ontology_folder

SKOS = "http://www.w3.org/2004/02/skos/core#"
TERMS = "http://purl.org/dc/terms/"
FILES = ("regions.ttl", "industries.ttl", "actors.ttl", "themes.ttl", "challenges.ttl", "instruments.ttl")
HAND_WRITTEN = ("actors.ttl", "themes.ttl", "challenges.ttl", "instruments.ttl")
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


def graph_of(name: str) -> Graph:
    return Graph().parse(ontology_folder() / name, format="turtle")


def broken(data: Graph, name: str = "shapes.ttl") -> set[str]:
    """Messages of the shapes in the file ``name`` that ``data`` breaks."""
    shapes = Graph().parse(ontology_folder() / "build" / name, format="turtle")
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=True)
    return {str(message) for message in report.objects(None, SH.resultMessage)}


@pytest.mark.parametrize("name", HAND_WRITTEN)
def test_the_shapes_of_vocabularies_hold(name: str):
    assert broken(graph_of(name)) == set()


ONE, TWO, SCHEME = (URIRef(f"{VOCABULARY}{name}") for name in ("challenge/one", "challenge/two", "challenge"))
FACTS = {
    (SCHEME, RDF.type, SKOS_TERMS.ConceptScheme),
    (SCHEME, DCTERMS.title, Literal("Scheme", "en")),
    (SCHEME, DCTERMS.description, Literal("For a test", "en")),
    (SCHEME, DCTERMS.license, URIRef("https://example.org/licence")),
    (SCHEME, DCTERMS.source, Literal("A test", "en")),
    (SCHEME, OWL.versionInfo, Literal("1")),
    (ONE, SKOS_TERMS.topConceptOf, SCHEME),
    (TWO, SKOS_TERMS.broader, ONE),
    *((node, RDF.type, SKOS_TERMS.Concept) for node in (ONE, TWO)),
    *((node, SKOS_TERMS.inScheme, SCHEME) for node in (ONE, TWO)),
    *((node, SKOS_TERMS.notation, Literal(node[-3:])) for node in (ONE, TWO)),
    *((node, SKOS_TERMS.definition, Literal("Something to test", "en")) for node in (ONE, TWO)),
    *((node, SKOS_TERMS.prefLabel, Literal(node[-3:], language)) for node in (ONE, TWO) for language in ("en", "zh")),
}


@pytest.mark.parametrize(
    ("lost", "added", "message"),
    [
        (None, None, None),
        ((TWO, SKOS_TERMS.prefLabel, Literal("two", "zh")), None, "must have a preferred label in Chinese"),
        ((TWO, SKOS_TERMS.prefLabel, Literal("two", "en")), None, "must have a preferred label in English"),
        (None, (TWO, SKOS_TERMS.prefLabel, Literal("dos", "en")), "must have one preferred label a language"),
        (
            None,
            (TWO, SKOS_TERMS.altLabel, Literal("two", "en")),
            "an alternative label must not repeat the preferred one",
        ),
        ((TWO, SKOS_TERMS.definition, Literal("Something to test", "en")), None, "must have a definition"),
        ((TWO, SKOS_TERMS.notation, Literal("two")), None, "needs a notation"),
        (None, (TWO, SKOS_TERMS.notation, Literal("one")), "a notation must name one concept of a scheme"),
        (None, (TWO, SKOS_TERMS.related, ONE), "what is broader is not merely related"),
        (None, (ONE, SKOS_TERMS.related, TWO), "related must hold both ways"),
        (None, (ONE, SKOS_TERMS.broader, TWO), "the hierarchy must have no cycle"),
        (None, (TWO, SKOS_TERMS.broader, URIRef("urn:x")), "broader must lead to a concept of the same scheme"),
        ((ONE, SKOS_TERMS.topConceptOf, SCHEME), None, "must be narrower than something or a top concept"),
        ((SCHEME, DCTERMS.license, URIRef("https://example.org/licence")), None, "a scheme needs one licence"),
        ((SCHEME, DCTERMS.source, Literal("A test", "en")), None, "a scheme needs its sources"),
    ],
)
def test_the_shapes_refuse(lost: Any, added: Any, message: str | None):
    data = Graph()
    for fact in FACTS - {lost} | ({added} if added else set()):
        data.add(fact)
    assert (message in broken(data)) if message else broken(data) == set()


@pytest.mark.parametrize("name", ["regions.ttl", "industries.ttl", "actors.ttl"])
def test_the_shapes_of_entities_hold(name: str):
    assert broken(graph_of(name), "entity-shapes.ttl") == set()


KIND = URIRef(f"{ONTOLOGY}industryKind")
ENTITIES = {fact for fact in FACTS if fact[1] not in {SKOS_TERMS.notation, SKOS_TERMS.definition}} | {
    (ONE, KIND, Literal("industry")),
    (TWO, KIND, Literal("technology")),
}


@pytest.mark.parametrize(
    ("lost", "added", "message"),
    [
        (None, None, None),
        (
            (TWO, KIND, Literal("technology")),
            None,
            "must be a region of one level, or an industry or actor of one kind",
        ),
        ((TWO, KIND, Literal("technology")), (TWO, KIND, Literal("gadget")), "no kind of industries"),
        (
            (TWO, SKOS_TERMS.prefLabel, Literal("two", "zh")),
            None,
            "must have a code of ISIC, or be an everyday name with its Chinese label",
        ),
        (
            None,
            (TWO, SKOS_TERMS.altLabel, Literal("two", "en")),
            "must have one preferred label a language, which no alternative label repeats",
        ),
        (None, (TWO, SKOS_TERMS.hiddenLabel, Literal("two", "en")), "a hidden label must not repeat the preferred one"),
        (None, (TWO, SKOS_TERMS.broader, URIRef("urn:x")), "broader must lead to a concept of the file"),
        ((ONE, SKOS_TERMS.topConceptOf, SCHEME), None, "must be narrower than something or a top concept"),
        (None, (TWO, URIRef(f"{ONTOLOGY}actorKind"), Literal("people")), "an actor must be defined"),
    ],
)
def test_the_shapes_of_entities_refuse(lost: Any, added: Any, message: str | None):
    data = Graph()
    for fact in ENTITIES - {lost} | ({added} if added else set()):
        data.add(fact)
    found = broken(data, "entity-shapes.ttl")
    assert (message in found) if message else found == set()


@pytest.mark.parametrize("name", ["challenges.ttl", "instruments.ttl"])
def test_a_name_in_a_thesaurus_means_one_thing(name: str):
    triples = [q.triple for q in ox.parse(path=ontology_folder() / name, format=ox.RdfFormat.TURTLE)]
    owners = defaultdict(set)
    for predicate in ("prefLabel", "altLabel"):
        for iri, texts in objects(triples, SKOS + predicate).items():
            if not iri.startswith(VOCABULARY + "stip/"):
                for text in texts:
                    owners[text.value.casefold()].add(iri)
    assert {text: iris for text, iris in owners.items() if len(iris) > 1} == {}


def test_thesauri_are_broad_and_mapped():
    challenges = [q.triple for q in ox.parse(path=ontology_folder() / "challenges.ttl", format=ox.RdfFormat.TURTLE)]
    assert len(objects(challenges, SKOS + "broader")) >= 200
    assert len(objects(challenges, SKOS + "topConceptOf")) == 20
    themes = {
        theme.value.removeprefix(VOCABULARY + "theme/") for (theme,) in objects(challenges, ONTOLOGY + "theme").values()
    }
    assert themes == set(get_args(Theme))
    instruments = [q.triple for q in ox.parse(path=ontology_folder() / "instruments.ttl", format=ox.RdfFormat.TURTLE)]
    codes = {iri for iri in of_type(instruments, "Concept") if iri.startswith(VOCABULARY + "stip/")}
    targets = [target.value for found in objects(instruments, SKOS + "exactMatch").values() for target in found]
    assert len(codes) == 28
    assert sorted(target for target in targets if target in codes) == sorted(codes)
    assert len(objects(instruments, SKOS + "broader")) >= 80


def test_rebuilding_gives_the_same_bytes(tmp_path: Path):
    script = ontology_folder() / "build" / "build.py"
    if not script.is_file():
        pytest.skip("the build script is not part of this installation")
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True, timeout=120)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (ontology_folder() / name).read_bytes(), f"run {script.name} again"
