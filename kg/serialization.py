"""Records to JSON and back, derived from the types in ``kg.records``. Reading is strict: what does not fit is refused.

The text of a document is not part of its JSON; it is kept beside it, so that its bytes can be compared with the source.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kg.errors import SnapshotError
from kg.records import Concept, DocumentRecords, Source

_Decoder = Callable[[Any], Any]
_Encoder = Callable[[Any], Any]


def document_to_json(records: DocumentRecords) -> dict[str, Any]:
    """All of a document but its text, as what ``json.dumps`` takes."""
    encoded: dict[str, Any] = _encoder(DocumentRecords)(records)
    del encoded["text"]
    return encoded


def document_from_json(data: object, text: str) -> DocumentRecords:
    """The inverse of ``document_to_json``; SnapshotError names the first field that does not fit."""
    if not isinstance(data, dict) or "text" in data:
        raise SnapshotError("a document's records must be a JSON object without its text")
    records: DocumentRecords = _decode(DocumentRecords, {**data, "text": text})
    return records


def concepts_to_json(concepts: Sequence[Concept]) -> list[Any]:
    """Concepts as what ``json.dumps`` takes, in their order."""
    encode = _encoder(Concept)
    return [encode(concept) for concept in concepts]


def concepts_from_json(data: object) -> tuple[Concept, ...]:
    """The inverse of ``concepts_to_json``; SnapshotError names the first field that does not fit."""
    concepts: tuple[Concept, ...] = _decode(tuple[Concept, ...], data)
    return concepts


def source_to_json(source: Source) -> dict[str, Any]:
    """A file as it was read, its text included, as what ``json.dumps`` takes."""
    encoded: dict[str, Any] = _encoder(Source)(source)
    return encoded


def source_from_json(data: object) -> Source:
    """The inverse of ``source_to_json``; SnapshotError names the first field that does not fit."""
    source: Source = _decode(Source, data)
    return source


def dump(data: object) -> bytes:
    """JSON as UTF-8 bytes, compact, one line: the same data gives the same bytes. ValueError for NaN and infinity."""
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _decode(kind: Any, data: object) -> Any:
    try:
        return _decoder(kind)(data)
    except (KeyError, TypeError):
        raise SnapshotError(_first_misfit(kind, data, "")) from None


def _first_misfit(kind: Any, data: Any, where: str) -> str:
    """Descend to the innermost field that its type refuses."""
    inner: list[tuple[str, Any, Any]] = []
    if is_dataclass(kind) and isinstance(data, dict):
        hints = get_type_hints(kind)
        if odd := sorted(data.keys() ^ hints.keys()):
            return f"{where or 'the records'}: field '{odd[0]}' is {'unknown' if odd[0] in data else 'missing'}"
        inner = [(f"{where}.{name}".lstrip("."), hint, data[name]) for name, hint in hints.items()]
    elif get_origin(kind) is tuple and isinstance(data, list):
        inner = [(f"{where}[{place}]", get_args(kind)[0], value) for place, value in enumerate(data)]
    for place, hint, value in inner:
        try:
            _decoder(hint)(value)
        except (KeyError, TypeError):
            return _first_misfit(hint, value, place)
    return f"{where or 'the records'}: {data!r:.80} is not {getattr(kind, '__name__', None) or kind}"


@cache
def _decoder(kind: Any) -> _Decoder:
    """Function that turns JSON into ``kind``; it raises KeyError or TypeError where it cannot."""
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _record_decoder(kind)
    if origin is tuple:
        item = _decoder(get_args(kind)[0])
        return lambda value: tuple([item(each) for each in _exactly(list, value)])
    if origin is Literal:
        table = {choice: choice for choice in get_args(kind)}
        return table.__getitem__
    if origin in (Union, types.UnionType):
        (inner,) = [choice for choice in get_args(kind) if choice is not type(None)]
        some = _decoder(inner)
        return lambda value: None if value is None else some(value)
    if kind is float:
        return _number
    return lambda value: _exactly(kind, value)


def _record_decoder(kind: Any) -> _Decoder:
    hints = get_type_hints(kind)
    parts = [(field.name, _decoder(hints[field.name])) for field in fields(kind)]

    def decode(value: Any) -> Any:
        if len(_exactly(dict, value)) != len(parts):
            raise KeyError(kind)
        return kind(*[part(value[name]) for name, part in parts])

    return decode


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError(float)
    return float(value)


@cache
def _encoder(kind: Any) -> _Encoder:
    origin = get_origin(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = [(field.name, _encoder(hints[field.name])) for field in fields(kind)]
        return lambda record: {name: part(getattr(record, name)) for name, part in parts}
    if origin is tuple:
        item = _encoder(get_args(kind)[0])
        return lambda values: [item(value) for value in values]
    if origin in (Union, types.UnionType):
        (inner,) = [choice for choice in get_args(kind) if choice is not type(None)]
        some = _encoder(inner)
        return lambda value: None if value is None else some(value)
    if kind is float:
        return float
    return lambda value: value
