# SPDX-License-Identifier: Apache-2.0
"""OCS, FusionInventory and GLPI XML: plain, compressed, several computers, and the broken XML of old agents."""

import gzip
import time
import zlib
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
DECLARATION = '<?xml version="1.0" encoding="UTF-8" ?>\n'
WINDOWS = "Microsoft Windows 10 Pro"
HARDWARE = """
    <HARDWARE>
      <NAME>PC-01</NAME>
      <OSNAME>Microsoft Windows 10 Pro</OSNAME>
      <OSVERSION>10.0.19045</OSVERSION>
      <WINPRODID>00330-80000-00000-AAOEM</WINPRODID>
      <WINPRODKEY>AAAAA-BBBBB-CCCCC-DDDDD-3V66T</WINPRODKEY>
    </HARDWARE>"""


def software(name: str, version: str = "", publisher: str = "", **more: str) -> str:
    fields = {"NAME": name, "PUBLISHER": publisher, "VERSION": version, **more}
    return "<SOFTWARES>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items()) + "</SOFTWARES>\n"


def request(*sections: str, hardware: str = HARDWARE, declaration: str = DECLARATION) -> str:
    content = f"{hardware}{''.join(sections)}<VERSIONCLIENT>FusionInventory-Agent_v2.6</VERSIONCLIENT>"
    return (
        f"{declaration}<REQUEST><CONTENT>{content}</CONTENT><DEVICEID>PC-01-2026-09-14-08-15-31</DEVICEID>"
        "<QUERY>INVENTORY</QUERY></REQUEST>\n"
    )


def read(tmp_path: Path, document: str | bytes, name: str = "PC-01.xml", limits: Limits = Limits()) -> Reading:  # noqa: B008
    path = tmp_path / name
    path.write_bytes(document if isinstance(document, bytes) else document.encode())
    return read_file(path, name, ReadingContext(CONTEXT.vocabulary, limits))


def names(reading: Reading) -> list[str]:
    return [name for name in reading.entries["name"] if name != WINDOWS]


def test_software_and_system_of_a_device(tmp_path: Path) -> None:
    reading = read(tmp_path, request(software("7-Zip 24.08 (x64)", "24.08", "Igor Pavlov"), software("expat", "2.2", FROM="rpm")))
    assert (reading.reader, reading.device, reading.encoding) == ("ocs-xml", "PC-01", "utf-8")
    assert (reading.notes, reading.problems, reading.skipped) == ((), (), ())
    columns = ["name", "version", "publisher", "purl", "activation", "place", "position"]
    assert reading.entries[columns].to_numpy().tolist() == [
        [WINDOWS, "10.0.19045", "Microsoft Corporation", "", "channel=OEM; key=3V66T", "/REQUEST/CONTENT/HARDWARE", -1],
        ["7-Zip 24.08 (x64)", "24.08", "Igor Pavlov", "", "", "/REQUEST/CONTENT/SOFTWARES/", 1],
        ["expat", "2.2", "", "pkg:rpm/expat@2.2", "", "/REQUEST/CONTENT/SOFTWARES/", 2],
    ]  # fmt: skip


def test_the_section_of_the_system_beats_that_of_the_hardware(tmp_path: Path) -> None:
    system = "<OPERATINGSYSTEM><FULL_NAME>Microsoft Windows 10 Pro</FULL_NAME><VERSION>22H2</VERSION></OPERATINGSYSTEM>"
    reading = read(tmp_path, request(system, software("a")))
    assert list(reading.entries["version"]) == ["22H2", ""]


@pytest.mark.parametrize(
    "listed",
    [
        "<SOFTWARES><SOFTWARE><NAME>a</NAME></SOFTWARE><SOFTWARE><NAME>b</NAME></SOFTWARE></SOFTWARES>",
        "<SOFTWARE><NAME>a</NAME></SOFTWARE><SOFTWARE><NAME>b</NAME></SOFTWARE>",
        "<SOFTWARES><NAME>a</NAME></SOFTWARES><SOFTWARES><NAME>b</NAME></SOFTWARES>",
    ],
)
def test_all_forms_of_the_list(tmp_path: Path, listed: str) -> None:
    assert names(read(tmp_path, request(listed))) == ["a", "b"]


def test_licences_of_agents_and_of_the_plugin_for_office(tmp_path: Path) -> None:
    office = "<OFFICEPACK><OFFICEVERSION>2016</OFFICEVERSION><PRODUCT>Microsoft Office Standard 2016 OEM</PRODUCT>"
    office += "<PRODUCTID>00370-OEM-1</PRODUCTID><OFFICEKEY>AAAAA-BBBBB-CCCCC-DDDDD-QW3RT</OFFICEKEY></OFFICEPACK>"
    license = "<LICENSEINFOS><FULLNAME>Acme CAD</FULLNAME><KEY>AAAAA-BBBBB-CCCCC-DDDDD-ZX9CV</KEY></LICENSEINFOS>"
    reading = read(tmp_path, request(license, office, software("Microsoft Office Standard 2016"), software("Acme CAD")))
    assert list(reading.entries["activation"])[1:] == ["channel=OEM; key=QW3RT", "key=ZX9CV"]
    assert "BBBBB" not in repr(reading)


def test_nameless_rows(tmp_path: Path) -> None:
    numbered = "<SOFTWARE><NAME_ID>17</NAME_ID><VERSION_ID>4</VERSION_ID></SOFTWARE>"
    reading = read(tmp_path, request(software("", "1.0"), "<SOFTWARES/>", software("a"), numbered))
    assert names(reading) == ["a"]
    assert [(line.source.locator, line.reason) for line in reading.skipped] == [
        ("/REQUEST/CONTENT/SOFTWARES/2", SkipReason.BLANK)
    ]
    assert [problem.source.locator for problem in reading.problems] == [
        "/REQUEST/CONTENT/SOFTWARES/1",
        "/REQUEST/CONTENT/SOFTWARES/4",
    ]


class TestSeveral:
    def test_requests_one_after_the_other_are_devices(self, tmp_path: Path) -> None:
        second = request(software("b"), hardware=HARDWARE.replace("PC-01", "PC-02"))
        nameless = request(software("c"), hardware="<BIOS/>").replace("<DEVICEID>PC-01-2026-09-14-08-15-31</DEVICEID>", "")
        reading = read(tmp_path, request(software("a")) + second + nameless)
        assert reading.device is None
        found = reading.entries[reading.entries["name"].isin(["a", "b", "c"])]
        assert found[["name", "device"]].to_numpy().tolist() == [["a", "PC-01"], ["b", "PC-02"], ["c", ""]]
        assert found["place"].iloc[1] == "/REQUEST[2]/CONTENT/SOFTWARES/"
        assert (len(reading.notes), reading.problems) == (1, ())

    def test_requests_in_a_wrapper(self, tmp_path: Path) -> None:
        both = request(software("a"), declaration="") + request(software("b"), declaration="")
        assert names(read(tmp_path, f"<REQUESTS>{both}</REQUESTS>")) == ["a", "b"]
        assert names(read(tmp_path, both)) == ["a", "b"]

    def test_damage_of_one_leaves_the_others(self, tmp_path: Path) -> None:
        cut = request(software("a"), software("b"))[:-80]
        reading = read(tmp_path, cut + request(software("c")))
        assert names(reading) == ["a", "b", "c"]
        assert [problem.source.locator for problem in reading.problems] == ["#1"]


class TestCompressed:
    @pytest.mark.parametrize("pack", [zlib.compress, gzip.compress, lambda data: zlib.compress(data, 1)])
    @pytest.mark.parametrize("name", ["PC-01.ocs", "PC-01"])
    def test_compressed_inventories_are_known_by_content(self, tmp_path: Path, pack: object, name: str) -> None:
        assert callable(pack)
        reading = read(tmp_path, pack(request(software("a" * 100_000)).encode()), name)
        assert (reading.reader, len(reading.entries), reading.problems) == ("ocs-xml", 2, ())

    def test_gzip_members_are_all_read(self, tmp_path: Path) -> None:
        halves = request(software("a"), software("b")).encode()
        reading = read(tmp_path, gzip.compress(halves[:400]) + gzip.compress(halves[400:]), "PC-01.ocs")
        assert (names(reading), reading.problems) == (["a", "b"], ())

    def test_a_cut_file_keeps_what_came_before(self, tmp_path: Path) -> None:
        many = "".join(software(f"program {number * 7919 % 10007}", str(number)) for number in range(3000))
        packed = zlib.compress(request(many).encode())
        reading = read(tmp_path, packed[: len(packed) // 2], "PC-01.ocs")
        assert len(reading.entries) > 500
        assert len(reading.problems) >= 2

    def test_damage_in_the_middle_keeps_what_came_before(self, tmp_path: Path) -> None:
        many = "".join(software(f"program {number * 7919 % 10007}", str(number)) for number in range(3000))
        packed = bytearray(zlib.compress(request(many).encode()))
        packed[len(packed) // 2 : len(packed) // 2 + 64] = b"\xff" * 64
        reading = read(tmp_path, bytes(packed), "PC-01.ocs")
        assert len(reading.entries) > 500
        assert reading.problems

    def test_a_bomb_is_refused(self, tmp_path: Path) -> None:
        start = request(software("a"))[:-60].encode()
        with pytest.raises(UnreadableFile, match="unpacked_bytes"):
            read(tmp_path, zlib.compress(start + b" " * 50_000_000), "PC-01.ocs", Limits(unpacked_bytes=10_000_000))

    def test_other_compressed_files_are_left_alone(self, tmp_path: Path) -> None:
        for content in (zlib.compress(b"no inventory"), b"x\x9cno zlib", gzip.compress(b"<html><CONTENT><BIOS></html>")):
            with pytest.raises(UnreadableFile, match="No reader"):
                read(tmp_path, content, "x.bin")


class TestBroken:
    def test_bare_ampersands_and_less_signs(self, tmp_path: Path) -> None:
        reading = read(
            tmp_path, request(software("R&D Tool &amp; Viewer"), software("a <2.0", publisher="B & C"), software("caf&eacute;"))
        )
        assert names(reading) == ["R&D Tool & Viewer", "a <2.0", "café"]
        assert (len(reading.notes), reading.problems) == (2, ())

    def test_control_characters(self, tmp_path: Path) -> None:
        document = request(software("a\x03b"), software("c&#x1f;d&#0;"), software("<![CDATA[e]]>")).replace("\n", "\r\n")
        assert names(read(tmp_path, document)) == ["a b", "c d", "e"]

    def test_windows_1252_declared_as_utf_8(self, tmp_path: Path) -> None:
        reading = read(tmp_path, request(software("Outil de vérification")).encode("cp1252"))
        assert (names(reading), reading.encoding) == (["Outil de vérification"], "cp1252")
        assert any("Windows-1252" in str(note.message) for note in reading.notes)

    @pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-16"])
    def test_declared_encodings(self, tmp_path: Path, encoding: str) -> None:
        document = request(software("vérification"), declaration=f'<?xml version="1.0" encoding="{encoding}"?>')
        assert names(read(tmp_path, document.encode(encoding))) == ["vérification"]

    @pytest.mark.parametrize("encoding", ["UTF-16", "x-unknown"])
    def test_a_declaration_that_is_wrong(self, tmp_path: Path, encoding: str) -> None:
        document = request(software("vérification"), declaration=f'<?xml version="1.0" encoding="{encoding}"?>')
        assert names(read(tmp_path, document)) == ["vérification"]

    def test_blank_lines_and_a_mark_before_the_declaration(self, tmp_path: Path) -> None:
        assert names(read(tmp_path, "\ufeff\r\n\r\n" + request(software("a")))) == ["a"]
        assert names(read(tmp_path, "\n\n" + request(software("a")))) == ["a"]

    def test_a_cut_file_keeps_whole_rows(self, tmp_path: Path) -> None:
        document = request(software("a"), software("b", "1.0"), software("a long name of a program"))
        reading = read(tmp_path, document[: document.index("of a program")])
        assert names(reading) == ["a", "b"]
        assert any("damaged" in str(problem.message) for problem in reading.problems)

    def test_entities_are_refused(self, tmp_path: Path) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        with pytest.raises(UnreadableFile, match="entities"):
            read(tmp_path, request(software("&b;"), declaration=f'<?xml version="1.0"?>{bomb}'))

    def test_hostile_documents_end_quickly(self, tmp_path: Path) -> None:
        start = time.perf_counter()
        nested = request("<SOFTWARES>" + "<a>" * 100_000 + "</a>" * 100_000 + "</SOFTWARES>", software("z"))
        assert names(read(tmp_path, nested)) == ["z"]
        for junk in (
            "<![CDATA[" * 100_000,
            "&" * 1_000_000,
            "<" * 1_000_000,
            "<?xml " * 100_000,
            "<!--" * 100_000,
            "x" * 10_000_000,
        ):
            reading = read(tmp_path, request(software("a"), junk))
            assert names(reading)[:1] == ["a"]
        assert time.perf_counter() - start < 30

    def test_too_many_documents_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="members"):
            read(tmp_path, request() + '<?xml version="1.0"?>' * 20_000)


class TestRecognition:
    @pytest.mark.parametrize(
        "document",
        [
            "<REQUEST><CONTENT><NETDISCOVERY/></CONTENT></REQUEST>",
            "<REQUEST><QUERY>PROLOG</QUERY></REQUEST>",
            "<html><REQUEST><CONTENT><BIOS/></CONTENT></REQUEST></html>",
            "The file begins with <REQUEST><CONTENT><HARDWARE>",
            "<!-- <REQUEST> --><note><CONTENT><HARDWARE/></CONTENT></note>",
        ],
    )
    def test_not_recognised(self, tmp_path: Path, document: str) -> None:
        try:
            reading = read(tmp_path, document)
        except UnreadableFile:
            return
        assert reading.reader != "ocs-xml"

    def test_an_inventory_without_software_says_so(self, tmp_path: Path) -> None:
        reading = read(tmp_path, request())
        assert (len(reading.entries), len(reading.notes)) == (1, 1)
