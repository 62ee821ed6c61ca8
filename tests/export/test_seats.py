"""Who sits where in a workshop: tables that mix the sectors, and a partner for everybody."""

from __future__ import annotations

import pytest

from ctekit.export.kit._seats import Guest, mix, seated


@pytest.mark.parametrize("people", [2, 7, 12, 24, 60])
def test_a_room_has_as_many_seats_as_people_and_a_third_of_them_for_business(people: int) -> None:
    seats = mix(people)
    assert sum(seats.values()) == people
    assert seats["B"] >= people * 0.25


def test_employers_meet_with_one_educator_for_each_pair_of_them() -> None:
    seats = mix(24, "employers-90")
    assert seats["B"] == 2 * (seats["K"] + seats["C"])
    assert sum(seats.values()) == 24


def test_tables_mix_sectors_and_part_people_of_one_organization() -> None:
    guests = [Guest("K", f"Person {number}", "District") for number in range(4)]
    seats = seated(guests, 24, 5)
    assert len({guest.table for guest in seats if guest.organization == "District"}) == 4
    for table in range(1, 6):
        assert len({guest.letter for guest in seats if guest.table == table}) >= 4


@pytest.mark.parametrize("people", [*range(8, 31), 60])
def test_everybody_has_a_seat_and_a_partner_from_another_sector_at_the_table(people: int) -> None:
    seats = {guest.seat: guest for guest in seated((), people, max(2, people // 5))}
    assert sorted(seats) == list(range(1, people + 1))
    for guest in seats.values():
        partner = seats[guest.partner]
        assert guest.seat != partner.seat
        assert (guest.table, guest.letter != partner.letter) == (partner.table, True)


def test_more_guests_than_were_expected_all_get_a_seat() -> None:
    assert len(seated([Guest("B", str(number)) for number in range(9)], 5, 2)) == 9
