"""Names by a trained model: a linear-chain CRF over characters and words, run in numpy.

Read from the bottom: ``arrays`` and ``hashing`` (numbers), ``layout`` (a text as arrays), ``columns`` (what is
known at each place), ``templates`` (which columns make a feature), ``weights`` (what a feature is worth), ``lattice``
(from scores to probabilities of spans), ``kinds`` (their types), ``tagger`` (the door). ``CARD.md`` says what the
model was learnt from and how good it is.
"""
