"""Whether anything is lost when an ingest is killed: ``kill -9`` at random moments, then verify, then run again.

    python -m benchmarks.kills [--kills 200] [--seed 0] [--data DIR]

Before each kill one document of a synchronised folder is written, one changed and one removed. A process that has the
program loaded forks one that runs the ingest, and kills it after a time that the seed decides, uniformly within the
time that an ingest took. Then the live snapshot must verify and hold either all of the old documents or all of the new
ones; the run after it, which nobody disturbs, must end with exactly the files of the folder. A run that ended before
its time counts for nothing. What takes long and does not change (language model, vocabularies, embedder) is loaded
once, before the forks. Prints the figures as JSON; exit status 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import cache
from pathlib import Path

import pyshacl

import ingest.links.concepts
import ingest.pipeline
import ingest.statements.role_head
import kg.graph.vocabulary
import kg.index.embedder
import kg.index.lasting
import kg.publishing
from benchmarks.synthetic import write_documents
from ingest.entities.names import shared_lexicon
from ingest.progress import silent
from ingest.run import run
from kg.errors import SnapshotError
from kg.identifiers import sha256
from kg.resources import ontology_folder
from kg.settings import Settings
from kg.snapshot import open_snapshot
from kg.verification import verify

LOADED = (ingest.links.concepts, ingest.statements.role_head, kg.index.lasting, kg.publishing, pyshacl)
_WRONG = ("broken", "lost", "doubled", "failed")
_RIGHT = ("kills", "during_publishing", "old", "new", "resumed", "undisturbed")
_DOCUMENTS = 4
_SENTENCES = 4
# Seconds after which a run that hangs is ended and counted as failed.
_SLOWEST = 600


class Shelf:
    """A folder of documents that changes, the knowledge base that follows it, and what went wrong."""

    def __init__(self, place: Path, settings: Settings, seed: int) -> None:
        self.folder = place / "documents"
        self.settings = settings
        self.random = random.Random(seed)
        self.found: Counter[str] = Counter()
        self._spare = write_documents(place / "spare", 400, _SENTENCES, seed)
        self._next = 0
        self.folder.mkdir()
        for _ in range(_DOCUMENTS):
            self._add()

    def change(self) -> None:
        """Add a document, change one and remove one."""
        old = sorted(self.folder.iterdir())
        gone, changed = self.random.sample(old, 2)
        gone.unlink()
        changed.write_text(f"{changed.read_text('utf-8')}\nA sentence more, number {self._next}.\n", "utf-8")
        self._add()

    def wanted(self) -> dict[str, str]:
        """Hashes of the files by their names."""
        return {path.name: sha256(path.read_bytes()) for path in self.folder.iterdir()}

    def held(self) -> list[tuple[str, str]]:
        """Names and hashes of what is published, sorted; nothing where nothing is."""
        try:
            documents = open_snapshot(self.settings.data).documents.values()
        except SnapshotError:
            return []
        return sorted((each.document.source, each.document.sha256) for each in documents)

    def _add(self) -> None:
        spare = self._spare[self._next % len(self._spare)]
        (self.folder / f"{self._next:04}.md").write_bytes(spare.read_bytes())
        self._next += 1


def main() -> None:
    """Kill so many times and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path, help="a data folder whose exported model is used")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        data.mkdir()
        if arguments.data is not None:
            (data / "models").symlink_to((arguments.data / "models").resolve())
        settings = Settings(data=data)
        _load(settings)
        begun = time.monotonic()
        shelf = Shelf(Path(scratch), settings, arguments.seed)
        _kill_often(shelf, arguments.kills)
    found = _figures(shelf)
    print(json.dumps({**found, "seconds": round(time.monotonic() - begun)}))
    sys.exit(any(found[name] for name in _WRONG))


def _load(settings: Settings) -> None:
    """Load what all runs share, so that a fork has it at once. Nothing is replaced: it is only not made again."""
    ingest.pipeline.language_model = cache(ingest.pipeline.language_model)
    ingest.pipeline.language_model(settings.spacy_model)
    kg.graph.vocabulary.load = cache(kg.graph.vocabulary.load)
    kg.graph.vocabulary.load(ontology_folder())
    kg.index.embedder.open_embedder = cache(kg.index.embedder.open_embedder)
    kg.index.embedder.open_embedder(settings)
    shared_lexicon()


def _kill_often(shelf: Shelf, kills: int) -> None:
    _undisturbed(shelf)
    shelf.change()
    begun = time.monotonic()
    _undisturbed(shelf)
    longest = time.monotonic() - begun
    while shelf.found["kills"] < kills:
        old = shelf.held()
        shelf.change()
        moment = shelf.random.uniform(0, longest)
        if not _killed(shelf, moment):
            shelf.found["undisturbed"] += 1
        else:
            shelf.found["kills"] += 1
            _look(shelf, old)
        _undisturbed(shelf)
        print(json.dumps(_figures(shelf)), file=sys.stderr, flush=True)


def _figures(shelf: Shelf) -> dict[str, int]:
    """What was found so far. ``old`` and ``new`` say which documents were live after a kill."""
    return {name: shelf.found[name] for name in (*_WRONG, *_RIGHT)}


def _killed(shelf: Shelf, moment: float) -> bool:
    """Whether the ingest was killed after ``moment`` seconds, and had not ended before."""
    child = _fork(shelf)
    deadline = time.monotonic() + moment
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            _note_status(shelf, status)
            return False
        time.sleep(min(0.01, max(deadline - time.monotonic(), 0)))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _undisturbed(shelf: Shelf) -> None:
    """The following run: it must end, and hold exactly the files of the folder."""
    shelf.found["resumed"] += sum(1 for _ in (shelf.settings.data / "work").glob("documents/*.json"))
    child = _fork(shelf)
    _, status = os.waitpid(child, 0)
    _note_status(shelf, status)
    held, wanted = shelf.held(), sorted(shelf.wanted().items())
    shelf.found["lost"] += len(set(wanted) - set(held))
    shelf.found["doubled"] += len(held) - len(set(wanted) & set(held))


def _look(shelf: Shelf, old: list[tuple[str, str]]) -> None:
    """After a kill: the snapshot verifies, and is the old one or the new one and no mixture."""
    data = shelf.settings.data
    shelf.found["during_publishing"] += bool(list((data / "snapshots").glob(".staging-*")))
    shelf.found["broken"] += bool(verify(data))
    held = shelf.held()
    if held == old:
        shelf.found["old"] += 1
    elif held == sorted(shelf.wanted().items()):
        shelf.found["new"] += 1
    else:
        shelf.found["lost"] += 1


def _fork(shelf: Shelf) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        signal.alarm(_SLOWEST)
        run([shelf.folder], shelf.settings, silent, sync=True)
        status = 0
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


def _note_status(shelf: Shelf, status: int) -> None:
    shelf.found["failed"] += os.waitstatus_to_exitcode(status) != 0


if __name__ == "__main__":
    main()
