# SPDX-License-Identifier: Apache-2.0
"""What osquery's tables of software say, row by row: which table a row is of, and the entry it makes. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foss_audit.readers.endpoints.system_profiler_rows import PART_OF_MACOS, SYSTEM_FOLDER
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.sboms.statements import party_name

OS_VERSION = "os_version"
SYSTEM_INFO = "system_info"
PLAIN = "software"
"""Rows of name and version by a query of one's own, of which no table can be told."""

HOST_COLUMNS = (
    "computer_name", "hostname", "host_hostname", "host_name", "host_display_name", "host", "hostIdentifier", "host_identifier",
)  # fmt: skip
"""Columns, in order of preference, by which exports of several machines name the machine of a row."""

_PACKAGE_TYPES = {
    "deb_packages": "deb",
    "rpm_packages": "rpm",
    "python_packages": "pypi",
    "npm_packages": "npm",
    "homebrew_packages": "brew",
    "chocolatey_packages": "chocolatey",
    "portage_packages": "ebuild",
}
_HALLMARKS: Mapping[str, frozenset[str]] = {
    OS_VERSION: frozenset({"major", "minor", "platform_like", "codename"}),
    SYSTEM_INFO: frozenset({"cpu_brand", "cpu_type", "hardware_model", "hardware_serial", "physical_memory"}),
    "deb_packages": frozenset({"maintainer", "revision", "admindir", "priority"}),
    "rpm_packages": frozenset({"release", "sha1", "package_group"}),
    "apps": frozenset({"bundle_identifier", "bundle_short_version", "bundle_version", "bundle_name", "bundle_executable"}),
    "portage_packages": frozenset({"slot", "eapi", "world"}),
    "chrome_extensions": frozenset({"update_url", "permissions", "profile_path", "browser_type", "referenced_identifier"}),
    "firefox_addons": frozenset({"creator", "autoupdate", "source_url"}),
    "vscode_extensions": frozenset({"publisher_id", "prerelease", "installed_at"}),
    "programs": frozenset(
        {"identifying_number", "uninstall_string", "install_source", "install_location", "install_date", "upgrade_code"}
    ),
    "homebrew_packages": frozenset({"prefix", "auto_updates", "app_name"}),
    "npm_packages": frozenset({"homepage"}),
    "safari_extensions": frozenset({"sdk"}),
}
"""Columns that only one of the tables has; the first table of which a row has one is the row's."""
_PATHS = (
    ("npm_packages", "node_modules"),
    ("python_packages", "-packages"),
    ("chocolatey_packages", "chocolatey"),
    ("homebrew_packages", "cellar"),
    ("homebrew_packages", "caskroom"),
)
"""What the path of a package holds, by its table."""
_COMMON = frozenset(
    {"name", "package", "version", "path", "directory", "author", "license", "summary", "description", "publisher", "vendor"}
    | {"uid", "identifier", "type", "arch", "size", "source", "section", "status", "epoch", "install_time", "language"}
    | {"default_locale", "current_locale", "persistent", "state", "native", "location", "active", "disabled", "visible", "uuid"}
    | {"build_time", "repository", "display_name", "copyright", "category", "environment", "element", "compiler"}
    | {"development_region", "info_string", "minimum_system_version", "applescript_enabled", "last_opened_time"}
    | {"bundle_package_type", "package_family_name", "patch", "build", "platform", "platform_like", "extra", "profile", "key"}
    | {"manifest_hash", "manifest_json", "from_webstore", "optional_permissions", "install_timestamp", "browser", "locale"}
    | {"cpu_brand", "hostname", "pid_with_namespace", "mount_namespace_id", "user", "username", "bundle_version"}
)
_TABLES = tuple(dict.fromkeys((*_HALLMARKS, *_PACKAGE_TYPES)))
SOFTWARE_TABLES = frozenset(_TABLES) - {SYSTEM_INFO}
KNOWN_COLUMNS = _COMMON.union(HOST_COLUMNS, *_HALLMARKS.values())
_PLAIN_COLUMNS = frozenset({"name", "version", "publisher", "vendor", "source", "type", "path", *HOST_COLUMNS})
_NOT_INSTALLED = frozenset({"config-files", "not-installed"})
_MAKERS = {"windows": "Microsoft Corporation", "darwin": "Apple Inc."}
_APPLE = "com.apple."


@dataclass(frozen=True, slots=True)
class Software:
    """What a row says of a piece of software; values as found, which may be no text."""

    name: object
    version: object
    publisher: object
    license: object
    purl: str
    installed: bool = True


def table_of(row: Mapping[str, object], stated: str = "") -> str:
    """The table a row is of, by the name of its query where that holds a table's name, else by its columns; '' for no software.

    >>> table_of({"name": "bash", "version": "5.2", "revision": "1"}), table_of({"pid": "1"}), table_of({}, "pack_it_programs")
    ('deb_packages', '', 'programs')
    """
    # Exports of Fleet name the table of a row as its source; the source of a Debian package is another thing.
    source = row.get("source")
    if isinstance(source, str) and source in SOFTWARE_TABLES:
        return source
    for table in _TABLES:
        if stated == table or stated.endswith(f"_{table}"):
            return table
    return table_of_columns(row.keys(), str(row.get("path", "")))


def table_of_columns(columns: Collection[str], path: str = "") -> str:
    """The table that has such columns; `path` is where a package of it lies."""
    for table, hallmarks in _HALLMARKS.items():
        if not hallmarks.isdisjoint(columns):
            return table
    if not {"name", "version"} <= set(columns):
        return ""
    if "path" in columns:
        folded = path.casefold()
        if table := next((table for table, part in _PATHS if part in folded), ""):
            return table
        if "summary" in columns:
            return "python_packages"
    return PLAIN if _PLAIN_COLUMNS.issuperset(columns) else ""


def software_of(row: Mapping[str, object], table: str, distribution: str) -> Software:
    """The software of a row; `distribution` is the system's, for package URLs: `debian`, '' where it is not known."""
    name, version = row.get("name"), row.get("version")
    publisher: object = next(
        (row[column] for column in ("publisher", "vendor", "maintainer", "author", "creator") if row.get(column)), ""
    )
    if isinstance(publisher, str):
        publisher = party_name(publisher)
    if table == "apps":
        return _application(row, publisher)
    if table == OS_VERSION:
        return Software(name, version, _MAKERS.get(str(row.get("platform")), ""), "", "")
    if table == "rpm_packages":
        version = _rpm_version(row)
    if table == "portage_packages":
        category, _, bare = str(row.get("package", name) or "").rpartition("/")
        return Software(bare, version, "", "", _purl("ebuild", category, bare, version))
    namespace = distribution if table in ("deb_packages", "rpm_packages") else ""
    if table == "npm_packages" and isinstance(name, str) and name.startswith("@"):
        namespace = name.partition("/")[0]
    purl = _purl(_PACKAGE_TYPES.get(table, ""), namespace, name, version)
    status = str(row.get("status", "")).rpartition(" ")[2] if table == "deb_packages" else ""
    return Software(name, version, publisher, row.get("license"), purl, status not in _NOT_INSTALLED)


def distribution_of(row: Mapping[str, object]) -> str:
    """The namespace of a distribution's packages, by its os_version row."""
    platform = row.get("platform")
    return platform.strip().casefold().replace(" ", "-") if isinstance(platform, str) else ""


def host_of(row: Mapping[str, object]) -> str:
    """The machine that a row names; '' where it names none."""
    hosts = (row.get(column) for column in HOST_COLUMNS)
    return next((host.strip() for host in hosts if isinstance(host, str) and host.strip()), "")


def _application(row: Mapping[str, object], publisher: object) -> Software:
    """A program of macOS, whose file is called `Safari.app`."""
    name = row.get("name") or row.get("bundle_name")
    if isinstance(name, str):
        name = name.removesuffix(".app")
    if not publisher and str(row.get("bundle_identifier", "")).startswith(_APPLE):
        of_system = str(row.get("path", "")).startswith(SYSTEM_FOLDER)
        publisher = PART_OF_MACOS if of_system else _MAKERS["darwin"]
    version = row.get("bundle_short_version") or row.get("bundle_version") or row.get("version")
    return Software(name, version, publisher, "", "")


def _rpm_version(row: Mapping[str, object]) -> object:
    version, release, epoch = (row.get(column) for column in ("version", "release", "epoch"))
    if not isinstance(version, str) or not version:
        return version
    prefix = f"{epoch}:" if isinstance(epoch, str) and epoch.strip("0") and epoch.isdigit() else ""
    return f"{prefix}{version}-{release}" if isinstance(release, str) and release else f"{prefix}{version}"


def _purl(type: str, namespace: str, name: object, version: object) -> str:
    if not type or not isinstance(name, str):
        return ""
    bare = name.strip().removeprefix(f"{namespace}/") if namespace else name.strip()
    return package_url(type, namespace, bare, version if isinstance(version, str) else "")
