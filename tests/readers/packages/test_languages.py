# SPDX-License-Identifier: Apache-2.0
"""Lists of the package managers of programming languages: pip, gem, cargo, composer, conda."""

import pytest
from package_lists import Write, names, problems, rows

from foss_audit.errors import UnreadableFile


class TestPip:
    def test_columns(self, reading: Write) -> None:
        found = reading(
            "WARNING: pip is old\nPackage    Version   Editable project location\n---------- --------- ----\n"
            "Django     4.2.1\nsimtani    0.1       /srv/simtani\n\n[notice] A new release of pip is available\n"
        )
        assert (found.reader, found.problems) == ("pip-list", ())
        assert rows(found, "name", "version", "purl", "position") == [
            ("Django", "4.2.1", "pkg:pypi/django@4.2.1", "4"),
            ("simtani", "0.1", "pkg:pypi/simtani@0.1", "5"),
        ]

    def test_old_versions(self, reading: Write) -> None:
        assert rows(reading("pip (9.0.1)\nsimtani (0.1, /srv/simtani)\n"), "name", "version") == [
            ("pip", "9.0.1"),
            ("simtani", "0.1"),
        ]

    def test_a_strange_line_is_a_problem(self, reading: Write) -> None:
        assert problems(reading("Package Version\n------- -------\nDjango  4.2\nTraceback\n")) == ["A4"]

    def test_freeze(self, reading: Write) -> None:
        found = reading(
            "# pip freeze\nDjango==4.2.1\nrequests[socks]==2.31.0 ; python_version >= '3.8'\nflask==3.0 \\\n"
            "    --hash=sha256:ab\n"
            "simtani @ file:///srv/simtani-1.2-py3-none-any.whl\n-e git+https://git.example.id/x.git@1#egg=sipeta\n"
            "--index-url https://pypi.example.id\n",
            "requirements.txt",
        )
        assert (found.reader, found.problems) == ("pip-freeze", ())
        assert rows(found, "name", "version") == [
            ("Django", "4.2.1"),
            ("requests", "2.31.0"),
            ("flask", "3.0"),
            ("simtani", "1.2"),
            ("sipeta", ""),
        ]

    @pytest.mark.parametrize(
        "line", ["bar>=1.0", "bar", "bar==1.*", "bar~=2.0 ; python_version<'3'", "-e /srv/bar", "-r dev.txt"]
    )
    def test_a_line_that_pins_nothing_is_a_problem(self, reading: Write, line: str) -> None:
        found = reading(f"Django==4.2.1\nFlask==3.0\n{line}\n")
        assert (names(found), problems(found)) == (["Django", "Flask"], ["A3"])

    @pytest.mark.parametrize("text", ["x == y and then\nmore of it\n", "a>=1\nb>=2\nc==3\n", "if a == b:\n    pass\n"])
    def test_other_texts_are_not_claimed(self, reading: Write, text: str) -> None:
        with pytest.raises(UnreadableFile, match="No reader"):
            reading(text)


def test_gem(reading: Write) -> None:
    found = reading("\n*** LOCAL GEMS ***\n\nrake (13.1.0, default: 13.0.6)\nnokogiri (1.15.4 x86_64-linux)\nBuilding\n")
    assert (found.reader, problems(found)) == ("gem-list", ["A6"])
    assert rows(found, "name", "version", "position") == [
        ("rake", "13.1.0", "4"),
        ("rake", "13.0.6", "4"),
        ("nokogiri", "1.15.4", "5"),
    ]


def test_cargo(reading: Write) -> None:
    found = reading("bat v0.24.0:\n    bat\nsimtani v0.1.0 (/srv/simtani):\n    simtani\n    simtani-admin\n")
    assert (found.reader, rows(found, "name", "version")) == ("cargo-list", [("bat", "0.24.0"), ("simtani", "0.1.0")])


class TestComposer:
    def test_show(self, reading: Write) -> None:
        found = reading("laravel/framework v10.38.1 The Laravel Framework.\nmonolog/monolog   dev-main 1234567 Sends logs\n")
        assert found.reader == "composer-list"
        assert rows(found, "name", "version", "license", "purl") == [
            ("laravel/framework", "v10.38.1", "", "pkg:composer/laravel/framework@v10.38.1"),
            ("monolog/monolog", "dev-main", "", "pkg:composer/monolog/monolog@dev-main"),
        ]

    def test_licenses(self, reading: Write) -> None:
        found = reading(
            "Name: distan/simtan\nVersion: dev-main\nLicenses: proprietary\nDependencies:\n\n"
            "Name              Version  Licenses\nmonolog/monolog   3.5.0    MIT\nx/y               1.0      none\n"
        )
        assert rows(found, "name", "license") == [("monolog/monolog", "MIT"), ("x/y", "")]


def test_conda(reading: Write) -> None:
    found = reading(
        "# packages in environment at /opt/conda:\n#\n# Name  Version  Build  Channel\nnumpy 1.26.2 py311_0 conda-forge\n"
        "flask 3.0.0 pypi_0 pypi\nbroken\n"
    )
    assert (found.reader, problems(found)) == ("conda-list", ["A6"])
    assert rows(found, "name", "purl") == [("numpy", "pkg:conda/numpy@1.26.2"), ("flask", "pkg:pypi/flask@3.0.0")]
