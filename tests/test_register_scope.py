# SPDX-License-Identifier: Apache-2.0
"""Whose a right is, as registers write it."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.agencies import AgencyRow, AgencyTable
from foss_audit.register_scope import Scope, ScopeWords
from foss_audit.rulebook import load_rulebook

_AGENCIES = (
    AgencyRow("Dinas Sosial", ("dinsos",)),
    AgencyRow("Dinas Komunikasi dan Informatika", ("diskominfo",)),
    AgencyRow("Dinas Pekerjaan Umum dan Penataan Ruang", ("dinas pupr", "pupr")),
    AgencyRow("Puskesmas Kediri 1"),
)
SOCIAL, KOMINFO, PUPR, HEALTH = (one.name for one in _AGENCIES)


@cache
def _scopes() -> ScopeWords:
    return ScopeWords(AgencyTable(_AGENCIES), load_rulebook().vocabulary.words)


@pytest.mark.parametrize(
    ("cell", "scope"),
    [
        ("", Scope()),
        ("Semua OPD", Scope()),
        ("Bersama", Scope()),
        ("Dinsos", Scope(SOCIAL)),
        ("Dinas Pekerjaan Umum dan Penataan Ruang", Scope(PUPR)),
        ("Dinas Pangan dan Perikanan", Scope("Dinas Pangan dan Perikanan")),
        ("Dinas Sosial dan Diskominfo", Scope(None, (SOCIAL, KOMINFO))),
        ("Dinas Sosial, Dinas Pekerjaan Umum dan Penataan Ruang", Scope(None, (SOCIAL, PUPR))),
        ("Dinas Sosial; Diskominfo; dan PUPR", Scope(None, (SOCIAL, KOMINFO, PUPR))),
        ("Dinas Sosial/Diskominfo", Scope(None, (SOCIAL, KOMINFO))),
        ("Dinas Sosial\nDinas Pangan", Scope(None, (SOCIAL, "Dinas Pangan"))),
        ("Dinas Sosial, Pemberdayaan Perempuan dan Anak", Scope("Dinas Sosial, Pemberdayaan Perempuan dan Anak")),
        ("Semua OPD kecuali Dinas Sosial", Scope(None, (), (SOCIAL,))),
        ("Seluruh OPD (kecuali Dinsos dan Diskominfo)", Scope(None, (), (SOCIAL, KOMINFO))),
        ("Semua OPD selain PUPR", Scope(None, (), (PUPR,))),
        ("khusus Dinas Sosial", Scope(SOCIAL)),
        ("Semua OPD (khusus Dinas Sosial dan PUPR)", Scope(None, (SOCIAL, PUPR))),
        ("Puskesmas Kediri 1", Scope(HEALTH)),
        ("Pemerintah Kabupaten Tabanan - Dinas Sosial", Scope(SOCIAL)),
        ("Semua Dinas Sosial", Scope(SOCIAL)),
        ("Dinas Sosial (2), Diskominfo (4)", Scope(None, (SOCIAL, KOMINFO))),
        ("Semua OPD kecuali Dinas Sosial dan UPT Laboratorium", Scope(None, (), (SOCIAL,))),
        ("Diskominfo (untuk seluruh OPD)", Scope()),
    ],
)
def test_cells(cell: str, scope: Scope) -> None:
    assert _scopes().of_cell(cell) == scope


@pytest.mark.parametrize(
    ("remark", "scope"),
    [
        ("", Scope()),
        ("khusus Dinas PUPR", Scope(None, (PUPR,))),
        ("khusus Dinas PUPR sebanyak 5 lisensi", Scope(None, (PUPR,))),
        ("hanya untuk Dinas Sosial, Diskominfo. Dibeli 2024", Scope(None, (SOCIAL, KOMINFO))),
        ("kontrak payung, kecuali Puskesmas Kediri 1", Scope(None, (), (HEALTH,))),
        ("khusus pendidikan", Scope()),
        ("kecuali Dinas Sosial karena sudah punya", Scope(None, (), (SOCIAL,))),
        ("khusus Dinas Sosial TA 2025", Scope(None, (SOCIAL,))),
        ("khusus Dinas Sosial, TA 2025", Scope(None, (SOCIAL,))),
        ("khusus dinas yang membutuhkan", Scope()),
        ("khusus Dinas Pangan Nusantara", Scope(None, ("Dinas Pangan Nusantara",))),
        ("hanya 5 lisensi", Scope()),
        ("tidak termasuk hak downgrade", Scope()),
    ],
)
def test_remarks(remark: str, scope: Scope) -> None:
    assert _scopes().of_remark(remark) == scope


@given(st.text(alphabet="Dinas Sosial,;/&()kecualihs\n dan-", max_size=60))
def test_whatever_stands_there_is_somebodys(cell: str) -> None:
    scope = _scopes().of_cell(cell)
    assert scope.agency is None or scope.agency
    assert "" not in (*scope.shared_by, *scope.withheld_from)
