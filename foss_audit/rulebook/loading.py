# SPDX-License-Identifier: Apache-2.0
"""Rule files into what has been loaded so far: one loader a kind of file; lines of later packs replace those of earlier ones."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from foss_audit.agencies import AgencyRow
from foss_audit.catalogue import Grade, LicenseModel, Product
from foss_audit.editions import Edition, Editions, Release
from foss_audit.messages import message
from foss_audit.outcome import Criterion
from foss_audit.recognise.names import normalise
from foss_audit.rulebook import lines
from foss_audit.rulebook.files import Defects, read_lines, read_toml
from foss_audit.rulebook.policy import CriteriaFile, PolicyRule

RULE_FILES = ("*.csv", "*.toml", "catalogue/*.csv", "licenses/*.csv", "policy/*.toml")


class Loaded:
    """What has been read so far, by key."""

    def __init__(self) -> None:
        self.products: dict[str, Product] = {}
        self.headings: dict[tuple[str, str], lines.HeadingLine] = {}
        self.words: dict[tuple[str, str], lines.WordLine] = {}
        self.months: dict[str, int] = {}
        self.spellings: dict[str, str] = {}
        self.agencies: dict[str, AgencyRow] = {}
        self.license_aliases: dict[str, str] = {}
        self.license_own_words: dict[str, dict[str, str]] = {}
        """Aliases of one package type, by type."""
        self.license_lines: dict[tuple[str, str], lines.AliasLine | lines.AddressLine] = {}
        """By file and row."""
        self.license_phrases: dict[str, LicenseModel] = {}
        self.license_overrides: dict[str, tuple[bool, str]] = {}
        self.license_claims: dict[str, str] = {}
        self.license_addresses: dict[str, str] = {}
        self.license_reasons: dict[str, dict[str, str]] = {}
        """Why overrides are as they are: English to the other languages."""
        self.policy: dict[str, PolicyRule] = {}
        self.criteria: dict[str, Criterion] = {}
        self.sources: dict[str, lines.SourceLine] = {}
        self.publishers: dict[str, tuple[str, ...]] = {}
        self.releases: dict[tuple[tuple[str, ...], str], tuple[lines.ReleaseLine, str, str]] = {}
        """By families and release, with file and row; so are the editions."""
        self.editions: dict[tuple[str, str], tuple[lines.EditionLine, str, str]] = {}
        self.titles: dict[str, tuple[lines.TitleLine, str, str]] = {}
        """Assigned titles, normalised, with file and row."""
        self.places: dict[str, tuple[str, str]] = {}
        """Where a product or policy rule stands: id to (file, row)."""
        self.in_this_pack: set[str] = set()

    def claim(self, id: str, file: str, row: str, defects: Defects) -> bool:
        """Notes where an id stands; a defect, and False, where the same pack has it already."""
        if id in self.in_this_pack:
            former_file, former_row = self.places[id]
            defects.add(message("id: '{id}' stands already in {file} {row}", id=id, file=former_file, row=former_row), file, row)
            return False
        self.in_this_pack.add(id)
        self.places[id] = (file, row)
        return True


def load_pack(pack: Path, name: str, loaded: Loaded, defects: Defects) -> None:
    """Adds every rule file of a pack, over what has been loaded before; `name` is how its places are called."""
    loaded.in_this_pack.clear()
    for path in rule_files(pack):
        inside = path.relative_to(pack).as_posix()
        file = f"{name}/{inside}"
        if inside.startswith("catalogue/"):
            _load_products(path, file, loaded, defects)
        elif inside.startswith("policy/"):
            rule = read_toml(path, file, PolicyRule, defects)
            if rule is not None and loaded.claim(rule.id, file, "", defects):
                loaded.policy[rule.id] = rule
        elif inside == "criteria.toml":
            _load_criteria(path, file, loaded, defects)
        elif inside == "agencies.csv":
            load_agencies(path, file, loaded, defects)
        elif inside in _TABLES:
            _TABLES[inside](path, file, loaded, defects)
        else:
            defects.add(message("is no rule file that foss-audit knows: check its name and folder"), file)


def _load_products(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    family = path.name.startswith("families")
    for row, line in read_lines(path, file, lines.ProductLine, defects):
        if not loaded.claim(line.id, file, f"row {row}", defects):
            continue
        loaded.products[line.id] = Product(
            id=line.id, name=line.product, publisher=line.publisher, license_model=line.license_model,
            license_expression=line.spdx, organisation_use=line.organisation_use, names=line.names, not_names=line.not_names,
            ids=line.ids, publishers=line.publishers, publisher_required=line.publisher_required == "yes",
            versions=line.versions, edition=line.edition, suites=line.suite, more_specific_than=line.more_specific_than,
            alternatives=line.alternatives, terms=line.terms, support_end=line.support_end, note=line.note,
            sources=line.source, checked=line.checked, examples=line.example, grade=line.grade or Grade.SURE, family=family,
            origins=line.origins,
        )  # fmt: skip


def _load_titles(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    for row, line in read_lines(path, file, lines.TitleLine, defects):
        loaded.titles[normalise(line.title)] = line, file, f"row {row}"


def assign_titles(loaded: Loaded, defects: Defects) -> None:
    """Gives products the titles that a person assigned to them; they are found by these as by ids."""
    for title, (line, file, row) in loaded.titles.items():
        product = loaded.products.get(line.product)
        if product is None:
            defects.add(message("product: there is no '{id}' in the catalogue", id=line.product), file, row)
        else:
            loaded.products[line.product] = replace(product, ids=(*product.ids, f"title:{title}"))


def _load_criteria(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    if (found := read_toml(path, file, CriteriaFile, defects)) is not None:
        for key, entry in found.criteria.items():
            loaded.criteria[key] = Criterion(key, entry.text.model_dump(), entry.grade, entry.kind, entry.checked)


def load_agencies(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    """Adds an agency table: a later line of an agency adds its aliases and sets its devices."""
    for _, line in read_lines(path, file, lines.AgencyLine, defects):
        expected = line.devices_expected if isinstance(line.devices_expected, int) else None
        known = loaded.agencies.pop(line.agency, None)
        aliases = tuple(dict.fromkeys((*(known.aliases if known else ()), *line.aliases)))
        loaded.agencies[line.agency] = AgencyRow(line.agency, aliases, expected)


def _load_sources(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.sources.update((line.id, line) for _, line in read_lines(path, file, lines.SourceLine, defects))


def _load_publishers(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.publishers.update((line.publisher, line.aliases) for _, line in read_lines(path, file, lines.PublisherLine, defects))


def _load_headings(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.headings.update(((line.table, line.heading), line) for _, line in read_lines(path, file, lines.HeadingLine, defects))


def _load_words(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.words.update(((line.kind, line.word), line) for _, line in read_lines(path, file, lines.WordLine, defects))


def _load_months(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.months.update((line.spelling.casefold(), line.month) for _, line in read_lines(path, file, lines.MonthLine, defects))


def _load_spellings(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.spellings.update(
        (line.spelling.casefold(), line.means.casefold()) for _, line in read_lines(path, file, lines.SpellingLine, defects)
    )


def _load_releases(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    for row, line in read_lines(path, file, lines.ReleaseLine, defects):
        loaded.releases[line.family, line.release] = line, file, f"row {row}"


def _load_editions(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    for row, line in read_lines(path, file, lines.EditionLine, defects):
        loaded.editions[line.product or line.family, line.edition] = line, file, f"row {row}"


def editions_of(loaded: Loaded) -> Editions:
    """The tables of editions and releases, in the order of their lines."""
    releases = [one for one, _, _ in loaded.releases.values()]
    return Editions(
        [Edition(one.family, one.edition, one.product, one.words) for one, _, _ in loaded.editions.values()],
        [
            Release(
                one.family,
                one.release,
                one.names or (one.release.casefold(),),
                one.versions,
                _day(one.released),
                one.upgrade_from,
                one.sold == "perpetual",
            )
            for one in releases
        ],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _load_aliases(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    for row, line in read_lines(path, file, lines.AliasLine, defects):
        loaded.license_lines[file, f"row {row}"] = line
        aliases = loaded.license_own_words.setdefault(line.package_type, {}) if line.package_type else loaded.license_aliases
        aliases[line.text] = line.expression


def _load_phrases(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.license_phrases.update(
        (line.phrase, LicenseModel(line.model)) for _, line in read_lines(path, file, lines.PhraseLine, defects)
    )


def _load_overrides(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    for _, line in read_lines(path, file, lines.OverrideLine, defects):
        loaded.license_overrides[line.key] = line.free == "yes", line.reason
        loaded.license_reasons[line.reason] = {"en": line.reason, "id": line.reason_id}


def _load_claims(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    loaded.license_claims.update((line.word, line.claim) for _, line in read_lines(path, file, lines.ClaimLine, defects))


def _load_addresses(path: Path, file: str, loaded: Loaded, defects: Defects) -> None:
    for row, line in read_lines(path, file, lines.AddressLine, defects):
        loaded.license_lines[file, f"row {row}"] = line
        loaded.license_addresses[line.address] = line.expression


_TABLES = {
    "sources.csv": _load_sources,
    "publishers.csv": _load_publishers,
    "titles.csv": _load_titles,
    "headings.csv": _load_headings,
    "words.csv": _load_words,
    "months.csv": _load_months,
    "spellings.csv": _load_spellings,
    "releases.csv": _load_releases,
    "editions.csv": _load_editions,
    "licenses/aliases.csv": _load_aliases,
    "licenses/phrases.csv": _load_phrases,
    "licenses/overrides.csv": _load_overrides,
    "licenses/claims.csv": _load_claims,
    "licenses/addresses.csv": _load_addresses,
}


def rule_files(pack: Path) -> list[Path]:
    """The rule files of a pack, in the order in which they are loaded."""
    return sorted(path for pattern in RULE_FILES for path in pack.glob(pattern) if not path.name.startswith(("~$", ".")))
