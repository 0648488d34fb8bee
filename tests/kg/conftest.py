"""Small records of every kind, made from texts written for the tests, and a data folder with the exported embedder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg.identifiers import VOCABULARY, entity_iri, iri, mint, sha256
from kg.index.embedder import Embedder
from kg.publishing import publish
from kg.records import (
    Concept,
    Document,
    DocumentRecords,
    EntityRef,
    Fact,
    Labelling,
    Mention,
    Merge,
    Page,
    Passage,
    Reference,
    Relation,
    Section,
    Sentence,
    Statement,
    Statistic,
    TextBlock,
    TextBox,
)
from kg.settings import Settings

Sections = Sequence[tuple[str, Sequence[str]]]
MakeDocument = Callable[..., DocumentRecords]
MakeConcepts = Callable[[Sequence[DocumentRecords]], list[Concept]]

HARBOUR: Sections = (
    ("1 Problems", ("Many ports in Norland lack trained pilots.", "Its fleet shrank by 12.5 percent in 2019.")),
    ("2 Remedies", ("The ministry should found a pilots' school.", "Owners should insure every boat, old or new.")),
)
CRANES = "[1] Ito, A. (1999). Cranes of small ports. Coast Journal, 3(2), 1-9. doi:10.5555/cranes"
FOREST: Sections = (
    ("1 Lage", ("Mills in Norland lack dry timber — naïve plans failed.", "Exports fell by 7 percent in 2020.")),
    ("2 Hilfe", ("The agency should lend kilns to small mills.",)),
)


def _document(name: str = "harbour.txt", sections: Sections = HARBOUR, title: str = "Harbours") -> DocumentRecords:
    lines = [title, *(line for heading, sentences in sections for line in (heading, *sentences))]
    text = "\n".join([*lines, CRANES]) + "\n"
    document = mint("document", name, text)
    where = _Places(text)
    parts = [_section(document, ordinal, where, *section) for ordinal, section in enumerate(sections)]
    sentences = [sentence for _, _, group in parts for sentence in group]
    statements = [made for sentence in sentences for made in _statements(sentence)]
    measures = [each for each in statements if each.type == "measure"]
    challenges = [each for each in statements if each.type == "challenge"]
    return DocumentRecords(
        document=Document(
            id=document,
            source=name,
            media_type="text/plain",
            sha256=sha256(text.encode()),
            length=len(text),
            title=title,
            authors=("Ada Sund", "Bo Lie"),
            year=2021,
            venue=None,
            doi=None,
            licence=None,
            language="en",
        ),
        text=text,
        sections=tuple(section for section, _, _ in parts),
        passages=tuple(passage for _, passage, _ in parts),
        sentences=tuple(sentences),
        labellings=tuple(_labelling(sentence) for sentence in sentences if sentence.kind == "prose"),
        mentions=tuple(made for sentence in sentences for made in _mentions(sentence)),
        statements=tuple(statements),
        statistics=tuple(made for sentence in sentences for made in _statistics(sentence)),
        relations=tuple(_relation(measure, challenges[0]) for measure in measures if challenges),
        pages=(Page(1, "i", 0, len(text), 595.0, 842.0),),
        boxes=(TextBox(0, len(title), 1, 72.0, 72.0, 300.0, 86.5),),
        blocks=(TextBlock("heading", 0, len(title), 1),),
        facts=(("title", title),),
        notes=("its last page holds no text",),
        given=(Fact("year", "2021", "harbour.yaml, line 2"),),
        references=(_reference(document, parts[-1][0].id, text.index(CRANES)),),
    )


def _reference(document: str, section: str, start: int) -> Reference:
    return Reference(
        id=mint("reference", document, start),
        document=document,
        section=section,
        ordinal=0,
        start=start,
        end=start + len(CRANES),
        text=CRANES,
        mark="[1]",
        authors=("Ito, A.",),
        year=1999,
        title="Cranes of small ports",
        venue="Coast Journal",
        doi="10.5555/cranes",
        url=None,
    )


class _Places:
    """Finds lines one after another."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._from = 0

    def next(self, line: str) -> tuple[int, int]:
        start = self.text.index(line, self._from)
        self._from = start + len(line)
        return start, self._from


def _section(
    document: str, ordinal: int, where: _Places, title: str, lines: Sequence[str]
) -> tuple[Section, Passage, list[Sentence]]:
    spans = [where.next(line) for line in (title, *lines)]
    start, end = spans[0][0], spans[-1][1]
    section, passage = mint("section", document, start), mint("passage", document, start, end)
    sentences = [
        Sentence(
            id=mint("sentence", document, a, b),
            document=document,
            section=section,
            passage=passage,
            ordinal=ordinal * 100 + place,
            kind="prose" if place else "heading",
            start=a,
            end=b,
            text=where.text[a:b],
            duplicate_of=None,
        )
        for place, (a, b) in enumerate(spans)
    ]
    number, name = title.split(" ", 1)
    return (
        Section(section, document, ordinal, None, "body", 1, number, name, start, end),
        Passage(passage, document, section, ordinal, start, end, None, where.text[start:end]),
        sentences,
    )


def _labelling(sentence: Sentence) -> Labelling:
    if "should" in sentence.text:
        return Labelling(sentence.id, ("measure",), (0.9,))
    if "lack" in sentence.text:
        return Labelling(sentence.id, ("challenge",), (0.8,))
    return Labelling(sentence.id, ("statistic",), (0.7,))


def _norland() -> EntityRef:
    return EntityRef(entity_iri("region", "Norland"), "Norland")


def _mentions(sentence: Sentence) -> list[Mention]:
    found = re.finditer("Norland", sentence.text)
    spans = [(sentence.start + match.start(), sentence.start + match.end()) for match in found]
    return [
        Mention(
            id=mint("mention", sentence.document, "region", start, end),
            type="region",
            document=sentence.document,
            sentence=sentence.id,
            start=start,
            end=end,
            text="Norland",
            entity=_norland(),
            kind="country",
            score=1.0,
        )
        for start, end in spans
    ]


def _statements(sentence: Sentence) -> list[Statement]:
    kind = "measure" if "should" in sentence.text else "challenge" if "lack" in sentence.text else None
    if kind is None:
        return []
    actor = EntityRef(entity_iri("actor", "ministry"), "ministry")
    return [
        Statement(
            id=mint("statement", sentence.document, kind, sentence.start, sentence.end),
            type="measure" if kind == "measure" else "challenge",
            document=sentence.document,
            section=sentence.section,
            sentence=sentence.id,
            start=sentence.start,
            end=sentence.end,
            text=sentence.text,
            label=" ".join(sentence.text.rstrip(".").split()[-4:]),
            theme="education",
            status="proposed" if kind == "measure" else None,
            actors=(actor,) if "ministry" in sentence.text else (),
            industries=(),
            regions=(_norland(),),
            region_types=("county",),
            scope="paper",
            confidence=0.75,
            duplicate_of=None,
        )
    ]


def _statistics(sentence: Sentence) -> list[Statistic]:
    return [
        Statistic(
            id=mint("statistic", sentence.document, match.start(), match.end()),
            document=sentence.document,
            sentence=sentence.id,
            start=sentence.start + match.start(),
            end=sentence.start + match.end(),
            text=match[0],
            indicator="decline",
            value=float(match[1]),
            value_text=match[1],
            unit="%",
            year=2019,
            region=_norland(),
            conflicts=None,
        )
        for match in re.finditer(r"([\d.]+) percent", sentence.text)
    ]


def _relation(measure: Statement, challenge: Statement) -> Relation:
    return Relation(
        id=mint("relation", "addresses", measure.id, challenge.id),
        type="addresses",
        document=measure.document,
        subject=measure.id,
        object=challenge.id,
        basis="section",
        confidence=0.6,
    )


def _concepts(documents: Sequence[DocumentRecords]) -> list[Concept]:
    """One concept for each statement."""
    return sorted(
        (
            Concept(
                iri=iri(VOCABULARY, each.type, mint("concept", each.id)),
                type=each.type,
                label=each.label,
                alt_labels=(f"{each.label} (other words)",),
                theme=each.theme,
                members=(each.id,),
                merges=(Merge(each.id, "embedding", f"{each.label} (other words)", 0.87),),
            )
            for records in documents
            for each in records.statements
        ),
        key=lambda concept: concept.iri,
    )


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    """Function of (name, sections, title) to records of every kind."""
    return _document


@pytest.fixture(scope="session")
def make_concepts() -> MakeConcepts:
    """Function of documents to their concepts."""
    return _concepts


@pytest.fixture(scope="session")
def two_documents() -> list[DocumentRecords]:
    """Two documents with records of every kind."""
    return [_document(), _document("forest.txt", FOREST, "Wälder")]


@pytest.fixture(scope="session")
def _published_once(
    tmp_path_factory: pytest.TempPathFactory, two_documents: list[DocumentRecords], embedder: Embedder
) -> Path:
    settings = Settings(data=tmp_path_factory.mktemp("published"))
    publish(settings, two_documents, _concepts(two_documents), embedder, {})
    return settings.data


@pytest.fixture
def folder(data: Path, _published_once: Path) -> Path:
    """Folder of the live snapshot of ``two_documents`` in the test's own data folder."""
    shutil.copytree(_published_once, data, dirs_exist_ok=True)
    (snapshot,) = (data / "snapshots").iterdir()
    return snapshot


@pytest.fixture
def publish_all(settings_for: Callable[..., Settings], embedder: Embedder) -> Callable[..., str]:
    """Function of (data folder, documents, other settings) to the id of their snapshot, with their concepts."""

    def run(data: Path, documents: Sequence[DocumentRecords], **others: object) -> str:
        return publish(settings_for(data, **others), documents, _concepts(documents), embedder, {})

    return run
