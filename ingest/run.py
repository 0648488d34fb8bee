"""One run of ``policyweave ingest``: which files are new, extract those, merge concepts over all, publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.fingerprint import extraction_key, extractor_fingerprint
from ingest.links import overrides
from ingest.links.overrides import Override
from ingest.progress import Tell
from ingest.readers import discover, read
from kg.errors import SnapshotError, UnreadableSourceError
from kg.locking import WriterLock, writer_lock
from kg.records import DocumentRecords, Source
from kg.reuse import intact
from kg.settings import Settings
from kg.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from kg.index.embedder import Embedder

_UNUSED = "nothing that is read now has these names, so the line changes nothing"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do about it."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. ``published`` is false where the live snapshot already held everything; ``notes`` are lines of
    the file of merges that found nothing to apply to.
    """

    snapshot: str
    published: bool
    documents: int
    extracted: tuple[str, ...]
    reused: tuple[str, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The report as plain values."""
        return {
            "snapshot": self.snapshot,
            "published": self.published,
            "documents": self.documents,
            "extracted": list(self.extracted),
            "reused": list(self.reused),
            "failures": [{"path": one.path, "message": one.message} for one in self.failures],
            "notes": list(self.notes),
        }


@dataclass(slots=True)
class _Plan:
    """The sources of the next snapshot by file name; those in ``kept`` need no new extraction."""

    sources: dict[str, Source] = field(default_factory=dict)
    kept: dict[str, DocumentRecords] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


def run(paths: Sequence[Path], settings: Settings, tell: Tell, rebuild: bool = False) -> Report:
    """Read ``paths``, extract what is new and publish. A file that fails is reported and stops nothing else.

    Documents published earlier stay, unless ``rebuild`` asks for a knowledge base of ``paths`` alone. Raises
    MisuseError for a bad line in the file of merges, LockedError if another run is writing, ModelError for a wrong
    model, ShapesError if the graph is invalid, SnapshotError if the live snapshot is damaged, and
    UnreadableSourceError if there is nothing at all to publish.
    """
    lines = overrides.read(settings.merges_file, required=settings.merges is not None)
    with writer_lock(settings.data) as lock:
        current = None if rebuild else _current(settings.data)
        plan = _plan(paths, settings, current)
        if not plan.sources:
            details = "\n  ".join(failure.message for failure in plan.failures)
            raise UnreadableSourceError(f"nothing to ingest:\n  {details}")
        new = [name for name in sorted(plan.sources) if name not in plan.kept]
        if current is not None and not new and _same(current, plan, settings):
            return _report(current.id, False, plan, new)
        snapshot, unused = _publish(plan, new, settings, lines, tell, lock)
        notes = tuple(f"{settings.merges_file}, line {line.line}: {_UNUSED}" for line in unused)
        return _report(snapshot, True, plan, new, notes)


def _current(data: Path) -> Snapshot | None:
    """The live snapshot, None where nothing was published yet.

    Raises SnapshotError where it is damaged: what it held cannot be carried over, and must not be dropped silently.
    """
    if not (data / "current").exists():
        return None
    try:
        snapshot = open_snapshot(data)
        if intact(snapshot.path):
            return snapshot
        why = f"{snapshot.path} does not match its manifest"
    except SnapshotError as error:
        why = str(error)
    raise SnapshotError(
        f"the published documents cannot be carried over, because {why}. To build the knowledge base anew from sources "
        "alone, run 'policyweave ingest --rebuild' and name all of them"
    )


def _plan(paths: Sequence[Path], settings: Settings, current: Snapshot | None) -> _Plan:
    plan = _Plan()
    given = _read_all(paths, settings, plan.failures)
    texts = {source.text for source in given.values()}
    # A text that comes again under another name is the same document renamed.
    earlier = {
        records.document.source: records
        for records in (current.documents.values() if current else ())
        if records.document.source in given or records.text not in texts
    }
    for name, records in earlier.items():
        document = records.document
        plan.sources[name] = Source(name, document.media_type, document.sha256, records.text)
    plan.sources |= given
    fingerprint = extractor_fingerprint(settings)
    for name, source in plan.sources.items():
        plan.keys[name] = extraction_key(source, fingerprint)
        if current and name in earlier and _known(current, earlier[name]) == plan.keys[name]:
            plan.kept[name] = earlier[name]
    return plan


def _known(current: Snapshot, records: DocumentRecords) -> str | None:
    return current.manifest.keys.get(records.document.id)


def _read_all(paths: Sequence[Path], settings: Settings, failures: list[Failure]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    texts: dict[str, str] = {}
    for path in _discover_each(paths, failures):
        try:
            source = read(path, settings.max_file_bytes)
            if source.name in sources:
                raise UnreadableSourceError(f"{path}: another file of this run has the same name; rename one of them")
            if source.text in texts:
                raise UnreadableSourceError(f"{path} has the same text as {texts[source.text]}; it is taken once")
        except UnreadableSourceError as error:
            failures.append(Failure(_printable(path), str(error)))
            continue
        sources[source.name] = source
        texts[source.text] = source.name
    return sources


def _discover_each(paths: Sequence[Path], failures: list[Failure]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            found |= {file.resolve(): file for file in discover([path])}
        except UnreadableSourceError as error:
            failures.append(Failure(_printable(path), str(error)))
    return [found[key] for key in sorted(found)]


def _printable(path: Path) -> str:
    """A path for a report; bytes of its name that are not UTF-8 are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _same(current: Snapshot, plan: _Plan, settings: Settings) -> bool:
    """Whether the live snapshot is what this run would publish, judged without loading any model."""
    from kg.publishing import built_like

    return set(current.manifest.keys.values()) == set(plan.keys.values()) and built_like(current, settings)


def _publish(
    plan: _Plan, new: Sequence[str], settings: Settings, lines: Sequence[Override], tell: Tell, lock: WriterLock
) -> tuple[str, tuple[Override, ...]]:
    from ingest.links import concepts
    from kg.index.embedder import open_embedder
    from kg.index.kept import embed_kept
    from kg.index.remembering import Remembering
    from kg.publishing import publish

    tell("preparing the embedding model", 0, len(new) + 2)
    embedder = Remembering(open_embedder(settings))
    records = plan.kept | _extract(plan.sources, new, settings, embedder, tell)
    documents = [records[name] for name in sorted(records)]
    tell("merging concepts", len(new), len(new) + 2)
    statements = [statement for one in documents for statement in one.statements]
    models = settings.data / "models"
    merged = concepts.merge(statements, embedder.embed, lines, names=lambda texts: embed_kept(texts, embedder, models))
    tell("embedding and publishing", len(new) + 1, len(new) + 2)
    keys = {records[name].document.id: plan.keys[name] for name in sorted(records)}
    return publish(settings, documents, merged.concepts, embedder, keys, lock), merged.unused


def _extract(
    sources: Mapping[str, Source], new: Sequence[str], settings: Settings, embedder: Embedder, tell: Tell
) -> dict[str, DocumentRecords]:
    if not new:
        return {}
    from ingest.entities.names import shared_lexicon
    from ingest.pipeline import Extractor, language_model
    from ingest.statements import role_head

    tell("loading the language model", 0, len(new) + 2)
    extractor = Extractor(
        nlp=language_model(settings.spacy_model),
        lexicon=shared_lexicon(),
        embed=embedder.embed,
        head=role_head.load(embedder.fingerprint),
    )
    records = {}
    for done, name in enumerate(new):
        tell(name, done, len(new) + 2)
        records[name] = extractor.extract(sources[name])
    return records


def _report(snapshot: str, published: bool, plan: _Plan, new: Sequence[str], notes: tuple[str, ...] = ()) -> Report:
    kept, failures = tuple(sorted(plan.kept)), tuple(plan.failures)
    return Report(snapshot, published, len(plan.sources), tuple(new), kept, failures, notes)
