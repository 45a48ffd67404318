#!/usr/bin/env python3
"""The plug is pulled while tickets are being read, again and again, on one disk: each time the machine comes back to
Ready by itself, every welcome that was shown has its record, nobody is in twice, and the log verifies.
usage: power_cut_test.py DISK DOOR [CUTS]"""
import json
import random
import sys
import time

from gate import FEED, greens, hold
from machine import Machine, boot_of, overlay, scratch

DATABASE = "/var/lib/einlass/kiosk.db"
AT_A_TIME = 4
# A small screen, and without what has nothing to do with records: twenty boots take long enough.
LIGHT = [f"systemd.mask={name}.service" for name in ("NetworkManager", "avahi-daemon", "systemd-timesyncd", "wpa_supplicant")]
SCREEN = "800x480"


def check(machine, shown):
    """What was found after a cut, before anything new is read; the number of entries."""
    sound, *rows = machine.do(f"sqlite3 -readonly -separator ' ' {DATABASE} 'pragma integrity_check' 'select seq, line from log order by seq'",
                              120).splitlines()
    assert sound == "ok", f"the database is damaged: {sound}"
    by_ticket = {}
    for row in rows:
        seq, line = row.split(" ", 1)
        record = json.loads(line)
        if record["kind"] == "entry":
            by_ticket.setdefault(record["ticket"], []).append(int(seq))
    lost = shown - {seq for seqs in by_ticket.values() for seq in seqs}
    assert not lost, f"greens without a record: {sorted(lost)}"
    twice = {ticket: seqs for ticket, seqs in by_ticket.items() if len(seqs) > 1}
    assert not twice, f"admitted twice: {twice}"
    return len(by_ticket)


def one_life(machine, tickets, delay_s):
    """Lets people in until the cut; the greens that were shown."""
    machine.do(FEED)
    since = machine.mark()
    hold(machine, *tickets)
    machine.sees(r"welcome shown seq=\d+", 120, after=since)
    time.sleep(delay_s)
    machine.cut()
    return set(greens(machine.journal()))


def main():
    disk, door = sys.argv[1:3]
    cuts = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    dice = random.Random(20261123)
    tickets = open(door, encoding="utf-8").read().split()
    shown, found, boots = set(), 0, []
    with scratch() as folder, Machine(boot_of(), overlay(disk, folder), LIGHT, size=SCREEN) as machine:
        for cut in range(cuts):
            machine.sees(r"(ready|no camera) shown", 400)
            boots.append(time.monotonic() - machine.since)
            found = check(machine, shown) if cut else 0
            first = cut * AT_A_TIME % len(tickets)
            green = one_life(machine, tickets[first:first + AT_A_TIME], dice.uniform(0, 4))
            shown |= green
            print(f"cut {cut + 1}: {len(green)} greens in this life, {found} entries found, back after {boots[-1]:.0f} s", flush=True)
            machine.power()
        machine.sees(r"(ready|no camera) shown", 400)
        found = check(machine, shown)
        print(machine.do(f"runuser -u einlass -- einlass log verify {DATABASE}", 120).strip())
    assert len(shown) >= cuts, f"only {len(shown)} greens in {cuts} lives: the test looked at nothing"
    print(f"{cuts} power cuts: {len(shown)} greens shown, {found} entries found, none lost, none double, {cuts} times back at Ready")


main()
