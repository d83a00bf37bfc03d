"""Names by a small convolutional network over characters and words, run in numpy.

Read from the bottom: ``arrays``, ``marks`` (what punctuation does), ``vocabulary`` (which row of a table belongs to
what), ``encoding`` (a document as arrays), ``weights`` (the model's file), ``network`` (from arrays to scores),
``chain`` (from scores to probabilities), ``decoding`` (from probabilities to names), ``tagger`` (the door).
``CARD.md`` says what the model was learnt from and how good it is; ``benchmarks/neural`` trains it.
"""
