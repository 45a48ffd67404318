#!/usr/bin/env python3
"""The kiosk program on the whole screen, with a hand at it (tests/fakes/hand_standin.c): what people can't do, and what
staff can.
usage: whole_screen_test.py FOLDER_OF_PROGRAMS HAND_STANDIN"""
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import zlib

from door import Run, frames_drawn, run_tests
from hand import SHIFT, Hand

PEOPLE = 3
STANDIN = sys.argv.pop(2)
CTRL, ALT, SUPER = 0x40, 0x100, 0x400  # SDL's KMOD bits
MINIMIZED, HIDDEN, FOCUS_LOST, CLOSE = 7, 2, 13, 14  # SDL's window events


class Kiosk(Run):
    """The kiosk on the whole screen, and a hand."""

    def __init__(self, door, database, tickets, *options):
        hand = Hand(STANDIN, door.folder / "hand")
        self.do = hand.do
        super().__init__(door, database, tickets, "--fullscreen", *options, prefix=hand.prefix)

    def seen_after(self, words, *lines):
        """Does these things; waits until a page is shown by them."""
        before = self.log.read_text().count(words)
        self.do(*lines)
        end = time.monotonic() + 60
        while self.log.read_text().count(words) == before:
            assert time.monotonic() < end, f"'{words}' did not appear in:\n{self.log.read_text()}"
            time.sleep(0.02)

    def unlock(self):
        self.seen_after("pin shown", "key F1")
        self.seen_after("staff menu shown", "text 2468", "key Return")

    def ends(self):
        return self.process.wait(timeout=60)


def test_nothing_leaves_the_whole_screen(door, database):
    with Kiosk(door, database, []) as run:
        run.sees("ready shown")
        chords = [f"key {key} {modifiers}" for key in ("F4", "Tab", "Escape", "C", "Q", "W", "Delete", "PrintScreen", "F1")
                  for modifiers in (CTRL, ALT, SUPER, CTRL | ALT, CTRL | SHIFT)]
        run.do(*chords, "key Escape", "quit", *(f"window {event}" for event in (MINIMIZED, HIDDEN, FOCUS_LOST, CLOSE)))
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):  # the keys of a terminal
            run.process.send_signal(number)
        time.sleep(0.5)
        assert frames_drawn(run) > 0 and run.process.poll() is None, "it is still there, and answers"
        shown = set(re.findall(r"screen: (.*) shown", run.log.read_text()))
        assert shown <= {"ready", "no camera"}, shown
    assert "stopping" in run.log.read_text()  # SIGTERM does, as the service manager sends it


def x_server():
    """A virtual display: its process and name. None where there is no Xvfb, or nothing to move windows with."""
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        return None, None
    ours, theirs = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1024x600x24", "-nolisten", "tcp"],
                              pass_fds=(theirs,), stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        return server, ":" + answer.readline().strip()


def test_a_window_that_others_hide_or_close_stays(door, database):
    server, display = x_server()
    if not server:
        return "skipped: no Xvfb and xdotool"

    def window(*words):
        done = subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": display}, capture_output=True, text=True)
        return done.stdout.split()

    try:
        with Run(door, database, [], "--fullscreen", "--pictures-once",
                 prefix=("env", f"DISPLAY={display}", "SDL_VIDEODRIVER=x11")) as run:
            assert "driver=x11" in run.sees("ready shown")
            name, = window("search", "--onlyvisible", "--pid", str(run.process.pid))
            for what in ("windowunmap", "windowminimize", "windowquit"):
                window(what, name)
                end = time.monotonic() + 20
                time.sleep(0.3)
                while window("search", "--onlyvisible", "--pid", str(run.process.pid)) != [name]:
                    assert time.monotonic() < end and run.process.poll() is None, f"{what}: it is gone"
                    time.sleep(0.1)
            assert frames_drawn(run) > 0
    finally:
        server.terminate()
        server.wait()


def test_f1_asks_for_a_pin_and_opens_nothing(door, database):
    with Kiosk(door, database, []) as run:
        run.sees("ready shown")
        run.seen_after("pin shown", "key F1")
        run.do("text 1357", "key Return")
        run.sees("a wrong staff PIN was entered")
        run.do("key Escape", "key F1", "key Return")
        time.sleep(0.5)
        assert "staff" not in re.sub("a wrong staff PIN.*", "", run.log.read_text())


def test_staff_shut_the_machine_down(door, database):
    done = door.folder / "switched off"
    done.unlink(missing_ok=True)
    proof = door.folder / "off"
    with Kiosk(door, database, [door.tickets[0]], "--shut-down", f"touch {proof}") as run:
        run.sees("welcome shown")
        run.unlock()
        run.seen_after("staff shut down shown", "key Tab", f"key Tab {SHIFT}", "key Return")
        assert run.process.poll() is None, "nobody said yes"
        run.do("key Tab", f"key Tab {SHIFT}", "key Return")
        assert run.ends() == 0
        text = run.log.read_text()
        assert "staff shut down" in text and f'shutting down command="touch {proof}"' in text, text
        run.process = subprocess.Popen(["true"])  # the with-block stops what is there
        run.process.wait()
    assert proof.exists(), "the command ran"
    assert door.verify(database).returncode == 0


def test_staff_have_a_new_version_put_in(door, database):
    told, wish, conf = (door.folder / name for name in ("told", "wish", "update.conf"))
    conf.write_text(f"[kiosk]\nupdate = {told}\n")

    def tell(phase):
        (door.folder / "told.part").write_text(f"phase={phase}\nwish={wish}\ninstalled=1.0\noffered=1.1\n")
        (door.folder / "told.part").rename(told)

    def wished(words):
        end = time.monotonic() + 60
        while not wish.exists() or wish.read_text() != words:
            assert time.monotonic() < end, f"no wish '{words}' in:\n{run.log.read_text()}"
            time.sleep(0.05)
        wish.unlink()

    tell("idle")
    with Kiosk(door, database, [], "--config", str(conf)) as run:
        run.sees("ready shown")
        run.unlock()
        run.seen_after("staff update shown", "key Tab", f"key Tab {SHIFT}", f"key Tab {SHIFT}", "key Return")
        run.do("key Tab", f"key Tab {SHIFT}", "key Return")  # the last that can be chosen: to look for one
        wished("look\n")
        drawn = frames_drawn(run)
        tell("found")
        end = time.monotonic() + 60
        while frames_drawn(run) == drawn:
            assert time.monotonic() < end, "what was found is never shown"
            time.sleep(0.05)
        time.sleep(1)  # it was that
        run.do(f"key Tab {SHIFT}", "key Tab", "key Tab", "key Return")  # and now the one beside it
        wished("install 1.1\n")


def test_without_a_command_only_the_program_ends(door, database):
    with Kiosk(door, database, []) as run:
        run.sees("ready shown")
        run.unlock()
        run.seen_after("staff shut down shown", "key Tab", f"key Tab {SHIFT}", "key Return")
        run.do("key Tab", f"key Tab {SHIFT}", "key Return")
        assert run.ends() == 0 and "shutting down command" not in run.log.read_text()


def test_the_ready_check_recounts_the_log(door, database):
    with Kiosk(door, database, door.tickets[:1]) as run:  # a second one would be greeted over the team's pages
        run.sees("welcome shown")
        time.sleep(1)
        assert "is what its log says" not in run.log.read_text(), "nobody asked"
        run.unlock()
        run.seen_after("staff check shown", "key Tab", f"key Tab {SHIFT}", f"key Tab {SHIFT}", "key Return")
        run.sees("the database is what its log says records=")


def stripes_png(path, width=640, height=480):
    """A wall without a code."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes(60 + (x // 40 * 37 + y // 30 * 53) % 160 for x in range(width)) for y in range(height))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def test_sponsors_are_shown_until_a_guest_comes(door, database):
    sponsors, wall = door.folder / "sponsors", door.folder / "wall.png"
    sponsors.mkdir()
    stripes_png(sponsors / "1.png")
    (sponsors / "2.png").write_text("no picture")
    stripes_png(wall)
    with Kiosk(door, database, [wall], "--attract", str(sponsors)) as run:
        run.sees("ready shown")
        run.sees("attract shown", 120)
        run.add(door.tickets[0])
        run.sees("welcome shown", 60)


def setting(database, key):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        row = connection.execute("select value from setting where key = ?", (key,)).fetchone()
    return row[0] if row else None


def test_what_staff_chose_holds_until_another_event(door, database):
    with Kiosk(door, database, []) as run:
        run.sees("ready shown")
    assert setting(database, "event") == "1"
    with sqlite3.connect(database) as connection:
        connection.executemany("insert or replace into setting (key, value) values (?, ?)",
                               [("volume", "20"), ("large_text", "1"), ("brightness", "dark")])
    with Kiosk(door, database, [], "--language", "en") as run:
        text = run.sees("ready shown")
        assert "as staff chose large_text=1" in text and "passed over brightness=dark" in text, text
        assert "volume=20" not in text, "the command line says another one"
    check = subprocess.run([*door.command(database, door.show("pictures", []), "--check")], capture_output=True, text=True)
    assert "chosen       on the kiosk's screen, over the configuration:" in check.stdout and "large text yes" in check.stdout, check.stdout
    door.einlass("event", "create", "--number", "2", "--name", "Zweite", "--kind", "studitour", "--starts", "2026-01-01T08:00",
                 "--ends", "2030-12-31T23:00", "--pin", "2468")
    door.einlass("event", "export", "--event", "2", "--out", door.folder / "second")
    second = next((door.folder / "second").glob("*.event.json"))
    with sqlite3.connect(database) as connection:
        connection.execute("insert or replace into setting (key, value) values ('list', '7')")
    with Kiosk(door, database, [], "--event", str(second)) as run:
        text = run.sees("ready shown")
        assert "list=7" not in text and "as staff chose large_text=1" in text, text
    assert setting(database, "event") == "2" and setting(database, "list") == ""


run_tests(globals(), PEOPLE)
