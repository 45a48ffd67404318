#!/usr/bin/env python3
"""Who answers at the office's address: certificates that don't hold, and no office at all. The door goes on, nothing
is lost, and staff read why.
usage: trust_test.py FOLDER_OF_PROGRAMS CLOCK_STANDIN AUTHORITIES_STANDIN [TEST…]"""
import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from door import run_tests
from office import Kiosk, Office, has_all_of, paired, until, welcome

CLOCK, AUTHORITIES = sys.argv.pop(2), sys.argv.pop(2)
YEAR_S = 365 * 24 * 3600


def certificate(folder, name, address="IP:127.0.0.1", shift_s=0):
    """Good for a year from now, or from `shift_s` later; (certificate, key)."""
    clock, made, key = folder / f"{name}.clock", folder / f"{name}.pem", folder / f"{name}.key"
    clock.write_text(str(shift_s))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365",
                    "-subj", f"/CN={name}", "-addext", f"subjectAltName={address}", "-keyout", key, "-out", made],
                   check=True, capture_output=True, env={**os.environ, "LD_PRELOAD": CLOCK, "CLOCK_STANDIN": str(clock)})
    return made, key


def trusting(folder, *certificates, clock=None):
    """What runs a kiosk that takes these for authorities."""
    bundle = folder / "authorities.pem"
    bundle.write_text("".join(made.read_text() for made, _ in certificates))
    preload = f"LD_PRELOAD={AUTHORITIES}" + (f":{CLOCK}" if clock else "")
    return ("env", preload, f"AUTHORITIES_STANDIN={bundle}", *([f"CLOCK_STANDIN={clock}"] if clock else []))


@contextlib.contextmanager
def started_again(kiosk):
    """So that it asks at once, and not after its back-off."""
    kiosk.mark()
    kiosk.show()
    with kiosk:
        kiosk.sees("ready shown")
        yield


def shows(made_and_key):
    return ("--certificate", made_and_key[0], "--key", made_and_key[1])


def test_an_office_whose_certificate_does_not_hold_gets_nothing(door, database):
    folder = database.parent
    good = certificate(folder, "good")
    bad = {
        "Zertifikat abgelaufen: Das Zertifikat des Büros gilt nicht mehr.": certificate(folder, "expired", shift_s=-2 * YEAR_S),
        "Zertifikat gilt noch nicht: Meist geht die Uhr dieses Kiosks nach.": certificate(folder, "early", shift_s=YEAR_S),
        "Die Adresse passt nicht: Das Zertifikat gehört zu einer anderen Adresse.": certificate(folder, "elsewhere", "DNS:other.example"),
    }
    stranger = certificate(folder, "stranger")
    office = Office(door, *shows(good), records=folder / "records").start()
    try:
        office.publish()
        with paired(door, office, folder / "Nord", prefix=trusting(folder, good, *bad.values())) as kiosk:
            until(lambda: has_all_of(office, kiosk), "the office has every record")
        there = office.lines()
        for number, (words, shown) in enumerate([*bad.items(), ("Ein anderes Gerät antwortet", stranger)]):
            office.kill()
            office.options = shows(shown)
            office.start()
            with started_again(kiosk):
                welcome(kiosk, door.tickets[number])
                kiosk.tells(words)
            assert office.lines() == there, f"{shown[0].stem}: it was told something"
        office.kill()
        office.options = shows(good)
        office.start()
        with started_again(kiosk):
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            kiosk.tells("Verbunden")
    finally:
        office.kill()


def test_a_kiosk_in_1970_says_that_its_clock_may_be_wrong(door, database):
    folder = database.parent
    clock = folder / "clock"
    clock.write_text("-1795000000 lost")
    good = certificate(folder, "good")
    with Office(door, *shows(good), records=folder / "records") as office:
        office.publish()
        with Kiosk(door, folder / "Nord", "Nord", prefix=trusting(folder, good, clock=clock)) as kiosk:
            kiosk.sees("pairing shown")
            offer = office.offer("Nord")
            kiosk.pair(offer)
            kiosk.tells("Zertifikat gilt noch nicht: Meist geht die Uhr dieses Kiosks nach.")
            clock.write_text("0")
            show_again(kiosk, offer)  # the code is as good as it was
            kiosk.sees("ready shown")


def show_again(kiosk, offer):
    """Once more from the beginning: a code that stays in view is read once, and one that was away for a moment as well. How
    long a moment is depends on how busy the machine is: as people do, it is held up until something happens."""
    kiosk.mark()
    for away_s in (3, 10, 30):
        kiosk.show()
        time.sleep(away_s)
        kiosk.pair(offer)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if re.search("paired device=|pairing came to nothing", kiosk.said()):
                return
            time.sleep(0.05)
    raise AssertionError(f"the code is not read again:\n{kiosk.said()[-3000:]}")


class Portal(BaseHTTPRequestHandler):
    """Every hotel's: whatever is asked for, its own page with 200."""

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        page = b"<!DOCTYPE html><title>Willkommen</title><form>Bitte melden Sie sich an</form>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def portal(port):
    server = ThreadingHTTPServer(("127.0.0.1", port), Portal)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_captive_portal_is_no_office(door, database):
    office = Office(door, "--plain", records=database.with_name("records")).start()
    try:
        office.publish()
        with paired(door, office, database.parent / "Nord") as kiosk:
            welcome(kiosk, door.tickets[0])
            until(lambda: has_all_of(office, kiosk), "the office has every record")
        office.kill()
        with portal(office.port), started_again(kiosk):
            welcome(kiosk, door.tickets[1])
            kiosk.tells("Das WLAN will eine Anmeldung: Statt des Büros antwortet eine Anmeldeseite.")
        office.start()
        with started_again(kiosk):
            until(lambda: has_all_of(office, kiosk), "the office has every record")
            kiosk.tells("Verbunden")
    finally:
        office.kill()


def test_a_captive_portal_before_the_first_contact_is_no_office(door, database):
    office = Office(door, "--plain", records=database.with_name("records")).start()
    try:
        office.publish()
        offer = office.offer("Nord")
        office.kill()
        with Kiosk(door, database.parent / "Nord", "Nord") as kiosk:
            kiosk.sees("pairing shown")
            with portal(office.port):
                kiosk.pair(offer)
                kiosk.tells("Das WLAN will eine Anmeldung: Statt des Büros antwortet eine Anmeldeseite.")
            office.start()
            show_again(kiosk, offer)
            kiosk.sees("ready shown")
    finally:
        office.kill()


run_tests(globals(), 6)
