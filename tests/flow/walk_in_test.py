#!/usr/bin/env python3
"""Somebody without a ticket registers at one gate: the office learns what they said, and the other gate knows them.
usage: walk_in_test.py FOLDER_OF_PROGRAMS HAND_STANDIN [TEST…]"""
import json
import sys

from door import run_tests
from hand import Hand
from office import Kiosk, Office, has_all_of, until

PEOPLE = 1
STANDIN = sys.argv.pop(2)
EVENT = ("--event", "2")


def paired(door, office, folder, prefix=()):
    kiosk = Kiosk(door, folder, folder.name, prefix=prefix)
    with kiosk:
        kiosk.sees("pairing shown")
        kiosk.pair(office.offer(folder.name, *EVENT))
        kiosk.sees("ready shown")
        kiosk.show()
    kiosk.process = None
    return kiosk


def register(kiosk, hand):
    """Fills in the form as a guest does; the picture of the ticket that stands on the screen then."""
    for words, touch in (("help shown", "touch 900 940"), ("walk in shown", "touch 740 350")):
        hand.do(touch)
        kiosk.sees(words)
    hand.do("text Ada Lovelace", "key Return", "key Return", "text ada@example.org", "key Return")
    kiosk.sees("walk in consents shown")
    hand.do("touch 65 190", "touch 820 910")  # the first consent, "Anmelden"
    kiosk.sees("walk in ticket shown")
    return until(lambda: next(iter(kiosk.shots.glob("*-walk-in-ticket.png")), None), "a picture of the ticket")


def test_who_registers_at_one_gate_is_known_everywhere(door, database):
    door.einlass("event", "create", "--number", "2", "--name", "Offen", "--kind", "netzwerktreffen", "--starts", "2026-01-01T08:00",
                 "--ends", "2030-12-31T23:00", "--pin", "2468", "--walk-ins", "--list", "Saal; mode=once",
                 "--consent", "photos@2026-11=Fotos von mir sind in Ordnung.|Photos of me are fine.",
                 "--consent", "news@2=Schicken Sie mir Neuigkeiten.|Send me news.")
    with Office(door, records=database.with_name("records")) as office:
        office.einlass("event", "publish", *EVENT)
        hand = Hand(STANDIN, database.with_name("hand"))
        north, south = paired(door, office, database.parent / "Nord", hand.prefix), paired(door, office, database.parent / "Sued")
        for kiosk in (north, south):
            kiosk.mark()
        with north, south:
            for kiosk in (north, south):
                kiosk.sees("ready shown")
            ticket = register(north, hand)
            until(lambda: has_all_of(office, north, south), "the office has every record")

            report = lambda: json.loads(office.einlass("report", "walk-ins", *EVENT, "--format", "json").stdout)["rows"]
            row, = until(lambda: (rows := report()) and rows[0]["missing"] == "" and rows, "what they said is at the office")
            wanted = {"gate": "Nord", "field.name": "Ada Lovelace", "field.email": "ada@example.org", "consent.photos": "ja",
                      "consent.news": "nein"}
            assert wanted.items() <= row.items(), row
            until(lambda: south.foreign() >= 2, "the other gate has heard of them")
            south.show(ticket)
            south.sees("already shown")
            refused = next(record for record in south.lines() if record.get("reason") == "already_redeemed")
            assert refused["ticket"] == next(record for record in north.lines() if record["kind"] == "walk_in")["ticket"]
            assert "Ada" not in json.dumps([*north.lines(), *(line for _, _, line in office.lines())]), "names are in no log"


run_tests(globals(), PEOPLE)
