"""A document as clients see it: what it cites, what cites it, where its facts come from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.identifiers import iri
from kg.records import DocumentRecords, Origin, Reference
from kg.settings import Settings
from search_api import views
from search_api.catalog import Catalog


@pytest.fixture
def citing(documents: list[DocumentRecords]) -> list[DocumentRecords]:
    """Two documents; the second cites the first and a book, by its first two lines."""
    first, second = documents
    section, half = second.sections[0], second.text.index("\n")
    about = first.document
    known = {"document": second.document.id, "section": section.id, "mark": None, "doi": None, "url": None}
    to_first = Reference(
        id="b1",
        ordinal=0,
        start=0,
        end=half,
        text=second.text[:half],
        authors=about.authors,
        year=about.year,
        title=about.title.upper(),
        venue=None,
        **known,
    )
    to_book = replace(to_first, id="b2", ordinal=1, title="The Cranes of Small Ports", year=1999)
    origins = (Origin("year", "timber.yaml, line 2"),)
    return [first, replace(second, references=(to_first, to_book), document=replace(second.document, origins=origins))]


def test_what_a_document_cites_leads_to_the_documents_here(citing: list[DocumentRecords]) -> None:
    settings = Settings.model_construct(base_iri="https://example.org/", public_url="http://localhost:8000")
    catalog = Catalog.of({records.document.id: records for records in citing}, [])
    first, second = (records.document for records in citing)
    shown = views.document(catalog, settings, second.id)
    assert [cited.document for cited in shown.cites] == [first.id, None]
    assert shown.cites[0].iri == iri("https://example.org/", "document", first.id)
    assert shown.cites[1].iri.startswith(iri("https://example.org/", "work", "w"))
    assert citing[1].text[shown.cites[0].start : shown.cites[0].end] == shown.cites[0].text
    assert shown.origins == {"year": "timber.yaml, line 2"}
    assert (shown.counts["references"], shown.cited_by) == (2, [])
    back = views.document(catalog, settings, first.id)
    assert [named.label for named in back.cited_by] == [second.title]
    assert back.cites == []
