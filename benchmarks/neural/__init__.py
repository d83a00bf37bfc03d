"""Training of ``graph.extract.neural``; needs torch, see the README."""
