"""BibTeX, UTF-8: characters that TeX would take for commands are escaped, capitals of titles are kept by braces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.exports.bibliography.works import Work, is_body, parts

_ESCAPED: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def written(works: Sequence[Work]) -> str:
    """One entry a work: ``@article`` where it appeared in a journal or the like, ``@misc`` otherwise."""
    from bibtexparser import BibtexFormat, Library, write_string
    from bibtexparser.model import Entry, Field

    library = Library()
    for work in works:
        fields = [Field(name, value) for name, value in _fields(work)]
        library.add(Entry("article" if work.article else "misc", work.key, fields))
    form = BibtexFormat()
    form.indent = "  "
    form.block_separator = "\n"
    text: str = write_string(library, bibtex_format=form)
    return text


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    document = work.document
    yield "title", f"{{{_escaped(document.title)}}}"
    if document.authors:
        yield "author", " and ".join(map(_author, document.authors))
    plain = {
        "year": str(document.year) if document.year is not None else None,
        "journal": document.venue,
        "publisher": document.publisher,
        "volume": document.volume,
        "number": document.issue,
        "pages": document.pages.replace("\u2013", "--") if document.pages else None,
        "language": document.language if document.language != "und" else None,
        "copyright": document.licence,
    }
    yield from ((name, _escaped(value)) for name, value in plain.items() if value)
    # TeX reads these verbatim: escapes would become part of them.
    verbatim = {"doi": document.doi, "url": work.url}
    yield from ((name, value.translate({123: "%7B", 125: "%7D"})) for name, value in verbatim.items() if value)


def _author(name: str) -> str:
    """A name as BibTeX splits it rightly; one that is no person's, or that it would split at "and", in braces."""
    escaped = _escaped(name)
    odd = is_body(name) or " and " in name or ("," in name and parts(name) is None)
    return f"{{{escaped}}}" if odd else escaped


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)
