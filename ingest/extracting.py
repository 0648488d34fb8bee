"""Extraction of the documents that are new, one after another; what fails is reported, what is finished is kept."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.files import as_read
from ingest.finished import Finished
from ingest.limits import time_limit
from ingest.planning import Planned
from ingest.progress import Event, Tell, event
from ingest.report import Failure
from kg.errors import ExtractionError, PolicyweaveError
from kg.evidence import broken_quotes, broken_references
from kg.records import DocumentRecords, Source
from kg.settings import Settings

if TYPE_CHECKING:
    from ingest.pipeline import Extractor
    from kg.index.embedder import Embedder


@dataclass(slots=True)
class Extracted:
    """Records by document id; names of those that an earlier run had finished; what failed, by document id."""

    records: dict[str, DocumentRecords] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)
    failures: dict[str, Failure] = field(default_factory=dict)


class Extraction:
    """Extracts documents and keeps each result; the language model is loaded with the first that needs it."""

    def __init__(self, settings: Settings, embedder: Embedder, tell: Tell) -> None:
        self._settings = settings
        self._embedder = embedder
        self._tell = tell
        self._finished = Finished(settings.data)
        self._extractor: Extractor | None = None

    def run(self, wanted: Sequence[Planned], published: Mapping[str, DocumentRecords]) -> Extracted:
        """Extract ``wanted``; one without a source of its own is extracted again from its ``published`` records.

        Raises ModelError where a model is missing and SnapshotError where results cannot be kept.
        """
        done = Extracted()
        for number, planned in enumerate(wanted, 1):
            source = planned.source or as_read(published[planned.id])
            self._tell(_started(planned, number, len(wanted), len(source.text)))
            try:
                self._one(planned, source, done)
            except ExtractionError as error:
                done.failures[planned.id] = failure = Failure.of(planned.name, error, "extract")
                self._tell(failed(failure))
        return done

    def _one(self, planned: Planned, source: Source, done: Extracted) -> None:
        records = self._finished.get(planned.key)
        seconds = 0.0
        if records is not None:
            done.resumed.append(planned.name)
        else:
            extractor = self._open()
            begun = time.monotonic()
            records = _checked(extractor, source, self._settings.extraction_timeout)
            seconds = time.monotonic() - begun
            self._finished.keep(planned.key, records)
        done.records[planned.id] = records
        self._tell(_finished(planned, records, seconds, planned.name in done.resumed))

    def _open(self) -> Extractor:
        if self._extractor is None:
            from ingest.entities.names import shared_lexicon
            from ingest.pipeline import Extractor, language_model
            from ingest.statements import role_head

            self._tell(event("stage_started", stage="loading the language model"))
            self._extractor = Extractor(
                nlp=language_model(self._settings.spacy_model),
                lexicon=shared_lexicon(),
                embed=self._embedder.embed,
                head=role_head.load(self._embedder.fingerprint),
            )
        return self._extractor


def failed(failure: Failure) -> Event:
    """The event of a document that could not be taken in."""
    return event("document_failed", document=failure.path, stage=failure.stage, why=failure.why, advice=failure.advice)


def _checked(extractor: Extractor, source: Source, seconds: float) -> DocumentRecords:
    """Records that prove what they say, or an ExtractionError that concerns this document alone."""
    try:
        with time_limit(seconds, source.name):
            records = extractor.extract(source)
    except PolicyweaveError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise ExtractionError(f"{source.name} cannot be extracted ({what:.300}). {_OUR_FAULT}") from error
    wrong = [*broken_quotes(records), *(detail for _, detail in broken_references([records], []))]
    if wrong:
        raise ExtractionError(
            f"{source.name} gave {len(wrong)} records that do not match it ({wrong[0]:.300}). {_OUR_FAULT}"
        )
    return records


_OUR_FAULT = "This is a fault of the program: please report it. All other documents are taken in."


def _started(planned: Planned, number: int, of: int, characters: int) -> Event:
    return event(
        "document_started", document=planned.name, number=number, of=of, characters=characters, why=planned.why
    )


def _finished(planned: Planned, records: DocumentRecords, seconds: float, resumed: bool) -> Event:
    return event(
        "document_finished",
        document=planned.name,
        passages=len(records.passages),
        statements=len(records.statements),
        seconds=round(seconds, 3),
        resumed=resumed,
    )
