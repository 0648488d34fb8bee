"""Looks elements up by local names, so that papers with and without namespaces read alike."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.readers.parsing import local_name


def below(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """The elements at a path of local names below one."""
    if element is None:
        return
    for child in element:
        if local_name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from below(child, *path[1:])


def first(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first of them, None where there is none."""
    return next(below(element, *path), None)


def within(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """All elements of a local name at any depth."""
    if element is not None:
        yield from element.iter(f"{{*}}{name}")
