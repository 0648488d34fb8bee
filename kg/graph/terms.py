"""The IRIs that the graph is written in, and how values become literals. Documented in ``ontology/policy.ttl``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.identifiers import ONTOLOGY, VOCABULARY

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pw": ONTOLOGY,
        "region": VOCABULARY + "region/",
        "industry": VOCABULARY + "industry/",
        "actor": VOCABULARY + "actor/",
        "theme": VOCABULARY + "theme/",
        "region-type": VOCABULARY + "region-type/",
        "measure": VOCABULARY + "measure/",
        "challenge": VOCABULARY + "challenge/",
        "instrument": VOCABULARY + "instrument/",
        "indicator": VOCABULARY + "indicator/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "fabio": "http://purl.org/spar/fabio/",
        "cito": "http://purl.org/spar/cito/",
        "biro": "http://purl.org/spar/biro/",
        "doco": "http://purl.org/spar/doco/",
        "prism": "http://prismstandard.org/namespaces/basic/2.0/",
        "qb": "http://purl.org/linked-data/cube#",
        "qudt": "http://qudt.org/schema/qudt/",
        "unit": "http://qudt.org/vocab/unit/",
        "currency": "http://qudt.org/vocab/currency/",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "locn": "http://www.w3.org/ns/locn#",
        "gn": "http://www.geonames.org/ontology#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "void": "http://rdfs.org/ns/void#",
        "dcat": "http://www.w3.org/ns/dcat#",
    }
)


def declarations(query: str) -> Iterator[str]:
    """What a query needs before it where nobody knows the usual prefixes: a declaration of each that it may use.

    >>> list(declarations("ASK { ?thing a skos:Concept }"))
    ['PREFIX skos: <http://www.w3.org/2004/02/skos/core#>']
    """
    for prefix, base in PREFIXES.items():
        if re.search(rf"(?<![\w-]){re.escape(prefix)}:", query):
            yield f"PREFIX {prefix}: <{base}>"


class Namespace:
    """Makes IRIs below one prefix.

    >>> Namespace("skos")("Concept").value
    'http://www.w3.org/2004/02/skos/core#Concept'
    """

    __slots__ = ("base",)

    def __init__(self, prefix: str) -> None:
        self.base = PREFIXES[prefix]

    def __call__(self, name: str) -> NamedNode:
        """The IRI of ``name``."""
        return NamedNode(self.base + name)


PW = Namespace("pw")
RDF = Namespace("rdf")
RDFS = Namespace("rdfs")
SKOS = Namespace("skos")
PROV = Namespace("prov")
OA = Namespace("oa")
DCTERMS = Namespace("dcterms")
QB = Namespace("qb")
SDMX = Namespace("sdmx-attribute")

TYPE: Final = RDF("type")
LABEL: Final = RDFS("label")
PREF_LABEL: Final = SKOS("prefLabel")
CONCEPT: Final = SKOS("Concept")
EVIDENCE: Final = PW("evidence")
WITHIN: Final = PW("within")
IN_DOCUMENT: Final = PW("inDocument")
IN_SECTION: Final = PW("inSection")
IN_PASSAGE: Final = PW("inPassage")
THEME: Final = PW("theme")
CONFIDENCE: Final = PW("confidence")
GENERATED_BY: Final = PROV("wasGeneratedBy")

_INTEGER: Final = NamedNode(PREFIXES["xsd"] + "integer")
_DECIMAL: Final = NamedNode(PREFIXES["xsd"] + "decimal")
_YEAR: Final = NamedNode(PREFIXES["xsd"] + "gYear")


def string(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def text(value: str, language: str) -> Literal:
    """A string in a language (``und`` gives a plain string)."""
    return Literal(value) if language in {"", "und"} else Literal(value, language=language)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def decimal(value: float) -> Literal:
    """An xsd:decimal with the digits that Python shows for the float, never in exponent form.

    >>> decimal(1e-7).value, decimal(12.50).value, decimal(3.0).value
    ('0.0000001', '12.5', '3')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a decimal number")
    digits = format(Decimal(repr(float(value))), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return Literal(digits, datatype=_DECIMAL)


def year(value: int) -> Literal:
    """An xsd:gYear."""
    return Literal(f"{value:04d}", datatype=_YEAR)


def theme_iri(theme: str) -> NamedNode:
    """IRI of a theme of the built-in scheme."""
    return NamedNode(f"{VOCABULARY}theme/{theme}")


def region_type_iri(region_type: str) -> NamedNode:
    """IRI of a type of region."""
    return NamedNode(f"{VOCABULARY}region-type/{region_type}")
