# SPDX-License-Identifier: Apache-2.0
"""Damaged files: whatever happens to a sample, its reader neither crashes nor hangs, and what it gives keeps the contract."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reading import context, hold_to_contract, read_unguarded

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(path for path in (ROOT / "sample_inventories").rglob("*") if path.is_file() and path.name != "README.md")
ROUNDS = int(os.environ.get("FOSS_AUDIT_FUZZ_ROUNDS", "25"))
"""Mutations of each sample; CI keeps to the default, longer runs set more."""
LONGEST = 5.0
"""Seconds; a sample is read in hundredths of one."""

Mutation = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(1, len(content) + 1)]


def drop(rng: random.Random, content: bytes) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + content[start + rng.randint(1, 80) :] or b"x"


def repeat(rng: random.Random, content: bytes) -> bytes:
    start, end = sorted((rng.randrange(len(content)), rng.randrange(len(content))))
    return content[:end] + content[start:end] * rng.randint(1, 4) + content[end:]


def swap_lines(rng: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    rng.shuffle(lines)
    return b"".join(lines)


def insert(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(HOSTILE) + content[at:]


def recode(rng: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", errors="surrogateescape")
    return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp866")), errors="replace")


def lines_end_otherwise(rng: random.Random, content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\x00\n", b"\x0b")))


MUTATIONS: tuple[Mutation, ...] = (flip, cut, drop, repeat, swap_lines, insert, recode, lines_end_otherwise)
HOSTILE = (
    *(b"\x00", b"\x00" * 4096, b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x80\x81", b"\\ud800", b"\\u0000", b"&#0;"),
    *(b"[" * 5000, b'{"a":' * 5000, b"<a>" * 5000, b"(" * 5000, b"A" * 200_000, b"\n" * 5000, b" " * 50_000, b"," * 5000),
    *(b'"', b"'", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"=HYPERLINK(1)", b"null", b"1e999", b"-1"),
    *(b"true", b"[]", b"{}", b"9" * 30, b"3.10", "İẞﬁ\u202e\u2028".encode(), b"\x1b[31m", b"%s%n", b"../../etc/passwd"),
    *(b"---\n", b"&a *a\n", b"&#xD800;", b"\t" * 5000),
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: str(path.relative_to(ROOT / "sample_inventories")))
def test_no_damage_breaks_a_reader(sample: Path, tmp_path: Path) -> None:
    context()  # so that no file's time holds that of loading the rules
    content = sample.read_bytes()
    rng = random.Random(sample.name)  # noqa: S311 (the same damage in every run)
    target = tmp_path / f"file{sample.suffix}"
    for number in range(ROUNDS):
        mutated = content
        for _ in range(rng.randint(1, 3)):
            mutated = rng.choice(MUTATIONS)(rng, mutated or b"x")
        target.write_bytes(mutated or b"x")
        started = time.perf_counter()
        try:
            reading = read_unguarded(target)
            if reading is not None:
                hold_to_contract(reading)
        except Exception:
            kept = Path(os.environ.get("FOSS_AUDIT_FUZZ_KEEP", tmp_path)) / f"{sample.stem}-{number}{sample.suffix}"
            kept.write_bytes(mutated)
            print(f"the file that broke it: {kept}")  # noqa: T201
            raise
        assert time.perf_counter() - started < LONGEST
