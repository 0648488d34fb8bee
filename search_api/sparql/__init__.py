"""SPARQL over HTTP and for the command line: read-only, with limits that hold."""
