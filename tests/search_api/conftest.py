"""A small published knowledge base, made from texts written for the tests, and a service over it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kg.identifiers import VOCABULARY, iri, mint, sha256
from kg.index.embedder import Embedder
from kg.lexicon import Lexicon
from kg.publishing import publish
from kg.records import (
    Concept,
    Document,
    DocumentRecords,
    EntityRef,
    Labelling,
    Mention,
    Passage,
    Relation,
    Section,
    Sentence,
    Statement,
    Statistic,
)
from kg.resources import ontology_folder
from kg.settings import Settings
from search_api.app import create_app
from search_api.browse.browser import Browser
from search_api.service import Service

Section_ = tuple[str, Sequence[tuple[str, str]]]

FISHING: Sequence[Section_] = (
    (
        "1 Problems",
        (
            ("challenge", "Skilled fishermen leave the coastal villages of Peru for the big cities."),
            ("challenge", "Many harbours lack cold storage, so that the catch spoils within a day."),
            ("statistic", "In 2019 the ports of Peru employed 412 pilots."),
            ("background", "A pilot is a sailor who guides large ships through narrow waters."),
        ),
    ),
    (
        "2 Remedies",
        (
            ("measure", "The ministry should found a school that keeps skilled fishermen in the villages."),
            ("implemented", "Peru has already built two cold stores for the catch in its harbours."),
            ("measure", "Harbour authorities should share their tide data with every boat."),
            ("measure", "The ministry should found a school that keeps skilled fishermen in the villages."),
        ),
    ),
)
TIMBER: Sequence[Section_] = (
    (
        "1 Difficulties",
        (
            ("challenge", "Sawmills in Finland lack dry timber in most winters."),
            ("statistic", "Timber exports of Finland fell by 7 percent in 2020."),
        ),
    ),
    (
        "2 Proposals",
        (
            ("measure", "Municipalities in Finland should lend drying kilns to small sawmills."),
            ("background", "Chile and Canada sell more wood than they did a decade ago."),
        ),
    ),
)


@dataclass
class _Builder:
    """Collects the records of one document while its lines are laid out."""

    document: str
    text: str
    lexicon: Lexicon
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    labellings: list[Labelling] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    at: int = 0

    def section(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        spans = [self._next(line) for line in (title, *(text for _, text in lines))]
        start, end = spans[0][0], spans[-1][1]
        section, passage = mint("section", self.document, start), mint("passage", self.document, start, end)
        ordinal, (number, name) = len(self.sections), title.split(" ", 1)
        self.sections.append(Section(section, self.document, ordinal, None, "body", 1, number, name, start, end))
        text = self.text[start:end]
        self.passages.append(Passage(passage, self.document, section, ordinal, start, end, None, text))
        for kind, (a, b) in zip(("heading", *(kind for kind, _ in lines)), spans, strict=True):
            self._sentence(kind, section, passage, a, b)

    def _next(self, line: str) -> tuple[int, int]:
        start = self.text.index(line, self.at)
        self.at = start + len(line)
        return start, self.at

    def _sentence(self, kind: str, section: str, passage: str, a: int, b: int) -> None:
        text = self.text[a:b]
        twin = next((s.id for s in self.sentences if s.text == text), None)
        name = mint("sentence", self.document, a, b)
        shape = "heading" if kind == "heading" else "prose"
        number = len(self.sentences)
        self.sentences.append(Sentence(name, self.document, section, passage, number, shape, a, b, text, twin))
        role = "measure" if kind == "implemented" else kind
        self.labellings.append(Labelling(name, (role,), (0.9,)))
        for match in self.lexicon.find(text, kinds=("region", "industry")):
            self._mention(name, match, a)
        if role in ("measure", "challenge"):
            self._statement(kind, self.sentences[-1])
        for figure in re.finditer(r"(\d+) (percent|pilots)", text):
            self._statistic(name, text, figure, a)

    def _mention(self, sentence: str, match: Any, a: int) -> None:
        entity, start, end = EntityRef(match.concept.iri, match.concept.label), a + match.start, a + match.end
        name = mint("mention", self.document, match.kind, start, end)
        kind, level = match.kind, match.concept.type
        self.mentions.append(Mention(name, kind, self.document, sentence, start, end, match.text, entity, level, 1.0))

    def _statement(self, kind: str, sentence: Sentence) -> None:
        regions = tuple(m.entity for m in self.mentions if m.sentence == sentence.id and m.type == "region")
        twin = next((s.id for s in self.statements if s.text == sentence.text), None)
        self.statements.append(
            Statement(
                id=mint("statement", self.document, sentence.start, sentence.end),
                type="challenge" if kind == "challenge" else "measure",
                document=self.document,
                section=sentence.section,
                sentence=sentence.id,
                start=sentence.start,
                end=sentence.end,
                text=sentence.text,
                label=sentence.text.rstrip("."),
                theme="other",
                status=None if kind == "challenge" else "implemented" if kind == "implemented" else "proposed",
                actors=(),
                industries=(),
                regions=regions,
                region_types=("village",) if "villages" in sentence.text else (),
                scope="sentence",
                confidence=0.8,
                duplicate_of=twin,
            )
        )

    def _statistic(self, sentence: str, text: str, figure: re.Match[str], a: int) -> None:
        year = int(re.findall(r"20\d\d", text)[0])
        self.statistics.append(
            Statistic(
                id=mint("statistic", self.document, a + figure.start()),
                document=self.document,
                sentence=sentence,
                start=a + figure.start(),
                end=a + figure.end(),
                text=figure[0],
                indicator="pilots employed" if figure[2] == "pilots" else "fall of timber exports",
                value=float(figure[1]),
                value_text=figure[1],
                unit="persons" if figure[2] == "pilots" else "%",
                year=year,
                region=None,
                conflicts=None,
            )
        )


def _records(name: str, title: str, sections: Sequence[Section_], lexicon: Lexicon) -> DocumentRecords:
    lines = [title, *(line for head, group in sections for line in (head, *(text for _, text in group)))]
    text = "\n\n".join(lines) + "\n"
    document = mint("document", name, text)
    made = _Builder(document, text, lexicon)
    for head, group in sections:
        made.section(head, group)
    measures = [s for s in made.statements if s.type == "measure" and s.duplicate_of is None]
    challenges = [s for s in made.statements if s.type == "challenge"]
    pairs = zip(measures, challenges, strict=False)
    return DocumentRecords(
        document=Document(
            document,
            name,
            "text/plain",
            sha256(text.encode()),
            len(text),
            title,
            ("Ana Ruiz",),
            2021,
            *(None,) * 3,
            "en",
        ),
        text=text,
        sections=tuple(made.sections),
        passages=tuple(made.passages),
        sentences=tuple(made.sentences),
        labellings=tuple(made.labellings),
        mentions=tuple(made.mentions),
        statements=tuple(made.statements),
        statistics=tuple(made.statistics),
        relations=tuple(
            Relation(mint("relation", m.id, c.id), "addresses", document, m.id, c.id, "section", 0.8) for m, c in pairs
        ),
    )


def _concepts(documents: Sequence[DocumentRecords]) -> list[Concept]:
    """One concept for each text that states something; twins share it."""
    groups: dict[str, list[Statement]] = {}
    for statement in (s for record in documents for s in record.statements):
        groups.setdefault(statement.text, []).append(statement)
    return sorted(
        (
            Concept(
                iri(VOCABULARY, same[0].type, mint("concept", text)),
                same[0].type,
                same[0].label,
                (),
                same[0].theme,
                tuple(sorted(s.id for s in same)),
            )
            for text, same in groups.items()
        ),
        key=lambda concept: concept.iri,
    )


@pytest.fixture(scope="session")
def documents() -> list[DocumentRecords]:
    """Two documents: fishing in Peru and timber in Finland."""
    lexicon = Lexicon.load(ontology_folder())
    return [
        _records("fishing.txt", "Fishing on a dry coast", FISHING, lexicon),
        _records("timber.txt", "Timber from the north", TIMBER, lexicon),
    ]


@pytest.fixture(scope="session")
def concepts_of() -> Callable[[Sequence[DocumentRecords]], list[Concept]]:
    """Function of documents to the concepts of their statements."""
    return _concepts


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    exported_models: Path,
    embedder: Embedder,
    documents: list[DocumentRecords],
) -> Settings:
    """Settings of a published knowledge base."""
    data = tmp_path_factory.mktemp("served")
    (data / "models").symlink_to(exported_models)
    settings = Settings(data=data)
    publish(settings, documents, _concepts(documents), embedder, {})
    return settings


@pytest.fixture(scope="session")
def service(served: Settings) -> Service:
    """The use cases over the knowledge base."""
    return Service(served)


@pytest.fixture(scope="session")
def client(served: Settings) -> Iterator[TestClient]:
    """An HTTP client of the application."""
    with TestClient(create_app(served)) as made:
        yield made


@contextmanager
def _running(app: FastAPI) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def running() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """Function of an application to a context in which it is served on loopback; gives its base URL."""
    return _running


@pytest.fixture(scope="session")
def corpus_service(corpus_settings: Settings) -> Service:
    return Service(corpus_settings)


@pytest.fixture(scope="session")
def corpus(corpus_service: Service) -> Browser:
    """Browsing over the built-in corpus."""
    return Browser(corpus_service)
