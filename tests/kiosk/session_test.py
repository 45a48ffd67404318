#!/usr/bin/env python3
"""The kiosk's units on a running systemd: it starts, is started again, asks for power off, and what its walls let through.
usage: session_test.py PROJECT_ROOT FOLDER_OF_PROGRAMS FOLDER_OF_TRANSLATIONS    (root; else it says so and is skipped)"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

project, programs, translations = (Path(word).resolve() for word in sys.argv[1:4])
sys.path.insert(0, str(project / "tests" / "flow"))
from door import Door # noqa: E402

HERE = project / "tests" / "kiosk"
PATIENCE_S = 900 # only a machine that hangs takes as long
FOR_IT = ("write its records", "write its wishes", "write a stick", "read its settings", "see its reader", "read the processor",
          "call the office", "hear of devices", "say a word", "give up privileges", "limit itself", "be a hub")


class Machine:
    def __init__(self, door):
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-session-"))
        told = {"EINLASS_PROJECT": project, "EINLASS_PROGRAMS": programs, "EINLASS_LOCALE": translations,
                "EINLASS_EVENT": door.event_file.parent, "EINLASS_TICKETS": door.folder / "tickets"}
        self.log = open(self.folder / "boot.log", "w", encoding="utf-8")
        self.outer = subprocess.Popen([HERE / "machine", self.folder, HERE / "prepare"], stdout=self.log, stderr=self.log,
                                      env={**os.environ, **{name: str(value) for name, value in told.items()}})
        self.first = self.wait_for(self.find_first, "systemd")

    def find_first(self):
        assert self.outer.poll() is None, (self.folder / "boot.log").read_text()
        children = Path(f"/proc/{self.outer.pid}/task/{self.outer.pid}/children").read_text().split()
        is_there = children and "systemd" in Path(f"/proc/{children[0]}/comm").read_text()
        return children[0] if is_there else None

    def inside(self, *words):
        return subprocess.run(["nsenter", "-t", self.first, "-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w", *map(str, words)],
                              capture_output=True, text=True, check=False)

    def wait_for(self, look, what):
        end = time.monotonic() + PATIENCE_S
        while not (found := look()):
            assert time.monotonic() < end, f"{what}: not within {PATIENCE_S} s\n{self.said() if hasattr(self, 'first') else ''}"
            time.sleep(0.1)
        return found

    def show(self, unit, name):
        return self.inside("systemctl", "show", "-P", name, unit).stdout.strip()

    def said(self, unit="einlass-kiosk"):
        return self.inside("journalctl", "--no-pager", "-o", "cat", "-u", unit).stdout[-6000:]

    def restarts(self):
        return int(self.show("einlass-kiosk", "NRestarts"))

    def wait_until_ready(self, after=-1):
        """Ready, after having begun anew more often than `after` times."""
        self.wait_for(lambda: self.show("einlass-kiosk", "ActiveState") == "active" and self.restarts() > after, "ready")

    def main_pid(self):
        return self.show("einlass-kiosk", "MainPID")

    def close(self):
        if self.outer.poll() is None:
            self.outer.kill() # and with it all inside (unshare --kill-child)
        self.outer.wait()
        self.log.close()
        subprocess.run([HERE / "machine", self.folder, HERE / "prepare", "forget"], check=False)


def test_1_it_starts_and_admits(machine):
    machine.wait_until_ready()
    machine.wait_for(lambda: "welcome shown" in machine.said(), "a welcome")
    assert machine.show("einlass-kiosk", "StatusText"), "it says what it does (STATUS=)"
    assert machine.show("einlass-kiosk", "RestartUSec") in ("1s", "1000000"), "the next one starts within 3 s"


def test_2_its_reader_is_caged(machine):
    readers = machine.inside("pgrep", "-u", "einlass", "einlass-reader").stdout.split()
    assert readers, "a reader runs"
    status = machine.inside("cat", f"/proc/{readers[0]}/status").stdout
    assert "Seccomp:\t2" in status and "CapEff:\t0000000000000000" in status and "NoNewPrivs:\t1" in status, status
    limits = machine.inside("cat", f"/proc/{readers[0]}/limits").stdout
    assert all(line.split()[-3] == "0" for line in limits.splitlines() if line.startswith(("Max open files", "Max file size"))), limits


def test_3_what_its_walls_let_through(machine):
    machine.inside("mkdir", "-p", "/media/einlass-sda1")
    machine.inside("mount", "-t", "tmpfs", "-o", "uid=einlass,mode=700", "stick", "/media/einlass-sda1")
    machine.inside("systemctl", "start", "einlass-probe")
    report = machine.inside("cat", "/var/lib/einlass/probe.txt").stdout
    machine.inside("umount", "/media/einlass-sda1")
    tried = dict(line.split(": ", 1) for line in report.splitlines())
    assert len(tried) >= 30, f"{report}\n{machine.said('einlass-probe')}"
    wrong = [f"{name}: {went}" for name, went in tried.items() if (went == "yes") != (name in FOR_IT)]
    assert not wrong, "\n".join(wrong)


def test_4_a_stick_that_comes_later_is_seen(machine):
    """What is mounted after the start appears inside: the staff page finds the stick."""
    machine.inside("mkdir", "-p", "/media/einlass-sdb1")
    machine.inside("mount", "-t", "tmpfs", "-o", "uid=einlass,mode=700", "stick", "/media/einlass-sdb1")
    mounts = machine.inside("cat", f"/proc/{machine.main_pid()}/mounts").stdout
    line = next((line for line in mounts.splitlines() if " /media/einlass-sdb1 " in line), "")
    assert " rw," in line, f"not there, or read-only: '{line}' in\n{mounts}"
    machine.inside("umount", "/media/einlass-sdb1")
    assert "/media/einlass-sdb1" not in machine.inside("cat", f"/proc/{machine.main_pid()}/mounts").stdout


def test_5_killed_it_comes_again(machine):
    before = machine.restarts()
    machine.inside("kill", "-KILL", machine.main_pid())
    machine.wait_until_ready(before)


def test_6_hung_it_comes_again(machine):
    before = machine.restarts()
    machine.inside("kill", "-STOP", machine.main_pid())
    machine.wait_until_ready(before)
    assert "Watchdog timeout" in machine.inside("journalctl", "--no-pager", "-u", "einlass-kiosk").stdout


def test_7_the_log_is_recomputed_beside_it_and_alone(machine):
    for state in ("running", "stopped"):
        if state == "stopped":
            machine.inside("systemctl", "stop", "einlass-kiosk")
        done = machine.inside("systemctl", "start", "einlass-verify")
        assert done.returncode == 0, f"{state}: {machine.said('einlass-verify')}"
    assert machine.said("einlass-verify").count("everything agrees with the log") == 2, machine.said("einlass-verify")
    machine.inside("systemctl", "start", "einlass-kiosk")


def test_8_the_office_serves_and_hung_it_comes_again(machine):
    folder = "/var/lib/einlass-office"
    machine.inside("install", "-d", "-o", "einlass-office", "-m", "700", folder)
    made = machine.inside("runuser", "-u", "einlass-office", "--", "einlass", "event", "create", "--book", f"{folder}/einlass.book", "--name", "Probe",
                          "--kind", "studitour", "--starts", "2026-01-01T08:00", "--ends", "2030-12-31T23:00", "--pin", "2468")
    assert made.returncode == 0, made.stdout + made.stderr
    machine.inside("systemctl", "start", "einlass-office")
    serves = lambda: "Einlass" in machine.inside("curl", "-sk", "-m", "5", "https://127.0.0.1:8443/").stdout  # noqa: E731
    machine.wait_for(serves, "the office's page")
    machine.inside("kill", "-STOP", machine.show("einlass-office", "MainPID"))
    machine.wait_for(lambda: machine.show("einlass-office", "NRestarts") != "0", "its restart")
    machine.wait_for(serves, "the office's page again")


def test_9_the_wish_to_switch_off_is_granted(machine):
    machine.inside("runuser", "-u", "einlass", "--", "touch", "/run/einlass/power-off")
    machine.wait_for(lambda: machine.outer.poll() is not None, "power off")


def why_not():
    if os.geteuid() != 0:
        return "it takes root"
    if not Path("/lib/systemd/systemd").exists() or not Path("/usr/bin/python3").exists():
        return "systemd and python3 must be installed (packaging/install-needs test)"
    if "cgroup2" not in Path("/proc/filesystems").read_text() or "overlay" not in Path("/proc/filesystems").read_text():
        return "this kernel has no control groups or no overlay"
    return None


def main():
    if why_not():
        print(f"skipped: {why_not()}")
        return 0
    door = Door(programs, 4)
    machine, failed = None, 0
    try:
        machine = Machine(door)
        for name, test in sorted((name, test) for name, test in globals().items() if name.startswith("test_")):
            try:
                test(machine)
                print(f"ok   {name}", flush=True)
            except AssertionError as reason:
                failed += 1
                print(f"FAIL {name}: {reason}", flush=True)
    finally:
        if machine:
            machine.close()
        door.close()
    return 1 if failed else 0


sys.exit(main())
