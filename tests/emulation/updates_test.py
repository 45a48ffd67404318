#!/usr/bin/env python3
"""New versions of the kiosk on a booted machine: real systemd, apt and dpkg. A good one stays, one that never gets ready
goes again by itself, and a power cut in the middle of either leaves a kiosk that works.
usage: updates_test.py --disk DISK PACKAGE.deb   makes the disk: einlass-kiosk for arm64, and sticks with newer ones made of it
       updates_test.py DISK [TEST…]"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import PATIENCE, Machine, boot_of, overlay, scratch
from sight import shows

SOURCE = Path(__file__).resolve().parent.parent.parent
STICK = "/media/einlass-test/einlass-update"
STATE = "/run/einlass-update/state"
# Nine minutes of patience are for a door, not for a test.
HASTE = "mkdir -p /etc/systemd/system/einlass-trial.service.d; printf '[Service]\\nEnvironment=EINLASS_PATIENCE_S=%d " \
    "EINLASS_STEADY_S=8\\n' >/etc/systemd/system/einlass-trial.service.d/test.conf; systemctl daemon-reload" % (40 * PATIENCE)


def version_of(package):
    return subprocess.run(["dpkg-deb", "-f", package, "Version"], check=True, capture_output=True, text=True).stdout.strip()


def newer(package, number, folder, is_good=True):
    """The same package as a later version; or one whose program ends at once."""
    out, place = folder / f"einlass-kiosk_{number}_arm64.deb", folder / f"package-{number}"
    subprocess.run(["dpkg-deb", "-R", package, place], check=True)
    control = place / "DEBIAN/control"
    control.write_text(control.read_text().replace(f"Version: {version_of(package)}\n", f"Version: {number}\n"))
    program = place / "usr/bin/einlass-kiosk"
    if not is_good:
        program.write_text("#!/bin/sh\necho 'this version is broken'\nexit 1\n")
        program.chmod(0o755)
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-b", place, out], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(place)
    return out


def sticks(package, folder):
    """A folder to be laid over the disk: two sticks that are not plugged in yet, and the key."""
    files = folder / "files"
    for name, number, is_good in (("good", "9.1", True), ("bad", "9.2", False)):
        out = files / "srv" / name
        out.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([SOURCE / "packaging/build-repo", "--key", folder / "keys", out, newer(package, number, folder, is_good)],
                       check=True, stderr=subprocess.DEVNULL)
    return files


def make_disk(disk, package):
    with tempfile.TemporaryDirectory(prefix="einlass-updates-", dir="/var/tmp") as folder:
        over = sticks(package.resolve(), Path(folder))
        subprocess.run([SOURCE / "tests/emulation/disk", "--out", disk, "--with", over, package], check=True)


# ---- the machine ----

def runs(machine):
    return machine.do("dpkg-query -W -f '${Version} ${db:Status-Status}' einlass-kiosk").strip()


def told(machine, phase, seconds=180):
    """Waits until the updater tells that; returns all it says."""
    end = time.monotonic() + seconds * PATIENCE
    while f"phase={phase}\n" not in (state := machine.do(f"cat {STATE} 2>/dev/null", check=False)):
        assert time.monotonic() < end, f"not '{phase}' but:\n{state}\n{machine.journal()[-3000:]}"
        time.sleep(1)
    return state


def is_ready(machine, seconds=240):
    machine.sees(r"Started einlass-kiosk.service|Started .*the screen at the door", seconds)
    assert machine.do("systemctl is-active einlass-kiosk", check=False).strip() == "active"


def plug_in(machine, name):
    machine.do(f"rm -rf {STICK}; mkdir -p $(dirname {STICK}); cp -r /srv/{name} {STICK}")


def wish(machine, words):
    """As the kiosk leaves it (update_file.c)."""
    machine.do(f"runuser -u einlass -- sh -c 'echo {words} >/run/einlass/update.new && mv /run/einlass/update.new /run/einlass/update'")


def begin(machine):
    is_ready(machine)
    machine.do(HASTE)
    machine.do("/usr/libexec/einlass/einlass-update trust /srv/good/einlass.gpg")


def test_update__a_good_version_stays(machine):
    begin(machine)
    before = runs(machine)
    key = machine.do("cat /var/lib/einlass/device.key | sha256sum", check=False)
    plug_in(machine, "good")
    wish(machine, "look")
    assert "offered=9.1\n" in told(machine, "found")
    assert runs(machine) == before, "nobody asked for it"
    since = time.monotonic()
    wish(machine, "install 9.1")
    told(machine, "done", 400)
    print(f"    from the wish to a proven new version: {time.monotonic() - since:.0f} s", flush=True)
    assert runs(machine) == "9.1 installed"
    assert machine.do("systemctl is-active einlass-kiosk").strip() == "active"
    assert machine.do("cat /var/lib/einlass/device.key | sha256sum", check=False) == key, "it is another kiosk now"
    assert not machine.do("systemctl --failed --no-legend --plain").strip()
    shows(machine, "update-good", "Mit dem Büro koppeln", seconds=120)


def test_update__one_that_is_never_ready_goes_by_itself(machine):
    begin(machine)
    before = runs(machine)
    plug_in(machine, "bad")
    wish(machine, "look")
    told(machine, "found")
    since = time.monotonic()
    wish(machine, "install 9.2")
    state = told(machine, "back", 600)
    print(f"    from the wish to the version before: {time.monotonic() - since:.0f} s", flush=True)
    assert "why=not-ready\n" in state and runs(machine) == before, runs(machine)
    shows(machine, "update-back", "Mit dem Büro koppeln", seconds=120)
    assert machine.do("systemctl is-active einlass-kiosk").strip() == "active"


def test_update__a_cut_in_the_middle_leaves_a_kiosk_that_works(machine):
    begin(machine)
    plug_in(machine, "good")
    wish(machine, "look")
    told(machine, "found")
    wish(machine, "install 9.1")
    machine.do("until pgrep -x dpkg >/dev/null && grep -q step=install /var/lib/einlass-update/trial; do sleep 0.5; done", 600)
    time.sleep(float(os.environ.get("EINLASS_CUT_AFTER_S", "1")))  # dpkg is at it
    machine.cut()
    machine.power()
    told(machine, "done", 600)
    assert runs(machine) == "9.1 installed"
    shows(machine, "update-cut", "Mit dem Büro koppeln", seconds=120)
    assert machine.do("systemctl is-active einlass-kiosk").strip() == "active"


def main():
    if sys.argv[1] == "--disk":
        make_disk(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    tests = [value for name, value in globals().items() if name.startswith("test_") and name in (sys.argv[2:] or globals())]
    failed = 0
    for test in tests:
        begin = time.monotonic()
        try:
            with scratch() as place, Machine(boot_of(), overlay(sys.argv[1], place)) as machine:
                outcome = test(machine) or "ok"
        except Exception as error:  # the next one has a machine of its own
            failed += 1
            outcome = f"FAILED: {error}"
        print(f"{test.__name__}: {outcome} ({time.monotonic() - begin:.0f} s)", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
