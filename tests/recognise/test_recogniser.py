# SPDX-License-Identifier: Apache-2.0
"""Which line of a catalogue a title is: ids, publishers, versions, what goes before what; whatever the order of the lines."""

import pytest
from helpers import product
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.catalogue import LicenseModel, Product, VersionRange
from foss_audit.model import Title
from foss_audit.recognise import Recogniser
from foss_audit.recognise.globs import Glob, GlobIndex, matches

FOSS, COMMERCIAL, FREEWARE = LicenseModel.FOSS, LicenseModel.COMMERCIAL, LicenseModel.FREEWARE
COMPONENT, ACTIVATOR, UNKNOWN = LicenseModel.COMPONENT, LicenseModel.ACTIVATOR, LicenseModel.UNKNOWN


def rule(products: list[Product], title: Title, **others: object) -> str:
    """The id of the line that a title is recognised as; '' for none."""
    return Recogniser(products, ("x64",), **others).recognise(title).rule.partition(": ")[0]  # type: ignore[arg-type]


class TestVersions:
    BELOW = product("server-old", FOSS, names=("server", "server *"), versions=VersionRange.parse("<7"))
    ABOVE = product("server-new", COMMERCIAL, names=("server", "server *"), versions=VersionRange.parse(">=7, <9"))

    @pytest.mark.parametrize(
        ("title", "line"),
        [
            (Title("Server", "6.9.1"), "server-old"),
            (Title("Server", "7"), "server-new"),
            (Title("Server 6.2.0 220916"), "server-old"),
            (Title("Server 6.2 build 99"), "server-old"),
            (Title("Server 6.0 (x64)"), "server-old"),
            (Title("Server", "v8.0.2"), "server-new"),
            (Title("Server", "9.0"), ""),
        ],
    )
    def test_the_version_decides(self, title: Title, line: str) -> None:
        assert rule([self.BELOW, self.ABOVE], title) == line

    def test_without_a_version_it_stays_open(self) -> None:
        recognition = Recogniser([self.BELOW, self.ABOVE], ()).recognise(Title("Server"))
        assert recognition.version_open
        assert not Recogniser([self.BELOW], ()).recognise(Title("Server", "6")).version_open

    def test_a_line_without_a_range_takes_what_tells_no_version(self) -> None:
        anything = product("server", UNKNOWN, names=("server", "server *"))
        assert rule([self.BELOW, self.ABOVE, anything], Title("Server")) == "server"
        assert rule([self.BELOW, self.ABOVE, anything], Title("Server", "8")) == "server-new"

    def test_the_reason_is_told(self) -> None:
        ((_, why),) = Recogniser([self.ABOVE], ()).recognise(Title("Server", "6")).rejected
        assert str(why) == "version 6 is not >=7, <9"

    @pytest.mark.parametrize("text", ["7", "~7", ">=7 <8", ">= seven", "", ">=7,"])
    def test_what_is_no_range(self, text: str) -> None:
        with pytest.raises(ValueError, match="range of versions"):
            VersionRange.parse(text)


class TestIds:
    FIREFOX = product("firefox", FOSS, publisher="Mozilla", names=("mozilla firefox",),
                      ids=("winget:mozilla.firefox", "choco:firefox", "appx:mozilla.firefox"))  # fmt: skip

    @pytest.mark.parametrize(
        "title",
        [
            Title("Mozilla.Firefox"),
            Title("Peramban Rubah Api", origin="winget/Mozilla.Firefox"),
            Title("Mozilla Fire…", origin="winget/Mozilla.Firefox"),
            Title("firefox", origin="chocolatey"),
            Title("Mozilla.Firefox_128.0.0.0_x64__n80bbvh6b1yt2"),
        ],
    )
    def test_an_id_is_enough(self, title: Title) -> None:
        assert rule([self.FIREFOX], title) == "firefox"

    @pytest.mark.parametrize("title", [Title("firefox"), Title("firefox", origin="npm"), Title("firefox", origin="pypi")])
    def test_an_id_of_one_collection_says_nothing_elsewhere(self, title: Title) -> None:
        assert rule([self.FIREFOX], title) == ""

    def test_the_words_of_an_id_need_the_publisher_that_it_names(self) -> None:
        drive = product("drive", FREEWARE, publisher="Google", names=("drive", "google drive"))
        assert rule([drive], Title("Google.Drive")) == "drive"
        assert rule([drive], Title("Somebody.Drive")) == ""

    def test_a_library_is_known_by_its_purl(self) -> None:
        lab = product("lab", FOSS, names=("lab",), ids=("purl:pypi/lab",))
        assert rule([lab], Title("lab", origin="pypi")) == "lab"
        assert rule([lab], Title("lab", origin="gem")) == ""


ALIASES = {"Adobe": ("macromedia*", "adobe *")}


class TestPublishers:
    READER = product("reader", FREEWARE, publisher="Adobe", names=("reader",), publishers=("adobe*",), publisher_required=True)

    @pytest.mark.parametrize(
        "publisher",
        ["Adobe", "Adobe Systems Incorporated", "Macromedia, Inc.", 'CN=Adobe Inc., OU="AAM, 256", O=Adobe Inc., C=US',
         "CN=4F6C2A7E-0000-4000-8000-112233445566, O=Macromedia, C=US"],
    )  # fmt: skip
    def test_a_publisher_is_known_under_its_other_names(self, publisher: str) -> None:
        assert rule([self.READER], Title("Reader", publisher=publisher), publishers=ALIASES) == "reader"

    @pytest.mark.parametrize("publisher", ["", "Adobeish Software", "CN=Somebody, O=Somebody"])
    def test_another_or_none_is_not_it(self, publisher: str) -> None:
        reader = product("reader", FREEWARE, names=("reader",), publishers=("adobe", "adobe *"), publisher_required=True)
        assert rule([reader], Title("Reader", publisher=publisher), publishers=ALIASES) == ""


class TestOrder:
    LINES = (
        product("activator", ACTIVATOR, names=("tool crack*",)),
        product("tool", COMMERCIAL, names=("tool*",)),
        product("tool-free", FOSS, names=("tool free*",)),
        product("family", COMPONENT, names=("tool free update*", "driver*"), family=True),
        product("declared", FREEWARE, names=("* viewer",), more_specific_than=("tool", "tool-free")),
    )

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("Tool", "tool"),
            ("Tool Free 2", "tool-free"),
            ("Tool Free Update", "tool-free"),
            ("Driver", "family"),
            ("Tool crack by X", "activator"),
            ("Tool Free Viewer", "declared"),
        ],
    )
    def test_of_several_lines_one_goes_first(self, name: str, line: str) -> None:
        assert rule(list(self.LINES), Title(name)) == line

    @given(st.permutations(LINES), st.sampled_from(["Tool", "Tool Free 2", "Tool Free Update", "Tool crack", "Tool Free Viewer"]))
    def test_the_order_of_the_lines_makes_no_difference(self, lines: list[Product], name: str) -> None:
        title = Title(name)
        assert Recogniser(lines, ()).recognise(title) == Recogniser(self.LINES, ()).recognise(title)

    def test_every_loser_is_named_with_its_reason(self) -> None:
        lost = dict(Recogniser(self.LINES, ()).recognise(Title("Tool Free Viewer")).rejected)
        assert str(lost["tool: tool*"]) == "the winner is declared more specific than it"
        lost = dict(Recogniser(self.LINES, ()).recognise(Title("Tool Free Update")).rejected)
        assert "fewer fixed characters" in str(lost["tool: tool*"])
        assert "before families" in str(lost["family: tool free update*"])


class TestGlobs:
    WORDS = st.text("ab .1*?[]-", max_size=12)

    @given(st.lists(WORDS, max_size=12), st.lists(st.text("ab .1[-", max_size=14), max_size=6))
    def test_the_index_finds_what_every_glob_for_itself_matches(self, patterns: list[str], texts: list[str]) -> None:
        index = GlobIndex([Glob(pattern, number) for number, pattern in enumerate(patterns)])
        found = {(glob.entry, text) for glob, matched in index.matches(texts) for text in matched}
        assert found == {(n, text) for n, pattern in enumerate(patterns) for text in texts if matches(pattern, text)}

    def test_a_hostile_glob_takes_no_time(self) -> None:
        pattern, text = "*a" * 30 + "b", "a" * 5_000
        assert not matches(pattern, text)
        assert not GlobIndex([Glob(pattern, 0)]).matches([text])

    @pytest.mark.parametrize("pattern", ["*a" * 25 + "?b", "[ab]*" * 25 + "c"])
    def test_nor_one_with_classes(self, pattern: str) -> None:
        assert not matches(pattern, "a" * 400)


def test_recognition_depends_on_nothing_but_the_title() -> None:
    recogniser = Recogniser(TestOrder.LINES, ())
    first = recogniser.recognise(Title("Tool Free 2"))
    for name in ("Driver", "Tool", "Other"):
        recogniser.recognise(Title(name))
    assert recogniser.recognise(Title("Tool Free 2")) == first
