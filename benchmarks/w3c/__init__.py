"""The W3C's SPARQL 1.1 tests, asked over HTTP; ``python -m benchmarks.w3c`` prints a table of the results."""
