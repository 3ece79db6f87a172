# SPDX-License-Identifier: Apache-2.0
"""The reports: one module per output format, found by its FORMAT and render; nothing else has to know of it."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from foss_audit.errors import ConfigError
from foss_audit.messages import message
from foss_audit.reports.interface import Report


def reports_for(formats: Iterable[str]) -> tuple[Report, ...]:
    """The report modules of these formats, in the order of FORMATS, each once.

    Raises ConfigError for a format that no module renders.
    """
    wanted = set(formats)
    if unknown := sorted(wanted.difference(FORMATS)):
        raise ConfigError(
            message(
                "There is no report format {formats}; choose among {known}", formats=", ".join(unknown), known=", ".join(FORMATS)
            )
        )
    return tuple(_REPORTS[name] for name in FORMATS if name in wanted)


def _find_reports() -> dict[str, Report]:
    found: dict[str, Report] = {}
    for name in sorted(module.name for module in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        if hasattr(module, "FORMAT") and hasattr(module, "render"):
            report = cast(Report, module)
            if report.FORMAT in found:
                raise ImportError(f"two report modules render {report.FORMAT}, one of them {module.__name__}")
            found[report.FORMAT] = report
    return found


_REPORTS = _find_reports()

FORMATS: tuple[str, ...] = tuple(sorted(_REPORTS))
"""Every format that `--format` may name."""
