#!/usr/bin/env python3
"""The camera on a booted arm64 system, against a kernel's driver (vivid): tickets are admitted by V4L2 and through
GStreamer, and every fault the driver can be told to have is lived through without a hand.
usage: camera_test.py FOLDER_OF_PROGRAMS CACHE PACKAGE.deb…   (programs of this machine, to make an event with)"""
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

from gate import FEED, VIVID, Door, hold, lay_out
from machine import Machine, overlay

HERE = Path(__file__).resolve().parent
KIOSK = ("systemd-run --quiet --collect --unit=seeing --setenv=SDL_VIDEODRIVER=dummy --setenv=SDL_AUDIODRIVER=dummy "
         "einlass-kiosk --config /etc/einlass/kiosk.conf --database /run/seeing.db --board-port 0 --result-seconds 0.5 ")
PIPELINE = "gstreamer:v4l2src device=/dev/video0 ! video/x-raw,format=YUY2"


class Gate:
    """The kiosk at the machine's camera, without its screen."""

    def __init__(self, machine, tickets):
        self.machine, self.tickets = machine, [ticket.stem for ticket in tickets]

    def open(self, *words):
        since = self.machine.mark()
        self.machine.do("systemctl stop seeing 2>/dev/null; " + KIOSK + " ".join(words))
        self.machine.sees("pictures arrive", after=since)
        return self

    def admits_next(self, after=None):
        """Holds up a ticket that nobody has shown yet."""
        after = self.machine.mark() if after is None else after
        hold(self.machine, self.tickets.pop(0))
        self.machine.sees("welcome shown", after=after)
        hold(self.machine, "nobody")

    def fault(self, *controls):
        since = self.machine.mark()
        self.machine.do("; ".join(f"v4l2-ctl -d /dev/video0 -c {control}" for control in controls))
        return since


def feed(machine):
    machine.do("systemctl stop holds 2>/dev/null; sleep 0.5; " + FEED)


def tells_the_controls(machine):
    text = machine.do("einlass-kiosk --config /etc/einlass/kiosk.conf --database /run/none.db --check 2>&1; true")
    assert "/dev/video0 (vivid)" in text, text
    told = [line.strip() for line in text.splitlines() if " now, " in line]
    assert any(line.startswith("gain: ") for line in told), text
    print("--check names the driver's controls:", "; ".join(told))


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
    print("a damaged picture, lost ones, a stream that breaks and does not start again at once: the next ticket was read")


def comes_back_after_unplugging(gate):
    machine = gate.machine
    since = gate.fault("disconnect=1")
    machine.sees("the camera went away", after=since)
    machine.sees("no camera shown", after=since)
    feed(machine)
    machine.sees("pictures arrive", after=since)
    gate.admits_next()
    print("unplugged: the screen said so; plugged in again: the next ticket was read")


def memory_kib(machine):
    return int(machine.do("grep VmRSS /proc/$(systemctl show -P MainPID seeing)/status | tr -dc 0-9"))


def main():
    programs, cache, packages = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    boot = SimpleNamespace(kernel=cache / "bookworm/kernel/vmlinuz", initrd=cache / "bookworm/initrd.gz", root="root=LABEL=einlass-root")
    door = Door(programs, 8)
    try:
        with tempfile.TemporaryDirectory(prefix="einlass-camera-", dir="/var/tmp") as folder:
            lay_out(door, Path(folder) / "over")
            disk = Path(folder) / "disk"
            subprocess.run([HERE / "disk", "--cache", cache, "--out", disk, "--with", Path(folder) / "over", *packages], check=True)
            with Machine(boot, overlay(disk, folder), VIVID + ["systemd.mask=einlass-kiosk.service"]) as machine:
                machine.do("true", seconds=180)
                feed(machine)
                gate = Gate(machine, door.tickets).open()
                gate.admits_next()
                plain_kib = memory_kib(machine)
                tells_the_controls(machine)
                lives_through_faults(gate)
                comes_back_after_unplugging(gate)
                gate.open("--camera", f"'{PIPELINE}'")
                gate.admits_next()
                print(f"through GStreamer: the next ticket was read; memory {memory_kib(machine)} KiB, {plain_kib} KiB by V4L2")
                comes_back_after_unplugging(gate)
    finally:
        door.close()


main()
