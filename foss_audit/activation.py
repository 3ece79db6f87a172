# SPDX-License-Identifier: Apache-2.0
"""What a device says of a program's activation: evidence for or against a register line, never a right by itself. Pure."""

import re
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from foss_audit.messages import Message

_SEPARATOR = "; "
_LAST_GROUP = re.compile(r"([A-Za-z0-9]{5})\s*$")
_KEY_CHARACTERS = 25
_WHOLE_KEY = re.compile(
    r"(?<![^\W_])"
    # Five groups of five or more, parted by dashes as people and programs write them, or by blanks in capitals.
    r"(?:[A-Za-z0-9]{5}(?:\s?[-\u2010-\u2015_]\s?[A-Za-z0-9]{5}){4,7}|[A-Z0-9]{5}(?:\s{1,2}[A-Z0-9]{5}){4,7}"
    # Without anything between them: in capitals, or of the characters alone that keys of Microsoft have.
    r"|[A-Z0-9]{25}|[BCDFGHJKMNPQRTVWXYbcdfghjkmnpqrtvwxy2346-9]{25})"
    r"(?![^\W_])"
)


class ActivationStatus(StrEnum):
    """What Windows and Office tell of themselves."""

    LICENSED = "licensed"
    UNLICENSED = "unlicensed"
    GRACE = "grace"
    """Runs without activation, for some days."""
    NOTIFICATION = "notification"
    """The days are over: it asks to be activated."""


STATUS_OF_NUMBER = {
    "0": ActivationStatus.UNLICENSED,
    "1": ActivationStatus.LICENSED,
    "2": ActivationStatus.GRACE,
    "3": ActivationStatus.GRACE,
    "4": ActivationStatus.GRACE,
    "5": ActivationStatus.NOTIFICATION,
    "6": ActivationStatus.GRACE,
}
"""LicenseStatus of the class SoftwareLicensingProduct (Microsoft, Software Licensing classes of WMI)."""


@dataclass(frozen=True, slots=True)
class Activation:
    """The state of an activation. Empty text where the source does not say.

    >>> str(Activation(status="licensed", channel="VOLUME_KMSCLIENT", server="kms.example.id:1688", key="3V66T"))
    'status=licensed; channel=VOLUME_KMSCLIENT; server=kms.example.id:1688; key=3V66T'
    """

    status: str = ""
    """A value of ActivationStatus."""
    channel: str = ""
    """As Windows names it: `RETAIL`, `OEM_DM`, `VOLUME_MAK`, `VOLUME_KMSCLIENT`, `TIMEBASED_EVAL` …"""
    server: str = ""
    """Key management (KMS) host, with its port where it is known."""
    key: str = ""
    """The last five characters of the product key; a whole key is never kept."""

    def __str__(self) -> str:
        """As the `activation` column of an entries table holds it; '' where nothing is known."""
        parts = [(field.name, _plain(getattr(self, field.name))) for field in fields(self)]
        return _SEPARATOR.join(f"{name}={value}" for name, value in parts if value)


def read_activation(text: str) -> Activation:
    """What `str()` of an activation wrote.

    >>> read_activation("status=licensed; channel=OEM_DM; key=3V66T").channel
    'OEM_DM'
    """
    known = {field.name for field in fields(Activation)}
    pairs = (part.partition("=") for part in text.split(_SEPARATOR))
    return Activation(**{name: value for name, _, value in pairs if name in known})


def partial_key(key: str) -> str:
    """The last five characters of a product key; '' for what is no key, and for one without its end.

    >>> partial_key("XXXXX-XXXXX-XXXXX-XXXXX-3V66T"), partial_key("XXXXX-XXXXX"), partial_key("unknown key")
    ('3V66T', '', '')
    """
    groups = [group for group in re.split(r"[-\s]+", key.strip()) if group]
    found = _LAST_GROUP.search(groups[-1]) if groups else None
    if found is None or (len(groups) == 1 and len(groups[0]) not in (5, 25)) or len(set(found[1].upper())) == 1:
        return ""
    return "" if len(groups) > 1 and any(len(group) != 5 for group in groups) else found[1].upper()


def without_keys(text: str) -> str:
    """A text in which of each whole product key only the last five characters are left.

    >>> without_keys("Office 2016 (BCDFG-HJKMP-QRTVW-XY234-6789B)"), without_keys("00330-51234-56789-AAOEM")
    ('Office 2016 (…6789B)', '00330-51234-56789-AAOEM')
    """
    return _WHOLE_KEY.sub(_last_five, text) if len(text) >= _KEY_CHARACTERS else text


def said_without_keys(value: Any) -> Any:
    """A sentence, a text or several of them without whole product keys; every other value as it is.

    >>> from foss_audit.messages import message
    >>> str(said_without_keys(message("{value} is no date", value="BCDFG-HJKMP-QRTVW-XY234-6789B")))
    '…6789B is no date'
    """
    if isinstance(value, str):
        return without_keys(value)
    if isinstance(value, Message):
        return replace(value, values=tuple((name, said_without_keys(one)) for name, one in value.values))
    return tuple(said_without_keys(one) for one in value) if isinstance(value, tuple) else value


def _last_five(found: re.Match[str]) -> str:
    """Five words of five letters are no key: keys have digits."""
    key = found[0]
    return f"…{key[-5:]}" if any(character.isdigit() for character in key) else key


def _plain(value: str) -> str:
    """A value that cannot be taken for the beginning of the next."""
    return " ".join(value.replace(";", ",").split())
