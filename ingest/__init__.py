"""The writing side: reads papers, extracts records with their evidence and publishes snapshots."""
