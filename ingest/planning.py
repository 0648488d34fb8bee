"""What a run will do with each document and why, told from names, hashes and the live manifest: no model is loaded.

A document is known by its text: the same text under another name is the same document renamed, another text under the
same name replaces the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest import files
from ingest.files import Given, Read
from ingest.fingerprint import extraction_key, extractor_parts, fingerprint, is_current, is_of_same_file, renewed
from ingest.origins import below
from ingest.report import Action, Change, Failure
from kg.errors import MisuseError, UnreadableSourceError
from kg.identifiers import document_id
from kg.records import Source
from kg.settings import Settings
from kg.snapshot import Snapshot

ASKED = "it was asked for"


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for: files and folders to read, documents (ids) to remove.

    ``sync`` also removes documents whose file is gone from one of ``paths``, which are then folders; ``rebuild``
    forgets everything that is published.
    """

    paths: tuple[Path, ...] = ()
    rebuild: bool = False
    sync: bool = False
    remove: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A document of the next snapshot. It is extracted if ``action`` is added or updated, else taken over.

    ``source`` is None where the live snapshot has what is needed; ``earlier`` is the id of the live document that it
    replaces, which stays if the extraction fails.
    """

    id: str
    name: str
    key: str
    action: Action
    why: str
    source: Source | None = None
    earlier: str | None = None
    origin: Path | None = None


@dataclass(slots=True)
class Plan:
    """The documents of the next snapshot by id, and what is not among them."""

    extractor: Mapping[str, str]
    documents: dict[str, Planned] = field(default_factory=dict)
    removed: list[Change] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, str]:
        """Extraction keys by document id."""
        return {document.id: document.key for document in self.documents.values()}

    @property
    def new(self) -> list[Planned]:
        """The documents to extract, by name."""
        found = [one for one in self.documents.values() if one.action in ("added", "updated")]
        return sorted(found, key=lambda one: one.name)

    def add(self, document: Planned) -> None:
        """Make a document part of the next snapshot."""
        self.documents[document.id] = document


def plan_of(request: Request, settings: Settings, live: Snapshot | None, origins: Mapping[str, Path]) -> Plan:
    """The plan for a request. Raises MisuseError where a path to synchronise is no folder."""
    plan = Plan(extractor_parts(settings))
    folders = [path.resolve() for path in request.paths] if request.sync else []
    if stray := [path for path in request.paths if request.sync and path.exists() and not path.is_dir()]:
        raise MisuseError(f"--sync and --watch take folders, and {stray[0]} is a file: name its folder")
    found = files.find(request.paths, plan.failures)
    planner = _Planner(plan, live, origins, folders)
    sources = live.manifest.sources if live else {}
    known = {fact.name: origins[identifier] for identifier, fact in sources.items() if identifier in origins}
    given = files.hashed(found, settings, plan.failures, known)
    with files.reading(settings) as read:
        planner.take(given, read)
    full = [folder for folder in folders if any(below(files.origin_of(path), [folder]) for path in found)]
    planner.settle(request, full)
    return plan


class _Planner:
    """Fills a plan; ``folders`` are those to synchronise, whole paths."""

    def __init__(self, plan: Plan, live: Snapshot | None, origins: Mapping[str, Path], folders: Sequence[Path]) -> None:
        self.plan = plan
        self._extractor = fingerprint(plan.extractor)
        self._live = live.manifest.sources if live else {}
        self._keys = live.manifest.keys if live else {}
        self._parts = live.manifest.extractor if live else {}
        self._ids = {fact.name: identifier for identifier, fact in self._live.items()}
        self._origins = origins
        self._folders = folders

    def take(self, given: Sequence[Given], read: Read) -> None:
        """Plan the given files: unchanged ones first, so that a copy never takes the place of its original."""
        known = {key: identifier for identifier, key in self._keys.items()}
        changed = []
        for one in given:
            identifier = known.get(extraction_key(one.name, one.whole(one.digest), self._extractor))
            if identifier is None:
                changed.append(one)
            else:
                self.plan.add(self._kept(identifier, "nothing changed", one.origin))
        for one in sorted(changed, key=lambda one: not self._is_live(one)):
            try:
                self._take_changed(one, one.beside.onto(read(one.path)))
            except UnreadableSourceError as error:
                self.plan.failures.append(Failure.of(one.path, error, "read"))

    def settle(self, request: Request, full: Sequence[Path]) -> None:
        """Plan the live documents that were not given; ``full`` are the synchronised folders that hold any file."""
        names = {document.name for document in self.plan.documents.values()}
        for identifier, fact in self._live.items():
            if identifier in self.plan.documents or fact.name in names:
                continue
            origin = self._origins.get(identifier)
            if identifier in request.remove:
                self._remove(identifier, ASKED)
            elif origin is not None and below(origin, full) and _is_gone(origin):
                self._remove(identifier, "its file is gone")
            else:
                self.plan.add(self._stays(identifier))
        for folder in sorted(set(self._folders) - set(full)):
            if left := [path for path in self._origins.values() if below(path, [folder])]:
                self.plan.notes.append(
                    f"{folder} holds no documents, though {len(left)} came from it: they stay. If they are to go, name "
                    "them to 'policyweave remove'"
                )

    def _take_changed(self, one: Given, source: Source) -> None:
        identifier = document_id(source.text)
        twin = self.plan.documents.get(identifier)
        if twin is not None:
            raise UnreadableSourceError(
                f"{one.path} has the same text as {twin.name}, which is taken. Remove the copy."
            )
        earlier = identifier if identifier in self._live else self._ids.get(one.name)
        if earlier is not None and self._is_elsewhere(earlier):
            self._refuse(one, earlier)
        action: Action = "added" if earlier is None else "updated"
        key = extraction_key(one.name, one.whole(source.sha256), self._extractor)
        why = self._why(identifier, source, key)
        self.plan.add(Planned(identifier, one.name, key, action, why, source, earlier, one.origin))
        self.plan.notes.extend(f"{one.path}: {note}" for note in source.notes)

    def _refuse(self, one: Given, earlier: str) -> None:
        """A synchronised folder changes nothing that came from elsewhere and is still there."""
        fact, place = self._live[earlier], self._origins[earlier]
        what = "name" if fact.name == one.name else "text"
        raise UnreadableSourceError(
            f"{one.path} has the same {what} as {place}, which is no part of what is synchronised. Rename or remove "
            "one of them."
        )

    def _why(self, identifier: str, source: Source, key: str) -> str:
        fact = self._live.get(identifier)
        if fact is None:
            return "its text changed" if source.name in self._ids else "new"
        if fact.name != source.name:
            return f"renamed from {fact.name}"
        if fact.sha256 != source.sha256:
            return "its file changed, its text did not"
        same = is_of_same_file(key, self._keys[identifier])
        return self._what_changed() if same else "what is said beside it, or how its format is read, changed"

    def _what_changed(self) -> str:
        """Which parts of the extractor are not what the live snapshot was extracted with."""
        changed = [name for name, value in self.plan.extractor.items() if self._parts.get(name) != value]
        return f"{' and '.join(changed)} changed" if changed else "its last extraction failed"

    def _stays(self, identifier: str) -> Planned:
        """A live document whose file was not given, or could not be read."""
        fact, key = self._live[identifier], self._keys[identifier]
        failed = any(Path(failure.path).name == fact.name for failure in self.plan.failures)
        why = "its file cannot be read now, so what was published stays" if failed else "its file was not named"
        origin = self._origins.get(identifier)
        if is_current(key, self._extractor):
            return self._kept(identifier, why, origin)
        changed = self._what_changed()
        return Planned(
            identifier, fact.name, renewed(key, self._extractor), "updated", changed, None, identifier, origin
        )

    def _kept(self, identifier: str, why: str, origin: Path | None) -> Planned:
        name = self._live[identifier].name
        return Planned(identifier, name, self._keys[identifier], "kept", why, None, identifier, origin)

    def _remove(self, identifier: str, why: str) -> None:
        origin = self._origins.get(identifier)
        path = None if origin is None else str(origin)
        self.plan.removed.append(Change(self._live[identifier].name, "removed", why, identifier, path))

    def _is_live(self, one: Given) -> bool:
        identifier = self._ids.get(one.name)
        return identifier is not None and self._live[identifier].sha256 == one.digest

    def _is_elsewhere(self, identifier: str) -> bool:
        origin = self._origins.get(identifier)
        return bool(self._folders) and origin is not None and not below(origin, self._folders) and origin.exists()


def _is_gone(path: Path) -> bool:
    """Whether there is certainly no such file; a folder that may not be looked into proves nothing."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
