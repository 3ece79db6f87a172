# SPDX-License-Identifier: Apache-2.0
"""How a list of Python packages is told from other lists of names and versions. Pure."""

import re

from foss_audit.readers.json_document import Outline

_NAME_VALUE = re.compile(r'"name"\s*:\s*"([^"\\]{0,200})"')
_PACKAGE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_COLUMNS = frozenset(
    {"name", "version", "latest_version", "latest_filetype", "editable_project_location", "location", "installer"}
)
_ONLY_PIP = frozenset({"latest_filetype", "editable_project_location", "installer"})
_NEARLY_EVERYWHERE = frozenset({"pip", "setuptools", "wheel"})


def is_pip_list(outline: Outline, text: str, file_name: str) -> bool:
    """Whether a list of objects is what `pip list --format=json` prints.

    A list of names and versions alone may be of anything: it takes a package that nearly every environment has, or the
    file's own name, to tell.
    """
    if not {"name", "version"} <= outline.outer or not outline.outer <= _COLUMNS:
        return False
    names = _NAME_VALUE.findall(text)
    if not names or not all(_PACKAGE_NAME.fullmatch(name) for name in names):
        return False
    if not outline.keys.isdisjoint(_ONLY_PIP) or not _NEARLY_EVERYWHERE.isdisjoint(name.lower() for name in names):
        return True
    return any(word in file_name.lower() for word in ("pip", "python", "venv"))
