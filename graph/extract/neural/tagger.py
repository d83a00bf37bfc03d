"""Names of six types in the sentences of a document, by a convolutional network under a linear-chain CRF.

The network scores every character in every state; ``chain`` turns the scores into exact probabilities of spans;
the likeliest spans that do not overlap are names, and the network gives each its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.extract.neural.chain import pass_chain
from graph.extract.neural.decoding import find_names, take_in_marks
from graph.extract.neural.encoding import encode_sentences
from graph.extract.neural.weights import Model, read_model
from graph.extract.tagged import TaggedSpan
from graph.model import EntityType, Sentence, Span

MODEL = Path(__file__).parent / "model.npz"
TYPES: tuple[EntityType, ...] = ("project", "place", "organisation", "platform", "programme", "honour")
"""The types in the order of the model's columns."""

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class NeuralTagger:
    """A trained model."""

    model: Model

    @classmethod
    def load(cls, path: Path) -> NeuralTagger:
        """Return the tagger of a model's file.

        Raises:
            OSError, KeyError, ValueError: there is no such file, or it holds no model.
        """
        return cls(read_model(path))

    def tag(self, sentences: Sequence[Sentence], least: float | None = None) -> list[list[TaggedSpan]]:
        """Return the names of each sentence, in order of place and without overlaps.

        A character is read with those around it (``network.REACH`` to either side), across the ends of sentences
        too: give all the sentences of a document at once, in their order.

        Args:
            sentences: with tokens.
            least: the least probability; by default the model's threshold. A lower one adds names that are less sure
                in the places that the others leave free, and takes none away; below ``decoding.LEAST`` it adds few.
        """
        tagged: list[list[TaggedSpan]] = [[] for _ in sentences]
        if not sentences:
            return tagged
        network = self.model.network
        coded = encode_sentences(sentences, self.model.vocabulary)
        vectors = network.compute_vectors(coded)
        chain = pass_chain(network.states.apply(vectors), coded.clause, network.steps, network.edges)
        found = find_names(chain, coded.clause, self.model.threshold if least is None else least)
        types = network.score_types(vectors, found.start, found.end).argmax(1)
        last = found.end - 1
        columns = (coded.sentence[found.start], coded.offset[found.start], coded.offset[last] + 1, types, found.score)
        for number, start, end, kind, score in zip(*(column.tolist() for column in columns), strict=True):
            span = take_in_marks(sentences[number].text, Span(start, end))
            tagged[number].append(TaggedSpan(span, TYPES[kind], round(score, _DECIMALS)))
        return tagged


@cache
def load_neural_tagger() -> NeuralTagger:
    """Return the tagger that came with the package, loaded once."""
    return NeuralTagger.load(MODEL)
