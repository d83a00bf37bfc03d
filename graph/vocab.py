"""The RDF terms in use, and the functions that mint identifiers."""
