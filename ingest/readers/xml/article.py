"""A paper in XML: parsed without trust in it, and handed to the reader of its vocabulary."""

from __future__ import annotations

from ingest.readers import html
from ingest.readers.parsing import local_name, parse_xml
from ingest.readers.port import Limits
from ingest.readers.writing import TextWriter
from ingest.readers.xml import jats, tei
from ingest.readers.xml.finding import first
from kg.errors import UnreadableSourceError
from kg.records import Source


def read(data: bytes, name: str, limits: Limits) -> Source:
    """The text of a paper. UnreadableSourceError for XML of another kind, damaged XML and papers without text."""
    root = parse_xml(data, name)
    kind = local_name(root)
    writer = TextWriter(name, limits)
    if kind == "html":
        return html.read(data, name, limits)
    if kind == "article" and (first(root, "front") is not None or first(root, "body") is not None):
        return writer.source(data, "application/jats+xml", jats.write(root, writer))
    if kind in {"TEI", "TEI.2"}:
        return writer.source(data, "application/tei+xml", tei.write(root, writer))
    raise UnreadableSourceError(
        f"{name} is XML with the root element '{kind}', which no reader knows. Papers in JATS (article), TEI and XHTML "
        "can be read; convert it to one of them, or to HTML."
    )
