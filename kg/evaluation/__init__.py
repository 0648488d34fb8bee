"""Scores extracted records against gold annotations: what is compared with what, and how sure the scores are."""
