"""The knowledge base in open formats: records, evidence tables and bibliographies."""
