# SPDX-License-Identifier: Apache-2.0
"""Package URLs and versions of Trivy's packages, which reports before 2023 do not spell out. Pure."""

from collections.abc import Mapping

from packageurl import PackageURL

_OF_TYPE = {
    **dict.fromkeys(("debian", "ubuntu"), "deb"),
    **dict.fromkeys(("alpine", "wolfi", "chainguard"), "apk"),
    **dict.fromkeys(
        (
            "alma", "amazon", "azurelinux", "cbl-mariner", "centos", "fedora", "opensuse", "opensuse-leap", "opensuse-tumbleweed",
            "opensuse.leap", "opensuse.tumbleweed", "oracle", "photon", "redhat", "rocky", "slem", "sles",
            "suse linux enterprise server",
        ),
        "rpm",
    ),
    **dict.fromkeys(("bun", "javascript", "node-pkg", "npm", "pnpm", "yarn"), "npm"),
    **dict.fromkeys(("pip", "pipenv", "poetry", "pylock", "python-pkg", "uv"), "pypi"),
    **dict.fromkeys(("gradle", "jar", "pom", "sbt"), "maven"),
    **dict.fromkeys(("gobinary", "gomod"), "golang"),
    **dict.fromkeys(("cargo", "rustbinary"), "cargo"),
    **dict.fromkeys(("bundler", "gemspec"), "gem"),
    **dict.fromkeys(("composer", "composer-vendor"), "composer"),
    **dict.fromkeys(("dotnet-core", "nuget", "packages-config", "packages-props"), "nuget"),
    **dict.fromkeys(("conda-environment", "conda-pkg"), "conda"),
    "conan": "conan",
    "hex": "hex",
    "pub": "pub",
}  # fmt: skip
"""Types of results to types of package URLs."""
_SYSTEMS = frozenset({"deb", "apk", "rpm"})
_SEPARATOR = {"maven": ":"}
"""Between the namespace and the name of a package; a stroke elsewhere."""


def package_version(package: Mapping[str, object]) -> object:
    """The version with its epoch and release, which packages of rpm and deb have in fields of their own."""
    version, release, epoch = (package.get(field) for field in ("Version", "Release", "Epoch"))
    if not isinstance(version, str) or not version:
        return version
    prefix = f"{epoch}:" if isinstance(epoch, str) and epoch not in ("", "0") else ""
    suffix = f"-{release}" if isinstance(release, str) and release else ""
    return f"{prefix}{version}{suffix}"


def package_purl(name: str, version: object, type: str) -> str:
    """The package URL of a package in a result of that type; '' where the type says nothing of it.

    >>> package_purl("bash", "5.0-4", "debian"), package_purl("@types/node", "20.1.0", "npm"), package_purl("x", "1", "terraform")
    ('pkg:deb/debian/bash@5.0-4', 'pkg:npm/%40types/node@20.1.0', '')
    """
    kind = _OF_TYPE.get(type)
    if kind is None:
        return ""
    namespace, _, bare = name.rpartition(_SEPARATOR.get(kind, "/"))
    if kind in _SYSTEMS:
        namespace, bare = type.replace(" ", "-"), name
    try:
        return PackageURL(kind, namespace or None, bare, version if isinstance(version, str) and version else None).to_string()
    except ValueError:
        return ""
