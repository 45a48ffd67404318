#!/usr/bin/env python3
"""kiosk/hotspot: a password that is made once, and a new one that counts as soon as it can. NetworkManager is played.
usage: hotspot_test.py SOURCE_FOLDER"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HOTSPOT = Path(sys.argv[1]) / "kiosk" / "hotspot"
# What it was asked is written down. It runs or not, the hotspot is up or not, and comes up or not.
NMCLI = """#!/bin/sh
echo "$@" >>"$EINLASS_ROOT/asked"
case $* in
*RUNNING*) echo "$RUNNING" ;;
*GENERAL.STATE*) [ -z "$STATE" ] || echo "$STATE" ;;
*"connection up"*) exit "$CODE" ;;
esac
"""


class Machine:
    def __init__(self, folder):
        self.root = Path(folder)
        for name in ("etc/NetworkManager/system-connections", "etc/einlass", "bin"):
            (self.root / name).mkdir(parents=True)
        nmcli = self.root / "bin/nmcli"
        nmcli.write_text(NMCLI)
        nmcli.chmod(0o755)
        self.profile = self.root / "etc/NetworkManager/system-connections/einlass-hotspot.nmconnection"
        self.note = self.root / "etc/einlass/hotspot"

    def run(self, *words, running="running", state="activated", comes_up=True, code=0):
        (self.root / "asked").write_text("")
        done = subprocess.run([HOTSPOT, *words], capture_output=True, text=True, timeout=60, check=False,
                              env=os.environ | {"EINLASS_ROOT": str(self.root), "PATH": f"{self.root}/bin:{os.environ['PATH']}",
                                                "RUNNING": running, "STATE": state, "CODE": "0" if comes_up else "4"})
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def asked(self):
        return (self.root / "asked").read_text()

    def password(self):
        said = re.search(r"^psk=([a-z2-9]{12})$", self.profile.read_text(), re.M)[1]
        assert f"passphrase={said}\n" in self.note.read_text(), "the staff page shows another one"
        return said

    def uuid(self):
        return re.search(r"^uuid=([0-9a-f-]{36})$", self.profile.read_text(), re.M)[1]


def test_it_is_made_once_and_for_root_only(machine):
    assert machine.run() == "" and machine.asked() == "", "at boot NetworkManager isn't there yet"
    assert machine.profile.stat().st_mode & 0o777 == 0o600 and machine.note.stat().st_mode & 0o777 == 0o640
    password = machine.password()
    machine.run()
    assert machine.password() == password


def test_a_new_password_counts_at_once_where_the_hotspot_is_up(machine):
    machine.run()
    password, uuid = machine.password(), machine.uuid()
    assert "counts now" in machine.run("--new")
    assert machine.password() != password and machine.uuid() == uuid
    load, up = f"connection load {machine.profile}", "connection up id einlass-hotspot"
    assert load in machine.asked() and machine.asked().index(load) < machine.asked().index(up), machine.asked()


def test_elsewhere_it_is_said_when_it_counts(machine):
    assert "the next time" in machine.run("--new", state="")
    assert " up " not in machine.asked(), "a wifi that works would be left for it"
    assert "after a restart" in machine.run("--new", running="not running")
    assert "load" not in machine.asked()
    assert "restart this machine" in machine.run("--new", comes_up=False, code=1)


def test_a_machine_without_network_manager_is_told_so_too(machine):
    (machine.root / "bin/nmcli").write_text("#!/bin/sh\nexit 127\n")
    assert "after a restart" in machine.run("--new")


def test_without_its_folder_it_is_said_why(machine):
    machine.profile.parent.rmdir()
    assert "NetworkManager isn't installed" in machine.run(code=1)


for name, test in list(globals().items()):
    if name.startswith("test_"):
        with tempfile.TemporaryDirectory() as place:
            test(Machine(place))
        print("ok", name)
