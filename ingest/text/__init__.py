"""From the text of a source to its sections, passages and sentences, each with a readable view of its characters."""
