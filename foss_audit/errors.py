# SPDX-License-Identifier: Apache-2.0
"""Why an audit could not be made. What can be read around is a Problem (model.py), not one of these."""

from foss_audit.messages import Message
from foss_audit.model import Source


class FossAuditError(Exception):
    """Root of what foss-audit raises on purpose: says what happened, where, and what to do."""

    def __init__(self, message: Message, source: Source | None = None) -> None:
        super().__init__(message, source)
        self.message = message
        self.source = source

    def __str__(self) -> str:
        if self.source is None:
            return str(self.message)
        where = " ".join(part for part in (self.source.file, self.source.locator) if part)
        return f"{where}: {self.message}"


class UnreadableFile(FossAuditError):
    """A file is not what it claims, damaged, encrypted, or beyond a limit. The other files are still audited."""


class RulesError(FossAuditError):
    """A rule file is wrong. Holds every defect found, each with file, row and field."""

    def __init__(self, defects: tuple[FossAuditError, ...]) -> None:
        super().__init__(defects[0].message, defects[0].source)
        self.defects = defects


class ConfigError(FossAuditError):
    """The configuration or the command line asks for something that cannot be done."""


class OutputError(FossAuditError):
    """A report could not be put in its place, for instance because Excel holds it open."""
