"""What a change gains and loses: the links of the working tree against those of a commit, on the same documents.

python -m benchmarks.gained_lost FOLDER… [--commit HEAD]
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Key = tuple[str, str, str, str]


def build_links(tree: Path, inputs: Sequence[Path], out: Path) -> set[Key]:
    """Return the links that the code of ``tree`` finds, as (document, organisation, mention, type)."""
    command = [sys.executable, str(tree / "cli.py"), "build", *map(str, inputs), "--out", str(out)]
    subprocess.run(command, cwd=out.parent, check=True, stdout=subprocess.DEVNULL)
    with (out / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(r["document"], r["organisation"], r["mention"], r["type"]) for r in csv.DictReader(file)}


def main() -> None:
    """Print ``+`` for each link gained and ``-`` for each lost, then their numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", type=Path, nargs="+")
    parser.add_argument("--commit", default="HEAD")
    arguments = parser.parse_args()
    inputs = [path.resolve() for path in arguments.inputs]
    with tempfile.TemporaryDirectory() as folder:
        old_tree = Path(folder) / "tree"
        subprocess.run(
            ["git", "worktree", "add", "--detach", "-q", str(old_tree), arguments.commit], cwd=ROOT, check=True
        )
        try:
            old = build_links(old_tree, inputs, Path(folder) / "old")
            new = build_links(ROOT, inputs, Path(folder) / "new")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(old_tree)], cwd=ROOT, check=True)
    for sign, links in (("+", new - old), ("-", old - new)):
        for document, organisation, mention, type_ in sorted(links):
            print(f"{sign} {document}  {organisation} -> {mention} ({type_})")
    print(f"gained {len(new - old)}, lost {len(old - new)}, kept {len(new & old)}")


if __name__ == "__main__":
    main()
