"""Writes the page that follows one sentence of the built-in corpus through every stage, and its picture."""
