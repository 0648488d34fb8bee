"""What an answer lists: one module a kind of item, each from ranked sentences to found things with their places."""
