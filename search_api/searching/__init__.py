"""Search: records ranked by meaning and words within filters, with facets, highlights and pages."""
