# SPDX-License-Identifier: Apache-2.0
"""Packages of free distributions are FOSS, but for those that the catalogue knows as a vendor's or non-free."""

import pytest

from foss_audit.audit import license_reader
from foss_audit.classify import classify
from foss_audit.model import Basis, Title, Verdict
from foss_audit.recognise import Recogniser
from foss_audit.rulebook import load_rulebook

RULEBOOK = load_rulebook()
WORDS = RULEBOOK.vocabulary.words
RECOGNISER = Recogniser(RULEBOOK.products, WORDS["noise"], WORDS["package-suffix"])
LICENSES = license_reader(RULEBOOK)

VENDORS = [
    "google-chrome-stable",
    "code",
    "mssql-server",
    "oracle-database-xe-21c",
    "splunk",
    "wps-office",
    "sublime-text",
    "masterpdfeditor5",
    "microsoft-edge-stable",
    "spotify-client",
    "skypeforlinux",
    "slack-desktop",
    "nvidia-driver-535",
    "ttf-mscorefonts-installer",
    "p7zip-rar",
    "oracle-java8-installer",
    "google-earth-pro-stable",
    "plexmediaserver",
    "firmware-linux-nonfree",
    "intel-microcode",
    "elasticsearch",
    "mongodb-org",
    "teamviewer",
    "anydesk",
    "zoom",
    "rar",
]
ORDINARY = [
    "bash",
    "libc6",
    "python3",
    "openjdk-17-jre",
    "firefox-esr",
    "libreoffice-core",
    "chromium",
    "vim",
    "nginx",
    "mariadb-server",
    "postgresql-15",
    "php8.2",
    "git",
    "ffmpeg",
    "vlc",
    "gimp",
    "wine",
    "coreutils",
    "systemd",
    "curl",
    "openssl",
    "apache2",
    "perl",
    "ruby",
    "nodejs",
    "docker.io",
    "podman",
    "thunderbird",
    "cups",
    "samba",
    "redis-server",
    "mysql-server",
    "gcc",
    "cmake",
    "unrar-free",
    "nvidia-settings",
    "code-oss",
    "slack",
    "box",
    "access",
]


def _verdict(name: str, origin: str) -> Verdict:
    title = Title(name, origin=origin)
    return classify(title, RECOGNISER.recognise(title), LICENSES.read(""))


@pytest.mark.parametrize("name", VENDORS)
def test_a_vendors_package_is_not_foss_by_its_list(name: str) -> None:
    assert _verdict(name, "deb/ubuntu").basis is not Basis.DISTRIBUTION_FOSS


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_package_is(name: str) -> None:
    assert _verdict(name, "deb/debian").basis is Basis.DISTRIBUTION_FOSS


def test_a_librarys_name_is_no_product() -> None:
    assert RECOGNISER.recognise(Title("opera", origin="npm")).product is None
