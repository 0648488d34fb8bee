"""The file of merges: lines that can be read, lines that cannot, and what they do to concepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.links.concepts import Merged, merge
from ingest.links.overrides import Override, read
from kg.errors import MisuseError
from kg.identifiers import VOCABULARY, mint
from kg.index.embedder import Embedder
from kg.records import Concept, Statement, StatementType


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "merges.txt"


def test_lines_are_read_in_order(file: Path) -> None:
    file.write_text(
        "# what the reviewers found\n\n"
        'split: "Flight  of Pilots" from challenge/talent-drain  # they retire\n'
        f'  join: "Night closures" to {VOCABULARY}challenge/x-early-closures\n'
        'join: "Teach divers" to "Train divers"\n',
        encoding="utf-8",
    )
    assert read(file) == (
        Override(3, "split", "flight of pilots", f"{VOCABULARY}challenge/talent-drain", False),
        Override(4, "join", "night closures", f"{VOCABULARY}challenge/x-early-closures", False),
        Override(5, "join", "teach divers", "train divers", True),
    )


def test_no_file_is_no_line_unless_the_settings_name_it(file: Path) -> None:
    assert read(file) == ()
    with pytest.raises(MisuseError, match="there is no file of merges"):
        read(file, required=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# fine\nsplit: Pilots from challenge/x\n", r"line 2 cannot be read: 'split: Pilots from challenge/x'"),
        ('merge: "a" to "b"\n', "line 1 cannot be read"),
        ('split: "a" to challenge/x\n', "line 1: 'split' goes with 'from'"),
        ('join: "a" from challenge/x\n', "line 1: 'join' goes with 'to'"),
        ('\n\njoin: "a" to region/CN\n', r"line 3: 'region/CN' is no concept"),
        ('join: "a" to "b"\njoin: "A" to "c"\n', "lines 1 and 2 join 'a' to two concepts"),
        ('join: "a" to "b"\nsplit: "a" from "b"\n', "lines 1 and 2 join and split the same"),
        ('join: "a" to "b"\njoin: "b" to "a"\n', "line 1: joins that lead in a circle"),
        ('join: "a" to "A"\n', "line 1: joins that lead in a circle"),
    ],
)
def test_a_bad_line_is_named(file: Path, text: str, message: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MisuseError, match=message):
        read(file)


def test_what_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(MisuseError, match="must be UTF-8"):
        read(file)


def statement(kind: StatementType, label: str) -> Statement:
    place = ("d1", "s1", "n1", 0, 1)
    return Statement(
        mint("statement", label), kind, *place, label, label, "other", None, (), (), (), (), "paper", 0.9, None
    )


def merged(embedder: Embedder, file: Path, lines: str, kind: StatementType, *labels: str) -> Merged:
    file.write_text(lines, encoding="utf-8")
    return merge([statement(kind, label) for label in labels], embedder.embed, read(file))


def home(found: Merged, label: str) -> Concept:
    (concept,) = [one for one in found.concepts if mint("statement", label) in one.members]
    return concept


def reason(found: Merged, label: str) -> tuple[str, str]:
    (one,) = [one for one in home(found, label).merges if one.statement == mint("statement", label)]
    return one.reason, one.matched


def test_a_split_takes_a_label_out_of_the_thesaurus_concept(embedder: Embedder, file: Path) -> None:
    lines = 'split: "brain drain of pilots" from challenge/talent-drain\n'
    found = merged(embedder, file, lines, "challenge", "Brain drain of pilots", "Brain drain")
    assert home(found, "Brain drain").iri.endswith("challenge/talent-drain")
    assert home(found, "Brain drain of pilots").iri.endswith("challenge/x-brain-drain-of-pilots")
    assert found.unused == ()


def test_a_split_keeps_two_labels_apart(embedder: Embedder, file: Path) -> None:
    labels = ("Train teachers", "Provide teacher training")
    assert len(merged(embedder, file, "", "measure", *labels).concepts) == 1
    for target in ('"train teachers"', "measure/x-train-teachers"):
        lines = f'split: "Provide teacher training" from {target}\n'
        assert len(merged(embedder, file, lines, "measure", *labels).concepts) == 2


def test_a_split_from_a_label_means_the_concept_it_is_in(embedder: Embedder, file: Path) -> None:
    lines = 'split: "Brain drain of pilots" from "Brain drain of cooks"\n'
    found = merged(embedder, file, lines, "challenge", "Brain drain of pilots", "Brain drain of cooks")
    assert home(found, "Brain drain of cooks").iri.endswith("/talent-drain")
    assert home(found, "Brain drain of pilots").iri.endswith("/x-brain-drain-of-pilots")


@pytest.mark.parametrize("target", ["challenge/talent-drain", '"brain drain"', '"人才外流"'])
def test_a_join_puts_a_label_into_a_concept(embedder: Embedder, file: Path, target: str) -> None:
    found = merged(embedder, file, f'join: "Empty lighthouses" to {target}\n', "challenge", "Empty lighthouses")
    assert home(found, "Empty lighthouses").iri == f"{VOCABULARY}challenge/talent-drain"
    assert reason(found, "Empty lighthouses") == ("override", "Talent drain")


def test_joins_to_other_statements_follow_one_another(embedder: Embedder, file: Path) -> None:
    lines = 'join: "Mend nets" to "Feed geese"\njoin: "Feed geese" to measure/x-paint-doors\n'
    found = merged(embedder, file, lines, "measure", "Mend nets", "Feed geese", "Paint doors")
    (concept,) = found.concepts
    assert (concept.label, len(concept.members)) == ("Paint doors", 3)
    assert reason(found, "Mend nets") == ("override", "Paint doors")
    assert reason(found, "Paint doors") == ("label", "Paint doors")


def test_a_line_that_finds_nothing_is_given_back(embedder: Embedder, file: Path) -> None:
    lines = 'split: "Nobody says this" from challenge/talent-drain\njoin: "Mend nets" to measure/x-gone\n'
    found = merged(embedder, file, lines, "measure", "Mend nets")
    assert [line.line for line in found.unused] == [1, 2]
