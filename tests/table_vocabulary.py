# SPDX-License-Identifier: Apache-2.0
"""The vocabulary of the shipped rule files, without the rest of the rulebook."""

import csv
from functools import cache
from pathlib import Path

from foss_audit.recognise.names import normalise
from foss_audit.tables import normalise_heading
from foss_audit.vocabulary import Vocabulary

RULES = Path(__file__).resolve().parents[1] / "rules"


@cache
def shipped_vocabulary() -> Vocabulary:
    """As the rulebook makes it of rules/headings.csv and rules/words.csv."""
    tables: dict[str, dict[str, str]] = {"inventory": {}, "register": {}}
    for line in _lines("headings.csv"):
        for table, headings in tables.items():
            if line["table"] in (table, "both"):
                headings[normalise_heading(line["heading"])] = line["canonical"]
    words: dict[str, list[str]] = {}
    for line in _lines("words.csv"):
        words.setdefault(line["kind"], []).append(normalise(line["word"]))
    return Vocabulary(tables["inventory"], tables["register"], {kind: tuple(found) for kind, found in words.items()})


def _lines(name: str) -> list[dict[str, str]]:
    with (RULES / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
