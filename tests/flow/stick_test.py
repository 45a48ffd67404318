#!/usr/bin/env python3
"""Where there never is a network: staff tap "Auf USB-Stick", and the office reads what is on the stick.
usage: stick_test.py FOLDER_OF_PROGRAMS HAND_STANDIN [TEST…]"""
import contextlib
import shutil
import subprocess
import sys

from door import run_tests
from hand import SHIFT, Hand, open_sync_page
from office import Kiosk, Office, has_all_of, welcome

PEOPLE = 6
STANDIN = sys.argv.pop(2)
THERE = "USB-Stick erkannt: Er kann beschrieben werden."
DONE = "Fertig: Der Stick darf heraus und ins Büro."
NONE = "Ohne Netz: USB-Stick einstecken und alles darauf sichern."


class Stick:
    """A file system of its own, plugged in where the kiosk looks for sticks."""

    def __init__(self, folder):
        self.folder = folder / "USB"
        self.folder.mkdir(parents=True)
        self.is_plugged = False

    def plug(self, options="size=4m"):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], capture_output=True)
        self.is_plugged = done.returncode == 0
        return self.is_plugged

    def pull(self):
        if self.is_plugged:
            subprocess.run(["umount", "-l", self.folder], check=True)
        self.is_plugged = False

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())


@contextlib.contextmanager
def kiosk_with_stick(door, database):
    """A kiosk on an event file, never paired, at its page "Verbindung", and its stick. None: nothing can be mounted here."""
    hand = Hand(STANDIN, database.with_name("hand"))
    kiosk = Kiosk(door, database.parent / "Nord", "Nord", "--event", str(door.event_file), "--root-key", door.root_key, prefix=hand.prefix)
    stick = Stick(kiosk.folder / "sticks")
    if not stick.plug():
        yield None, None, None
        return
    stick.pull()
    try:
        with kiosk:
            kiosk.sees("ready shown")
            for ticket in door.tickets[:3]:
                welcome(kiosk, ticket)
            kiosk.show()
            open_sync_page(kiosk, hand)
            yield kiosk, hand, stick
    finally:
        stick.pull()


def tap_export(kiosk, hand):
    kiosk.tells_of_stick(THERE)
    hand.do("key Tab", f"key Tab {SHIFT}", "key Return")


def test_a_log_goes_to_the_office_by_stick(door, database):
    with kiosk_with_stick(door, database) as (kiosk, hand, stick):
        if not kiosk:
            return "skipped: may not mount a file system here"
        kiosk.tells_of_stick(NONE)
        stick.plug()
        tap_export(kiosk, hand)
        kiosk.tells_of_stick(DONE)
        name, = stick.files()
        assert name.endswith(".einlass-log"), name
        before = kiosk.lines()
        copy = shutil.copy(stick.folder / name, database.with_name(name))  # the office has time; the team's page ends by itself
        welcome(kiosk, door.tickets[4])  # once more, with what came since, over the same file
        kiosk.sees("staff sync shown")
        stick.pull()
        kiosk.tells_of_stick(NONE)
        stick.plug()
        tap_export(kiosk, hand)
        kiosk.tells_of_stick(DONE)
        name, = stick.files()
        office = Office(door, records=database.with_name("records"))
        count = len(before)
        first = office.einlass("log", "import", copy).stdout
        assert f"{count} new records, 0 were here already" in first, first
        assert f"0 new records, {count} were here already" in office.einlass("log", "import", copy).stdout
        assert [record for _, _, record in office.lines()] == before
        said = office.einlass("log", "import", stick.folder / name).stdout
        assert f"{len(kiosk.lines()) - count} new records, {count} were here already" in said, said
        assert has_all_of(office, kiosk)


def test_bad_sticks_are_spoken_of(door, database):
    with kiosk_with_stick(door, database) as (kiosk, hand, stick):
        if not kiosk:
            return "skipped: may not mount a file system here"
        for options, sentence in (("size=4k,nr_inodes=2", "Der Stick ist voll: Bitte einen anderen nehmen."),
                                  ("ro", "Der Stick ist schreibgeschützt: Schieber am Stick prüfen oder einen anderen nehmen.")):
            stick.plug(options)
            if options != "ro":
                (stick.folder / "holiday.jpg").write_bytes(bytes(4096))
            tap_export(kiosk, hand)
            kiosk.tells_of_stick(sentence)
            assert stick.files() in ([], ["holiday.jpg"]), "nothing half is left"
            stick.pull()
            kiosk.tells_of_stick(NONE)


run_tests(globals(), PEOPLE)
