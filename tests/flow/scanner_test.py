#!/usr/bin/env python3
"""A hand scanner at the whole program: a serial one, through a pseudo-terminal, and codes of the roster.
usage: scanner_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import os
import pty
import sqlite3
import time

from door import Run, entries, run_tests

PEOPLE = 2
CODES = ["KITZ-4711", "Grüße 7", "4012345678901"]


def event_with_codes(door):
    """The event file, with guests who have tickets of somebody else."""
    rows = "".join(f"Fremd{n};Frida{n};1;{code}\n" for n, code in enumerate(CODES))
    (door.folder / "codes.csv").write_text("Nachname;Vorname;Gruppe;Code\n" + rows, encoding="utf-8")
    door.einlass("roster", "import", door.folder / "codes.csv")
    door.einlass("event", "export", "--out", door.folder / "codes")
    return str(next((door.folder / "codes").glob("*.event.json")))


class Scanner:
    """One that is plugged in under a name that stays, as udev names them."""

    def __init__(self, path):
        self.path = path

    def plug(self):
        self.ours, self.theirs = pty.openpty()
        self.path.symlink_to(os.ttyname(self.theirs))

    def pull(self):
        self.path.unlink()
        os.close(self.theirs)
        os.close(self.ours)

    def send(self, words):
        os.write(self.ours, words)


def await_count(run, words, count, seconds=20):
    """The log has `words` so often, and no more a little later."""
    end = time.monotonic() + seconds
    while run.log.read_text().count(words) < count and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    assert run.log.read_text().count(words) == count, run.log.read_text()[-2000:]


def test_a_serial_scanner_lets_people_in(door, database):
    event = event_with_codes(door)
    scanner = Scanner(door.folder / "serial")
    with Run(door, database, [], "--event", event, "--scanner-serial", str(scanner.path)) as run:
        run.sees("can't open the serial scanner")
        run.sees("ready shown")
        scanner.plug()  # later than the kiosk
        run.sees("scanner: serial scanner device=")
        scanner.send(b"]Q1KITZ-4711\r\n")
        await_count(run, "welcome shown", 1)
        scanner.send(b"KITZ-4711\r\nKITZ-4711\r\n")  # sent again at once: the same person
        scanner.send(b"\x02Gr\xc3\xbc\xc3\x9fe 7\x03")
        await_count(run, "welcome shown", 2)
        scanner.send(b"7" * 150)  # half a ticket, and its end a little later
        run.sees("only a part of a code arrived")
        scanner.send(b"\x04\x1a\x1b[A\x11\x13\x00\r" + b"4012345")
        run.sees("what is no text")
        scanner.pull()
        run.sees("the serial scanner went away")
        scanner.plug()
        await_count(run, "scanner: serial scanner device=", 2)
        scanner.send(b"4012345678901\r")
        await_count(run, "welcome shown", 3)
        text = run.log.read_text()
        scanner.pull()
    assert "already shown" not in text and "no shown" not in text, text
    assert not any(code in text for code in CODES) and "7777" not in text, "no text of a ticket is logged"
    assert len(entries(database)) == len(CODES) and door.verify(database).returncode == 0
    with sqlite3.connect(database) as connection:
        records = [line for line, in connection.execute("select line from log") if '"entry"' in line]
    assert all('"via":"scanner"' in line for line in records), records


run_tests(globals(), PEOPLE)
