#!/usr/bin/env python3
"""Words on the Ready screen that say why nothing is read, on the whole program: each while its cause is there, gone when
a ticket is read, and never for people who only walk by.
usage: hint_test.py FOLDER_OF_PROGRAMS PROGRAM_THAT_MAKES_PICTURES [TEST…]"""
import re
import subprocess
import sys
import time

from door import Run, frames_drawn, frames_told, run_tests
from office import until

PEOPLE = 2
MAKER = sys.argv.pop(2)
SLOWLY = ["--frames-per-second", "15", "--log-level", "debug"]


def pictures_of(door):
    folder = door.folder / "seen"
    if not folder.exists():
        folder.mkdir()
        subprocess.run([MAKER, str(folder)], check=True)
    return folder


def hints_of(run):
    return re.findall(r"hint=(\w+)", run.log.read_text())


def hint_comes_and_goes(door, database, picture, word):
    shots = door.folder / f"shots-{word}"
    with Run(door, database, [pictures_of(door) / f"{picture}.png"], *SLOWLY, "--screenshots", str(shots)) as run:
        run.sees(f"hint={word}")
        until(lambda: list(shots.glob(f"*-ready-{word}.png")), "the words are on the screen")
        for link in run.pictures.iterdir():
            link.unlink()
        run.add(door.tickets[0])
        said = run.sees("welcome shown")
        assert said.count("welcome shown") == 1
        until(lambda: hints_of(run)[-1] == "none", "the words are gone")
        assert set(hints_of(run)) == {word, "none"}, hints_of(run)  # more than two, if the machine didn't look for a second


def test_a_ticket_too_far_away_is_to_come_nearer(door, database):
    hint_comes_and_goes(door, database, "far", "nearer")


def test_a_ticket_too_near_is_to_go_farther_away(door, database):
    hint_comes_and_goes(door, database, "near", "farther")


def test_a_display_too_dark_is_to_be_brighter(door, database):
    hint_comes_and_goes(door, database, "dark", "brighter")


def test_a_hint_that_stands_costs_no_frame_and_goes_unheeded(door, database):
    """Drawn once, and gone after a while: a poster must not nag."""
    with Run(door, database, [pictures_of(door) / "far.png"], *SLOWLY) as run:
        run.sees("hint=nearer")
        end = time.monotonic() + 60
        while hints_of(run)[-1] != "none":
            assert time.monotonic() < end, "it stays, unheeded"
            frames_drawn(run)
            time.sleep(0.1)
        drawn = frames_told(run)[1]
        assert drawn and drawn[-1] <= drawn[0] + 1, drawn


def test_rooms_without_a_ticket_bring_up_no_hint(door, database):
    rooms = sorted(pictures_of(door).glob("room-*.png"))
    assert len(rooms) > 8
    with Run(door, database, rooms, *SLOWLY, "--frames-per-picture", "15") as run:
        run.sees("ready shown")
        time.sleep(len(rooms))
        assert "hint=" not in run.log.read_text()


run_tests(globals(), PEOPLE)
