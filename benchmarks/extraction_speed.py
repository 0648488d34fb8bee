"""How many words a second one core extracts, where the time goes, and whether it grows with the text alone.

    python benchmarks/extraction_speed.py [FILE_OR_FOLDER ...] [--repeat N] [--growth]

Without paths the digests in ``corpus/`` are read; ``../shared/papers`` is a good second input where it exists.
Seconds are CPU time of the whole process, all its threads together. A word is what white space separates in the source.
Loading models and embedding (for the role head and for relations) are not counted: each source is extracted once
before, so that all vectors are known. ``--growth`` extracts a text of our own at 1, 4 and 16 times its length, no
sentence of which stands in it twice.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from ingest import context
from ingest.entities import mentions
from ingest.figures import statistics
from ingest.links import relations, scope
from ingest.pipeline import Extractor, language_model
from ingest.readers import discover, read
from ingest.statements import drafting, role_head, second_look
from ingest.text.layout import lay_out
from kg.index.embedder import open_embedder
from kg.index.remembering import Remembering
from kg.lexicon import Lexicon
from kg.records import Source
from kg.resources import corpus_folder, ontology_folder
from kg.settings import Settings

Value = TypeVar("Value")
GROWTH = (1, 4, 16)


class Clock:
    """CPU seconds by stage. Time in ``embed`` is kept apart and taken off the stage that asked for it."""

    def __init__(self, embedder: Remembering) -> None:
        self.stages: dict[str, float] = {}
        self._embedder = embedder
        self._embedding = 0.0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, with the time that they take noted."""
        begun = time.process_time()
        vectors = self._embedder.embed(texts)
        self._embedding += time.process_time() - begun
        return vectors

    def time(self, stage: str, work: Callable[[], Value]) -> Value:
        """What ``work`` gives; its seconds are added to ``stage``."""
        begun, embedded = time.process_time(), self._embedding
        value = work()
        spent = time.process_time() - begun - (self._embedding - embedded)
        self.stages[stage] = self.stages.get(stage, 0.0) + spent
        return value


def main() -> None:
    """Print the speed of whole extractions, then seconds by stage, then growth if asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    arguments = parser.parse_args()
    settings = Settings()
    with tempfile.TemporaryDirectory() as scratch:
        embedder = Remembering(open_embedder(settings.model_copy(update={"data": Path(scratch)})))
        extractor = _extractor(settings, embedder)
        sources = [read(path, settings.max_file_bytes) for path in discover(arguments.paths or [corpus_folder()])]
        _speed(extractor, embedder, sources, arguments.repeat)
        _split(extractor, embedder, sources)
        if arguments.growth:
            _growth(extractor, embedder)


def _extractor(settings: Settings, embedder: Remembering) -> Extractor:
    return Extractor(
        language_model(settings.spacy_model),
        Lexicon.load(ontology_folder()),
        embedder.embed,
        role_head.load(embedder.fingerprint),
    )


def _speed(extractor: Extractor, embedder: Remembering, sources: Sequence[Source], repeat: int) -> None:
    for source in sources:
        extractor.extract(source)
    print(f"{'source':44} {'words':>6} {'seconds':>8} {'words/s':>8}   (best of {repeat})")
    total = [0, 0.0]
    for source in sources:
        words = len(source.text.split())
        spent = min(_seconds(extractor, embedder, source) for _ in range(repeat))
        total = [total[0] + words, total[1] + spent]
        print(f"{source.name[:44]:44} {words:6} {spent:8.2f} {words / spent:8.0f}")
    print(f"{'all':44} {total[0]:6.0f} {total[1]:8.2f} {total[0] / total[1]:8.0f}\n")


def _seconds(extractor: Extractor, embedder: Remembering, source: Source) -> float:
    clock = Clock(embedder)
    timed = replace(extractor, embed=clock.embed)
    clock.time("all", lambda: timed.extract(source))
    return clock.stages["all"]


def _split(extractor: Extractor, embedder: Remembering, sources: Sequence[Source]) -> None:
    """The stages of ``Extractor.extract`` one after the other, each over all sentences before the next begins."""
    clock = Clock(embedder)
    for source in sources:
        _staged(extractor, clock, source)
    whole = sum(clock.stages.values())
    print(f"{'stage':44} {'seconds':>8} {'share':>6}")
    for stage, spent in clock.stages.items():
        print(f"{stage:44} {spent:8.2f} {spent / whole:6.1%}")
    print()


def _staged(extractor: Extractor, clock: Clock, source: Source) -> None:
    nlp, lexicon, head = extractor.nlp, extractor.lexicon, extractor.head
    layout = clock.time("layout", lambda: lay_out(source, nlp))
    docs = clock.time("tokenizer", lambda: [nlp.make_doc(sentence.text) for sentence in layout.sentences])
    setting = clock.time("setting", lambda: mentions.setting_of(layout.sentences, extractor.lexicon))
    for doc, place in zip(docs, context.places(layout), strict=True):
        doc._.context, doc._.setting = place, setting
    for name, pipe in nlp.pipeline:
        docs = clock.time(name, partial(_piped, pipe, docs))
    if head is not None:
        clock.time("second look", lambda: second_look.look(docs, head, clock.embed))
    found = clock.time("mentions", lambda: mentions.collect(docs, layout, source.text))
    _, drafts = clock.time("drafts", lambda: drafting.collect(docs, layout, source.text))
    statements = clock.time("scope", lambda: scope.complete(drafts, layout, found, lexicon))
    clock.time("figures", lambda: statistics.collect(docs, layout, found, source.text))
    clock.time("relations", lambda: relations.collect(statements, layout, clock.embed))


def _piped(pipe: Callable[[Doc], Doc], docs: Sequence[Doc]) -> list[Doc]:
    """The Docs after one component, in batches where it can take them."""
    return list(pipe.pipe(docs)) if isinstance(pipe, Pipe) else [pipe(doc) for doc in docs]


def _growth(extractor: Extractor, embedder: Remembering) -> None:
    print(f"{'text':44} {'words':>6} {'seconds':>8} {'words/s':>8}")
    for times in GROWTH:
        text = "\n".join(itertools.islice(_sections(), 12 * times))
        source = Source(f"growth-{times}.md", "text/markdown", "0" * 64, text)
        extractor.extract(source)
        spent = _seconds(extractor, embedder, source)
        words = len(text.split())
        print(f"{f'{times} times the text':44} {words:6} {spent:8.2f} {words / spent:8.0f}")


def _sections() -> Iterator[str]:
    """Sections of a made-up report without end, each about another district, each sentence unlike all others."""
    places = ("Kisumu", "Gujarat", "Bavaria", "Sichuan", "Oaxaca", "Limpopo", "Hokkaido", "Alberta", "Punjab", "Dakar")
    fields = ("solar power", "dairy farming", "shipbuilding", "tourism", "textiles", "software", "fisheries")
    bodies = ("The provincial government", "The ministry of education", "Local cooperatives", "Universities", "Banks")
    yield "# A report on many districts\n"
    for number in itertools.count(1):
        place, field = places[number % len(places)], fields[number % len(fields)]
        body, other = bodies[number % len(bodies)], bodies[(number * 3 + 1) % len(bodies)]
        yield (
            f"## {number}. Work in district {number} of {place}\n\n"
            f"District {number} of {place} suffers from a lack of trained staff, and {number + 11} per cent of its "
            f"firms in {field} closed between 2011 and 2019. Roads to village {number} are often flooded, which keeps "
            f"{number * 13} households from the market. {body} should set up training centre {number} and pay "
            f"{number + 2} million euros for it. {other} must lend to the {number + 40} small firms of {place} on "
            f"better terms so that their owners stay. In {2000 + number % 20} the council of ward {number} opened "
            f"{number + 3} clinics near {place}, but nurses leave because wages there are {number + 5} % lower.\n"
        )


if __name__ == "__main__":
    main()
