"""Parsers of XML that believe nothing a file says of itself: no entities, no network, no trees without bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml import etree

from kg.errors import UnreadableSourceError


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML document; what a file damages is left out. UnreadableSourceError where nothing is left."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _failed(name, error) from error


def stream_xml(stream: IO[bytes], name: str, tag: str) -> Iterator[etree._Element]:
    """The children of the first element with a local name (``tag``), one at a time; each is emptied afterwards."""
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    parent: etree._Element | None = None
    try:
        for event, element in events:
            if parent is None:
                parent = element if event == "start" and local_name(element) == tag else None
            elif event == "end" and element.getparent() is parent:
                yield element
                parent.remove(element)
    except etree.XMLSyntaxError as error:
        raise _failed(name, error) from error


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is none (an entity that was not expanded)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    found = next((key for key in element.attrib if str(key).rpartition("}")[2] == name), None)
    return None if found is None else str(element.attrib[found])


def _failed(name: str, error: etree.XMLSyntaxError) -> UnreadableSourceError | MemoryError:
    """What a parser's error means; where it ran out of memory, it says so by a number alone."""
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    return UnreadableSourceError(
        f"{name} is damaged or made to break its reader ({error.msg}). Save it anew from the program that made it."
    )
