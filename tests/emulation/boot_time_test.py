#!/usr/bin/env python3
"""From power to Ready, against the same root's way to its login prompt, without the kiosk; and, to compare, that of a root
without the packages. Time is the machine's own, counted by instructions (a thousand million a second), so that what else
runs here matters little. While it waits for its disk real time counts: made to jump over that (sleep=off), its clock ran
minutes ahead. So each is measured several times, by turns, and the least counts. Each has booted once before: the first
time keys, databases and the graphics driver's programs are made, which a kiosk does once in its life.
usage: boot_time_test.py DISK PLAIN_DISK [TIMES]"""
import contextlib
import sys

from machine import Machine, boot_of, overlay, scratch

MOST = 1.3
BY_INSTRUCTIONS = ["-icount", "shift=0,sleep=on"]


def login(machine):
    machine.sees("login:", 900, where="serial")
    line = machine.sees(r"^\[ *([0-9.]+)\] .*Started serial-getty@ttyAMA0", 60)
    return float(line[1])


def ready(machine):
    return float(machine.sees(r"^\[ *([0-9.]+)\] .*(ready|no camera) shown", 900)[1])


class Way:
    """One of those that are compared."""

    def __init__(self, name, disk, wait, folder, words=()):
        self.name, self.wait, self.took_s = name, wait, []
        self.machine = Machine(boot_of(), overlay(disk, folder), words, BY_INSTRUCTIONS)
        self.machine.accelerator = "tcg,thread=single"  # which counting wants

    def boot(self):
        self.machine.power()
        took_s = self.wait(self.machine)
        self.machine.do("sync; sleep 3; sync", 300)  # what was compiled is written a little later
        self.machine.cut()
        return took_s

    def measure(self):
        self.took_s.append(self.boot())

    @property
    def least_s(self):
        return min(self.took_s)


def main():
    disk, plain = sys.argv[1:3]
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with scratch() as folder, contextlib.ExitStack() as machines:
        for name in ("ready", "login", "plain"):
            (folder / name).mkdir()
        way = Way("Ready", disk, ready, folder / "ready")
        same = Way("login of the same root", disk, login, folder / "login", ["systemd.mask=einlass-kiosk.service"])
        bare = Way("login without the packages", plain, login, folder / "plain")
        ways = (way, same, bare)
        for one in ways:
            machines.push(one.machine)  # its end
            one.boot()
        for _ in range(times):
            for one in ways:
                one.measure()
    for one in ways:
        print(f"{one.name}: {one.least_s:.2f} s, the least of {', '.join(f'{took_s:.2f}' for took_s in one.took_s)}")
    print(f"Ready after {way.least_s / same.least_s:.2f} times the login of the same root (at most {MOST}), "
          f"{way.least_s / bare.least_s:.2f} times that without the packages")
    sys.exit(0 if way.least_s <= MOST * same.least_s else 1)


main()
