"""The rooms in a row: for one document, for many, in parallel."""
