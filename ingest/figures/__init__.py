"""Figures in sentences: numbers with their units, indicators, years and regions."""
