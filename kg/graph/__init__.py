"""The knowledge graph: records become triples, triples become a store on disk, shapes guard what is published."""
