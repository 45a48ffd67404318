#!/usr/bin/env python3
"""Entry or exit by the time of day (exit_from, exit_until), with a wall clock moved by hand (tests/fakes/clock_standin.c).
usage: direction_test.py FOLDER_OF_PROGRAMS CLOCK_STANDIN"""
import datetime
import json
import sqlite3
import sys
from zoneinfo import ZoneInfo

from door import Run, run_tests
from office import until

PEOPLE = 2
STANDIN = sys.argv.pop(2)
HOUR = 3600


class Evening:
    """An event with a list that counts who is inside, and a configuration that says exits from in two hours on."""

    def __init__(self, door):
        door.einlass("event", "create", "--number", "3", "--name", "Abend", "--kind", "netzwerktreffen", "--starts", "2026-01-01T08:00",
                     "--ends", "2030-12-31T23:00", "--list", "Saal; mode=in_out", check=False)
        (door.folder / "guests.csv").write_text("Name\nLena Gast\nJonas Gast\n", encoding="utf-8")
        door.einlass("roster", "import", door.folder / "guests.csv", "--event", "3", check=False)
        door.einlass("ticket", "issue", "--event", "3", "--format", "png", "--out", door.folder / "evening", check=False)
        door.einlass("event", "export", "--event", "3", "--out", door.folder / "saal")
        self.event = next((door.folder / "saal").glob("*.event.json"))
        self.tickets = sorted((door.folder / "evening").glob("*.png"))[:2]
        self.now = datetime.datetime.now(ZoneInfo("Europe/Berlin"))
        self.clock = door.folder / "clock"
        self.config = door.folder / "evening.conf"
        self.config.write_text(f"[kiosk]\ndirection = entry\nexit_from = {self.in_hours(2)}\nexit_until = {self.in_hours(4)}\n")

    def in_hours(self, hours):
        return f"{self.now + datetime.timedelta(hours=hours):%H:%M}"

    def move(self, seconds):
        """Whole, as it is read at any time."""
        new = self.clock.with_suffix(".new")
        new.write_text(str(seconds))
        new.rename(self.clock)

    def run(self, door, database, tickets):
        return Run(door, database, tickets, "--config", str(self.config), "--event", str(self.event),
                   prefix=("env", f"LD_PRELOAD={STANDIN}", f"CLOCK_STANDIN={self.clock}"))


def kinds(database):
    """What each ticket was for first. On a busy machine one that stays in view may be looked at anew."""
    first = {}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60) as connection:
        for line, in connection.execute("select line from log order by seq"):
            record = json.loads(line)
            if record["kind"] in ("entry", "exit"):
                first.setdefault(record["ticket"], record["kind"])
    return list(first.values())


def test_it_switches_when_the_time_is_crossed(door, database):
    evening = Evening(door)
    evening.move(0)
    with evening.run(door, database, evening.tickets[:1]) as run:
        run.sees("welcome shown")
        assert kinds(database) == ["entry"]
        evening.move(2 * HOUR + 120)
        run.sees("serving by the clock direction=exit")
        run.add(evening.tickets[1])
        until(lambda: len(kinds(database)) == 2, "the second ticket is read")
        assert kinds(database) == ["entry", "exit"], run.log.read_text()
        evening.move(4 * HOUR + 120)
        run.sees("serving by the clock direction=entry")


def test_a_start_goes_by_the_time_whatever_was_remembered(door, database):
    evening = Evening(door)
    evening.move(3 * HOUR)
    with evening.run(door, database, evening.tickets[:1]) as run:
        run.sees(" shown seq=")
        assert kinds(database) == ["exit"]
    with sqlite3.connect(database) as connection:  # staff changed the list then, and the direction was remembered with it
        connection.execute("insert or replace into setting (key, value) values ('direction', 'exit')")
    evening.move(20 * HOUR)
    with evening.run(door, database, evening.tickets[1:]) as run:
        run.sees("welcome shown")
        assert kinds(database) == ["exit", "entry"]


def test_a_clock_that_is_not_trusted_switches_nothing(door, database):
    evening = Evening(door)
    evening.config.write_text(f"[kiosk]\ndirection = entry\nexit_from = {evening.in_hours(-1)}\nexit_until = {evening.in_hours(2)}\n")
    evening.move("lost")
    with evening.run(door, database, evening.tickets[:1]) as run:
        text = run.sees("welcome shown")
        assert "the clock isn't trusted: exit_from switches nothing until it is" in text, text
        assert kinds(database) == ["entry"]
        evening.move(0)  # a network, at last
        run.sees("serving by the clock direction=exit")


run_tests(globals(), PEOPLE)
