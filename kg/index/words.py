"""Search by words: BM25 over English stems, one tantivy index for each kind of record.

Kinds are kept apart because BM25 weighs a word by how many records hold it and how long they are: sentences repeated
inside passages would distort both. Query text is plain words; no character in it has a meaning as an operator.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import tantivy

from kg.errors import SnapshotError
from kg.index.han import indexed, paired
from kg.index.hits import Hit

_ANALYZER = "policyweave_english"
# Words of any script that writes spaces; Chinese is written without and comes in pairs of characters.
_TOKEN = r"[\p{L}\p{N}\p{M}]+"
# One writer thread flushes a segment when this is full: below some million records an index is a single segment.
_HEAP_BYTES = 512 * 1024**2
_SPARE = 16
_ATTEMPTS = 20
_PAUSE = 0.01


class WordIndex:
    """All kinds of records by their words; written by ``build``, read by ``open``, searched from any thread."""

    def __init__(self, kinds: dict[str, _KindIndex]) -> None:
        self._kinds = kinds

    @staticmethod
    def build(folder: Path, rows: Iterable[tuple[str, str, str]]) -> None:
        """Write the index of ``rows`` (id, kind, text) into ``folder``; OSError where that fails."""
        texts: dict[str, dict[str, str]] = {}
        for identifier, kind, text in rows:
            texts.setdefault(kind, {})[identifier] = text
        for kind in sorted(texts):
            _build(folder / kind, texts[kind])

    @classmethod
    def open(cls, folder: Path) -> WordIndex:
        """Open what ``build`` wrote. No file of ``folder`` is touched: it may lie on a read-only disk."""
        places = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        return cls({path.name: _KindIndex(path) for path in places})

    def count(self, kind: str) -> int:
        """Number of records of one kind."""
        return self._kinds[kind].count() if kind in self._kinds else 0

    def search(self, text: str, k: int, kind: str | None = None, allowed: Collection[str] | None = None) -> list[Hit]:
        """The ``k`` records that fit the words of ``text`` best (any of them may match), ties by id.

        With ``allowed`` only these ids count, and ``k`` come back where so many of them match. Without ``kind`` all
        kinds are ranked together, though scores compare well only within one.
        """
        if k <= 0:
            return []
        kinds = list(self._kinds.values()) if kind is None else [self._kinds[kind]] if kind in self._kinds else []
        hits = [hit for index in kinds for hit in index.search(text, k, allowed)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:k]

    def holding(self, phrase: str, kind: str) -> frozenset[str] | None:
        """Ids of the records of one kind in which the words of ``phrase`` follow each other, in any of their forms.

        Function words between them may be others. None where the phrase has no word to look for.
        """
        terms = _placed(phrase)
        if not terms:
            return None
        return self._kinds[kind].holding(terms) if kind in self._kinds else frozenset()


def words(text: str) -> tuple[str, ...]:
    """The stems by which ``text`` is found, without repetitions and stop words, sorted.

    >>> words("The counties' café policies AND (unbalanced")
    ('cafe', 'counti', 'polici', 'unbalanc')
    """
    return tuple(sorted(set(_analyzer().analyze(_normal(text)))))


class _KindIndex:
    """The index of one kind."""

    def __init__(self, folder: Path) -> None:
        self._searcher = _open_searcher(folder)
        self._schema = _schema()

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, text: str, k: int, allowed: Collection[str] | None) -> list[Hit]:
        query = self._query(words(text), allowed)
        total = self.count() if allowed is None else min(self.count(), len(allowed))
        wanted = min(k, total)
        if query is None or wanted == 0:
            return []
        # Inside one segment ties come in the order of ids already; across segments all of them must be seen first.
        single = self._searcher.num_segments == 1
        fetch = wanted if single else min(total, wanted + _SPARE)
        while True:
            found = self._searcher.search(query, limit=fetch, count=False).hits
            if single or fetch == total or len(found) < fetch or found[-1][0] < found[wanted - 1][0]:
                break
            fetch = min(total, fetch * 2)
        hits = [Hit(self._searcher.doc(address)["id"][0], round(score, 6)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:wanted]

    def holding(self, terms: Sequence[tuple[int, str]]) -> frozenset[str]:
        query = (
            tantivy.Query.phrase_query(self._schema, "text", list(terms))
            if len(terms) > 1
            else tantivy.Query.term_query(self._schema, "text", terms[0][1])
        )
        found = self._searcher.search(query, limit=max(1, self.count()), count=False).hits
        return frozenset(self._searcher.doc(address)["id"][0] for _, address in found)

    def _query(self, stems: tuple[str, ...], allowed: Collection[str] | None) -> tantivy.Query | None:
        if not stems or (allowed is not None and not allowed):
            return None
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", stem)) for stem in stems]
        matching = tantivy.Query.boolean_query(terms)
        if allowed is None:
            return matching
        among = tantivy.Query.term_set_query(self._schema, "id", sorted(allowed))
        silent = tantivy.Query.const_score_query(among, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), (tantivy.Occur.Must, silent)])


def _normal(text: str) -> str:
    """The words of a query: Chinese in pairs of characters, and letters as ``_folded`` writes them."""
    return paired(_folded(text))


def _folded(text: str) -> str:
    """The text with letters that are written in several ways (accents as marks, full width, ligatures) in one."""
    return unicodedata.normalize("NFKC", text)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=_ANALYZER, index_option="position")
    return builder.build()


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    builder = _tokens()
    for step in (tantivy.Filter.stopword("english"), tantivy.Filter.stemmer("english")):
        builder = builder.filter(step)
    return builder.build()


@cache
def _splitter() -> tantivy.TextAnalyzer:
    return _tokens().build()


def _tokens() -> tantivy.TextAnalyzerBuilder:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_TOKEN))
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())


def _placed(phrase: str) -> list[tuple[int, str]]:
    """The stems of a phrase, stop words left out, each with its place among all words."""
    tokens = enumerate(_splitter().analyze(_normal(phrase)))
    found = [(place, stem) for place, token in tokens for stem in _analyzer().analyze(token)]
    return [(place - found[0][0], stem) for place, stem in found]


def _build(folder: Path, texts: dict[str, str]) -> None:
    """Write an index elsewhere and move its files: tantivy's threads may still put lock files where it was built."""
    folder.mkdir(parents=True)
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        index = tantivy.Index(_schema(), path=str(scratch), reuse=False)
        index.register_tokenizer(_ANALYZER, _analyzer())
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for identifier in sorted(texts):
            writer.add_document(tantivy.Document(id=identifier, text=indexed(_folded(texts[identifier]))))
        writer.commit()
        writer.wait_merging_threads()
        for path in scratch.glob("[!.]*"):
            path.chmod(0o644)  # its meta.json is private to the writer otherwise
            path.replace(folder / path.name)
    except ValueError as error:
        raise OSError(f"cannot write the word index in {folder}: {error}") from error
    finally:
        _remove(scratch)


def _open_searcher(folder: Path) -> tantivy.Searcher:
    """Open through links in a scratch folder, because tantivy makes a lock file beside whatever it opens.

    All files are mapped into memory at once, so the scratch folder is not needed afterwards.
    """
    scratch = Path(tempfile.mkdtemp(prefix="policyweave-words-"))
    try:
        for path in folder.iterdir():
            (scratch / path.name).symlink_to(path.resolve())
        index = tantivy.Index.open(str(scratch))
        index.config_reader("manual")
        return index.searcher()
    except (OSError, ValueError) as error:
        raise SnapshotError(f"the word index in {folder} cannot be read: run 'policyweave verify'") from error
    finally:
        _remove(scratch)


def _remove(scratch: Path) -> None:
    """Remove a scratch folder, though tantivy's own thread may still put its lock file there and take it away."""
    for _ in range(_ATTEMPTS):
        shutil.rmtree(scratch, ignore_errors=True)
        if not scratch.exists():
            return
        time.sleep(_PAUSE)
