#!/usr/bin/env python3
"""How long after somebody is let in at one gate the others know: real programs over TLS on loopback, one admission after
another, from its record's own time to its line in the other kiosk's database (looked at every 2 ms).
usage: propagation.py FOLDER_OF_PROGRAMS ADMISSIONS [--csv FILE]"""
import json
import sqlite3
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "flow"))
from door import Door  # noqa: E402
from office import Office, paired, until, welcome  # noqa: E402


def delays(door, count, others):
    """Milliseconds per admission and other kiosk."""
    found = []
    with ExitStack() as stack:
        office = stack.enter_context(Office(door, records=door.folder / "records"))
        office.publish()
        gates = [stack.enter_context(paired(door, office, door.folder / name)) for name in ("Nord", *others)]
        known = [stack.enter_context(sqlite3.connect(f"file:{gate.database}?mode=ro", uri=True)) for gate in gates[1:]]
        for number in range(count):
            welcome(gates[0], door.tickets[number])
            entry = [record for record in gates[0].lines() if record["kind"] == "entry"][-1]
            waiting = set(range(len(known)))
            while waiting:
                for at in list(waiting):
                    if any(json.loads(line).get("ticket") == entry["ticket"] for line, in known[at].execute("select line from foreign_line")):
                        found.append(time.time() * 1000 - entry["unix_ms"])
                        waiting.discard(at)
                time.sleep(0.002)
    return sorted(found)


def main():
    count = int(sys.argv[2])
    door = Door(sys.argv[1], count)
    try:
        found = delays(door, count, ("Sued", "Ost"))
    finally:
        door.close()
    middle, late = found[len(found) // 2], found[min(len(found) - 1, len(found) * 99 // 100)]
    print(f"propagation: {count} admissions, 2 other kiosks: median {middle:.0f} ms, p99 {late:.0f} ms, most {found[-1]:.0f} ms")
    if "--csv" in sys.argv:
        with open(sys.argv[sys.argv.index("--csv") + 1], "a", encoding="utf-8") as csv:
            csv.write(f"propagation,two other kiosks,p99_ms,{late:.1f},1000,{late / 1000:.4f}\n")


main()
