#!/usr/bin/env python3
"""How long a kiosk takes to begin: from the start of its process until the first ticket before its camera was read,
decided, on disk and on the screen; and until Ready was shown. One start after another, on a database that fills.
usage: start.py FOLDER_OF_PROGRAMS STARTS [--csv FILE]"""
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "flow"))
from door import Door, environment, stop  # noqa: E402

PEOPLE, MOST_S = 300, 60


def one_start(door, database, ticket):
    """Milliseconds until Ready, and until the welcome."""
    command = door.command(database, door.show("pictures", [ticket]))
    begun = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment())
    ready = None
    try:
        for line in process.stderr:
            passed = (time.monotonic() - begun) * 1000
            assert passed < MOST_S * 1000, "no welcome"
            if "ready shown" in line and ready is None:
                ready = passed
            if "welcome shown" in line:
                return ready, passed
        raise AssertionError("it ended before it welcomed anybody")
    finally:
        stop(process)
        process.stderr.close()


def main():
    count = int(sys.argv[2])
    door = Door(sys.argv[1], PEOPLE)
    database = door.folder / "kiosk.db"
    try:
        one_start(door, database, door.tickets[0])  # the event is installed only once
        found = [one_start(door, database, ticket) for ticket in door.tickets[1:count + 1]]
    finally:
        door.close()
    ready, welcome = (sorted(times) for times in zip(*found))
    middle, late = welcome[count // 2], welcome[min(count - 1, count * 95 // 100)]
    print(f"start: {count} starts: Ready after {ready[count // 2]:.0f} ms, the first ticket welcomed after {middle:.0f} ms, "
          f"p95 {late:.0f} ms, most {welcome[-1]:.0f} ms")
    if "--csv" in sys.argv:
        with open(sys.argv[sys.argv.index("--csv") + 1], "a", encoding="utf-8") as csv:
            csv.write(f"start,first ticket,p95_ms,{late:.1f},1500,{late / 1500:.4f}\n")


main()
