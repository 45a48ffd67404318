#!/usr/bin/env python3
"""A kiosk whose clock nobody set, or whose office has forgotten it, meets its office when the door has been open for a while.
usage: first_contact_test.py FOLDER_OF_PROGRAMS CLOCK_STANDIN HAND_STANDIN [TEST…]"""
import json
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from door import run_tests
from hand import Hand, pair_on_its_page
from office import Kiosk, Office, has_all_of, paired, until, welcome

PEOPLE = 4
CLOCK, HAND = sys.argv.pop(2), sys.argv.pop(2)
MINUTE_MS, HOUR_MS = 60 * 1000, 3600 * 1000
ZONE = ZoneInfo("Europe/Berlin")  # the event's


def test_what_happened_in_1970_has_its_time_at_the_office(door, database):
    clock, began_ms = database.with_name("clock"), time.time_ns() // 1000000
    clock.write_text("-1795000000 lost")
    hand = Hand(f"{HAND}:{CLOCK}", database.with_name("hand"))
    kiosk = Kiosk(door, database.parent / "Nord", "Nord", "--event", str(door.event_file), "--root-key", door.root_key,
                  prefix=(*hand.prefix, f"CLOCK_STANDIN={clock}"))
    with Office(door, records=database.with_name("records")) as office, kiosk:
        office.publish()
        kiosk.sees("ready shown")
        for ticket in door.tickets[:2]:
            welcome(kiosk, ticket)
            assert "clock=doubtful" in kiosk.said(), "the screen says: Uhrzeit nicht gesichert"
        early = [record for record in kiosk.lines() if record["kind"] == "entry"]
        assert len(early) == 2 and all(record["unix_ms"] < 365 * 24 * HOUR_MS for record in early), early
        kiosk.show()
        kiosk.mark()
        pair_on_its_page(kiosk, hand, office.offer("Nord"))
        kiosk.tells("Verbunden")
        until(lambda: any(record["kind"] == "clock" for record in kiosk.lines()), "the office's time")
        welcome(kiosk, door.tickets[2])
        assert "clock=doubtful" not in kiosk.said()
        until(lambda: has_all_of(office, kiosk), "the office has every record")
        late = [record for record in kiosk.lines() if record["kind"] == "entry"][2:]
        assert len(late) == 1 and late[0]["unix_ms"] >= began_ms, late
        refused = [record for record in kiosk.lines() if record["kind"] == "refused" and record["reason"] != "already_redeemed"]
        assert not refused, "nobody was refused"  # but who stood there, while the machine looked at nothing for a second
        rows = json.loads(office.einlass("report", "attendance", "--event", "1", "--format", "json").stdout)["rows"]
        times = [datetime.fromisoformat(row["first_time"]).replace(tzinfo=ZONE).timestamp() * 1000 for row in rows if row["state"] == "in"]
        assert len(times) == 3 and all(began_ms - MINUTE_MS < at < began_ms + HOUR_MS for at in times), (began_ms, rows)


def test_paired_since_the_backup_it_is_paired_again(door, database):
    office = Office(door, records=database.with_name("records")).start()
    hand = Hand(HAND, database.with_name("hand"))
    try:
        office.publish()
        backup = office.back_up()
        with paired(door, office, database.parent / "Nord", prefix=hand.prefix) as kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk) and kiosk.knows_all_is_there(), "the office has confirmed every record")
            office.kill()
            office.put_back(backup)
            office.start()
            kiosk.tells("Im Büro abgemeldet: Der Einlass geht weiter, alles bleibt hier.")
            welcome(kiosk, door.tickets[1])
            kiosk.show()
            pair_on_its_page(kiosk, hand, office.offer("Nord"))
            until(lambda: has_all_of(office, kiosk), "the office has every record, each once")
            kiosk.tells("Im Büro fehlten Einträge")
    finally:
        office.kill()


def test_paired_with_another_office_nothing_is_said_to_be_lost(door, database):
    hand = Hand(HAND, database.with_name("hand"))
    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord", prefix=hand.prefix) as kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            office.kill()
            with Office(door, records=database.with_name("other")) as other:
                other.publish()
                kiosk.show()
                pair_on_its_page(kiosk, hand, other.offer("Nord"))
                until(lambda: has_all_of(other, kiosk), "the other office has every record, too")
                kiosk.tells("Verbunden")


run_tests(globals(), PEOPLE)
