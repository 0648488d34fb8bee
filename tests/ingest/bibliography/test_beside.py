"""What stands beside a paper: each format, the order of trust, and faults that are told with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.bibliography import Given, beside

YAML = """title: "Fees of small ports"
authors:
  - Ada Sund
  - {family: Lie, given: Bo}
year: 2031
venue: null
doi: https://doi.org/10.5555/ab.c12
licence: CC BY 4.0
"""
BIB = r"""@article{x,
  title = {{Fees of Small Ports in {N}orland}},
  author = {S{\"u}nd, Ada and {Ministry of Ports}},
  journal = {Coast Journal},
  year = 2030, number = {2}, pages = {1--9},
  abstract = {Not kept.}
}
"""
RIS = """TY  - JOUR
TI  - Fees of ports
AU  - Sund, Ada
AU  - Lie, Bo
PY  - 2029/03/01
JO  - Coast Journal
DO  - 10.5555/ris
ER  -\x20
"""
CSL = {
    "type": "article-journal",
    "title": "Fees",
    "author": [{"family": "Sund", "given": "Ada"}, {"literal": "Port Authority"}],
    "issued": {"date-parts": [[2028, 3]]},
    "container-title": "Coast Journal",
    "DOI": "10.5555/csl",
    "abstract": "Not kept.",
}


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "fees.txt"
    path.write_text("Fees\n", encoding="utf-8")
    return path


def _values(given: Given) -> dict[str, str]:
    return {fact.field: fact.value for fact in given.facts}


def test_nothing_beside_a_paper_is_nothing(paper: Path) -> None:
    assert beside(paper) == Given()
    assert beside(paper).digest == ""


def test_yaml(paper: Path) -> None:
    paper.with_suffix(".yaml").write_text(YAML, encoding="utf-8")
    given = beside(paper)
    assert _values(given) == {
        "title": "Fees of small ports",
        "authors": "Ada Sund; Lie, Bo",
        "year": "2031",
        "doi": "10.5555/ab.c12",
        "licence": "CC BY 4.0",
    }
    assert {fact.field: fact.place for fact in given.facts}["year"] == "fees.yaml, line 5"
    assert given.notes == ()


def test_bibtex(paper: Path) -> None:
    paper.with_suffix(".bib").write_text(BIB, encoding="utf-8")
    given = beside(paper)
    assert _values(given) == {
        "title": "Fees of Small Ports in Norland",
        "authors": "Sünd, Ada; Ministry of Ports",
        "venue": "Coast Journal",
        "year": "2030",
        "issue": "2",
        "pages": "1–9",
    }
    assert given.facts[0].place == "fees.bib, line 2"
    assert given.notes == ()


def test_ris(paper: Path) -> None:
    paper.with_suffix(".ris").write_text(RIS, encoding="utf-8")
    given = beside(paper)
    assert _values(given) == {
        "title": "Fees of ports",
        "authors": "Sund, Ada; Lie, Bo",
        "year": "2029",
        "venue": "Coast Journal",
        "doi": "10.5555/ris",
    }
    assert {fact.field: fact.place for fact in given.facts}["doi"] == "fees.ris, line 7"


def test_csl_json(paper: Path) -> None:
    paper.with_suffix(".json").write_text(json.dumps(CSL, indent=1), encoding="utf-8")
    given = beside(paper)
    assert _values(given) == {
        "title": "Fees",
        "authors": "Sund, Ada; Port Authority",
        "year": "2028",
        "venue": "Coast Journal",
        "doi": "10.5555/csl",
    }
    assert given.facts[0].place == "fees.json, line 3"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "manifest.yaml",
            "- {file: other.txt, year: 1999}\n- file: fees.txt\n  title: Fees\n  year: 2027\n  words: 9\n",
        ),
        ("manifest.json", '{"documents": [{"file": "fees.txt", "title": "Fees", "year": 2027, "sha256": "x"}]}'),
        ("manifest.csv", "file,title,year,words\nother.txt,Other,1999,1\nfees.txt,Fees,2027,9\n"),
    ],
)
def test_manifests(name: str, content: str, paper: Path) -> None:
    paper.with_name(name).write_text(content, encoding="utf-8")
    given = beside(paper)
    assert _values(given) == {"title": "Fees", "year": "2027"}
    assert {fact.place for fact in given.facts} == {name}
    assert given.notes == ()


def test_what_is_nearer_to_the_paper_is_trusted_more(paper: Path) -> None:
    paper.with_name("manifest.yaml").write_text("- {file: fees.txt, year: 2027, language: en}\n", encoding="utf-8")
    paper.with_suffix(".ris").write_text(RIS, encoding="utf-8")
    paper.with_suffix(".yaml").write_text("year: 2031\n", encoding="utf-8")
    paper.with_name("fees.txt.yaml").write_text("year: 2032\n", encoding="utf-8")
    values = _values(beside(paper))
    assert (values["year"], values["title"], values["language"]) == ("2032", "Fees of ports", "en")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "fees.yaml",
            "title: Fees\nyaer: 2031\n",
            "fees.yaml, line 2: unknown field 'yaer' is passed over. Did",
        ),
        ("fees.yaml", "title: Fees\nyear: '20312'\n", "fees.yaml, line 2: year '20312' is passed over: give a year"),
        ("fees.yaml", "title: [Fees\n", "fees.yaml, line 2: no YAML: "),
        ("fees.yaml", "title: &a Fees\nvenue: *a\n", "fees.yaml: no YAML that can be read: aliases"),
        ("fees.yaml", "just words\n", "fees.yaml, line 1: fields are expected"),
        ("fees.json", '{\n"title": \n', "fees.json, line 3: no JSON"),
        ("fees.json", "[{}, {}]", "fees.json: one CSL-JSON item is expected, there are 2"),
        ("fees.bib", "@article{x,\n title = {Fees},\n year = {2031}\n\n@misc{y,\n}\n", "fees.bib, line 1: no BibTeX"),
        ("fees.bib", "% nothing\n", "fees.bib: one BibTeX entry is expected, there are 0"),
        ("fees.ris", "TI  - Fees\n", "fees.ris, line 1: one RIS record is expected"),
        ("fees.yaml", "doi: 11.5/x\n", "fees.yaml, line 1: doi '11.5/x' is passed over: a DOI begins with 10."),
        ("fees.bib", "@misc{x,\n language = {english language}\n}\n", "fees.bib, line 2: language"),
        ("manifest.yaml", "- file: fees.txt\n  colour: red\n", "manifest.yaml, line 2: unknown field 'colour'"),
        ("manifest.csv", "name,title\nfees.txt,Fees\n", "manifest.csv, line 1: the first line must name columns"),
        ("manifest.json", "[{]", "manifest.json, line 1: no JSON"),
    ],
)
def test_a_fault_is_told_with_its_place(name: str, content: str, told: str, paper: Path) -> None:
    paper.with_name(name).write_text(content, encoding="utf-8")
    (note,) = beside(paper).notes
    assert note.startswith(told)


def test_a_broken_file_leaves_the_others(paper: Path) -> None:
    paper.with_suffix(".yaml").write_bytes(b"title: \xff\n")
    paper.with_suffix(".ris").write_text(RIS, encoding="utf-8")
    given = beside(paper)
    assert _values(given)["title"] == "Fees of ports"
    assert given.notes == (
        "fees.yaml: it is not UTF-8 (byte 7). Nothing of this file is used: correct it and ingest again",
    )


def test_the_digest_follows_what_is_said(paper: Path) -> None:
    sidecar, manifest = paper.with_suffix(".yaml"), paper.with_name("manifest.yaml")
    sidecar.write_text("year: 2031\n", encoding="utf-8")
    first = beside(paper).digest
    manifest.write_text("- file: other.txt\n  year: 1999\n", encoding="utf-8")
    assert beside(paper).digest == first
    sidecar.write_text("year: 2032\n", encoding="utf-8")
    assert beside(paper).digest not in ("", first)
