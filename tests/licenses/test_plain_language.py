# SPDX-License-Identifier: Apache-2.0
"""Plain words: license models, claims, and words that say nothing."""

import pytest

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses import LicenseReader
from foss_audit.model import Freedom


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Freeware", LicenseModel.FREEWARE),
        ("Gratis", LicenseModel.FREEWARE),
        ("Free for personal and commercial use", LicenseModel.FREEWARE),
        ("Gratis untuk penggunaan pribadi dan komersial", LicenseModel.FREEWARE),
        ("Shareware", LicenseModel.TRIALWARE),
        ("Trial 30 hari", LicenseModel.TRIALWARE),
        ("Trial 30 days", LicenseModel.TRIALWARE),
        ("Trial (30 hari)", LicenseModel.TRIALWARE),
        ("trialware 30 hari", LicenseModel.TRIALWARE),
        ("Trialware (30 days)", LicenseModel.TRIALWARE),
        ("30-day trial", LicenseModel.TRIALWARE),
        ("30 hari trial", LicenseModel.TRIALWARE),
        ("versi uji coba 14 hari", LicenseModel.TRIALWARE),
        ("lisensi trial 30 hari", LicenseModel.TRIALWARE),
        ("masa trial 30 hari", LicenseModel.TRIALWARE),
        ("evaluasi 90 hari", LicenseModel.TRIALWARE),
        ("gratis 30 hari", LicenseModel.TRIALWARE),
        ("free for 30 days", LicenseModel.TRIALWARE),
        ("Evaluation", LicenseModel.TRIALWARE),
        ("Versi uji coba", LicenseModel.TRIALWARE),
        ("demo", LicenseModel.TRIALWARE),
        ("Free for personal use", LicenseModel.RESTRICTED_FREEWARE),
        ("non-commercial", LicenseModel.RESTRICTED_FREEWARE),
        ("gratis untuk penggunaan pribadi", LicenseModel.RESTRICTED_FREEWARE),
        ("CC-BY-NC-SA-4.0", LicenseModel.RESTRICTED_FREEWARE),
        ("Commercial", LicenseModel.COMMERCIAL),
        ("Berbayar", LicenseModel.COMMERCIAL),
        ("Volume License", LicenseModel.COMMERCIAL),
        ("OEM", LicenseModel.COMMERCIAL),
        ("Retail", LicenseModel.COMMERCIAL),
        ("Perpetual Volume License", LicenseModel.COMMERCIAL),
        ("OEM Perpetual", LicenseModel.COMMERCIAL),
        ("Gratis selamanya", LicenseModel.FREEWARE),
        ("Subscription", LicenseModel.SUBSCRIPTION),
        ("Langganan", LicenseModel.SUBSCRIPTION),
        ("Proprietary", LicenseModel.UNKNOWN),
        ("EULA", LicenseModel.UNKNOWN),
        ("https://www.example.com/legal/eula.html", LicenseModel.UNKNOWN),
        ("Copyright (c) 2020 Acme, Inc.", LicenseModel.UNKNOWN),
    ],
)
def test_models(reader: LicenseReader, text: str, model: LicenseModel) -> None:
    license = reader.read(text)
    assert (license.freedom, license.license_model, license.expression) == (
        Freedom.NOT_FREE,
        model,
        text if text.startswith("CC-") else None,
    )


@pytest.mark.parametrize("text", ["Asli", "Ori", "Legal", "BERLISENSI", "Licensed", "Genuine", "Ya", "Ada"])
def test_claims_of_a_license(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.claim) == (Freedom.ABSENT, "licensed")


@pytest.mark.parametrize("text", ["Bajakan", "Crack", "Ilegal", "Tidak berlisensi", "tidak ada", "Unlicensed"])
def test_claims_of_none(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.claim) == (Freedom.ABSENT, "unlicensed")


@pytest.mark.parametrize(
    "text",
    [
        "Perpetual",
        "PERPETUAL LICENSE",
        "Lisensi Perpetual",
        "Lifetime",
        "Selamanya",
        "Berlaku selamanya",
        "Permanen",
        "Lisensi permanen",
        "Seumur hidup",
        "Unlimited",
        "1 tahun",
        "12 bulan",
        "3 years",
        "1-year",
        "tanpa batas waktu",
    ],
)
def test_how_long_a_right_lasts_says_nothing_about_payment(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.license_model, license.claim) == (Freedom.ABSENT, LicenseModel.UNKNOWN, "")


@pytest.mark.parametrize("text", ["", "  ", "-", "NONE", "NOASSERTION", "UNKNOWN", "unkown", "N/A", "nihil", "tidak diketahui"])
def test_words_that_say_nothing(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.claim, license.expression) == (Freedom.ABSENT, "", None)


@pytest.mark.parametrize("text", ["Other", "see LICENSE file", "Various", "Custom", "Free", "Open Source", "not proprietary"])
def test_words_that_leave_it_open(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.expression) == (Freedom.UNDECIDED, None)
