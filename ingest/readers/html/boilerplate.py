"""What of a page is not its text: navigation, banners, forms, footers, lists of links, notices about cookies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_NEVER_NAMES = (
    "script style noscript template svg head nav form button select textarea input iframe object embed canvas audio "
    "video map dialog link meta datalist rt rp"
)
NEVER = frozenset(_NEVER_NAMES.split())
_FRAME = frozenset({"header", "footer", "aside"})
_ROLE_NAMES = "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar alert"
_ROLES = frozenset(_ROLE_NAMES.split())
# What web designers call such parts, in the names of classes and ids.
_PARTS = (
    r"cookies?|consent|gdpr|breadcrumbs?|shar(?:e|ing)|social|side-?bar|related|recommended|newsletter|subscribe|paginat\w*"
    r"|skip-?(?:link|nav|to-?content)?|pager|menu|nav|navbar|navigation|footer|site-?header|masthead|comments?|ads?"
    r"|advert\w*|promo\w*|login|modal|popup|toolbar|feedback|print-?(?:link|button)|lang(?:uage)?-?(?:switch\w*|list)"
    r"|back-?to-?top|visually-?hidden|sr-only|screen-reader-text"
)
_NAMED = re.compile(rf"(?:^|[\s_-])(?:{_PARTS})(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_NAMES = 500
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "div", "section", "table", "td", "p"})
_SENTENCE = re.compile(r"[^\W\d_]{2}[.;:](?:\s|$)|[。；：]")
# A part that holds more of the page's text than this is no boilerplate, whatever its name.
_MOST = 0.4
# A menu: this share of its text and more is links, which are this short on average.
_LINKED = 0.75
_LINK_LENGTH = 80


@dataclass(slots=True)
class _Measure:
    """Characters of text in an element, of them in links, and the number of links; white space is not counted."""

    text: int = 0
    linked: int = 0
    links: int = 0


class Boilerplate:
    """Judges the elements of one page."""

    def __init__(self, root: etree._Element) -> None:
        self._measures = _measured(root)
        self._total = max(1, self._measures[root].text)

    def share(self, element: etree._Element) -> float:
        """The share of the page's text that stands in an element."""
        return self._measures[element].text / self._total if element in self._measures else 0.0

    def drops(self, element: etree._Element) -> bool:
        """Whether an element with all that is in it is left out."""
        if element not in self._measures or element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if _HIDDEN.search(element.get("style", "")):
            return True
        framing = element.tag in _FRAME and not (element.tag == "header" and _in_article(element))
        if framing or element.get("role") in _ROLES or _is_named(element):
            return self.share(element) <= _MOST
        return element.tag in _LISTS and self._is_menu(element)

    def _is_menu(self, element: etree._Element) -> bool:
        """Three links or more, hardly any text beside them, and no sentence among them."""
        found = self._measures[element]
        if found.links < 3 or found.linked < _LINKED * found.text or found.text > _LINK_LENGTH * found.links:
            return False
        return not _SENTENCE.search(" ".join("".join(map(str, element.itertext())).split()))


def main_element(root: etree._Element, boilerplate: Boilerplate) -> etree._Element:
    """The element that holds the page's own text: what is marked so, if it holds enough of it, else the body."""
    body = next(iter(root.iter("body")), root)
    for path in (".//main", ".//*[@role='main']", ".//*[@itemprop='articleBody']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and boilerplate.share(found[0]) >= 0.25 * boilerplate.share(body):
            return found[0]
    return body


def _measured(root: etree._Element) -> dict[etree._Element, _Measure]:
    """The measures of all elements but those that never hold text of a page, in one walk."""
    measures: dict[etree._Element, _Measure] = {}
    stack: list[_Measure] = []
    never = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        excluded = element.tag in NEVER or not isinstance(element.tag, str)
        if event == "start":
            never += excluded
            if not never:
                stack.append(_Measure(len((element.text or "").strip())))
            continue
        if not never:
            measure = measures[element] = stack.pop()
            if element.tag == "a":
                measure.linked, measure.links = measure.text, 1
            if stack:
                stack[-1].text += measure.text
                stack[-1].linked += measure.linked
                stack[-1].links += measure.links
        never -= excluded
        if not never and stack:
            stack[-1].text += len((element.tail or "").strip())
    return measures


def _is_named(element: etree._Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) < _LONGEST_NAMES and _NAMED.search(names) is not None


def _in_article(element: etree._Element) -> bool:
    return next(element.iterancestors("article", "main"), None) is not None
