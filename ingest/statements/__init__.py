"""What a sentence states: its roles, and the measures and challenges in it with their places, labels and themes."""
