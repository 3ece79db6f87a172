# SPDX-License-Identifier: Apache-2.0
"""CycloneDX in protobuf (fields of its messages) as the document in the JSON shape that says the same. Pure."""

import re
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from foss_audit.readers.sboms.protobuf_text import Fields, Value, Word

Shape = dict[str, object]

_JOINT = re.compile(r"_([a-z0-9])")
_NAMES: Mapping[str, str] = {"bom_ref": "bom-ref", "mime_type": "mime-type", "x_trust_boundary": "x-trust-boundary"}
"""Fields that are not called in JSON as protobuf makes it of their names."""
_NAMES_WITHIN: Mapping[tuple[str, str], str] = {
    ("data", "value"): "classification",
    ("dependencies", "dependencies"): "dependsOn",
    ("expressionDetailed", "details"): "expressionDetails",
    ("hashes", "value"): "content",
    ("text", "value"): "content",
}
"""The same where it depends on the field that holds them."""
_LISTS = frozenset((
    "altIds", "authors", "citations", "components", "dependencies", "dependsOn", "expressionDetails", "hashes", "licenses",
    "licenseTypes", "patches", "properties", "resolves", "services",
))  # fmt: skip
"""Fields that are lists in JSON even where they have one value."""
_UNITED = frozenset({"evidence", "license", "metadata"})
"""Messages that are one, where the text has several parts of it."""
_TIMES = frozenset({"expiration", "lastRenewal", "timestamp"})
_PREFIXES = (
    "CLASSIFICATION_",
    "DATA_FLOW_",
    "ISSUE_CLASSIFICATION_",
    "LICENSE_ACKNOWLEDGEMENT_ENUMERATION_",
    "LICENSING_TYPE_",
    "PATCH_CLASSIFICATION_",
    "SCOPE_",
)
"""Of the enums whose values are read."""
_UNSTATED = frozenset({"NULL", "UNSPECIFIED"})
"""What protobuf has for nothing."""
_HASH = "HASH_ALG_"
_HASHES: Mapping[str, str] = {
    "MD_5": "MD5",
    "BLAKE_3": "BLAKE3",
    "SHA_1": "SHA-1",
    **{f"SHA_{size}": f"SHA-{size}" for size in (256, 384, 512)},
    **{f"SHA_3_{size}": f"SHA3-{size}" for size in (256, 384, 512)},
    **{f"BLAKE_2_B_{size}": f"BLAKE2b-{size}" for size in (256, 384, 512)},
    **{f"STREEBOG_{size}": f"Streebog-{size}" for size in (256, 512)},
}
_KINDS = (
    "NULL",
    "APPLICATION",
    "FRAMEWORK",
    "LIBRARY",
    "OPERATING_SYSTEM",
    "DEVICE",
    "FILE",
    "CONTAINER",
    "FIRMWARE",
    "DEVICE_DRIVER",
    "PLATFORM",
    "MACHINE_LEARNING_MODEL",
    "DATA",
    "CRYPTOGRAPHIC_ASSET",
)
_ACKNOWLEDGEMENTS = ("UNSPECIFIED", "DECLARED", "CONCLUDED")
_NUMBERED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("component", "type"): _KINDS,
    ("components", "type"): _KINDS,
    ("license", "acknowledgement"): _ACKNOWLEDGEMENTS,
    ("licenses", "acknowledgement"): _ACKNOWLEDGEMENTS,
}
"""Values of enums by their numbers, as tools write them that do not know the names."""


def json_shape(fields: Fields) -> Shape:
    """A message Bom as the JSON document that says the same; bomFormat and damage are the caller's.

    A field that stands twice where the format has one is the list of both; of subjects only the first is there.
    """
    document: Shape = {}
    pending: deque[tuple[Fields, Shape, str]] = deque([(fields, document, "")])
    while pending:  # a loop, for no depth is too much
        message, into, within = pending.popleft()
        for name, values in _gathered(message, within).items():
            found: list[object] = []
            for value in values:
                if isinstance(value, dict):
                    made = _made(value, name)
                    if isinstance(made, dict):
                        pending.append((value, made, name))
                    found.append(made)
                elif (said := _said(value, name, within)) is not None:
                    found.append(said)
            if name in _LISTS:
                into[name] = found
            elif found:
                into[name] = found[0] if len(found) == 1 else found
    return document


def further_subjects(fields: Fields) -> int:
    """How often a message Bom says again what it describes."""
    metadata = (one for one in fields.get("metadata", ()) if isinstance(one, dict))
    return max(sum(len(one.get("component", ())) for one in metadata) - 1, 0)


def _gathered(message: Fields, within: str) -> dict[str, list[Value]]:
    """Fields by their JSON names; those that JSON holds elsewhere where it has them."""
    found: dict[str, list[Value]] = {}
    for name, values in message.items():
        found.setdefault(_json_name(name, within), []).extend(values)
    for name in _UNITED & found.keys():
        if len(found[name]) > 1:
            found[name] = [_united(found[name])]
    if within == "metadata" and "component" in found:
        found["component"] = found["component"][:1]
    elif within == "licenses" and "expressionDetailed" in found:
        own = found.get("expression", [])
        detailed = _gathered(_united(found.pop("expressionDetailed")), "expressionDetailed")
        return {**detailed, **found, "expression": [*own, *detailed.get("expression", [])]}
    elif within == "dependencies" and "dependsOn" in found:
        found["dependsOn"] = [_reference(one) for one in found["dependsOn"]]
    return found


def _united(values: list[Value]) -> Fields:
    """One message of several, as protobuf unites them."""
    united: Fields = {}
    for value in values:
        for name, more in value.items() if isinstance(value, dict) else ():
            united.setdefault(name, []).extend(more)
    return united


@lru_cache(maxsize=4096)
def _json_name(name: str, within: str) -> str:
    called = _NAMES.get(name) or (_JOINT.sub(lambda found: found[1].upper(), name) if "_" in name else name)
    return _NAMES_WITHIN.get((within, called), called)


def _reference(dependency: Value) -> Value:
    references = dependency.get("ref", []) if isinstance(dependency, dict) else [dependency]
    return next((one for one in references if isinstance(one, str)), "")


def _made(message: Fields, name: str) -> Shape | str:
    """What a message becomes: a text where it is a time, else an object that is still to be filled."""
    seconds = message.get("seconds", [])
    if name in _TIMES and message.keys() <= {"seconds", "nanos"} and len(seconds) == 1 and isinstance(seconds[0], str):
        try:
            return datetime.fromtimestamp(int(seconds[0]), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return {}
    return {}


def _said(value: str, name: str, within: str) -> str | None:
    """A value as JSON has it; None for one that says that nothing is stated."""
    if not isinstance(value, Word):
        return value
    word = _enum_value(value, name, within)
    if word is None:
        return str(value)
    return None if word in _UNSTATED else _HASHES.get(word, word.lower().replace("_", "-"))


def _enum_value(word: str, name: str, within: str) -> str | None:
    """The name of an enum's value without that of the enum; None for what is none that anybody reads."""
    if word.isdecimal():
        numbered = _NUMBERED.get((within, name), ())
        return numbered[int(word)] if len(word) < 3 and int(word) < len(numbered) else None
    prefix = next((one for one in (*_PREFIXES, _HASH) if word.startswith(one)), None)
    return None if prefix is None else word.removeprefix(prefix)
