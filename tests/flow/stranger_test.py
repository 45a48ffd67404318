#!/usr/bin/env python3
"""Others answer at the office's address: the kiosk says who in words, keeps all, and goes on when the office is back.
usage: stranger_test.py FOLDER_OF_PROGRAMS CLOCK_STANDIN [TEST…]"""
import sys
import time

from door import run_tests
from office import Office, has_all_of, paired, until, welcome
from stranger import Authority, Portal

PEOPLE = 8
STANDIN = sys.argv.pop(2)
LOGIN = ("Das WLAN will eine Anmeldung: Statt des Büros antwortet eine Anmeldeseite. Das WLAN freischalten lassen oder ein anderes "
         "nehmen.")
DAY_S = 24 * 3600


def test_a_page_to_log_in_on_is_not_the_office(door, database):
    office = Office(door, records=database.with_name("records")).start()
    key = [database.with_name(f"records.{kind}.pem") for kind in ("cert", "key")]
    try:
        office.publish()
        kiosk = paired(door, office, database.parent / "Nord")
        with kiosk:
            until(lambda: has_all_of(office, kiosk), "the office has every record")
        office.kill()
        for number, (answer, keys) in enumerate((("page", None), ("page", key), ("redirect", key))):
            kiosk.process = None
            kiosk.mark()
            with Portal(office.port, answer, keys) as portal, kiosk:
                kiosk.sees("ready shown")
                welcome(kiosk, door.tickets[number])
                until(lambda: portal.asked > 0, "the kiosk asked")
                kiosk.tells(LOGIN)
        kiosk.process = None
        with Portal(office.port, "page", key) as portal, kiosk:
            until(lambda: portal.asked > 0, "the kiosk asked")
            portal.__exit__()
            office.start()
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            kiosk.tells("Verbunden")
    finally:
        office.kill()


def stamp(days):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + days * DAY_S))


def test_a_certificate_is_looked_at_and_spoken_of(door, database):
    ours, others = (Authority(database.parent, name) for name in ("ours", "others"))
    clock = database.with_name("clock")
    good = ours.sign("IP:127.0.0.1", stamp(-2), stamp(2))
    cases = (
        (ours.sign("IP:127.0.0.1", stamp(-2), stamp(-1)), "0", "Zertifikat abgelaufen: Das Zertifikat des Büros gilt nicht mehr."),
        (ours.sign("IP:127.0.0.1", stamp(1), stamp(2)), "0", "Zertifikat gilt noch nicht: Meist geht die Uhr dieses Kiosks nach."),
        (good, "-1795000000 lost", "Zertifikat gilt noch nicht: Meist geht die Uhr dieses Kiosks nach."),
        (ours.sign("DNS:office.example", stamp(-2), stamp(2)), "0", "Die Adresse passt nicht: Das Zertifikat gehört zu einer anderen"),
        (others.sign("IP:127.0.0.1", stamp(-2), stamp(2)), "0", "Ein anderes Gerät antwortet: Unter der Adresse ist nicht unser Büro."),
        (good, "0", "Verbunden: Das Büro bekommt alles, was hier geschieht."),
    )
    office = Office(door, records=database.with_name("records"))

    def serve(pair):
        office.options = ("--certificate", pair[0], "--key", pair[1], "--url", f"https://127.0.0.1:{office.port}")
        office.start()

    serve(good)
    try:
        office.publish()
        assert " CA" in office.offer("Probe"), "nothing to pin"
        clock.write_text("0")
        kiosk = paired(door, office, database.parent / "Nord",
                       prefix=("env", f"SSL_CERT_FILE={ours.file}", f"LD_PRELOAD={STANDIN}", f"CLOCK_STANDIN={clock}"))
        with kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
        for pair, hour, sentence in cases:
            office.stop()
            serve(pair)
            clock.write_text(hour)
            kiosk.process = None
            before = len(office.lines())
            kiosk.mark()
            with kiosk:
                kiosk.sees("ready shown")
                kiosk.tells(sentence)
                if pair is not good or hour != "0":
                    assert len(office.lines()) == before, "nothing is given to strangers"
                else:
                    until(lambda: has_all_of(office, kiosk), "the office has every record")
    finally:
        office.kill()


run_tests(globals(), PEOPLE)
