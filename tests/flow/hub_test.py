#!/usr/bin/env python3
"""Several kiosks without internet: one of them is the office of the others, and hands everything on later.
usage: hub_test.py FOLDER_OF_PROGRAMS [HAND_STANDIN.so] [TEST…]"""
import contextlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from door import run_tests
from office import Kiosk, Office, free_port, has_all_of, paired, refuse, until, welcome

PEOPLE = 8
STANDIN = sys.argv.pop(2) if sys.argv[2:] and sys.argv[2].endswith(".so") else None


class Hub:
    """A kiosk with hub = true, paired with the office, and its own hub."""

    def __init__(self, door, office, folder, prefix=()):
        self.door, self.port = door, free_port()
        self.kiosk = Kiosk(door, folder, "Nord", "--hub", "--hub-port", str(self.port), prefix=prefix)
        self.records = folder / "hub.db"
        with contextlib.ExitStack() as ends_if_it_fails:
            ends_if_it_fails.enter_context(self.kiosk)
            self.kiosk.sees("pairing shown")
            self.kiosk.pair(office.offer("Nord", "--hub", "--event", "1"))
            self.kiosk.sees("the hub is started")
            self.kiosk.show()
            until(self.is_joined, "the hub's kiosk belongs to its own hub")
            ends_if_it_fails.pop_all()

    def is_joined(self):
        path = self.kiosk.folder / "pairing.json"
        return path.exists() and f":{self.port}" in path.read_text()

    def offer(self, name, *options):
        """As somebody at the hub's keyboard makes it."""
        said = self.door.einlass("kiosk", "pair", name, "--database", self.records, "--event", "1").stdout
        text = next(line for line in said.splitlines() if line.startswith("EINLASS-PAIR/"))
        return re.sub(r"HTTPS://[0-9.]+:", "HTTPS://127.0.0.1:", text)  # the machine's own address may not be reached here

    def child(self):
        found = re.findall(r"the hub is started port=\d+ pid=(\d+)", self.kiosk.log.read_text())
        return int(found[-1])

    def __enter__(self):
        return self

    def __exit__(self, *arguments):
        self.kiosk.__exit__(*arguments)


def test_all_that_came_to_the_hub_reaches_the_office(door, database):
    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        with Hub(door, office, database.parent / "Nord") as hub, paired(door, hub, database.parent / "Sued") as south:
            welcome(south, door.tickets[0])
            until(lambda: hub.kiosk.foreign() >= 1, "the hub's kiosk has heard of it")
            refuse(hub.kiosk, door.tickets[0], "already shown")
            welcome(hub.kiosk, door.tickets[1])
            until(lambda: has_all_of(office, hub.kiosk, south), "the office has every record of both")
            hub.kiosk.tells("Sammelt für alle Kioske: Die anderen geben ihre Einträge hierher.")
            south.tells("Verbunden")


def test_without_the_office_the_field_goes_on_and_the_office_gets_all_later(door, database):
    office = Office(door, records=database.with_name("records")).start()
    try:
        office.publish()
        with Hub(door, office, database.parent / "Nord") as hub, paired(door, hub, database.parent / "Sued") as south:
            office.kill()
            welcome(south, door.tickets[0])
            until(lambda: hub.kiosk.foreign() >= 1, "the hub's kiosk has heard of it")
            refuse(hub.kiosk, door.tickets[0], "already shown")
            office.start()
            until(lambda: has_all_of(office, hub.kiosk, south), "the office has every record of both")
    finally:
        office.kill()


def test_a_hub_that_dies_is_started_again_and_the_kiosks_catch_up(door, database):
    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        with Hub(door, office, database.parent / "Nord") as hub, paired(door, hub, database.parent / "Sued") as south:
            before = hub.child()
            os.kill(before, signal.SIGKILL)
            welcome(south, door.tickets[0])  # nobody waits for it
            welcome(hub.kiosk, door.tickets[1])
            until(lambda: hub.child() != before, "the hub is started again")
            until(lambda: has_all_of(office, hub.kiosk, south), "the office has every record of both")
            until(lambda: south.foreign() >= 1 and hub.kiosk.foreign() >= 1, "both have heard of each other")


def test_a_hub_that_hangs_is_started_again(door, database):
    if not os.environ.get("EINLASS_LONG"):
        return "left out: it takes three minutes (EINLASS_LONG)"
    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        with Hub(door, office, database.parent / "Nord") as hub, paired(door, hub, database.parent / "Sued") as south:
            before = hub.child()
            os.kill(before, signal.SIGSTOP)
            welcome(south, door.tickets[0])
            hub.kiosk.sees("answers nobody any more", 400)
            until(lambda: hub.child() != before, "the hub is started again")
            until(lambda: has_all_of(office, hub.kiosk, south), "the office has every record of both", 200)


def test_a_laptop_may_be_the_hub(door, database):
    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        field, upstream = database.with_name("field.db"), database.with_name("upstream.json")
        subprocess.run([door.programs / "einlass", "hub", "join", office.offer("Laptop", "--hub"), "--database", field, "--upstream",
                        upstream], check=True, capture_output=True)
        with Office(door, "--hub", "--upstream", str(upstream), records=field) as hub:
            hub.says("published here event=1")
            with paired(door, hub, database.parent / "Sued") as south:
                welcome(south, door.tickets[0])
                until(lambda: has_all_of(office, south), "the office has every record")
                assert {log for log, _, _ in office.lines()} == {log for log, _, _ in hub.lines()}


def is_whole(png):
    return png.read_bytes().endswith(b"IEND\xaeB`\x82")


def test_its_staff_pair_another_kiosk_on_the_screen(door, database):
    if not STANDIN:
        return "skipped: no hand"
    hand = database.with_name("hand")
    hand.write_text("")
    prefix = ("env", f"LD_PRELOAD={STANDIN}", f"HAND_STANDIN={hand}")

    def do(page, *lines):
        """Touches and keys of a hand (tests/fakes/hand_standin.c), until a page is shown by them."""
        hub.kiosk.mark()
        with open(hand, "a") as to:
            to.writelines(line + "\n" for line in lines)
        hub.kiosk.sees(f"{page} shown")

    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        with Hub(door, office, database.parent / "Nord", prefix) as hub:
            do("pin", "key F1")
            do("staff menu", "text 2468", "key Return")
            do("staff sync", "touch 819 504")  # "Verbindung"
            do("staff hub", "touch 619 740")  # "Weiteren Kiosk koppeln"
            do("staff hub code", "key Return")  # the name that is offered is good
            shot = until(lambda: next(filter(is_whole, hub.kiosk.shots.glob("*staff-hub-code.png")), None), "a picture of the code")
            south = Kiosk(door, database.parent / "Sued", "Sued", "--office-address", f"https://127.0.0.1:{hub.port}")
            with south:
                south.sees("pairing shown")
                south.show(shot)
                south.sees("ready shown")
                south.show()
                hub.kiosk.sees("staff sync shown")  # which says that it has come
                said = door.einlass("kiosk", "list", "--database", hub.records, "--brief").stdout
                assert sorted(line.split(" ", 1)[1] for line in said.splitlines()) == ["Kiosk 2", "Nord"], said
                welcome(south, door.tickets[0])
                until(lambda: hub.kiosk.foreign() >= 1, "the hub's kiosk has heard of it")


def has_ended(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_the_hub_ends_with_its_kiosk(door, database):
    with Office(door, records=database.with_name("records")) as office:
        office.publish()
        with Hub(door, office, database.parent / "Nord") as hub:
            child = hub.child()
            hub.kiosk.process.kill()
            hub.kiosk.process.wait()
            until(lambda: has_ended(child), "the hub has ended")
            hub.kiosk.__enter__()  # and begins again with it
            until(lambda: hub.child() != child, "the hub is started again")


run_tests(globals(), PEOPLE)
