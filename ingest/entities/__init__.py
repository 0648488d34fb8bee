"""Who and what a sentence names: regions, industries and actors, linked to the vocabularies."""
