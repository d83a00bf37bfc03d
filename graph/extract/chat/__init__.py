"""Names by a language model behind an OpenAI-compatible endpoint: a further recogniser, off unless it is asked for.

It may only quote: an answer that the sentence does not hold letter by letter is dropped, and counted.
"""
