"""Annotated pages of our own: more to learn from than the answer sheets hold, of the kinds that they lack."""
