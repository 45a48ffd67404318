#!/usr/bin/env python3
"""From power to Ready, against the same root's way to its login prompt without the packages. Time is the machine's own,
counted by instructions (a thousand million a second), so that what else runs here matters little. While it waits for its
disk real time counts: made to jump over that (sleep=off), its clock ran minutes ahead. Both have booted once before:
the first time keys, databases and the graphics driver's programs are made, which a kiosk does once in its life.
usage: boot_time_test.py DISK PLAIN_DISK"""
import sys

from machine import Machine, boot_of, overlay, scratch

MOST = 1.3
BY_INSTRUCTIONS = ["-icount", "shift=0,sleep=on"]


def guest_seconds(disk, wait):
    """The second of the machine's own clock at which `wait` is satisfied."""
    with scratch() as folder:
        machine = Machine(boot_of(), overlay(disk, folder), qemu_words=BY_INSTRUCTIONS)
        machine.accelerator = "tcg,thread=single"  # which counting wants
        with machine:
            wait(machine)
            machine.do("sync")
            machine.cut()
            machine.power()
            return wait(machine)


def login(machine):
    machine.sees("login:", 900, where="serial")
    line = machine.sees(r"^\[ *([0-9.]+)\] .*Started serial-getty@ttyAMA0", 60)
    return float(line[1])


def ready(machine):
    return float(machine.sees(r"^\[ *([0-9.]+)\] .*(ready|no camera) shown", 900)[1])


def main():
    disk, plain = sys.argv[1:3]
    to_login = guest_seconds(plain, login)
    to_ready = guest_seconds(disk, ready)
    print(f"login after {to_login:.1f} s, Ready after {to_ready:.1f} s: {to_ready / to_login:.2f} times (at most {MOST})")
    sys.exit(0 if to_ready <= MOST * to_login else 1)


main()
