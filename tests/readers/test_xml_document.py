# SPDX-License-Identifier: Apache-2.0
"""XML of strangers: what is read, mended, kept from damage, and refused."""

import contextlib
import time
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Limits
from foss_audit.readers.xml_document import XmlDocument, load_xml, outermost_tag, parse_xml_document, root_of

LIMITS = Limits()


def parse(content: str | bytes, limits: Limits = LIMITS) -> XmlDocument:
    return parse_xml_document(content.encode() if isinstance(content, str) else content, "a.xml", limits)


def shown(element: Element) -> str:
    """A tree in one line: tags, attributes and text."""
    attributes = "".join(f" {name}={value}" for name, value in element.items())
    return f"{element.tag}{attributes}({(element.text or '').strip()}{' '.join(shown(child) for child in element)})"


class TestTree:
    def test_namespaces_are_dropped_from_tags_and_attributes(self) -> None:
        document = parse('<x:a xmlns:x="urn:one" xmlns:y="urn:two" y:b="1"><y:c>text</y:c><d xml:lang="id"/></x:a>')
        assert (shown(document.root), document.namespace) == ("a b=1(c(text) d lang=id())", "urn:one")
        assert (document.damage, document.notes) == (None, ())

    def test_comments_and_instructions_are_no_elements(self) -> None:
        assert shown(parse("<a><!-- <b/> --><?php x ?><c/></a>").root) == "a(c())"

    def test_from_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.xml").write_text("<a>1</a>")
        assert shown(load_xml(tmp_path / "a.xml", "a.xml", Limits()).root) == "a(1)"


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_unicode(self, encoding: str) -> None:
        document = parse('<?xml version="1.0"?><a>Müller 日本</a>'.encode(encoding))
        assert shown(document.root) == "a(Müller 日本)"
        assert document.encoding == encoding[:6].rstrip("-")
        assert (document.damage, document.notes) == (None, ())

    @pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "gb2312", "shift_jis", "big5"])
    def test_what_is_declared(self, encoding: str) -> None:
        text = "é" if encoding in ("iso-8859-1", "windows-1252") else "中"
        document = parse(f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding))
        assert (shown(document.root), document.encoding, document.damage) == (f"a({text})", encoding, None)

    def test_utf_16_that_is_none(self) -> None:
        document = parse('<?xml version="1.0" encoding="utf-16"?><a>é</a>')
        assert (shown(document.root), document.encoding, document.damage) == ("a(é)", "utf-8", None)

    @pytest.mark.parametrize("declared", ["x-unknown", "punycode", "zip", "unicode_escape"])
    def test_an_encoding_that_is_not_taken_is_read_as_unicode(self, declared: str) -> None:
        assert shown(parse(f'<?xml version="1.0" encoding="{declared}"?><a>é</a>').root) == "a(é)"

    def test_western_text_that_says_it_is_unicode(self) -> None:
        document = parse("<a>Müller</a>".encode("cp1252"))
        assert (shown(document.root), document.encoding, document.damage) == ("a(Müller)", "cp1252", None)
        assert "Windows-1252" in str(document.notes[0].message)

    def test_one_broken_character_in_unicode(self) -> None:
        document = parse("<a>日本語日本語</a><!--".encode()[:-4] + b"<!-- \xff -->")
        assert (shown(document.root), document.encoding) == ("a(日本語日本語)", "utf-8")
        assert len(document.notes) == 1


class TestDamage:
    @pytest.mark.parametrize(
        ("content", "kept"),
        [
            ("<a><b>1</b><c>2</c><d><e>", "a(b(1) c(2) d(e()))"),
            ("<a><b>1</b><c", "a(b(1))"),
            ("<a><b>1</b></c></a>", "a(b(1))"),
            ("<a><b>1</b></a><rest/>", "a(b(1))"),
            ("<a><b>1</b><y:c/></a>", "a(b(1))"),
        ],
    )
    def test_what_stands_before_it_is_kept(self, content: str, kept: str) -> None:
        document = parse(content)
        assert shown(document.root) == kept
        assert document.damage is not None
        assert "line 1" in str(document.damage.message)

    def test_characters_that_xml_forbids_are_replaced(self) -> None:
        document = parse(b"<a><b>x\x0by\x00&#x1f;&#2;z</b></a>\x00\x00")
        assert (shown(document.root), document.damage, len(document.notes)) == ("a(b(x y   z))", None, 1)

    def test_an_ampersand_that_stands_for_itself(self) -> None:
        document = parse("<a><b>AT&T &amp; &lt;x&gt; &#233;</b><c>R&D; &nbsp;</c></a>")
        assert (shown(document.root), document.damage) == ("a(b(AT&T & <x> é) c(R&D; &nbsp;))", None)

    @pytest.mark.parametrize("content", ["", " ", "no xml", "{}", "<", "<a", "<!-- only -->"])
    def test_no_xml_at_all(self, content: str) -> None:
        with pytest.raises(UnreadableFile, match="There is no XML"):
            parse(content)


class TestRefusals:
    @pytest.mark.parametrize(
        "declared",
        [
            '<!ENTITY x "y">',
            '<!ENTITY % x "y">',
            '<!ENTITY x SYSTEM "file:///etc/passwd">',
            '<!ATTLIST a b CDATA "long">',
            '<!NOTATION n SYSTEM "x"> <!ENTITY u SYSTEM "x" NDATA n>',
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
    def test_declarations(self, declared: str, encoding: str) -> None:
        with pytest.raises(UnreadableFile, match="declares entities"):
            parse(f"<!DOCTYPE a [{declared}]><a>&x;</a>".encode(encoding))

    def test_declarations_behind_an_encoding_that_is_mended(self) -> None:
        with pytest.raises(UnreadableFile, match="declares entities"):
            parse('<?xml version="1.0" encoding="x-unknown"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')

    def test_a_bare_document_type_is_none(self) -> None:
        assert shown(parse('<!DOCTYPE plist PUBLIC "-//A//B" "http://example.org/a.dtd"><plist>1</plist>').root) == "plist(1)"

    @pytest.mark.parametrize("limits", [Limits(elements=3), Limits(document_bytes=10)])
    def test_beyond_a_limit(self, tmp_path: Path, limits: Limits) -> None:
        (tmp_path / "a.xml").write_text("<a><b/><c/><d/></a>")
        with pytest.raises(UnreadableFile, match="limit"):
            load_xml(tmp_path / "a.xml", "a.xml", limits)

    def test_more_attributes_than_elements_may_be(self) -> None:
        with pytest.raises(UnreadableFile, match="limit"):
            parse("<a " + " ".join(f'b{number}=""' for number in range(20)) + "/>", Limits(elements=10))


@pytest.mark.parametrize(
    "content", ["<a>" * 200_000, "<a>" + "x" * 10_000_000 + "</a>", "<a>" + "&" * 1_000_000 + "</a>", "<!--" * 200_000]
)
def test_hostile_input_takes_no_time(content: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(UnreadableFile):
        parse(content)
    assert time.perf_counter() - started < 10


class TestRoot:
    @pytest.mark.parametrize(
        ("text", "name", "namespace"),
        [
            ("<a>", "a", ""),
            ("\ufeff\n<a xmlns='urn:x' b=\"1\"/>", "a", "urn:x"),
            (
                '<?xml version="1.0"?>\n<!-- <b> -->\n<!DOCTYPE a [<!ENTITY x "y">]>\n<p:a xmlns="urn:y" xmlns:p="urn:x">',
                "a",
                "urn:x",
            ),
            ("<a\n  xmlns = 'urn:x'\n>", "a", "urn:x"),
        ],
    )
    def test_name_and_namespace(self, text: str, name: str, namespace: str) -> None:
        root = root_of(text)
        assert root is not None
        assert (root.name, root.namespace) == (name, namespace)
        assert outermost_tag(text) == name

    @pytest.mark.parametrize("text", ["", "a", "{}", "< a>", "<", "<a", "text <a>", "<!-- <a>", "<?xml <a>"])
    def test_none(self, text: str) -> None:
        assert root_of(text) is None
        assert outermost_tag(text) == ""

    @pytest.mark.parametrize("text", ["<!--" * 16_000, "<!DOCTYPE a [" * 5_000, "<a " + "b='1' " * 10_000, "\n" * 65_536])
    def test_takes_no_time(self, text: str) -> None:
        started = time.perf_counter()
        root_of(text)
        assert time.perf_counter() - started < 1
