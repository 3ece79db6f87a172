# SPDX-License-Identifier: Apache-2.0
"""Lists of software written in every format that there is a reader for, as the format's own tool lays them out."""

import csv
import io
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import yaml

Rows = Sequence[tuple[str, str]]
"""Names and versions."""


@dataclass(frozen=True)
class Written:
    """How a format is written."""

    suffix: str
    write: Callable[[Rows], bytes]
    packages: bool = False
    """Whether names are those of packages: lower case, no blanks."""
    exact: bool = True
    """Whether names and versions come out as they were written."""
    more: int = 0
    """Entries beside the rows, such as the operating system or an SBOM's subject."""
    fewest: int = 3
    """Rows by which the format can be told."""
    encoding: str = "utf-8"
    """Another in which the same text is common."""


def _json(of: Callable[[Rows], object]) -> Callable[[Rows], bytes]:
    return lambda rows: json.dumps(of(rows), ensure_ascii=False).encode("utf-8", errors="surrogatepass")


def _lines(line: Callable[[str, str], str], before: str = "", after: str = "") -> Callable[[Rows], bytes]:
    return lambda rows: (before + "".join(line(name, version) + "\n" for name, version in rows) + after).encode(
        "utf-8", "replace"
    )


def _xml(element: Callable[[str, str], str], before: str, after: str) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        body = "".join(element(escape(name), escape(version)) for name, version in rows)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{body}{after}'.encode("utf-8", "replace")

    return write


def _named(name: str = "name", version: str = "version", **more: object) -> Callable[[Rows], list[dict[str, object]]]:
    return lambda rows: [{name: one, version: other, **more} for one, other in rows]


def _table(rows: Rows, heading: tuple[str, str], **layout: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", **layout)  # type: ignore[arg-type]
    writer.writerows([heading, *rows])
    return out.getvalue()


def _workbook(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(("Nama Perangkat Lunak", "Versi"))
    for row in rows:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # a name that begins as a formula does is none
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(rows: Rows, heading: tuple[str, str], rule: bool = True, gap: int = 2) -> str:
    """A table whose columns are as wide as their widest cell, with what Windows prints: blanks up to the last column's end."""
    widths = [max(len(row[column]) for row in (heading, *rows)) + gap for column in (0, 1)]
    dashes = [tuple("-" * (len(title) if rule else 0) for title in heading)] if rule else []
    return (
        "\n".join(
            "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [heading, *dashes, *rows]
        )
        + "\n"
    )


def _pip_columns(rows: Rows) -> bytes:
    """As `pip list` prints them: a rule as wide as the column."""
    widths = [max(len(row[column]) for row in (("Package", "Version"), *rows)) for column in (0, 1)]
    lines = [("Package", "Version"), ("-" * widths[0], "-" * widths[1]), *rows]
    return "".join(f"{name.ljust(widths[0])} {version}\n" for name, version in lines).encode()


def _wmic(rows: Rows) -> bytes:
    width = max(len(name) for name, _ in (("Name", ""), *rows)) + 2
    lines = [
        f"{name.ljust(width)}{vendor.ljust(8)}{version.ljust(14)}"
        for name, vendor, version in [("Name", "Vendor", "Version"), *((name, "Acme", version) for name, version in rows)]
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-16")


def _quoted(text: str) -> str:
    """A string of protobuf's text format, as its library writes it: what is not ASCII by the numbers of its bytes."""
    plain = {34: '\\"', 39: "\\'", 92: "\\\\", 10: "\\n", 13: "\\r", 9: "\\t"}
    return "".join(
        plain.get(code) or (chr(code) if 31 < code < 127 else f"\\{code:03o}") for code in text.encode("utf-8", "replace")
    )


def _spdx(rows: Rows) -> dict[str, object]:
    packages = [
        {"SPDXID": f"SPDXRef-{number}", "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION"}
        for number, (name, version) in enumerate(rows)
    ]
    return {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "d", "packages": packages}


def _spdx_tags(rows: Rows) -> bytes:
    parts = ["SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: d\n"]
    for number, (name, version) in enumerate(rows):
        parts.append(
            f"\nPackageName: {name}\nSPDXID: SPDXRef-{number}\nPackageVersion: {version}\nPackageDownloadLocation: NONE\n"
        )
    return "".join(parts).encode("utf-8", "replace")


def _spdx3(rows: Rows) -> object:
    created = {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2026-01-01T00:00:00Z"}
    packages = [
        {
            "type": "software_Package",
            "spdxId": f"urn:p{number}",
            "creationInfo": "_:c",
            "name": name,
            "software_packageVersion": version,
        }
        for number, (name, version) in enumerate(rows)
    ]
    return {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [created, *packages]}


def _osquery(rows: Rows) -> object:
    return [{"name": name, "version": version, "publisher": "", "install_location": ""} for name, version in rows]


def _npm(rows: Rows) -> object:
    return {"name": "portal", "version": "1.0.0", "dependencies": {name: {"version": version} for name, version in rows}}


def _registry(rows: Rows) -> bytes:
    root = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall"
    parts = ["Windows Registry Editor Version 5.00\n"]
    for number, (name, version) in enumerate(rows):
        name, version = (text.replace("\\", "\\\\").replace('"', '\\"') for text in (name, version))
        parts.append(f'\n[{root}\\Product{number}]\n"DisplayName"="{name}"\n"DisplayVersion"="{version}"\n')
    return "".join(parts).replace("\n", "\r\n").encode("utf-16", "replace")


def _registry_query(rows: Rows) -> bytes:
    root = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall"
    parts = [
        f"\n{root}\\Product{number}\n    DisplayName    REG_SZ    {name}\n    DisplayVersion    REG_SZ    {version}\n"
        for number, (name, version) in enumerate(rows)
    ]
    return "".join(parts).encode("utf-8", "replace")


_CYCLONEDX_XML = '<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"><components>'
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#">'
_DPKG = "Desired=Unknown/Install/Remove/Purge/Hold\n||/ Name Version Architecture Description\n+++-====-====-====-====\n"

WRITTEN: Mapping[str, Written] = {
    # SBOMs
    "cyclonedx-json": Written(
        ".json", _json(lambda rows: {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": _named(type="library")(rows)})
    ),
    "cyclonedx-xml": Written(
        ".xml",
        _xml(
            lambda name, version: f'<component type="library"><name>{name}</name><version>{version}</version></component>',
            _CYCLONEDX_XML,
            "</components></bom>",
        ),
    ),
    "cyclonedx-textproto": Written(
        ".textproto",
        _lines(
            lambda name, version: (
                f'components {{\n  type: CLASSIFICATION_LIBRARY\n  name: "{_quoted(name)}"\n  version: "{_quoted(version)}"\n}}'
            ),
            'spec_version: "1.5"\nversion: 1\n',
        ),
    ),
    "spdx-json": Written(".json", _json(_spdx)),
    "spdx-yaml": Written(".yaml", lambda rows: yaml.safe_dump(_spdx(rows), sort_keys=False, allow_unicode=True).encode()),
    "spdx-tag-value": Written(".spdx", _spdx_tags),
    "spdx-xml": Written(
        ".xml",
        _xml(
            lambda name, version: f"<packages><name>{name}</name><versionInfo>{version}</versionInfo></packages>",
            "<Document><spdxVersion>SPDX-2.3</spdxVersion><SPDXID>SPDXRef-DOCUMENT</SPDXID>",
            "</Document>",
        ),
    ),
    "spdx-rdf": Written(
        ".rdf",
        _xml(
            lambda name, version: (
                f"<spdx:Package><spdx:name>{name}</spdx:name><spdx:versionInfo>{version}</spdx:versionInfo></spdx:Package>"
            ),
            _RDF,
            "</rdf:RDF>",
        ),
    ),
    "spdx3-json": Written(".json", _json(_spdx3)),
    "syft-json": Written(
        ".json",
        _json(
            lambda rows: {
                "artifacts": _named(type="npm", licenses=[])(rows),
                "source": {"type": "directory", "target": "."},
                "descriptor": {"name": "syft", "version": "1.0"},
                "schema": {"version": "16.0.0"},
            }
        ),
    ),
    "trivy-json": Written(
        ".json",
        _json(
            lambda rows: {
                "SchemaVersion": 2,
                "ArtifactName": "srv",
                "Results": [{"Target": "t", "Class": "os-pkgs", "Type": "debian", "Packages": _named("Name", "Version")(rows)}],
            }
        ),
    ),
    # Inventory agents and tools
    "glpi-json": Written(
        ".json",
        _json(
            lambda rows: {
                "action": "inventory",
                "deviceid": "PC-1-2026",
                "itemtype": "Computer",
                "content": {"hardware": {"name": "PC-1"}, "softwares": _named()(rows), "versionclient": "GLPI-Agent_v1.7"},
            }
        ),
    ),
    "ocs-xml": Written(
        ".xml",
        _xml(
            lambda name, version: f"<SOFTWARES><NAME>{name}</NAME><VERSION>{version}</VERSION></SOFTWARES>",
            "<REQUEST><CONTENT><HARDWARE><NAME>PC-1</NAME></HARDWARE>",
            "</CONTENT><DEVICEID>PC-1</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>",
        ),
    ),
    "swid": Written(
        ".swidtag",
        lambda rows: "".join(
            f"<SoftwareIdentity xmlns='http://standards.iso.org/iso/19770/-2/2015/schema.xsd' name={quoteattr(name)} "
            f"version={quoteattr(version)} tagId='t{number}'/>\n"
            for number, (name, version) in enumerate(rows)
        ).encode("utf-8", "replace"),
    ),
    "osquery": Written(".json", _json(_osquery)),
    "osquery-csv": Written(
        ".csv",
        _lines(
            lambda name, version: f"{name}|{version}||12|amd64|1|install ok installed|Acme|misc|optional",
            "name|version|source|size|arch|revision|status|maintainer|section|priority\n",
        ),
        packages=True,
    ),
    "system-profiler": Written(
        ".json", _json(lambda rows: {"SPApplicationsDataType": _named("_name", "version", path="/Applications/x.app")(rows)})
    ),
    "system-profiler-text": Written(
        ".txt",
        _lines(
            lambda name, version: f"    {name}:\n\n      Version: {version}\n      Location: /Applications/x.app\n",
            "Applications:\n\n",
        ),
        packages=True,
    ),
    # Windows
    "registry-export": Written(".reg", _registry),
    "registry-query": Written(".txt", _registry_query, packages=True),
    "powershell-list": Written(
        ".txt",
        _lines(lambda name, version: f"\nDisplayName    : {name}\nDisplayVersion : {version}"),
        packages=True,
        encoding="utf-16",
    ),
    "powershell-table": Written(
        ".txt",
        lambda rows: ("\n" + _columns(rows, ("DisplayName", "DisplayVersion"))).encode("utf-8", "replace"),
        packages=True,
        encoding="utf-16",
    ),
    "powershell-json": Written(".json", _json(_named("DisplayName", "DisplayVersion", Publisher=None))),
    "powershell-csv": Written(
        ".csv",
        lambda rows: (
            '#TYPE System.String\n"Objects"\n'
            + "".join(f'"@{{DisplayName={name}; DisplayVersion={version}; Publisher=}}"\n' for name, version in rows)
        ).encode("utf-8", "replace"),
        packages=True,
    ),
    "wmic": Written(".txt", _wmic, packages=True),
    "winget-export": Written(
        ".json",
        _json(
            lambda rows: {
                "$schema": "https://aka.ms/winget-packages.schema.2.0.json",
                "Sources": [{"Packages": _named("PackageIdentifier", "Version")(rows), "SourceDetails": {"Name": "winget"}}],
            }
        ),
        exact=False,
    ),
    "winget-list": Written(
        ".txt",
        lambda rows: _winget(rows).encode(),
        packages=True,
    ),
    "choco-list": Written(
        ".txt",
        lambda rows: (
            "Chocolatey v2.2.2\n"
            + "".join(f"{name} {version}\n" for name, version in rows)
            + f"{len(rows)} packages installed.\n"
        ).encode(),
        packages=True,
        exact=False,
    ),
    "scan-report": Written(
        ".txt",
        _lines(
            lambda name, version: f"{name} (HKLM\\...\\{{00-{name}}}) (Version: {version} - Acme)",
            "Additional scan result of Farbar Recovery Scan Tool (x64) Version: 10-10-2026\n\n"
            "==================== Installed Programs ======================\n\n",
            "\n==================== Custom CLSID: ==========================\n",
        ),
        packages=True,
    ),
    "ccleaner-list": Written(".txt", _lines(lambda name, version: f"{name}\tAcme\t10/10/2026\t1.2 MB\t{version}"), packages=True),
    "name-value-lines": Written(
        ".txt", _lines(lambda name, version: f"Name={name}, Version={version}, Publisher=Acme"), packages=True
    ),
    # Packages
    "dpkg-list": Written(
        ".txt", _lines(lambda name, version: f"ii  {name}  {version}  amd64  what it does", _DPKG), packages=True
    ),
    "dpkg-query": Written(".txt", _lines(lambda name, version: f"{name}\t{version}-1ubuntu2"), packages=True, exact=False),
    "dpkg-status": Written(
        ".txt",
        _lines(lambda name, version: f"Package: {name}\nStatus: install ok installed\nArchitecture: all\nVersion: {version}\n"),
        packages=True,
    ),
    "apt-list": Written(
        ".txt", _lines(lambda name, version: f"{name}/stable,now {version} amd64 [installed]", "Listing... Done\n"), packages=True
    ),
    "rpm-list": Written(".txt", _lines(lambda name, version: f"{name}-{version}-1.el9.x86_64"), packages=True, exact=False),
    "rpm-info": Written(
        ".txt",
        _lines(lambda name, version: f"Name        : {name}\nVersion     : {version}\nRelease     : 1.el9\nLicense     : MIT\n"),
        packages=True,
        exact=False,
    ),
    "dnf-list": Written(
        ".txt",
        _lines(lambda name, version: f"{name}.x86_64   {version}-1.el9   @baseos", "Installed Packages\n"),
        packages=True,
        exact=False,
    ),
    "zypper-list": Written(
        ".txt",
        _lines(
            lambda name, version: f"i | {name} | package | {version} | x86_64 | Main",
            "S | Name | Type    | Version | Arch   | Repository\n--+------+---------+---------+--------+-----------\n",
        ),
        packages=True,
    ),
    "apk-list": Written(
        ".txt",
        _lines(lambda name, version: f"{name}-{version}-r0 x86_64 {{{name}}} (MIT) [installed]"),
        packages=True,
        exact=False,
    ),
    "apk-installed": Written(
        ".txt", _lines(lambda name, version: f"C:Q1x=\nP:{name}\nV:{version}\nA:x86_64\nL:MIT\nF:usr\n"), packages=True
    ),
    "pacman-list": Written(".txt", _lines(lambda name, version: f"{name} {version}-1"), packages=True, exact=False),
    "pacman-info": Written(
        ".txt",
        _lines(
            lambda name, version: (
                f"Name            : {name}\nVersion         : {version}-1\nDescription     : x\n"
                "Architecture    : any\nLicenses        : MIT\n"
            )
        ),
        packages=True,
        exact=False,
    ),
    "flatpak-list": Written(
        ".txt", _lines(lambda name, version: f"{name}\tid.go.{name}\t{version}\tstable\tsystem"), packages=True
    ),
    "snap-list": Written(
        ".txt",
        _lines(
            lambda name, version: f"{name}  {version}  42  latest/stable  acme  -",
            "Name  Version  Rev  Tracking  Publisher  Notes\n",
        ),
        packages=True,
    ),
    "pip-list": Written(".txt", _pip_columns, packages=True),
    "pip-freeze": Written(".txt", _lines(lambda name, version: f"{name}=={version}"), packages=True),
    "pip-json": Written(
        ".json",
        _json(lambda rows: {"version": "1", "pip_version": "23.0", "installed": [{"metadata": one} for one in _named()(rows)]}),
        packages=True,
    ),
    "npm-list": Written(".json", _json(_npm), packages=True, more=1, exact=False),
    "brew-json": Written(
        ".json",
        _json(
            lambda rows: {
                "formulae": [
                    {
                        "name": name,
                        "full_name": name,
                        "tap": "homebrew/core",
                        "versions": {"stable": version},
                        "installed": [{"version": version}],
                    }
                    for name, version in rows
                ],
                "casks": [],
            }
        ),
        packages=True,
    ),
    "brew-list": Written(".txt", _lines(lambda name, version: f"{name}@2 {version}"), packages=True, exact=False),
    "gem-list": Written(".txt", _lines(lambda name, version: f"{name} ({version})", "\n*** LOCAL GEMS ***\n\n"), packages=True),
    "cargo-list": Written(".txt", _lines(lambda name, version: f"{name} v{version}:\n    {name}"), packages=True, exact=False),
    "composer-list": Written(
        ".txt", _lines(lambda name, version: f"acme/{name} {version} What it does"), packages=True, exact=False
    ),
    "conda-list": Written(
        ".txt",
        _lines(
            lambda name, version: f"{name}  {version}  py310_0",
            "# packages in environment at /opt/conda:\n#\n# Name  Version  Build  Channel\n",
        ),
        packages=True,
    ),
    "dpkg-selections": Written(".txt", _lines(lambda name, version: f"{name}\t\t\tinstall"), packages=True, exact=False),
    "gentoo-list": Written(".txt", _lines(lambda name, version: f"app-misc/{name}-{version}"), packages=True),
    "lslpp-list": Written(
        ".txt",
        _lines(
            lambda name, version: f"/usr/lib/objrepos:{name}:{version}::COMMITTED:I:what it does:",
            "#Path:Fileset:Level:PTF:State\n",
        ),
        packages=True,
    ),
    "swlist": Written(
        ".txt",
        _lines(lambda name, version: f"  {name}    B.{version}   {name}", "# Initializing...\n# Target:  hp1:/\n#\n"),
        packages=True,
        exact=False,
    ),
    "solaris-info": Written(
        ".txt",
        _lines(
            lambda name, version: (
                f"          Name: {name}\n       Summary: what it does\n         State: Installed\n     Publisher: solaris\n"
                f"       Version: {version}\n        Branch: 5.11\n          FMRI: pkg://solaris/{name}@{version}\n"
            )
        ),
        packages=True,
        exact=False,
    ),
    # Tables
    "delimited": Written(".csv", lambda rows: _table(rows, ("Nama Perangkat Lunak", "Versi")).encode("utf-8", "replace")),
    "spreadsheet": Written(".xlsx", _workbook),
    "text-list": Written(
        ".txt",
        _lines(lambda name, version: f"- Acme {name.title()} {version}.5", "Daftar Software:\n"),
        packages=True,
        exact=False,
        more=1,
        fewest=6,
    ),
}


def _winget(rows: Rows) -> str:
    widths = (max(len(name) for name, _ in (("Name", ""), *rows)) + 2, max(len(name) for name, _ in rows) + 8)
    lines = ["Name".ljust(widths[0]) + "Id".ljust(widths[1]) + "Version", "-" * (sum(widths) + 12)]
    lines += [name.ljust(widths[0]) + f"Acme.{name}".ljust(widths[1]) + version for name, version in rows]
    return "\n".join(lines) + "\n"


def packed(content: bytes) -> bytes:
    """As OCS agents send it."""
    return zlib.compress(content)
