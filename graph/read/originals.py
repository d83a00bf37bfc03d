"""Sections that were laid out on a folded text get the document's own characters back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Section, Sentence, Speaker
from graph.spans import join_pieces


def restore_sections(sections: Sequence[Section], text: str) -> tuple[Section, ...]:
    """Return the sections with ``text``, of equal length, in place of the folded text they were made from.

    What rules read stays in ``Sentence.folded`` where it differs.
    """
    return tuple(restore_section(section, text) for section in sections)


def restore_section(section: Section, text: str) -> Section:
    """Return one section with the document's own characters."""
    speakers = tuple(restore_speaker(speaker, text) for speaker in section.speakers)
    sentences = tuple(restore_sentence(sentence, text) for sentence in section.sentences)
    return replace(section, speakers=speakers, sentences=sentences)


def restore_sentence(sentence: Sentence, text: str) -> Sentence:
    """Return one sentence with the document's own characters, and what rules read beside them."""
    own = join_pieces(text, sentence.pieces)
    if own == sentence.text:
        return sentence
    tokens = tuple(replace(t, text=own[t.span.start : t.span.end]) for t in sentence.tokens)
    return replace(sentence, text=own, tokens=tokens, folded=sentence.text)


def restore_speaker(speaker: Speaker, text: str) -> Speaker:
    """Return one speaker with the document's own characters where its evidence is the name."""
    if speaker.evidence is None:
        return speaker
    own = join_pieces(text, speaker.evidence.pieces)
    named = "".join(speaker.evidence.quote.split()) == speaker.name
    evidence = replace(speaker.evidence, quote=own)
    return replace(speaker, name="".join(own.split()) if named else speaker.name, evidence=evidence)
