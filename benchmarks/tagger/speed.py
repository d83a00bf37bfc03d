"""Speed of the tagger against jieba on the same text, one thread: reading and tagging apart.

OMP_NUM_THREADS=1 python -m benchmarks.tagger.speed FOLDER
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import jieba

from benchmarks.tagger.sentences import read_sentences
from graph.extract.tagger.tagger import load_tagger
from graph.model import Sentence

_RUNS = 3


def find_best_time(work: Callable[[], object]) -> float:
    """Return the shortest of a few runs, in seconds."""
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def measure_speed(texts: Sequence[str]) -> str:
    """Return the times for texts that are tagged one by one, in microseconds a character."""
    size = sum(map(len, texts)) / 1e6
    read = [read_sentences(text) for text in texts]
    base = find_best_time(partial(_cut_all, texts)) / size
    cut = find_best_time(partial(_read_all, texts)) / size
    tag = find_best_time(partial(_tag_all, read)) / size
    return f"jieba.lcut {base:.2f} · reading {cut:.2f} · tagger {tag:.2f} us/char ({tag / base:.2f} x jieba.lcut)"


def _cut_all(texts: Sequence[str]) -> None:
    for text in texts:
        jieba.lcut(text)


def _read_all(texts: Sequence[str]) -> None:
    for text in texts:
        read_sentences(text)


def _tag_all(read: Sequence[Sequence[Sentence]]) -> None:
    for sentences in read:
        load_tagger().tag(sentences)


def main() -> None:
    """Print a line for the texts one by one, and one for all of them as one document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    texts = [path.read_text(encoding="utf-8") for path in sorted(parser.parse_args().folder.glob("*.txt"))]
    jieba.initialize()
    load_tagger()
    print(f"{len(texts)} documents: {measure_speed(texts)}")
    print(f"one document:  {measure_speed([chr(10).join(texts)])}")


if __name__ == "__main__":
    main()
