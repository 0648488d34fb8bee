"""The formats of files about one paper: our own YAML, CSL-JSON, BibTeX and RIS, each read by a library for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import yaml

from ingest.bibliography.plain_yaml import compose
from ingest.bibliography.written import BrokenError, Parse, Written, line_of

_NULL: Final = "tag:yaml.org,2002:null"
_DATE_PARTS: Final = "date-parts"


def from_yaml(text: str) -> list[Written]:
    """A mapping of fields; authors are texts or mappings with ``name``, or ``family`` and ``given``."""
    try:
        node = compose(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise BrokenError(*_yaml_fault(error)) from error
    if not isinstance(node, yaml.MappingNode):
        raise BrokenError("fields are expected, such as 'title: …'", 1)
    return of_mapping(node)


def of_mapping(node: yaml.MappingNode) -> list[Written]:
    """The fields of one mapping that hold something."""
    found = []
    for key, value in node.value:
        texts = tuple(_texts(value))
        if texts:
            found.append(Written(str(key.value), texts, key.start_mark.line + 1))
    return found


def _texts(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        if node.tag != _NULL and node.value.strip():
            yield node.value
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item)
    elif isinstance(node, yaml.MappingNode):
        named = {str(key.value): str(value.value) for key, value in node.value if isinstance(value, yaml.ScalarNode)}
        if name := _name(named):
            yield name


def _yaml_fault(error: Exception) -> tuple[str, int | None]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"no YAML: {error.problem}", error.problem_mark.line + 1
    return f"no YAML that can be read: {error or type(error).__name__}", None


def _name(parts: Mapping[str, Any]) -> str:
    """A person's or body's name from its parts; "Family, Given" where they are told apart."""
    whole = parts.get("literal") or parts.get("name")
    if isinstance(whole, str):
        return whole
    particle = parts.get("non-dropping-particle") or parts.get("dropping-particle")
    family = " ".join(str(part) for part in (particle, parts.get("family")) if part)
    given = str(parts.get("given") or "")
    return f"{family}, {given}" if family and given else family or given


def from_csl(text: str) -> list[Written]:
    """One CSL-JSON item, alone or in an array."""
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenError(f"no JSON: {error.msg}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise BrokenError(f"no JSON that can be read: {error}") from error
    items = loaded if isinstance(loaded, list) else [loaded]
    if len(items) != 1 or not isinstance(items[0], dict):
        raise BrokenError(f"one CSL-JSON item is expected, there are {len(items)}")
    return of_json_object(items[0], text)


def of_json_object(entry: Mapping[str, Any], text: str = "") -> list[Written]:
    """The fields of one object that hold something, with their lines in ``text``."""
    pairs = [(name, tuple(_csl_texts(value))) for name, value in entry.items()]
    return [Written(name, texts, line_of(text, json.dumps(name))) for name, texts in pairs if texts]


def _csl_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _csl_texts(item)
    elif isinstance(value, dict):
        parts = value.get(_DATE_PARTS)
        date = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(date, list) and date:
            yield str(date[0])
        elif name := _name(value) or str(value.get("raw") or ""):
            yield name


def from_bibtex(text: str) -> list[Written]:
    """One entry, TeX's spellings of letters resolved."""
    import bibtexparser
    from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors

    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware(keep_braced_groups=True), SeparateCoAuthors()]
    )
    if library.failed_blocks:
        block = library.failed_blocks[0]
        raise BrokenError(f"no BibTeX: {block.error}", (block.start_line or 0) + 1)
    if len(library.entries) != 1:
        raise BrokenError(f"one BibTeX entry is expected, there are {len(library.entries)}")
    return [_of_bibtex(field) for field in library.entries[0].fields]


def _of_bibtex(field: Any) -> Written:
    values = field.value if isinstance(field.value, list) else [field.value]
    texts = tuple(str(value).replace("{", "").replace("}", "") for value in values)
    return Written(field.key.casefold(), texts, (field.start_line or 0) + 1)


def from_ris(text: str) -> list[Written]:
    """One RIS record."""
    import rispy

    try:
        records = rispy.loads(text.lstrip("\ufeff"))
    except (OSError, ValueError, KeyError) as error:
        raise BrokenError(f"no RIS: {error}") from error
    if len(records) != 1:
        raise BrokenError(f"one RIS record is expected, there are {len(records)}: each ends in a line 'ER  - '", 1)
    tags = {name: tag for tag, name in rispy.TAG_KEY_MAPPING.items()}
    return [
        Written(name, tuple(map(str, values)), line_of(text, f"{tags.get(name, name)}  -"))
        for name, value in records[0].items()
        if (values := value if isinstance(value, list) else [value] if isinstance(value, str) else [])
    ]


# In order of trust, by file ending.
PARSERS: Final[Mapping[str, Parse]] = MappingProxyType(
    {".yaml": from_yaml, ".yml": from_yaml, ".json": from_csl, ".bib": from_bibtex, ".ris": from_ris}
)
# Which of a format's names mean which fact; other names of the last three formats are theirs and are passed over.
NAMES: Final[Mapping[str, Mapping[str, Sequence[str]]]] = MappingProxyType(
    {
        ".yaml": {
            "title": ("title",),
            "authors": ("authors", "author"),
            "year": ("year", "date", "published"),
            "venue": ("venue", "journal"),
            "doi": ("doi",),
            "language": ("language", "lang"),
            "licence": ("licence", "license"),
            "publisher": ("publisher",),
            "volume": ("volume",),
            "issue": ("issue", "number"),
            "pages": ("pages",),
            "url": ("url",),
        },
        ".json": {
            "title": ("title",),
            "authors": ("author",),
            "year": ("issued",),
            "venue": ("container-title",),
            "doi": ("DOI",),
            "language": ("language",),
            "licence": ("license",),
            "publisher": ("publisher",),
            "volume": ("volume",),
            "issue": ("issue",),
            "pages": ("page",),
            "url": ("URL",),
        },
        ".bib": {
            "title": ("title",),
            "authors": ("author",),
            "year": ("year", "date"),
            "venue": ("journal", "journaltitle", "booktitle"),
            "doi": ("doi",),
            "language": ("language", "langid"),
            "licence": ("copyright", "license"),
            "publisher": ("publisher", "institution", "school"),
            "volume": ("volume",),
            "issue": ("number", "issue"),
            "pages": ("pages",),
            "url": ("url",),
        },
        ".ris": {
            "title": ("title", "primary_title"),
            "authors": ("authors", "first_authors"),
            "year": ("year", "publication_year", "date"),
            "venue": ("journal_name", "alternate_title3", "secondary_title"),
            "doi": ("doi",),
            "language": ("language",),
            "publisher": ("publisher",),
            "volume": ("volume",),
            "issue": ("number",),
            "pages": ("start_page",),
            "url": ("urls",),
        },
    }
)
