"""Browsing: lists of what the papers state, each thing whole, the matrix of problems and answers, comparisons.

All is derived once per snapshot (`index`) from the records and the claims that the graph is made of, so that counts
agree with what SPARQL returns for the same question.
"""
