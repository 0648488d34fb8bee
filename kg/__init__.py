"""What both sides of the system agree on: records, identifiers, settings, the graph, the index and the snapshot."""
