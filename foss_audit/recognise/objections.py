# SPDX-License-Identifier: Apache-2.0
"""Why a line of the catalogue whose names match is nevertheless not it, and which of those left is the nearest. Pure."""

from foss_audit.catalogue import Grade, LicenseModel, Product
from foss_audit.messages import Message, message
from foss_audit.recognise.asked import DISTRIBUTIONS, Asked
from foss_audit.recognise.shelf import Found

Rank = tuple[int, int, int, int, int, str, str]
"""Smaller is nearer: kind of line; found by id, by name or by the words of an id; what it says of the version; fixed
characters; a publisher that agrees; id; glob. Candidates alike in the first three compete."""


_VERSION_FITS, _ANY_VERSION, VERSION_OPEN = range(3)


def objection(found: Found, asked: Asked) -> Message | None:
    """Why a line whose names match is nevertheless not it; None where it may be."""
    product = found.product
    if found.glob.pattern in asked.ids:
        return _version_objection(product, asked)
    admitted = _admitted(product, asked)
    by_words = not any(text in admitted for text in found.texts)
    if by_words and not (asked.split and found.by_its_maker):
        return message("too loose a form of the name for it")
    if found.ruled_out_by:
        return message("ruled out by not_names: {pattern}", pattern=found.ruled_out_by)
    if asked.package_type in DISTRIBUTIONS and not _may_be_packaged(found):
        return message("a package is this only where it names the publisher")
    if product.publishers and not by_words:
        if not asked.publishers:
            if product.publisher_required:
                return message("its name is too common to go by without a publisher")
        elif not found.by_its_publisher:
            return message("another publisher; it must be {publishers}", publishers=" | ".join(product.publishers))
    return _version_objection(product, asked)


def version_open(product: Product, asked: Asked) -> bool:
    """Whether the title does not tell the version on which this line depends."""
    return product.versions is not None and not asked.version


def rank(found: Found, asked: Asked) -> Rank:
    """How near a candidate is: see Rank."""
    product, glob = found.product, found.glob
    agrees = 0 if product.publishers and asked.publishers else 1
    version = _ANY_VERSION if product.versions is None else VERSION_OPEN if version_open(product, asked) else _VERSION_FITS
    return _kind(product, asked), _found_by(found, asked), version, -glob.literal_length, agrees, product.id, glob.pattern


def why_lost(loser: Rank, winner: Rank, declared: bool) -> Message:
    """Why a candidate that nothing speaks against gave way to the winner."""
    if loser[0] != winner[0]:
        return message("activators go before products, products before families of components")
    if declared:
        return message("the winner is declared more specific than it")
    if loser[1] != winner[1]:
        return message("ids and assigned titles go before names, names as written before the words of an id")
    if loser[2] != winner[2]:
        return message("lines for the version go before others, and those whose version is not stated behind them")
    if loser[3] != winner[3]:
        return message("fewer fixed characters: {found} against {best}", found=-loser[3], best=-winner[3])
    return message("equally specific, and the other is known by its publisher or comes first by id")


def _version_objection(product: Product, asked: Asked) -> Message | None:
    if product.versions is None or not asked.version or product.versions.holds(asked.version):
        return None
    return message("version {version} is not {range}", version=asked.version, range=product.versions.text)


def _admitted(product: Product, asked: Asked) -> tuple[str, ...]:
    """The forms of a name that are good enough for a product."""
    versioned = asked.versioned if product.origins else ()
    packaged = product.origins or asked.package_type in DISTRIBUTIONS
    loose = asked.loose if packaged and product.license_model is not LicenseModel.FOSS and not product.only_registered else ()
    return (*asked.exact, *versioned, *loose)


def _may_be_packaged(found: Found) -> bool:
    """Whether a distribution's package may be this: a name alone tells little, for distributions give them to other programs."""
    product = found.product
    if product.origins or product.only_registered or product.license_model is LicenseModel.ACTIVATOR:
        return True
    return not product.family and found.by_its_publisher


def _found_by(found: Found, asked: Asked) -> int:
    if found.glob.pattern in asked.ids:
        return 0
    return 2 if asked.split and not any(text in asked.exact for text in found.texts) else 1


def _kind(product: Product, asked: Asked) -> int:
    if product.license_model is LicenseModel.ACTIVATOR:
        return 0 if product.grade is Grade.SURE else 1
    if product.origins and not asked.package_type:
        return 5
    if product.family:
        return 4
    return 2 if product.origins else 3
