# SPDX-License-Identifier: Apache-2.0
"""Every sentence of the package has its Indonesian one, with the same fields."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import foss_audit
from foss_audit.language import Translator
from foss_audit.messages import counted, message

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "message": None, "counted": (1, 2)}
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext.babel_extract")]
PACKAGE = Path(foss_audit.__file__).parent
CATALOGUE = PACKAGE / "locale" / "id" / "messages.po"


def templates() -> dict[str | tuple[str, ...], str]:
    """Every message template of the package, singular with plural where it has one, and where it stands."""
    found: dict[str | tuple[str, ...], str] = {}
    for file, line, template, _, _ in extract_from_dir(PACKAGE, METHODS, {}, KEYWORDS):
        found.setdefault(template, f"{file}:{line}")
    return found


def entries() -> Iterator[Entry]:
    with CATALOGUE.open("rb") as stream:
        yield from (entry for entry in read_po(stream, locale="id", abort_invalid=True) if entry.id)


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_template_is_translated() -> None:
    known = {entry.id for entry in entries() if all(entry.string if isinstance(entry.string, tuple) else [entry.string])}
    missing = {template: place for template, place in templates().items() if template not in known}
    assert not missing


def test_no_translation_outlives_its_template() -> None:
    used = templates()
    assert [entry.id for entry in entries() if entry.id not in used] == []


def test_translations_have_the_fields_of_their_templates() -> None:
    for entry in entries():
        originals = (entry.id,) if isinstance(entry.id, str) else entry.id
        translations = (entry.string,) if isinstance(entry.string, str) else entry.string or ()
        wanted = set().union(*map(fields, originals))
        assert all(fields(text) == wanted for text in translations), entry.id


def test_no_template_means_two_things_in_number() -> None:
    singular = [template if isinstance(template, str) else template[0] for template in templates()]
    assert len(singular) == len(set(singular))


def test_the_catalogue_is_sorted() -> None:
    order = re.findall(r'^msgid "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert order == sorted(order)


def test_the_catalogue_is_in_the_package() -> None:
    assert files("foss_audit").joinpath("locale", "id", "messages.po").is_file()


@pytest.mark.parametrize(("language", "number", "share"), [("id", "1.250", "72,6%"), ("en", "1,250", "72.6%")])
def test_numbers_go_by_the_language(language: str, number: str, share: str) -> None:
    translator = Translator(language)
    assert translator.number(1250) == number
    assert translator.percent(0.726) == share
    assert translator.percent(None) == "–"


def test_a_message_among_the_values_is_said_in_the_same_language() -> None:
    translator = Translator("id")
    assert translator.say(message("Findings: {severity}", severity=message("High"))) == "Temuan: Tinggi"


def test_a_count_chooses_the_wording_and_stands_as_the_language_writes_it() -> None:
    sentence = counted("{count} device expected", "{count} devices expected", count=1250)
    assert Translator("id").say(sentence) == "seharusnya 1.250 perangkat"
    assert Translator("en").say(sentence) == "1,250 devices expected"
