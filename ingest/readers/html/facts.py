"""What a page says of the paper on it: meta elements of scholarly and social sites, Dublin Core, and JSON-LD."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "authors": ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author", "article:author"),
    "year": (
        "citation_publication_date", "citation_date", "citation_year", "dc.date.issued", "dcterms.issued",
        "dc.date", "dcterms.date", "article:published_time", "date",
    ),
    "doi": ("citation_doi", "dc.identifier.doi", "prism.doi", "dc.identifier"),
    "venue": ("citation_journal_title", "prism.publicationname", "citation_conference_title", "dc.source"),
    "licence": ("dc.rights", "dcterms.license", "dcterms.rights"),
    "language": ("citation_language", "dc.language", "dcterms.language", "content-language"),
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
_ADDRESS = re.compile(r"https?://|@")
_ARTICLES = frozenset({"Article", "ScholarlyArticle", "NewsArticle", "Report", "Legislation", "TechArticle", "WebPage"})
_LONGEST = 1_000_000


def facts_of(root: etree._Element) -> dict[str, str]:
    """The facts that a page states, by name; authors separated by semicolons."""
    said = _meta(root)
    facts = {fact: _first(fact, [value for name in names for value in said[name]]) for fact, names in _NAMES.items()}
    facts["authors"] = "; ".join(_authors(said))
    for fact, value in _linked_data(root):
        facts[fact] = facts.get(fact) or _first(fact, [value])
    facts["language"] = facts["language"] or _first("language", _languages(root))
    facts["licence"] = facts["licence"] or next(
        (link.get("href", "") for link in root.iter("a", "link") if "license" in link.get("rel", "").split()), ""
    )
    return facts


def _meta(root: etree._Element) -> defaultdict[str, list[str]]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv") or ""
        content = " ".join(element.get("content", "").split())
        if content:
            said[name.casefold()].append(content)
    return said


def _authors(said: Mapping[str, list[str]]) -> list[str]:
    """The authors that the first of the elements for them names; addresses are none."""
    for name in _NAMES["authors"]:
        found = [part.strip() for value in said.get(name, ()) for part in value.split(";")]
        if named := [part for part in found if part and not _ADDRESS.search(part)]:
            return named
    return []


def _first(fact: str, values: list[str]) -> str:
    """The first value that can be one of this fact."""
    shape = {"year": _YEAR, "doi": _DOI, "language": _LANGUAGE}.get(fact)
    if shape is None:
        return next(iter(values), "")
    matches = (shape.fullmatch(value) if fact == "language" else shape.search(value) for value in values)
    return next((match.group() for match in matches if match), "")


def _languages(root: etree._Element) -> list[str]:
    html = next(root.iter("html"), root)
    return [str(value) for key, value in html.attrib.items() if str(key).rpartition("}")[2] in {"lang", "xml:lang"}]


def _linked_data(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Facts of the first article that JSON-LD on the page describes."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and len(text := script.text or "") < _LONGEST:
            try:
                held = json.loads(text)
            except (ValueError, RecursionError):
                continue
            article = next((one for one in _objects(held) if _ARTICLES & _types(one)), None)
            if article is not None:
                yield from _article(article)
                return


def _objects(held: object) -> Iterator[dict[str, object]]:
    """The objects at the top of JSON-LD, those of its graph among them."""
    for one in held if isinstance(held, list) else [held]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (item for item in graph if isinstance(item, dict)) if isinstance(graph, list) else ()


def _types(one: Mapping[str, object]) -> set[str]:
    kind = one.get("@type")
    return {str(each) for each in kind} if isinstance(kind, list) else {str(kind)}


def _article(article: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for fact, key in (("title", "headline"), ("title", "name"), ("year", "datePublished"), ("language", "inLanguage")):
        if isinstance(value := article.get(key), str):
            yield fact, value
    if isinstance(licence := article.get("license"), str):
        yield "licence", licence
    author = article.get("author")
    people = author if isinstance(author, list) else [author]
    named = [one.get("name") if isinstance(one, dict) else one for one in people]
    yield "authors", "; ".join(name for name in named if isinstance(name, str) and not _ADDRESS.search(name))
