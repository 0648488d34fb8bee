"""Training data and trainer of the role head; not needed to ingest documents."""
