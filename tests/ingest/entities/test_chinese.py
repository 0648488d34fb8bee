"""Entities of Chinese sentences are those that the vocabularies know; rules for English are not applied to them."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.entities.names import shared_lexicon
from ingest.pipeline import Extractor, language_model
from kg.identifiers import sha256
from kg.records import DocumentRecords, Source
from kg.settings import Settings

TEXT = """浙江省乡村计划

杭州市和丽水市应当鼓励新能源汽车产业发展，企业和大学生可以获得补贴3000元。教师短缺是主要困难。
The school board should pay teachers more.
"""


@pytest.fixture(scope="module")
def records() -> DocumentRecords:
    extractor = Extractor(
        nlp=language_model(Settings.model_construct().spacy_model),
        lexicon=shared_lexicon(),
        embed=lambda texts: np.zeros((len(texts), 384), dtype=np.float32),
        head=None,
    )
    return extractor.extract(Source("plan.txt", "text/plain", sha256(TEXT.encode()), TEXT))


def test_regions_industries_and_actors_are_linked(records: DocumentRecords) -> None:
    found = {(mention.type, mention.text, mention.entity.label) for mention in records.mentions}
    assert {
        ("region", "浙江省", "Zhejiang Province"),
        ("region", "杭州市", "Hangzhou City"),
        ("region", "丽水市", "Lishui City"),
        ("industry", "新能源汽车", "new energy vehicles"),
        ("actor", "企业", "enterprises"),
    } <= found
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in records.mentions)


def test_nothing_is_stated_by_a_sentence_that_no_rule_can_read(records: DocumentRecords) -> None:
    assert [TEXT[one.start : one.end].isascii() for one in records.statements] == [True]
    assert records.statistics == ()
