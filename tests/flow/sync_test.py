#!/usr/bin/env python3
"""From the door to the office: the real programs over TLS on loopback, on good days and bad ones.
usage: sync_test.py FOLDER_OF_PROGRAMS CLOCK_STANDIN [TEST…]"""
import shutil
import sys

from door import run_tests
from office import Kiosk, Office, has_all_of, paired, refuse, until, welcome

PEOPLE = 12
LAST = PEOPLE - 1  # is issued again in one of the tests
STANDIN = sys.argv.pop(2)


def open_office(door, database, *options):
    return Office(door, *options, records=database.with_name("records"))


def test_a_code_before_the_camera_makes_a_kiosk_of_this_office(door, database):
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            for ticket in door.tickets[:3]:
                welcome(kiosk, ticket)
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            kiosk.tells("Verbunden: Das Büro bekommt alles, was hier geschieht.")
            assert (kiosk.folder / "pairing.json").stat().st_mode & 0o077 == 0, "others may read the token"
            assert "Nord" in office.einlass("kiosk", "list").stdout
        refused = door.einlass("kiosk", "pair", "Nord", "--database", office.records, check=False)
        assert refused.returncode != 0, "two kiosks of one name"


def test_a_ticket_before_an_unpaired_kiosk_is_told_so(door, database):
    kiosk = Kiosk(door, database.parent / "Nord", "Nord")
    with kiosk:
        kiosk.sees("waits to be paired")
        kiosk.show(door.tickets[0])
        kiosk.sees("is not paired yet")


def test_a_code_works_once(door, database):
    with open_office(door, database) as office:
        office.publish()
        offer = office.offer("Nord")
        first = Kiosk(door, database.parent / "Nord", "Nord")
        with first, Kiosk(door, database.parent / "Dieb", "Dieb") as thief:
            for kiosk in (first, thief):
                kiosk.sees("pairing shown")
                kiosk.tells("Mit dem Büro koppeln: Im Büro „Kiosk koppeln“ wählen und den Code hier vor die Kamera halten.")
            first.pair(offer)
            first.sees("ready shown")
            thief.pair(offer)
            thief.tells("Der Code gilt nicht mehr: Er war schon benutzt oder ist abgelaufen.")
            assert "ready shown" not in thief.said()


def test_what_another_kiosk_admitted_decides_here(door, database):
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord") as north, paired(door, office, database.parent / "Sued") as south:
            welcome(north, door.tickets[0])
            until(lambda: south.foreign() >= 1, "the other gate has heard of it")
            refuse(south, door.tickets[0], "already shown")
            welcome(south, door.tickets[1])
            until(lambda: has_all_of(office, north, south), "the office has every record")
            verdict = [record for record in south.lines() if record.get("reason") == "already_redeemed"]
            assert len(verdict) == 1, south.lines()


def test_a_new_version_of_the_event_arrives_while_the_door_is_open(door, database):
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            kiosk.mark()
            door.einlass("ticket", "issue", "--only", door.number(LAST), "--reissue", "--format", "png", "--out", door.folder / "again")
            office.publish()
            kiosk.sees("serving a new version event=1 version=")
            refuse(kiosk, door.tickets[LAST], "no shown reason=revoked")
            welcome(kiosk, door.tickets[1])


def test_a_revoked_kiosk_keeps_everything_and_goes_on_at_the_door(door, database):
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            welcome(kiosk, door.tickets[2])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            office.einlass("kiosk", "revoke", "Nord")
            kiosk.tells("Im Büro abgemeldet: Der Einlass geht weiter, alles bleibt hier.")
            there = len(office.lines())
            welcome(kiosk, door.tickets[3])
            assert len(office.lines()) == there
            assert len(kiosk.lines()) > there


def test_an_office_that_dies_gets_all_when_it_lives_again(door, database):
    office = open_office(door, database).start()
    try:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            welcome(kiosk, door.tickets[0])
            office.kill()
            for ticket in door.tickets[1:5]:
                welcome(kiosk, ticket)
            kiosk.tells("Das Büro antwortet nicht: Es wird weiter versucht, nichts geht verloren.")
            office.start()
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            kiosk.tells("Verbunden")
            office.stop()
    finally:
        office.kill()


def test_an_office_put_back_from_a_backup_is_filled_again(door, database):
    office = open_office(door, database).start()
    try:
        office.publish()
        with paired(door, office, database.parent / "Nord") as north, paired(door, office, database.parent / "Sued") as south:
            welcome(north, door.tickets[0])
            until(lambda: has_all_of(office, north, south), "the office has every record")
            backup = office.back_up()
            welcome(north, door.tickets[1])
            until(lambda: has_all_of(office, north, south), "the office has every record")
            until(lambda: south.foreign() >= 2, "the other gate has heard of both")
            until(north.knows_all_is_there, "the first knows that the office has every record")
            office.kill()
            office.put_back(backup)
            office.start()
            until(lambda: has_all_of(office, north, south), "the office has every record again")
            north.tells("Im Büro fehlten Einträge: Sie wurden noch einmal geschickt, nichts ist verloren.")
            welcome(south, door.tickets[2])  # and news goes round as before
            until(lambda: north.foreign() >= 1, "the first gate hears of the second")
    finally:
        office.kill()


def test_an_older_version_of_the_event_is_not_taken(door, database):
    office = open_office(door, database).start()
    try:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            before = office.back_up()
            kiosk.mark()
            door.einlass("ticket", "issue", "--only", door.number(LAST), "--reissue", "--format", "png", "--out", door.folder / "again")
            office.publish()
            kiosk.sees("serving a new version")
            until(lambda: has_all_of(office, kiosk) and kiosk.knows_all_is_there(), "the office has confirmed every record")
            office.kill()
            office.put_back(before)
            office.start()
            kiosk.tells("Im Büro liegt eine ältere Liste: Hier gilt die neuere weiter.")
            refuse(kiosk, door.tickets[LAST], "no shown reason=revoked")
            office.publish()
            kiosk.tells("Im Büro fehlten Einträge")
    finally:
        office.kill()


def test_a_kiosk_whose_database_is_gone_is_paired_again(door, database):
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
        before = office.lines()
        shutil.rmtree(kiosk.folder)
        office.einlass("kiosk", "revoke", "Nord")
        with paired(door, office, database.parent / "Nord") as kiosk:
            until(lambda: kiosk.foreign() >= 1, "what it wrote before comes back")
            kiosk.tells("Stand vom Büro geholt: Was vorher eingelassen wurde, auch an diesem Kiosk, gilt und zählt hier mit.")
            refuse(kiosk, door.tickets[0], "already shown")
            welcome(kiosk, door.tickets[1])
            until(lambda: len(office.lines()) == len(before) + len(kiosk.lines()), "the office has both logs")


def test_a_cloned_card_is_noticed_and_loses_nothing(door, database):
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
        clone = Kiosk(door, database.parent / "Klon", "Klon")
        shutil.copytree(kiosk.folder, clone.folder, dirs_exist_ok=True)
        clone.log.write_text("")
        clone.show()
        kiosk.mark()
        with kiosk, clone:
            for one, ticket in ((kiosk, 1), (clone, 2)):
                one.sees("ready shown")
                welcome(one, door.tickets[ticket])
            until(lambda: "a new log was begun" in kiosk.log.read_text() + clone.log.read_text(), "one of them begins a new log")
            tickets = lambda: {record["ticket"] for _, _, record in office.lines() if record["kind"] == "entry"}
            until(lambda: len(tickets()) == 3, "the office has the entries of both")
            until(lambda: any("Dieser Kiosk war doppelt da: Eine Kopie lief anderswo." in one.told() for one in (kiosk, clone)),
                  "the one with the new log says so")


def test_a_kiosk_that_believes_in_1970_is_paired_and_told_the_time(door, database):
    clock = database.with_name("clock")
    clock.write_text("-1795000000 lost")
    prefix = ("env", f"LD_PRELOAD={STANDIN}", f"CLOCK_STANDIN={clock}")
    with open_office(door, database) as office:
        office.publish()
        with paired(door, office, database.parent / "Nord", prefix=prefix) as kiosk:
            until(lambda: any(record["kind"] == "clock" for record in kiosk.lines()), "the office's time")
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            anchors = [record for record in kiosk.lines() if record["kind"] == "clock"]
            assert anchors and anchors[0]["unix_ms"] > 1790000000000, kiosk.lines()
            entry = next(record for record in kiosk.lines() if record["kind"] == "entry")
            assert entry["clock"] == "office" and entry["unix_ms"] > 1790000000000, entry


def test_paired_with_another_event_it_begins_again_with_that(door, database):
    with open_office(door, database) as office:
        office.publish()
        door.einlass("event", "create", "--number", "2", "--name", "Zweite", "--kind", "studitour", "--starts", "2026-01-01T08:00",
                     "--ends", "2030-12-31T23:00")
        office.einlass("event", "publish", "--event", "2")
        with Kiosk(door, database.parent / "Nord", "Nord") as kiosk:
            kiosk.sees("pairing shown")
            kiosk.pair(office.offer("Nord", "--event", "2"))
            assert "serving event=2" in kiosk.sees("ready shown")


def test_another_office_at_its_address_gets_nothing(door, database):
    office = open_office(door, database).start()
    try:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            office.kill()
            kiosk.mark()
            with Office(door, records=database.with_name("other")) as other:
                other.stop()
                other.start(office.port)
                kiosk.tells("Ein anderes Gerät antwortet: Unter der Adresse ist nicht unser Büro.")
                welcome(kiosk, door.tickets[1])
                assert other.lines() == []
            office.start()
            until(lambda: has_all_of(office, kiosk), "the office has every record", 180)  # strangers are asked once a minute
    finally:
        office.kill()


run_tests(globals(), PEOPLE)
