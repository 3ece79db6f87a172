# SPDX-License-Identifier: Apache-2.0
"""How Windows and Office tell of their activation, in WMI classes and in what slmgr and ospp.vbs print. Pure."""

import re
from collections.abc import Mapping

from foss_audit.activation import STATUS_OF_NUMBER, Activation, ActivationStatus, partial_key

_CHANNEL = re.compile(r"([A-Za-z0-9_:.()-]{2,40}) channel\b")
_STATUS_WORDS = (
    ("unlicensed", ActivationStatus.UNLICENSED),
    ("notification", ActivationStatus.NOTIFICATION),
    ("grace", ActivationStatus.GRACE),
    ("licensed", ActivationStatus.LICENSED),
)
_CHANNELS = {"VOLUME_GVLK": "VOLUME_KMSCLIENT", "RETAIL(MAK)": "VOLUME_MAK"}
"""Other names of a channel: that of its keys, that of Office 2010."""
_NO_PORT = frozenset({"", "0"})


def activation_of(fields: Mapping[str, str]) -> Activation:
    """The activation that an object of SoftwareLicensingProduct states; field names in lower case.

    >>> str(activation_of({"licensestatus": "1", "productkeychannel": "Volume:GVLK", "partialproductkey": "3V66T"}))
    'status=licensed; channel=VOLUME_KMSCLIENT; key=3V66T'
    """
    return Activation(
        status=status_of(fields.get("licensestatus", "")),
        channel=channel_of(fields.get("description", ""), fields.get("productkeychannel", "")),
        server=_server(fields),
        key=partial_key(fields.get("partialproductkey", "")),
    )


def status_of(text: str) -> str:
    """The status that a number of the class or a phrase of a report means; '' where it is not known.

    >>> status_of("1"), status_of("---OOB_GRACE---"), status_of("Unlicensed"), status_of("Berlisensi")
    ('licensed', 'grace', 'unlicensed', '')
    """
    text = text.strip()
    if number := STATUS_OF_NUMBER.get(text):
        return number.value
    folded = text.casefold()
    return next((status.value for word, status in _STATUS_WORDS if word in folded), "")


def channel_of(description: str, product_key_channel: str = "") -> str:
    """The channel by its name in the description, else by that of the product key.

    >>> channel_of("Office 16, VOLUME_KMSCLIENT channel"), channel_of("", "OEM:DM"), channel_of("Windows(R) Operating System")
    ('VOLUME_KMSCLIENT', 'OEM_DM', '')
    """
    if named := _CHANNEL.search(description):
        return _CHANNELS.get(named[1], named[1])
    channel = product_key_channel.strip().upper().replace(":", "_").replace(" ", "_")
    return _CHANNELS.get(channel, channel)


def _server(fields: Mapping[str, str]) -> str:
    """The KMS host set by hand, else the one found by DNS, with its port."""
    for host, port in (
        ("keymanagementservicemachine", "keymanagementserviceport"),
        ("discoveredkeymanagementservicemachinename", "discoveredkeymanagementservicemachineport"),
    ):
        if name := fields.get(host, "").strip():
            number = fields.get(port, "").strip()
            return name if number in _NO_PORT else f"{name}:{number}"
    return ""
