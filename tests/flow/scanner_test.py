#!/usr/bin/env python3
"""Hand scanners at the whole program, and codes of the roster: a serial one, through a pseudo-terminal; one that types,
through a keyboard of the kernel's own making (uinput), where it has that.
usage: scanner_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import fcntl
import os
import pty
import sqlite3
import struct
import time

from door import Run, entries, run_tests

PEOPLE = 2
CODES = ["KITZ-4711", "Grüße 7", "4012345678901"]
UI_SET_EVBIT, UI_SET_KEYBIT, UI_DEV_SETUP, UI_DEV_CREATE = 0x40045564, 0x40045565, 0x405C5503, 0x5501  # linux/uinput.h
ROWS = ((2, "1234567890"), (16, "qwertyuiop"), (30, "asdfghjkl"), (44, "zxcvbnm"))  # KEY_1, KEY_Q, KEY_A, KEY_Z
KEYS = {character: first + place for first, row in ROWS for place, character in enumerate(row)} | {"-": 12, "\n": 28}
SHIFT = 42


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


class Keyboard:
    """One that the kernel believes to be plugged in. Unplugged when closed."""

    def __init__(self, name):
        self.device = os.open("/dev/uinput", os.O_WRONLY)
        fcntl.ioctl(self.device, UI_SET_EVBIT, 1)
        for key in range(1, 248):
            fcntl.ioctl(self.device, UI_SET_KEYBIT, key)
        fcntl.ioctl(self.device, UI_DEV_SETUP, struct.pack("4H80sI", 3, 0x1234, 0x5678, 1, name.encode(), 0))
        fcntl.ioctl(self.device, UI_DEV_CREATE)

    def move(self, key, value):
        os.write(self.device, struct.pack("llHHi", 0, 0, 1, key, value) + struct.pack("llHHi", 0, 0, 0, 0, 0))
        time.sleep(0.001)

    def type(self, text):
        for character in text:
            shifted = character.isupper()
            if shifted:
                self.move(SHIFT, 1)
            self.move(KEYS[character.lower()], 1)
            self.move(KEYS[character.lower()], 0)
            if shifted:
                self.move(SHIFT, 0)

    def close(self):
        os.close(self.device)


def await_count(run, words, count, seconds=60):
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
        scanner.send(b"]Q1KITZ-4711\r\nKITZ-4711\r\nKITZ-4711\r\n")  # sent again at once: the same person
        await_count(run, "welcome shown", 1)
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


def test_scanners_that_type_let_people_in(door, database):
    if not os.access("/dev/uinput", os.W_OK) or not os.path.exists("/run/udev/control"):
        return "skipped: no uinput, or no udev"
    event = event_with_codes(door)
    with Run(door, database, [], "--event", event) as run:
        run.sees("ready shown")
        named, unknown = Keyboard("Probe Barcode Scanner"), Keyboard("Probe Keyboard")  # later than the kiosk
        run.sees('name="Probe Barcode Scanner"')
        run.sees('name="Probe Keyboard"')
        named.type("KITZ-4711\nKITZ-4711\n")
        await_count(run, "welcome shown", 1)
        unknown.type("4012345678901\n")
        await_count(run, "welcome shown", 2)
        run.sees("types like a hand scanner")
        named.close()
        await_count(run, "went away", 1)
        named = Keyboard("Probe Barcode Scanner")
        await_count(run, 'hand scanner device', 2)
        named.type("KITZ-0000\n")
        run.sees("no shown reason=invalid")
        text = run.log.read_text()
        named.close()
        unknown.close()
    assert "already shown" not in text and not any(code in text for code in CODES), text
    assert len(entries(database)) == 2 and door.verify(database).returncode == 0


run_tests(globals(), PEOPLE)
