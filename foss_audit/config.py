# SPDX-License-Identifier: Apache-2.0
"""audit.toml: what a project audits, so that one command without arguments does it again. Paths are relative to the file."""

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError, create_model

from foss_audit.entitlement import CORES_ASSUMED
from foss_audit.errors import ConfigError
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.outcome import Region, Severity
from foss_audit.readers.interface import ColumnMapping, Limits
from foss_audit.readers.sheets.mapping import mapping_of
from foss_audit.wording import in_words


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RegionSection(_Section):
    name: str = ""
    agreement: str = ""
    kms_hosts: list[str] = []
    cores_per_device: PositiveInt = CORES_ASSUMED


class _AuditSection(_Section):
    inputs: list[str] = []
    registers: list[str] = []
    prices: str = ""
    agency: str = ""
    agencies: str = ""
    rules: list[str] = []
    out: str = ""
    formats: list[Literal["xlsx", "html", "json", "csv"]] = []
    lang: Literal["id", "en"] | None = None
    as_of: date | None = None
    fail_on: Severity | None = None


_LimitsSection: type[BaseModel] = create_model(  # type: ignore[call-overload]
    "_LimitsSection", __base__=_Section, **{limit.name: (PositiveInt, limit.default) for limit in fields(Limits)}
)
"""As Limits, which says what each is."""


class _MappingSection(_Section):
    columns: dict[str, str] = {}
    files: str = ""
    sheet: str = ""
    header_row: int | None = None


class _File(_Section):
    region: _RegionSection = _RegionSection()
    audit: _AuditSection = _AuditSection()
    limits: _LimitsSection = _LimitsSection()  # type: ignore[valid-type]
    mapping: list[_MappingSection] = []


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project, paths made whole. Empty where the file says nothing."""

    file: Path | None = None
    region: Region = field(default_factory=Region)
    inputs: tuple[Path, ...] = ()
    registers: tuple[Path, ...] = ()
    prices: Path | None = None
    """A table of products and what one licence of each costs."""
    agency: str = ""
    agencies: Path | None = None
    rules: tuple[Path, ...] = ()
    out: Path | None = None
    formats: tuple[str, ...] = ()
    lang: str | None = None
    as_of: date | None = None
    fail_on: Severity | None = None
    limits: Limits = field(default_factory=Limits)
    mappings: tuple[ColumnMapping, ...] = ()


def load_config(path: Path | None) -> Config:
    """The settings in a file; with None those of `audit.toml` in the current folder, where there is one. Raises ConfigError."""
    if path is None:
        path = Path("audit.toml")
        if not path.is_file():
            return Config()
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise ConfigError(message("is not UTF-8: save it as UTF-8"), Source(path.name)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(message("is no TOML: {reason}", reason=str(error)), Source(path.name)) from error
    except ValidationError as error:
        raise ConfigError(next(in_words(error)), Source(path.name)) from error
    except OSError as error:
        raise ConfigError(message("cannot be opened: {reason}", reason=error.strerror or "?"), Source(str(path))) from error
    return _resolved(found, path)


def _resolved(found: _File, path: Path) -> Config:
    folder = path.parent
    section = found.audit

    def whole(name: str, field: str) -> Path:
        resolved = folder / name
        if not resolved.exists():
            raise ConfigError(message("{field}: {path} does not exist", field=f"audit.{field}", path=name), Source(path.name))
        return resolved

    return Config(
        file=path,
        region=Region(found.region.name, found.region.agreement, tuple(found.region.kms_hosts), found.region.cores_per_device),
        inputs=tuple(whole(name, "inputs") for name in section.inputs),
        registers=tuple(whole(name, "registers") for name in section.registers),
        prices=whole(section.prices, "prices") if section.prices else None,
        agency=section.agency,
        agencies=whole(section.agencies, "agencies") if section.agencies else None,
        rules=tuple(whole(name, "rules") for name in section.rules),
        out=folder / section.out if section.out else None,
        formats=tuple(section.formats),
        lang=section.lang,
        as_of=section.as_of,
        fail_on=section.fail_on,
        limits=Limits(**found.limits.model_dump()),  # type: ignore[attr-defined]
        mappings=tuple(_mapping(section, path) for section in found.mapping),
    )


def _mapping(section: _MappingSection, path: Path) -> ColumnMapping:
    row = {} if section.header_row is None else {"header_row": str(section.header_row)}
    try:
        return mapping_of({**section.columns, "files": section.files, "sheet": section.sheet, **row})
    except ConfigError as error:
        raise ConfigError(error.message, Source(path.name)) from error
