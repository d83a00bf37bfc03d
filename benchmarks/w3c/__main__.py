"""Print how many of the W3C's tests pass, and the reason of everything that does not."""

from __future__ import annotations

import logging
from collections import Counter

from benchmarks.w3c.running import Outcome, run_case, serve_pool
from benchmarks.w3c.suite import FOLDER, read_cases


def print_table(outcomes: list[Outcome]) -> None:
    """Print the number of each result by group, and the reason of everything that did not pass."""
    print("| group | passed | not applicable | failed |\n|---|---:|---:|---:|")
    for group in [*dict.fromkeys(o.case.group for o in outcomes), "all"]:
        counts = Counter(o.result for o in outcomes if group in (o.case.group, "all"))
        print(f"| {group} | {counts['passed']} | {counts['not applicable']} | {counts['failed']} |")
    print()
    for outcome in outcomes:
        if outcome.result != "passed":
            print(f"- {outcome.result}: {outcome.case.group}, {outcome.case.name}: {outcome.reason}")


def main() -> None:
    """Run all tests and print the table."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    if not FOLDER.exists():
        raise SystemExit(f"The W3C tests are not at {FOLDER}; name their folder in PLEDGEGRAPH_W3C.")
    with serve_pool() as (pool, client):
        print_table([run_case(case, pool, client) for case in read_cases()])


if __name__ == "__main__":
    main()
