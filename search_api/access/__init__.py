"""Who may ask what: hosts and origins, sizes, keys, rates, and a log of what was done. One place for all routes."""
