"""A web page: decoded, parsed however damaged it is, freed of what surrounds its text, and written as blocks."""

from __future__ import annotations

from lxml import etree

from ingest.readers.html.boilerplate import Boilerplate, main_element
from ingest.readers.html.encoding import decode_page
from ingest.readers.html.facts import facts_of
from ingest.readers.html.flow import PageFlow, first_heading
from ingest.readers.html.legal import facts_of_law, is_legal_page
from ingest.readers.port import Limits
from ingest.readers.writing import TextWriter
from kg.errors import UnreadableSourceError
from kg.records import Source

MEDIA_TYPE = "text/html"


def read(data: bytes, name: str, limits: Limits) -> Source:
    """The main text of a page. UnreadableSourceError for one without text; damaged markup is no error."""
    text, notes = decode_page(data)
    root = _parsed(text, name)
    writer = TextWriter(name, limits)
    boilerplate = Boilerplate(root)
    legal = is_legal_page(root)
    main = next(iter(root.iter("body")), root) if legal else main_element(root, boilerplate)
    flow = PageFlow(writer, boilerplate)
    for heading in first_heading(root, main):
        flow.heading(heading, 1)
    flow.walk(main)
    flow.finish()
    facts = facts_of(root) | (facts_of_law(root) if legal else {})
    return writer.source(data, MEDIA_TYPE, facts, notes)


def _parsed(text: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError as error:
        raise UnreadableSourceError(f"{name} holds no text. Remove it or save the page anew.") from error
    met = {entry.type for entry in parser.error_log}
    if etree.ErrorTypes.ERR_NO_MEMORY in met:
        raise MemoryError
    if etree.ErrorTypes.ERR_RESOURCE_LIMIT in met:
        raise UnreadableSourceError(
            f"{name} is nested more than 255 levels deep, or holds 10 million characters without a tag, beyond which "
            "nothing of it could be read. Save the page anew, or its text as .txt."
        )
    if root is None:
        raise UnreadableSourceError(f"{name} holds no text. Remove it or save the page anew.")
    return root
