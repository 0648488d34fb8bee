"""The only place where ids and IRIs are minted, from content: same input, same name.

An id is a letter for the kind of record and sixteen hexadecimal digits of a SHA-256 over its defining fields, so it is
short, safe in URLs and file names, and stable between runs and machines.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

VOCABULARY = "https://w3id.org/policyweave/"
ONTOLOGY = VOCABULARY + "ontology#"

_LETTER = {
    "document": "d",
    "section": "s",
    "passage": "p",
    "sentence": "n",
    "mention": "m",
    "statement": "t",
    "statistic": "f",
    "relation": "r",
    "concept": "c",
    "claim": "k",
    "activity": "a",
    "reference": "b",
    "work": "w",
}


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def mint(kind: str, *fields: object) -> str:
    """Id of a record from the fields that define it.

    >>> mint("document", "a text") == mint("document", "a text")
    True
    >>> mint("passage", "d1", 0, 10)[0]
    'p'
    """
    joined = "\x1f".join(str(field) for field in fields)
    return _LETTER[kind] + sha256(f"{kind}\x1f{joined}".encode())[:16]


def document_id(text: str) -> str:
    """Id of the document with this text: the same text is the same document, whatever its file is called."""
    return mint("document", sha256(text.encode("utf-8", "surrogatepass")))


def iri(base: str, kind: str, identifier: str) -> str:
    """IRI of a record below the configured base.

    >>> iri("https://example.org/", "passage", "p1")
    'https://example.org/passage/p1'
    """
    return f"{base}{kind}/{identifier}"


def span_iri(document: str, start: int, end: int, kind: str = "char") -> str:
    """IRI of ``source[start:end]`` of a document given by its IRI: a text/plain fragment (RFC 5147), in code points.

    >>> span_iri("https://example.org/document/d1", 3, 9)
    'https://example.org/document/d1#char=3,9'
    """
    return f"{document}#{kind}={start},{end}"


def area_iri(document: str, fragment: str) -> str:
    """IRI of an area of a page of a document given by its IRI, by the fragment of a PDF file's address (RFC 8118)."""
    return f"{document}#{fragment}"


def permalink(public_url: str, passage: str, start: int, end: int) -> str:
    """Address of a passage on the server, with the cited source characters in its fragment (RFC 5147).

    >>> permalink("http://localhost:8000", "p1", 3, 9)
    'http://localhost:8000/passages/p1#char=3,9'
    """
    return f"{public_url}/passages/{passage}#char={start},{end}"


def slug(label: str) -> str:
    """A readable IRI segment from a label: lower case, words joined by hyphens, other scripts kept.

    >>> slug("Dongheng Village")
    'dongheng-village'
    """
    folded = unicodedata.normalize("NFKC", label).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "x"


def entity_iri(kind: str, label: str) -> str:
    """IRI for an entity that no vocabulary holds, from its label (``kind``: region, industry, actor, indicator).

    >>> entity_iri("region", "Dongheng Village")
    'https://w3id.org/policyweave/region/x-dongheng-village'
    """
    return f"{VOCABULARY}{kind}/x-{slug(label)}"
