"""One run of ``policyweave ingest`` or ``remove``: plan, extract what is new, merge concepts over all, publish."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import origins
from ingest.extracting import Extracted, Extraction, failed
from ingest.finished import Finished
from ingest.links import overrides
from ingest.links.overrides import Override
from ingest.outcome import report_of
from ingest.planning import Plan, Planned, Request, plan_of
from ingest.progress import Event, Tell, event
from ingest.report import Report
from kg.errors import SnapshotError, UnreadableSourceError, no_room
from kg.locking import WriterLock, writer_lock
from kg.records import DocumentRecords
from kg.reuse import intact
from kg.settings import Settings
from kg.snapshot import Snapshot, open_snapshot
from kg.surroundings import differences

if TYPE_CHECKING:
    from ingest.links.concepts import Merged
    from kg.index.lasting import Lasting

__all__ = ["NothingToIngestError", "Report", "carry_out", "preview", "run"]

_UNUSED = "nothing that is read now has these names, so the line changes nothing"


class NothingToIngestError(UnreadableSourceError):
    """All files failed and nothing was published before, so there is nothing to publish; ``report`` says why."""

    def __init__(self, plan: Plan) -> None:
        details = "\n  ".join(failure.message for failure in plan.failures)
        super().__init__(f"nothing to ingest:\n  {details}")
        self.report = report_of(plan, None)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all steps of one run share."""

    settings: Settings
    plan: Plan
    live: Snapshot | None
    lines: Sequence[Override]
    tell: Tell
    lock: WriterLock

    @property
    def published(self) -> Mapping[str, DocumentRecords]:
        return self.live.documents if self.live else {}


def run(paths: Sequence[Path], settings: Settings, tell: Tell, rebuild: bool = False, sync: bool = False) -> Report:
    """Read ``paths``, extract what is new and publish: ``carry_out`` for a request without removals."""
    return carry_out(Request(tuple(paths), rebuild, sync), settings, tell)


def carry_out(request: Request, settings: Settings, tell: Tell) -> Report:
    """Do what ``request`` asks for. A file that fails is reported and stops nothing else.

    Raises MisuseError for a bad line in the file of merges or a wrong path, LockedError if another run is writing,
    ModelError for a wrong model, ShapesError if the graph is invalid, SnapshotError if the live snapshot is damaged or
    the disk is full, and UnreadableSourceError if there is nothing at all to publish.
    """
    begun = time.monotonic()
    lines = overrides.read(settings.merges_file, required=settings.merges is not None)
    with writer_lock(settings.data) as lock:
        live = None if request.rebuild else _live(settings.data)
        plan = plan_of(request, settings, live, origins.read(settings.data))
        if not plan.documents and not plan.removed:
            raise NothingToIngestError(plan)
        one = _Run(settings, plan, live, lines, tell, lock)
        _tell_plan(one)
        try:
            report = _up_to_date(one) or _work(one)
        except OSError as error:
            raise no_room(settings.data, error) from error
    tell(_over(report, time.monotonic() - begun))
    return report


def preview(request: Request, settings: Settings) -> Report:
    """What ``carry_out`` would do now. Loads no model, changes nothing and needs no lock.

    Raises MisuseError, SnapshotError and UnreadableSourceError as ``carry_out`` does.
    """
    live = None if request.rebuild else _live(settings.data)
    plan = plan_of(request, settings, live, origins.read(settings.data))
    if not plan.documents and not plan.removed:
        raise NothingToIngestError(plan)
    finished = Finished(settings.data)
    resumed = [one.name for one in plan.new if finished.has(one.key)]
    changed = differences(live.manifest.basis, settings) if live else []
    return report_of(
        plan, live.id if live else None, False, Extracted(resumed=resumed), rebuilt_for=changed, dry_run=True
    )


def _live(data: Path) -> Snapshot | None:
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
        f"the published documents cannot be carried over, because {why}. Go back to an earlier snapshot with "
        "'policyweave rollback', or build the knowledge base anew from sources alone: run 'policyweave ingest "
        "--rebuild' and name all of them"
    )


def _up_to_date(one: _Run) -> Report | None:
    """The report where the live snapshot is what this run would publish, judged without loading any model."""
    if one.live is None or not _is_live(one, one.plan.keys):
        return None
    origins.write(one.settings.data, _origins(one))
    # A run that was killed after it had published could not do this.
    Finished(one.settings.data).clear()
    return report_of(one.plan, one.live.id)


def _is_live(one: _Run, keys: Mapping[str, str]) -> bool:
    live = one.live
    return live is not None and live.manifest.keys == keys and not differences(live.manifest.basis, one.settings)


def _work(one: _Run) -> Report:
    from kg.index.embedder import open_embedder
    from kg.index.lasting import Lasting

    one.tell(event("stage_started", stage="preparing the embedding model"))
    data = one.settings.data
    embedder = Lasting(open_embedder(one.settings), data / "work")
    done = Extraction(one.settings, embedder, one.tell).run(one.plan.new, one.published)
    _fall_back(one.plan, done, one.live)
    keys = one.plan.keys
    if not keys and not one.plan.removed:
        raise NothingToIngestError(one.plan)
    if one.live is not None and _is_live(one, keys):
        return report_of(one.plan, one.live.id, False, done)
    documents = [done.records.get(each.id) or one.published[each.id] for each in one.plan.documents.values()]
    origins.write(data, _origins(one))
    snapshot, merged = _publish(one, documents, embedder)
    embedder.settle()
    Finished(data).clear()
    origins.prune(data)
    notes = [f"{one.settings.merges_file}, line {line.line}: {_UNUSED}" for line in merged.unused]
    return report_of(one.plan, snapshot, True, done, notes)


def _fall_back(plan: Plan, done: Extracted, live: Snapshot | None) -> None:
    """Where an extraction failed, what was published of the document stays, unless its place is taken."""
    lost = [plan.documents.pop(identifier) for identifier in done.failures]
    plan.failures += done.failures.values()
    for one in lost:
        if live is None or one.earlier is None:
            continue
        name = live.manifest.sources[one.earlier].name
        taken = one.earlier in plan.documents or name in {each.name for each in plan.documents.values()}
        if not taken:
            why = "it cannot be extracted now, so what was published stays"
            plan.add(Planned(one.earlier, name, live.manifest.keys[one.earlier], "kept", why, origin=one.origin))


def _publish(one: _Run, documents: Sequence[DocumentRecords], embedder: Lasting) -> tuple[str, Merged]:
    from ingest.links import concepts
    from kg.index.kept import embed_kept
    from kg.publishing import publish

    one.tell(event("stage_started", stage="merging concepts"))
    ordered = sorted(documents, key=lambda records: records.document.source)
    statements = [statement for records in ordered for statement in records.statements]
    models = one.settings.data / "models"
    merged = concepts.merge(
        statements, embedder.embed, one.lines, names=lambda texts: embed_kept(texts, embedder.inner, models)
    )
    one.tell(event("stage_started", stage="building the snapshot"))
    snapshot = publish(
        one.settings, ordered, merged.concepts, embedder, one.plan.keys, one.lock, one.live, one.plan.extractor
    )
    one.tell(event("snapshot_published", snapshot=snapshot, documents=len(ordered), embedded=embedder.embedded))
    return snapshot, merged


def _origins(one: _Run) -> dict[str, Path]:
    """What was known, and where this run's files lie."""
    given = {each.id: each.origin for each in one.plan.documents.values() if each.origin is not None}
    return origins.read(one.settings.data) | given


def _tell_plan(one: _Run) -> None:
    new = one.plan.new
    texts = [each.source.text if each.source else one.published[each.id].text for each in new]
    one.tell(
        event(
            "run_started",
            documents=len(one.plan.documents),
            to_extract=len(new),
            to_remove=len(one.plan.removed),
            characters=sum(map(len, texts)),
        )
    )
    for failure in one.plan.failures:
        one.tell(failed(failure))
    for change in one.plan.removed:
        one.tell(event("document_removed", document=change.name, why=change.why))


def _over(report: Report, seconds: float) -> Event:
    return event(
        "run_finished",
        snapshot=report.snapshot,
        published=report.published,
        documents=report.documents,
        extracted=len(report.extracted),
        failed=len(report.failures),
        removed=len(report.removed),
        seconds=round(seconds, 3),
    )
