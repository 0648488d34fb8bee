"""YAML that people write by hand about a paper: plain values with their lines, nothing that could grow when read."""

from __future__ import annotations

import yaml


class PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for more text than memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases, else as usual."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not taken")
        return super().compose_node(parent, index)


def compose(text: str) -> yaml.Node | None:
    """The tree of one YAML document, each node with its line; yaml.YAMLError for anything else."""
    loader = PlainLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()
