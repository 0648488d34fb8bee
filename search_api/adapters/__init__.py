"""Retrievers for frameworks, each in a module of its own that needs the framework's package and nothing else of it."""
