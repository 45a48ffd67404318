#!/usr/bin/env python3
"""SIGKILL at random instants while tickets stream in: every green that was shown has its record, no record is
double, the log verifies, and the kiosk starts again on what is left.
usage: kill_test.py FOLDER_OF_PROGRAMS [KILLS]"""
import random
import subprocess
import sys
import time

from door import Door, entries, environment, greens, how_many, wait_for

PER_RUN, RUNS_PER_DATABASE = 12, 25


def one_life(door, database, pictures, since, delay_s):
    """Starts the kiosk, kills it `delay_s` after it has logged `since`, returns the greens it had shown."""
    log = door.folder / "kiosk.log"
    with open(log, "w") as stderr:
        process = subprocess.Popen(door.command(database, pictures, "--pictures-once"), stderr=stderr, env=environment())
        try:
            wait_for(log, since, 60)
            time.sleep(delay_s)
        finally:
            process.kill()
            process.wait()
    return greens(log.read_text())


def check(door, database, shown):
    verified = door.verify(database)
    assert verified.returncode == 0, f"einlass log verify: {verified.stdout}{verified.stderr}"
    by_ticket = entries(database)
    recorded = {seq for seqs in by_ticket.values() for seq in seqs}
    assert shown <= recorded, f"greens without a record: {sorted(shown - recorded)}"
    twice = {ticket: seqs for ticket, seqs in by_ticket.items() if len(seqs) > 1}
    assert not twice, f"admitted twice: {twice}"
    return len(recorded)


def main():
    kills = how_many(200)
    dice = random.Random(20261122)
    door = Door(sys.argv[1], PER_RUN * RUNS_PER_DATABASE)
    total_shown = total_recorded = 0
    try:
        for life in range(kills):
            position = life % RUNS_PER_DATABASE
            if position == 0:
                database, shown = door.folder / f"db{life}" / "kiosk.db", set()
                database.parent.mkdir()
            tickets = door.tickets[position * PER_RUN:(position + 1) * PER_RUN]
            since = "welcome shown" if life % 2 else "ready shown" # half of them among greens, on any machine
            shown |= set(one_life(door, database, door.show("pictures", tickets), since, dice.uniform(0, 0.5)))
            recorded = check(door, database, shown)
            if position == RUNS_PER_DATABASE - 1 or life == kills - 1:
                total_shown += len(shown)
                total_recorded += recorded
        assert total_shown >= kills // 2, f"only {total_shown} greens in {kills} lives: the test looked at nothing"
        print(f"{kills} kills: {total_shown} greens shown, {total_recorded} entries recorded, none lost, none double")
    finally:
        door.close()


main()
