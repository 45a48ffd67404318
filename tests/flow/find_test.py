#!/usr/bin/env python3
"""An office or hub whose address has changed is found again by its key: real avahi-daemon in a network of its own.
usage: find_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from door import run_tests
from office import Office, free_port, has_all_of, paired, until, welcome

PEOPLE = 4
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth><policy context="default"><allow user="*"/><allow own="*"/>
<allow send_destination="*"/><allow send_type="signal"/><allow receive_type="method_call"/><allow receive_type="method_return"/>
<allow receive_type="error"/><allow receive_type="signal"/></policy></busconfig>
"""
AVAHI = """[server]
host-name=pruefung
allow-interfaces=lo
use-ipv6=no
enable-dbus=yes
[wide-area]
enable-wide-area=no
"""


def enter_network():
    """Begins this program once more in a network of its own; gives up in words where that isn't allowed."""
    if os.environ.get("EINLASS_NETWORK"):
        return
    for program in ("dbus-daemon", "avahi-daemon", "unshare"):
        if not shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin"):
            sys.exit(print(f"skipped: no {program}"))
    if subprocess.run(["unshare", "-n", "-m", "true"], capture_output=True).returncode != 0:
        sys.exit(print("skipped: no right to make a network of its own"))
    inside = "mount -t tmpfs tmpfs /run && ip link set lo up multicast on && exec \"$@\""
    os.environ["EINLASS_NETWORK"] = "own"
    os.execvp("unshare", ["unshare", "-n", "-m", "sh", "-c", inside, "sh", sys.executable, "-B", *sys.argv])


def is_listening(path):
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


class Network:
    """D-Bus and avahi-daemon, until the end of the with-block."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-bus-"))
        (self.folder / "bus.conf").write_text(BUS % self.folder)
        (self.folder / "avahi.conf").write_text(AVAHI)
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={self.folder}/bus"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        self.bus = subprocess.Popen([shutil.which("dbus-daemon", path=path), f"--config-file={self.folder}/bus.conf", "--nofork"], **quiet)
        until(lambda: is_listening(self.folder / "bus"), "D-Bus is there")
        self.avahi = subprocess.Popen([shutil.which("avahi-daemon", path=path), "-f", self.folder / "avahi.conf", "--no-drop-root",
                                       "--no-chroot", "--no-rlimits"], **quiet)
        until(lambda: is_listening("/run/avahi-daemon/socket"), "avahi-daemon is there")
        return self

    def __exit__(self, *_):
        for process in (self.avahi, self.bus):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def test_an_office_at_another_address_is_found_by_its_key(door, database):
    with Network():
        office = Office(door, records=database.with_name("records")).start()
        try:
            office.publish()
            with paired(door, office, database.parent / "Nord") as kiosk:
                welcome(kiosk, door.tickets[0])
                until(lambda: has_all_of(office, kiosk), "the office has every record")
                office.kill()
                welcome(kiosk, door.tickets[1])
                kiosk.mark()
                office.start(free_port())  # the router gave it another address
                kiosk.sees(f":{office.port}")  # by whichever of its addresses, IPv4 or IPv6, was heard first
                until(lambda: has_all_of(office, kiosk), "the office has every record")
        finally:
            office.kill()


def test_a_stranger_in_the_network_gets_nothing(door, database):
    with Network():
        office = Office(door, records=database.with_name("records")).start()
        try:
            office.publish()
            with paired(door, office, database.parent / "Nord") as kiosk:
                welcome(kiosk, door.tickets[0])
                until(lambda: has_all_of(office, kiosk), "the office has every record")
                office.kill()
                kiosk.mark()
                with Office(door, records=database.with_name("other")) as stranger:
                    kiosk.show(door.tickets[1])
                    kiosk.sees("welcome shown")
                    kiosk.sees(f":{stranger.port}")
                    time.sleep(2)  # it would have been taken for ours by now
                    assert stranger.lines() == []
                office.start()
                until(lambda: has_all_of(office, kiosk), "the office has every record")
        finally:
            office.kill()


enter_network()
run_tests(globals(), PEOPLE)
