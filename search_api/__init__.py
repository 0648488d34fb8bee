"""The reading side: opens the published snapshot and answers questions, searches and SPARQL queries."""
