"""What needs the whole paper or all papers: scope, relations between statements, concepts they share."""
