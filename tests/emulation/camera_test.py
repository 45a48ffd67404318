#!/usr/bin/env python3
"""The camera against a kernel's driver (vivid) on a booted machine: tickets are admitted by V4L2 and through GStreamer,
and every fault the driver can be told to have is lived through without a hand. The kiosk runs here without its screen.
usage: camera_test.py DISK DOOR     (what tests/emulation/run makes)"""
import sys

from gate import FEED, hold
from machine import Machine, boot_of, overlay, scratch

KIOSK = ("systemctl stop seeing 2>/dev/null; systemd-run --quiet --collect --unit=seeing --setenv=SDL_VIDEODRIVER=dummy "
         "--setenv=SDL_AUDIODRIVER=dummy einlass-kiosk --database /run/seeing.db --board-port 0 --result-seconds 0.5 ")
SMALL, LARGE = "/etc/einlass/kiosk.conf", "/run/large.conf"  # the camera's pictures: 640x480 is enough for tickets this close
MOST_RSS_KIB = 64 * 1024
PIPELINE = "gstreamer:v4l2src device=/dev/video0 ! video/x-raw,format=GRAY8"  # as what is held up (gate.FEED)
SESSION = ("einlass-kiosk.service", "einlass-kiosk-cage.service")  # would take the camera


class Gate:
    def __init__(self, machine, tickets):
        self.machine, self.tickets = machine, list(tickets)

    def open(self, words="", settings=SMALL):
        since = self.machine.mark()
        self.machine.do(f"{KIOSK} --config {settings} {words}")
        self.machine.sees("pictures arrive", 120, after=since)

    def admits_next(self):
        """Holds up a ticket that nobody has shown yet."""
        since = self.machine.mark()
        hold(self.machine, self.tickets.pop(0))
        self.machine.sees("welcome shown", 120, after=since)
        hold(self.machine, "nobody")

    def fault(self, *controls):
        since = self.machine.mark()
        self.machine.do("; ".join(f"v4l2-ctl -d /dev/video0 -c {control}" for control in controls))
        return since

    def memory_parts(self):
        return self.machine.do("grep -E 'Rss|VmHWM|Threads' /proc/$(systemctl show -P MainPID seeing)/status")

    def memory_kib(self):
        return int(self.machine.do("grep VmRSS /proc/$(systemctl show -P MainPID seeing)/status | tr -dc 0-9"))


def needs_little_memory(gate):
    """All of it, with pictures and screen of 1280x720, but without the driver of a graphics chip: each machine has another."""
    gate.machine.do(f"sed 's/^width = 640/width = 1280/; s/^height = 480/height = 720/' {SMALL} >{LARGE}; chmod 644 {LARGE}")
    gate.open(settings=LARGE)
    assert "size=1280x720" in gate.machine.do("journalctl -b -o cat | grep 'pictures arrive' | tail -n 1")
    gate.machine.do("sleep 20")
    print(f"memory at 1280x720: {gate.memory_kib()} KiB of at most {MOST_RSS_KIB}\n{gate.memory_parts()}", flush=True)
    assert gate.memory_kib() <= MOST_RSS_KIB


def tells_the_controls(gate):
    text = gate.machine.do("einlass-kiosk --config /etc/einlass/kiosk.conf --database /run/none.db --check 2>&1", check=False)
    assert "/dev/video0 (vivid)" in text, text
    told = [line.strip() for line in text.splitlines() if " now, " in line]
    assert any(line.startswith("gain: ") for line in told), text
    print("--check names the driver's controls:", "; ".join(told), flush=True)


def lives_through_faults(gate):
    machine = gate.machine
    since = gate.fault("inject_v4l2_buf_flag_error=1")
    machine.sees("damaged pictures", after=since)
    gate.admits_next()
    gate.fault("percentage_of_dropped_buffers=60")
    gate.admits_next()
    gate.fault("percentage_of_dropped_buffers=0")
    since = gate.fault("inject_vidioc_streamon_error=1", "inject_fatal_streaming_error=1")
    machine.sees("the camera went away", after=since)
    machine.sees("pictures arrive", after=since)
    gate.admits_next()
    print("a damaged picture, lost ones, a stream that breaks and does not start again at once: the next ticket was read", flush=True)


def comes_back_after_unplugging(gate):
    machine = gate.machine
    since = gate.fault("disconnect=1")
    machine.sees("the camera went away", after=since)
    machine.sees("no camera shown", after=since)
    machine.do("systemctl stop holds 2>/dev/null; sleep 1; " + FEED)  # the driver is there again when nobody has it open
    machine.sees("pictures arrive", after=since)
    gate.admits_next()
    print("unplugged: the screen said so; plugged in again: the next ticket was read", flush=True)


def main():
    disk, door = sys.argv[1:]
    gate_words = [f"systemd.mask={unit}" for unit in SESSION]
    with scratch() as folder, Machine(boot_of(), overlay(disk, folder), gate_words) as machine:
        machine.do(FEED, seconds=400)
        gate = Gate(machine, open(door, encoding="utf-8").read().split())
        gate.open()
        gate.admits_next()
        plain_kib = gate.memory_kib()
        tells_the_controls(gate)
        lives_through_faults(gate)
        comes_back_after_unplugging(gate)
        needs_little_memory(gate)
        gate.open(f"--camera '{PIPELINE}'")
        gate.admits_next()
        print(f"through GStreamer: the next ticket was read; memory {gate.memory_kib()} KiB, by V4L2 {plain_kib} KiB", flush=True)
        comes_back_after_unplugging(gate)


if __name__ == "__main__":
    main()
