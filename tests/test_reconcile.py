# SPDX-License-Identifier: Apache-2.0
"""Entitlements against installations: what is covered, by what, what is missing, and that the sums are right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd
import pytest
from helpers import ABSENT, product
from hypothesis import given, settings
from hypothesis import strategies as st

from foss_audit.catalogue import LicenseModel
from foss_audit.entitlement import Entitlement
from foss_audit.license_position import Position
from foss_audit.model import Basis, Freedom, License, Source, Title, Verdict
from foss_audit.reconcile import Reconciliation, reconcile

DAY = date(2026, 11, 24)
HEALTH, SOCIAL, ICT = "Dinas Kesehatan", "Dinas Sosial", "Diskominfo"

PHOTO = product("photo", LicenseModel.COMMERCIAL)
DRAW = product("draw", LicenseModel.SUBSCRIPTION)
RARE = product("rare", LicenseModel.RESTRICTED_FREEWARE)
FREE = Verdict(
    Title("GIMP"), License("GPL-3.0", "GPL-3.0-only", Freedom.FREE), None, LicenseModel.FOSS, None, Basis.SPDX_FREE, ""
)
VERDICTS = (
    FREE,
    Verdict(Title("Photo", "1"), ABSENT, PHOTO, LicenseModel.COMMERCIAL, None, None, "photo"),
    Verdict(Title("Photo", "2"), ABSENT, PHOTO, LicenseModel.COMMERCIAL, None, None, "photo"),
    Verdict(Title("Draw", "1"), ABSENT, DRAW, LicenseModel.SUBSCRIPTION, None, None, "draw"),
    Verdict(Title("Rare", "1"), ABSENT, RARE, LicenseModel.RESTRICTED_FREEWARE, None, None, "rare"),
)
GIMP, PHOTO_1, PHOTO_2, DRAW_1, RARE_1 = range(5)


@dataclass(frozen=True)
class _At:
    """An installation: where, and which title."""

    agency: str
    device: str
    title: int


def _right(
    number: int, key: str = "photo", agency: str | None = HEALTH, quantity: int | None = 1, **values: object
) -> Entitlement:
    right = Entitlement(f"register.csv A{number:02}", Source("register.csv", f"A{number:02}"), key, key, key, agency, quantity)
    return replace(right, **values)  # type: ignore[arg-type]


def _table(rows: Sequence[_At]) -> pd.DataFrame:
    """Installations as the inventory holds them: categories sorted and used."""
    return pd.DataFrame(
        {
            "agency": pd.Series([row.agency for row in rows], dtype="object").astype("category"),
            "device": pd.Series([row.device for row in rows], dtype="object").astype("category"),
            "title": pd.Series([row.title for row in rows], dtype="int32"),
        }
    )


def _reconciled(rows: Sequence[_At], rights: Sequence[Entitlement], day: date = DAY) -> Reconciliation:
    named = frozenset(right.agency for right in rights if right.agency is not None)
    used = sorted({row.title for row in rows})
    table = _table([replace(row, title=used.index(row.title)) for row in rows])
    return reconcile(table, [VERDICTS[title] for title in used], rights, named, day)


def _bases(found: Reconciliation) -> list[Basis | None]:
    return [None if code < 0 else found.bases[code] for code in found.basis]


def _basis(rows: Sequence[_At], rights: Sequence[Entitlement], day: date = DAY) -> list[Basis | None]:
    return _bases(_reconciled(rows, rights, day))


ONE = [_At(HEALTH, "PC-1", PHOTO_1)]


class TestValidity:
    @pytest.mark.parametrize(
        ("start", "end", "basis"),
        [
            (None, None, Basis.ENTITLED),
            (None, DAY, Basis.ENTITLED),  # the last day counts as valid
            (None, DAY - timedelta(days=1), Basis.ENTITLEMENT_EXPIRED),
            (DAY, None, Basis.ENTITLED),
            (DAY + timedelta(days=1), None, Basis.NOT_COVERED),  # not begun is not expired
            (DAY, DAY, Basis.ENTITLED),
        ],
    )
    def test_the_audit_date_decides(self, start: date | None, end: date | None, basis: Basis) -> None:
        assert _basis(ONE, [_right(1, start=start, end=end, perpetual=end is None)]) == [basis]

    def test_what_needs_no_entitlement_is_left_alone(self) -> None:
        found = _reconciled([_At(HEALTH, "PC-1", GIMP)], [_right(1)])
        assert (_bases(found), found.entitlement.tolist()) == ([None], [-1])


class TestNearestMiss:
    @pytest.mark.parametrize(
        ("title", "rights", "basis"),
        [
            (PHOTO_1, [], Basis.NO_REGISTER),
            (PHOTO_1, [_right(1, key="draw")], Basis.NO_ENTITLEMENT),
            (PHOTO_1, [_right(1, agency=SOCIAL)], Basis.NOT_COVERED),
            (PHOTO_1, [_right(1, end=date(2025, 12, 31))], Basis.ENTITLEMENT_EXPIRED),
            (PHOTO_1, [_right(1, end=date(2025, 12, 31)), _right(2, agency=SOCIAL)], Basis.ENTITLEMENT_EXPIRED),
            (PHOTO_1, [_right(1, agency=None, end=date(2025, 12, 31))], Basis.ENTITLEMENT_EXPIRED),
            (RARE_1, [], Basis.RESTRICTED_USE),
            (RARE_1, [_right(1, key="draw")], Basis.RESTRICTED_USE),
            (RARE_1, [_right(1, key="rare", agency=SOCIAL)], Basis.NOT_COVERED),
            (RARE_1, [_right(1, key="rare")], Basis.ENTITLED),
        ],
    )
    def test_it_is_named(self, title: int, rights: list[Entitlement], basis: Basis) -> None:
        assert _basis([_At(HEALTH, "PC-1", title)], rights) == [basis]

    def test_exhausted_goes_before_expired(self) -> None:
        rows = [_At(HEALTH, f"PC-{number}", PHOTO_1) for number in range(2)]
        rights = [_right(1), _right(2, end=date(2025, 12, 31), perpetual=False)]
        assert Counter(_basis(rows, rights)) == {Basis.ENTITLED: 1, Basis.ENTITLEMENT_EXHAUSTED: 1}


class TestUnits:
    def test_one_entitlement_covers_all_installations_of_the_product_on_a_device(self) -> None:
        rows = [_At(HEALTH, "PC-1", PHOTO_1), _At(HEALTH, "PC-1", PHOTO_2)]
        found = _reconciled(rows, [_right(1)])
        assert _bases(found) == [Basis.ENTITLED] * 2
        (position,) = found.positions[HEALTH]
        assert (position.deployed, position.consumed, position.shortfall) == (1, 1, 0)

    def test_the_same_device_name_in_another_agency_is_another_device(self) -> None:
        rows = [_At(HEALTH, "PC-1", PHOTO_1), _At(SOCIAL, "PC-1", PHOTO_1)]
        assert _basis(rows, [_right(1, agency=None)]) == [Basis.ENTITLED, Basis.ENTITLEMENT_EXHAUSTED]

    def test_every_installation_on_an_unnamed_device_is_a_unit(self) -> None:
        rows = [_At(HEALTH, "", PHOTO_1)] * 3
        assert Counter(_basis(rows, [_right(1, quantity=2)])) == {Basis.ENTITLED: 2, Basis.ENTITLEMENT_EXHAUSTED: 1}


class TestOrderOfConsumption:
    def test_own_before_pool(self) -> None:
        found = _reconciled(ONE, [_right(1, agency=None), _right(2)])
        assert found.entitlement.tolist() == [1]

    def test_perpetual_before_ending_then_the_later_end_then_the_id(self) -> None:
        rows = [_At(HEALTH, f"PC-{number}", PHOTO_1) for number in range(4)]
        soon, late = date(2026, 12, 31), date(2027, 12, 31)
        rights = [_right(4, end=late), _right(3, end=soon), _right(2, end=soon), _right(1)]
        assert _reconciled(rows, rights).entitlement.tolist() == [3, 0, 2, 1]

    def test_unlimited_has_no_surplus_and_covers_all(self) -> None:
        rows = [_At(HEALTH, f"PC-{number}", PHOTO_1) for number in range(5)]
        found = _reconciled(rows, [_right(1, quantity=None)])
        assert set(_bases(found)) == {Basis.ENTITLED}
        (position,) = found.positions[HEALTH]
        assert (position.entitled, position.surplus, position.consumed) == (None, None, 5)

    def test_what_is_held_and_nowhere_installed_is_surplus(self) -> None:
        found = _reconciled([], [_right(1, quantity=4), _right(2, "draw", None, 2)])
        (own,) = found.positions[HEALTH]
        assert (own.deployed, own.entitled, own.consumed, own.surplus) == (0, 4, 0, 4)
        (pool,) = found.pool_positions
        assert (pool.product_id, pool.entitled, pool.consumed, pool.surplus) == ("draw", 2, 0, 2)


def _last_day(start: date | None, days: int | None) -> date | None:
    return None if days is None else (start or DAY - timedelta(days=10)) + timedelta(days=days)


_AGENCY = st.sampled_from([HEALTH, SOCIAL, ICT])
_ROWS = st.lists(st.builds(_At, _AGENCY, st.sampled_from(["", "PC-1", "PC-2", "PC-3"]), st.sampled_from(range(5))), max_size=14)
_RIGHT = st.builds(
    lambda key, agency, quantity, start, days: (key, agency, quantity, start, _last_day(start, days)),
    st.sampled_from(["photo", "draw", "rare", "absent"]),
    st.none() | _AGENCY,
    st.none() | st.integers(1, 4),
    st.none() | st.sampled_from([DAY - timedelta(days=number) for number in (-1, 0, 1, 10)]),
    st.none() | st.sampled_from([0, 1, 9, 10, 11]),
)


def _rights(drawn: Sequence[tuple[str, str | None, int | None, date | None, date | None]]) -> list[Entitlement]:
    return [
        _right(number, key, agency, quantity, start=start, end=end, perpetual=end is None)
        for number, (key, agency, quantity, start, end) in enumerate(drawn)
    ]


_RIGHTS = st.lists(_RIGHT, max_size=7).map(_rights)


def _units(rows: Sequence[_At]) -> dict[int, tuple[object, ...]]:
    """The unit of every installation that needs an entitlement, by the contract's definition."""
    return {
        at: (VERDICTS[row.title].product_key, row.agency, row.device or at)
        for at, row in enumerate(rows)
        if VERDICTS[row.title].basis is None
    }


def _most_covered(rows: Sequence[_At], rights: Sequence[Entitlement]) -> int:
    """How many units can be covered at most: every way of giving out what is valid, tried (a matching, by augmenting paths)."""
    units = sorted(set(_units(rows).values()), key=str)
    slots = [
        (right.product_key, right.agency)
        for right in rights
        if right.valid_on(DAY)
        for _ in range(len(units) if right.quantity is None else min(right.quantity, len(units)))
    ]
    given_to: dict[int, int] = {}

    def place(unit: int, tried: set[int]) -> bool:
        key, agency, _ = units[unit]
        for slot, (granted, holder) in enumerate(slots):
            if granted == key and holder in (None, agency) and slot not in tried:
                tried.add(slot)
                if slot not in given_to or place(given_to[slot], tried):
                    given_to[slot] = unit
                    return True
        return False

    return sum(place(unit, set()) for unit in range(len(units)))


def _covered_units(rows: Sequence[_At], found: Reconciliation) -> dict[tuple[object, ...], int]:
    """The entitlement of every covered unit; all its installations have the same."""
    covered: dict[tuple[object, ...], int] = {}
    for at, unit in _units(rows).items():
        number = int(found.entitlement[at])
        assert covered.get(unit, number) == number
        covered[unit] = number
    return {unit: number for unit, number in covered.items() if number >= 0}


@given(_ROWS, _RIGHTS)
@settings(max_examples=40, deadline=None)
def test_nobody_gets_more_than_there_is_nor_what_is_not_theirs(rows: list[_At], rights: list[Entitlement]) -> None:
    found = _reconciled(rows, rights)
    covered = _covered_units(rows, found)
    for number, times in Counter(covered.values()).items():
        assert rights[number].quantity is None or times <= rights[number].quantity
    for (key, agency, _), number in covered.items():
        assert rights[number].product_key == key
        assert rights[number].agency in (None, agency)
        assert rights[number].valid_on(DAY)
    for at, basis in enumerate(_bases(found)):
        assert (basis is None) == (at not in _units(rows))
        assert (basis is Basis.ENTITLED) == (found.entitlement[at] >= 0)


@given(_ROWS, _RIGHTS)
@settings(max_examples=40, deadline=None)
def test_coverage_is_the_greatest_possible(rows: list[_At], rights: list[Entitlement]) -> None:
    assert len(_covered_units(rows, _reconciled(rows, rights))) == _most_covered(rows, rights)


@given(_ROWS, _RIGHTS, _RIGHT)
@settings(max_examples=40, deadline=None)
def test_another_entitlement_never_lowers_coverage(rows: list[_At], rights: list[Entitlement], more: object) -> None:
    before = len(_covered_units(rows, _reconciled(rows, rights)))
    extended = [*rights, replace(_rights([more])[0], id="register.csv A99")]  # type: ignore[list-item]
    assert len(_covered_units(rows, _reconciled(rows, extended))) >= before


@given(st.data(), _ROWS, _RIGHTS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_input_is_irrelevant(data: st.DataObject, rows: list[_At], rights: list[Entitlement]) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    shuffled_rights = data.draw(st.permutations(rights))
    first, second = _reconciled(rows, rights), _reconciled([rows[at] for at in order], shuffled_rights)
    assert first.positions == second.positions
    assert first.pool_positions == second.pool_positions
    named = [(at, place) for place, at in enumerate(order) if rows[at].device]
    assert [_bases(first)[at] for at, _ in named] == [_bases(second)[place] for _, place in named]
    of_first = [rights[number].id if number >= 0 else "" for number in first.entitlement]
    of_second = [shuffled_rights[number].id if number >= 0 else "" for number in second.entitlement]
    assert [of_first[at] for at, _ in named] == [of_second[place] for _, place in named]


@given(_ROWS, _RIGHTS)
@settings(max_examples=40, deadline=None)
def test_positions_add_up(rows: list[_At], rights: list[Entitlement]) -> None:
    found = _reconciled(rows, rights)
    covered = _covered_units(rows, found)
    units = set(_units(rows).values())
    for agency, positions in found.positions.items():
        assert len({_key(position) for position in positions}) == len(positions)
        for position in positions:
            mine = [unit for unit in units if unit[:2] == (position.product_id, agency)]
            own = [right for right in rights if (right.product_key, right.agency) == (position.product_id, agency)]
            valid = [right.quantity for right in own if right.valid_on(DAY)]
            drawn = [number for unit, number in covered.items() if unit in mine]
            assert position.deployed == len(mine) == position.consumed + position.shortfall
            assert position.consumed == len(drawn)
            assert position.from_pool == sum(rights[number].agency is None for number in drawn)
            assert position.entitled == (None if None in valid else sum(one or 0 for one in valid))
            if position.entitled is None:
                assert position.surplus is None
            else:
                assert position.surplus == position.entitled - (position.consumed - position.from_pool)
                assert position.surplus >= 0
            assert {right.id for right in own} | {rights[number].id for number in drawn} == set(position.entitlements)
    expected = {(str(unit[1]), str(unit[0])) for unit in units}
    expected |= {(right.agency, right.product_key) for right in rights if right.agency}
    assert {(agency, one.product_id) for agency, found_ in found.positions.items() for one in found_} == expected
    for pool in found.pool_positions:
        assert pool.consumed == sum(
            one.from_pool for positions in found.positions.values() for one in positions if one.product_id == pool.product_id
        )
        assert pool.surplus is None or pool.surplus >= 0
    assert {one.product_id for one in found.pool_positions} == {right.product_key for right in rights if right.agency is None}


def _key(position: Position) -> tuple[object, ...]:
    return position.product_id, position.edition, position.release, position.metric
