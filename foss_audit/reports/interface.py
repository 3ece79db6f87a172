# SPDX-License-Identifier: Apache-2.0
"""What a report is: the audit in, the bytes of files out. Rendering touches no file; cli and store write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from foss_audit.language import Translator
from foss_audit.outcome import AuditResult

INSTALLATION_COLUMNS: Mapping[str, str] = {
    "agency": "category",
    "device": "category",
    "location": "category",
    "title": "int32",
    "class": "category",
    "basis": "category",
    "entitlement": "category",
    "activation": "category",
    "sources": "str",
}
"""Columns of the audited installations, one row each, in report order (agency, device, title).

`device` and `location` are '' where nobody named them. `title` is the index into AuditResult.titles. `entitlement` holds
the ids of what covers it, '' where nothing does. `activation` is what the device says of it (activation.Activation as
text). `sources` are all places where it was read, joined by `; `.
"""


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What every report renders from."""

    result: AuditResult
    installations: pd.DataFrame
    """As INSTALLATION_COLUMNS."""
    translator: Translator


class Report(Protocol):
    """A module of this package with these names is a report; nothing else has to know of it."""

    FORMAT: str
    """As `--format` names it."""

    @staticmethod
    def render(audit: ReportInput) -> Iterator[tuple[str, bytes]]:
        """Files as (path below --out with forward slashes, content), one at a time."""
        ...
