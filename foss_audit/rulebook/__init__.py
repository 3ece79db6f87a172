# SPDX-License-Identifier: Apache-2.0
"""The rule packs, loaded and checked: what foss-audit knows, as data."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foss_audit.agencies import AgencyRow
from foss_audit.catalogue import LicenseModel, Product
from foss_audit.collector import collector_paused
from foss_audit.editions import Editions
from foss_audit.errors import ConfigError
from foss_audit.messages import message
from foss_audit.outcome import Criterion
from foss_audit.recognise import Recogniser
from foss_audit.recognise.names import normalise
from foss_audit.rulebook import lines
from foss_audit.rulebook.checks import check_rulebook
from foss_audit.rulebook.edition_checks import check_editions
from foss_audit.rulebook.files import Defects
from foss_audit.rulebook.license_checks import check_licenses
from foss_audit.rulebook.loading import Loaded, assign_titles, editions_of, load_agencies, load_pack, rule_files
from foss_audit.rulebook.policy import PolicyRule
from foss_audit.tables.headings import normalise_heading
from foss_audit.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that rules say; later packs over earlier ones."""

    products: tuple[Product, ...]
    vocabulary: Vocabulary
    editions: Editions
    agencies: tuple[AgencyRow, ...]
    license_aliases: Mapping[str, str]
    license_own_words: Mapping[str, Mapping[str, str]]
    """By package type, aliases that hold in its packages alone."""
    license_phrases: tuple[tuple[str, LicenseModel], ...]
    license_overrides: Mapping[str, tuple[bool, str]]
    license_claims: Mapping[str, str]
    license_addresses: Mapping[str, str]
    license_reasons: Mapping[str, Mapping[str, str]]
    """Reasons of the overrides, by language."""
    policy: tuple[PolicyRule, ...]
    criteria: Mapping[str, Criterion]
    sources: Mapping[str, lines.SourceLine]
    publishers: Mapping[str, tuple[str, ...]]
    """Names under which publishers are met, as globs, by the one name that the catalogue uses."""
    spellings: Mapping[str, str]
    """What is meant by words of names as people spell them."""
    digest: str
    packs: tuple[str, ...]

    def recogniser(self) -> Recogniser:
        """The catalogue, ready to be asked."""
        words = self.vocabulary.words
        kinds = (words.get(kind, ()) for kind in ("noise", "package-suffix", "name-prefix"))
        noise, package_suffixes, prefixes = kinds
        with collector_paused():
            return Recogniser(self.products, noise, package_suffixes, self.publishers, prefixes, self.spellings)

    def texts(self, language: str) -> dict[str, str]:
        """The sentences that policy rules bring: English to a language, for the Translator."""
        pairs = [text for rule in self.policy for text in (rule.title, rule.message, rule.how_to_fix)]
        reasons = {reason: texts[language] for reason, texts in self.license_reasons.items() if texts[language]}
        return reasons | {text.en: getattr(text, language) for text in pairs}


def rules_directory() -> Path:
    """The rules that come with the program: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "rules", package.parent / "rules"):
        if (candidate / "sources.csv").is_file():
            return candidate
    raise ConfigError(message("The rules are missing from this installation: install foss-audit again"))


def load_rulebook(
    overlays: Sequence[Path] = (), agencies: Path | None = None, check: bool = False, only_overlays: bool = False
) -> Rulebook:
    """Loads the built-in rules and the overlays over them, in order; `agencies` is the project's own agency table.

    A line of a later pack replaces the line with the same key (id, heading, word, agency …) of an earlier one.
    `check` adds the examinations that take time: examples, overlaps, references; with `only_overlays` of the lines of the
    overlays alone. Raises RulesError with every defect.
    """
    defects = Defects()
    packs = [("rules", rules_directory()), *((pack.name or str(pack), pack) for pack in overlays)]
    for _, pack in packs:
        if not pack.is_dir():
            raise ConfigError(message("{folder} is no folder of rules", folder=str(pack)))
    loaded = Loaded()
    with collector_paused():
        load_pack(packs[0][1], packs[0][0], loaded, defects)
        built_in = dict(loaded.places)
        for name, pack in packs[1:]:
            load_pack(pack, name, loaded, defects)
        if agencies is not None:
            load_agencies(agencies, agencies.name, loaded, defects)
    assign_titles(loaded, defects)
    files = [path for _, pack in packs for path in rule_files(pack)] + ([agencies] if agencies else [])
    rulebook = Rulebook(
        products=tuple(loaded.products[key] for key in sorted(loaded.products)),
        vocabulary=_vocabulary(loaded),
        editions=editions_of(loaded),
        agencies=tuple(loaded.agencies.values()),
        license_aliases=loaded.license_aliases,
        license_own_words=loaded.license_own_words,
        license_phrases=tuple(loaded.license_phrases.items()),
        license_overrides=loaded.license_overrides,
        license_claims=loaded.license_claims,
        license_addresses=loaded.license_addresses,
        license_reasons=loaded.license_reasons,
        policy=tuple(loaded.policy[key] for key in sorted(loaded.policy)),
        criteria=loaded.criteria,
        sources=loaded.sources,
        publishers=loaded.publishers,
        spellings=loaded.spellings,
        digest=_digest(files),
        packs=tuple(name for name, _ in packs),
    )
    checked = {id: place for id, place in loaded.places.items() if not (only_overlays and built_in.get(id) is place)}
    check_rulebook(rulebook, loaded.places, defects, thorough=checked if check else {})
    if check:
        check_licenses(rulebook, loaded.license_lines, defects)
        check_editions(rulebook, loaded, defects)
    defects.raise_if_any()
    return rulebook


def _vocabulary(loaded: Loaded) -> Vocabulary:
    tables: dict[str, dict[str, str]] = {"inventory": {}, "register": {}}
    for line in loaded.headings.values():
        for table, headings in tables.items():
            if line.table in (table, "both"):
                headings[normalise_heading(line.heading)] = line.canonical
    words: dict[str, list[str]] = {}
    for word in loaded.words.values():
        words.setdefault(word.kind, []).append(normalise(word.word))
    return Vocabulary(
        headings=tables["inventory"],
        register_headings=tables["register"],
        words={kind: tuple(found) for kind, found in words.items()},
        months=loaded.months,
    )


def _digest(files: Iterable[Path]) -> str:
    """One hash over every rule file, line endings made equal so that a Windows checkout has the same."""
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return "sha256:" + digest.hexdigest()
