# SPDX-License-Identifier: Apache-2.0
"""What a CycloneDX component (in the JSON shape) says of its licences, and of the rights bought for it."""

import base64
import binascii
from collections.abc import Iterator, Mapping

from foss_audit.licenses.full_texts import license_of_text, narrowed
from foss_audit.messages import message
from foss_audit.model import LicenseOrigin, Source
from foss_audit.readers.entries import EntryCollector, locator
from foss_audit.readers.interface import StatedEntitlement
from foss_audit.readers.sboms.cyclonedx_defects import Defects
from foss_audit.readers.sboms.statements import (
    first_stated,
    join_all,
    join_licenses,
    objects,
    reference_name,
    reference_names,
    resolve_references,
    says_something,
    string_of,
    text_alone,
)

_ACKNOWLEDGEMENTS = ("declared", "concluded")
_PARTY_KINDS = ("organization", "individual")


class LicenseReader:
    """Reads licences of one document; what is wrong with them is noted, and their component kept."""

    def __init__(self, found: EntryCollector, defects: Defects, version: object) -> None:
        self._found = found
        self._defects = defects
        self._may_mix = version not in ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6")
        """Whether expressions may stand beside other licences."""
        self._may_repeat = version == "1.0"
        """Whether a licence may have several ids or names."""

    def effective(self, component: Mapping[str, object], place: str, position: int) -> tuple[str, LicenseOrigin]:
        """The concluded licences, be it by the evidence, else the declared ones, else those that the evidence shows."""
        stated = component.get("licenses")
        declared, concluded = ("", "") if stated is None else self._stated(stated, "licenses", place, position)
        evidence = component.get("evidence")
        if not isinstance(evidence, dict) or evidence.get("licenses") is None or says_something(concluded):
            return first_stated(((concluded, LicenseOrigin.CONCLUDED), (declared, LicenseOrigin.DECLARED)))
        shown, found = self._stated(evidence["licenses"], "evidence/licenses", place, position)
        return first_stated(
            (
                (concluded, LicenseOrigin.CONCLUDED),
                (found, LicenseOrigin.CONCLUDED),
                (declared, LicenseOrigin.DECLARED),
                (shown, LicenseOrigin.EVIDENCE),
            )
        )

    def _stated(self, licenses: object, field: str, place: str, position: int) -> tuple[str, str]:
        """What a licences list declares, and what somebody concluded there."""
        if not isinstance(licenses, list):
            self._found.note(place, position, message("The licenses are no list and were read as far as they go."))
            licenses = [licenses]
        if len(licenses) == 1:
            text, concluded = self._choice(licenses[0], f"{field}/0", place, position)
            return ("", text) if concluded else (text, "")
        if not self._may_mix and any(isinstance(choice, dict) and "expression" in choice for choice in licenses):
            self._defects.add("licenses", f"{locator(place, position)}/{field}", "expression")
        by_acknowledgement: dict[bool, list[str]] = {True: [], False: []}
        for number, choice in enumerate(licenses):
            text, concluded = self._choice(choice, f"{field}/{number}", place, position)
            by_acknowledgement[concluded].append(text)
        return join_all(by_acknowledgement[False]), join_all(by_acknowledgement[True])

    def _choice(self, choice: object, field: str, place: str, position: int) -> tuple[str, bool]:
        """An element of a licences list as text, and whether somebody concluded it."""
        if isinstance(choice, str):
            self._found.note(
                place, position, message("A license is bare text where the format has an object; it was read as a name.")
            )
            return self._found.text(choice, "licenses", place, position), False
        if not isinstance(choice, dict):
            self._found.note(place, position, message("A license is neither object nor text and was left out."))
            return "", False
        license = choice.get("license")
        if "expression" not in choice and isinstance(license, dict):
            return self._license(license, f"{field}/license", place, position), "concluded" in (
                self._acknowledgement(choice, field, place, position),
                self._acknowledgement(license, field, place, position),
            )
        return self._expression(choice, field, place, position)

    def _expression(self, choice: Mapping[str, object], field: str, place: str, position: int) -> tuple[str, bool]:
        """An expression, or a licence in some form that the format does not have; both hold where both are given."""
        license = choice.get("license")
        if ("license" in choice) == ("expression" in choice):
            self._defects.add("license+expression", f"{locator(place, position)}/{field}", choice.get("expression"))
        said = self._found.text(choice.get("expression"), "licenses", place, position)
        concluded = self._acknowledgement(choice, field, place, position) == "concluded"
        if "expressionDetails" in choice:
            said = resolve_references(said, _reference_names(choice["expressionDetails"]))
        if license is None:
            return said, concluded
        if isinstance(license, dict):
            concluded = concluded or self._acknowledgement(license, field, place, position) == "concluded"
            named = self._license(license, f"{field}/license", place, position)
        else:
            named = self._found.text(license, "licenses", place, position)
        return join_all((said, named)) if "expression" in choice else named, concluded

    def _acknowledgement(self, holder: Mapping[str, object], field: str, place: str, position: int) -> object:
        said = holder.get("acknowledgement")
        if said is None or said in _ACKNOWLEDGEMENTS:
            return said
        self._defects.add("acknowledgement", f"{locator(place, position)}/{field}", said)
        return string_of(said).casefold()

    def _license(self, license: Mapping[str, object], pointer: str, place: str, position: int) -> str:
        """Its id or name, both where it has both, else its address, else what its text alone tells."""
        defects = self._defects
        if ("id" in license) == ("name" in license):
            defects.add("license", f"{locator(place, position)}/{pointer}", license.get("name"))
        attachment = license.get("text")
        if attachment is not None and _encoding(attachment) not in (None, "base64"):
            defects.add("license.text", f"{locator(place, position)}/{pointer}/text", _encoding(attachment))
        id = self._field(license, "id", pointer, place, position)
        name = self._field(license, "name", pointer, place, position)
        if name and attachment is not None:
            text = _content(attachment) or ""
            self._found.license_text(name, text, place, position)
            name = license_of_text(text) or narrowed(name, text)  # a name promises no more than its text holds
        if id or name:
            return join_licenses((id, name)) if id and name else id or name
        url = self._field(license, "url", pointer, place, position)
        return url or self._found.text(text_alone(_content(attachment) or ""), "licenses", place, position)

    def _field(self, license: Mapping[str, object], field: str, pointer: str, place: str, position: int) -> str:
        """A field that names the licence; all that it holds, where it is a list."""
        value = license.get(field)
        if not value:
            return ""
        several = value if isinstance(value, list) else (value,)
        if several is value and not self._may_repeat:
            self._defects.add(f"license.{field}s", f"{locator(place, position)}/{pointer}/{field}", None)
        if field == "id":
            for id in several:
                self._defects.check_license_id(id, pointer, place, position)
        if several is not value:
            return self._found.text(value, "licenses", place, position)
        return join_all([self._found.text(one, "licenses", place, position) for one in several])

    def add_entitlements(self, licenses: object, name: str, version: str, publisher: str, place: str, position: int) -> None:
        """Rights that the licences of a component are said to give (`licensing`, from 1.5 on)."""
        for licensing in _licensings(licenses):
            if not isinstance(licensing, dict):
                self._found.note(
                    place, position, message("What the SBOM says of the rights bought is no JSON object and was left out.")
                )
                continue

            def text(field: str, licensing: Mapping[str, object] = licensing) -> str:
                return self._found.text(licensing.get(field), field, place, position)

            def texts(field: str, licensing: Mapping[str, object] = licensing) -> tuple[str, ...]:
                values = licensing.get(field)
                listed = values if isinstance(values, list) else [values]
                return tuple(said for value in listed if (said := self._found.text(value, field, place, position)))

            self._found.entitlements.append(
                StatedEntitlement(
                    source=Source(self._found.file, locator(place, position)),
                    name=name,
                    version=version,
                    publisher=publisher,
                    kinds=texts("licenseTypes"),
                    licensor=self._party(licensing, ("licensor",), place, position),
                    licensee=self._party(licensing, ("licensee", "purchaser"), place, position),
                    purchase_order=text("purchaseOrder"),
                    license_ids=texts("altIds"),
                    start=text("lastRenewal"),
                    end=text("expiration"),
                )
            )

    def _party(self, licensing: Mapping[str, object], roles: tuple[str, ...], place: str, position: int) -> str:
        """The first organisation in one of the roles; without any, the first person: agencies buy, their staff only sign."""
        for kind in _PARTY_KINDS:
            for role in roles:
                party = licensing.get(role)
                entity = party.get(kind) if isinstance(party, dict) else party
                name = entity.get("name") if isinstance(entity, dict) else entity
                if said := self._found.text(name, role, place, position):
                    return said
        return ""


def _licensings(licenses: object) -> Iterator[object]:
    for choice in licenses if isinstance(licenses, list) else ():
        if not isinstance(choice, dict):
            continue
        for holder in (choice, choice.get("license")):
            if isinstance(holder, dict) and holder.get("licensing") is not None:
                yield holder["licensing"]


def _reference_names(details: object) -> dict[str, str]:
    """What an expression's own LicenseRef ids are called, where their text is no more than a name."""
    identified = ((string_of(detail.get("licenseIdentifier")), detail.get("text")) for detail in objects(details))
    return reference_names((id, reference_name(id, "", _content(text) or "")) for id, text in identified)


def _content(attachment: object) -> str | None:
    """The text of an attachment; None where there is none, or it is encoded in a way that is not known."""
    content = attachment.get("content") if isinstance(attachment, dict) else attachment
    if not isinstance(content, str):
        return None
    encoding = _encoding(attachment)
    if encoding is None:
        return content
    if encoding != "base64":
        return None
    try:
        return base64.b64decode(content).decode("utf-8", errors="replace")
    except (binascii.Error, ValueError):
        return None


def _encoding(attachment: object) -> object:
    return attachment.get("encoding") if isinstance(attachment, dict) else None
