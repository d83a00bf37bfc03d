"""What was said becomes triples, and triples answer."""
