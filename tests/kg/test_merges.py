"""Merges from records to people: listed with the line that undoes them, exported, in the graph, and checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from kg.errors import NotFoundError
from kg.evidence import broken_references
from kg.exports.records import export_records
from kg.graph import build
from kg.graph.terms import PREFIXES
from kg.merges import merged
from kg.records import Concept, DocumentRecords, EntityRef, Merge
from kg.settings import Settings
from kg.snapshot import open_folder

MakeConcepts = Callable[[Sequence[DocumentRecords]], list[Concept]]


def test_members_are_listed_with_reason_place_and_undoing(folder: Path, two_documents: list[DocumentRecords]) -> None:
    texts = {records.document.source: records.text for records in two_documents}
    found = list(merged(open_folder(folder)))
    assert [one.concept.iri for one in found] == sorted(one.concept.iri for one in found)
    assert len(found) == 5
    for one in found:
        (member,) = one.members
        assert texts[member.source][member.start : member.end].rstrip(".").endswith(member.label)
        assert member.describe().startswith(f'embedding 0.87: "{member.label}" ~ "{member.label} (other words)"')
        assert one.undoing(member) == f'split: "{member.label}" from {one.name}'
        assert one.name.split("/")[0] == one.concept.type


def test_one_concept_by_iri_its_end_or_a_label(folder: Path) -> None:
    snapshot = open_folder(folder)
    concept = snapshot.concepts[0]
    for name in (concept.iri, concept.iri.rpartition("/")[2], concept.label.upper(), concept.alt_labels[0]):
        assert [one.concept for one in merged(snapshot, name)] == [concept]
    with pytest.raises(NotFoundError, match=r"'nothing': 'policyweave merges' lists"):
        list(merged(snapshot, "nothing"))


def test_a_label_with_double_quotes_is_written_with_single_ones(folder: Path) -> None:
    one = next(merged(open_folder(folder)))
    assert one.undoing(replace(one.members[0], label='the "good"  ports')).startswith(
        "split: \"the 'good' ports\" from"
    )


def test_each_merge_is_a_line_of_the_export(two_documents: list[DocumentRecords], make_concepts: MakeConcepts) -> None:
    concepts = make_concepts(two_documents)
    lines = [line for line in export_records(two_documents, concepts) if line["kind"] == "merge"]
    assert [(line["concept"], line["statement"]) for line in lines] == [(c.iri, c.members[0]) for c in concepts]
    assert {(line["reason"], line["score"]) for line in lines} == {("embedding", 0.87)}


def test_the_graph_says_why_and_what_is_related(
    two_documents: list[DocumentRecords], make_concepts: MakeConcepts
) -> None:
    first, second, *others = make_concepts(two_documents)
    ban = EntityRef("https://w3id.org/policyweave/instrument/ban", "Bans and prohibitions")
    kind = "measure" if first.type == "measure" else "challenge"
    changed = replace(first, related=(second.iri,), instrument=ban if kind == "measure" else None)
    back = replace(second, related=(first.iri,))
    store = Store()
    store.extend(Quad(*t) for t in build.triples(two_documents, [changed, back, *others], Settings()))
    query = f"""SELECT ?reason ?matched ?score {{ ?claim rdf:predicate pw:states ; rdf:object <{first.iri}> ;
        rdf:subject/pw:states <{first.iri}> ; pw:basis/skos:prefLabel ?reason ; pw:matchedLabel ?matched ;
        pw:confidence ?score ; pw:evidence/oa:hasSelector/oa:exact ?quote ; prov:wasDerivedFrom/rdfs:label ?label }}"""
    (row,) = store.query(query, prefixes=dict(PREFIXES))
    assert [row[n].value for n in ("reason", "matched", "score")] == ["embedding", first.alt_labels[0], "0.87"]
    ask = f"ASK {{ <{first.iri}> skos:related <{second.iri}> . <{second.iri}> skos:related <{first.iri}> }}"
    assert bool(store.query(ask, prefixes=dict(PREFIXES)))
    if kind == "measure":
        assert bool(store.query(f"ASK {{ <{first.iri}> pw:instrument instrument:ban }}", prefixes=dict(PREFIXES)))


def test_merges_and_relations_that_fit_nothing_are_found(
    two_documents: list[DocumentRecords], make_concepts: MakeConcepts
) -> None:
    first, second, *others = make_concepts(two_documents)
    assert list(broken_references(two_documents, [first, second, *others])) == []
    foreign = replace(first, merges=(Merge(second.members[0], "label", "x", 1.0),))
    lost = replace(second, related=(second.iri, "urn:gone"))
    details = [detail for _, detail in broken_references(two_documents, [foreign, lost, *others])]
    assert len(details) == 3
    assert "its merges are not those of its members" in details[0]
    assert all("cannot be related" in detail for detail in details[1:])
