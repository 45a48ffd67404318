#!/usr/bin/env python3
"""The kiosk decides alone: whom it calls, who may call it, and that nobody at the door waits for any of them.
usage: alone_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import json
import pathlib
import socket
import subprocess

from door import Run, all_are_in, entries, run_tests

PEOPLE = 12
SLOW_ROUND = ["--frames-per-picture", "20"]  # pictures come round again after longer than a code stays known


def test_the_kiosk_decides_alone(door, database):
    """No interface, not even the loopback one, and no socket but those of the display, the sound and the kernel's news of
    plugged devices and interfaces. (The headcount page, which others open, is off.)"""
    alone = next((way for way in (["unshare", "-n"], ["unshare", "-r", "-n"])
                  if subprocess.run([*way, "true"], capture_output=True).returncode == 0), None)
    trace = door.folder / "trace"
    watch = ["strace", "-D", "-f", "-qq", "-e", "trace=execve,socket", "-e", "signal=none", "-o", str(trace)]
    if not alone or subprocess.run([*watch, "true"], capture_output=True).returncode != 0:
        return "skipped: may not make a network namespace and trace here"
    config = door.folder / "alone.conf"
    config.write_text("[board]\nenabled = no\n")
    with Run(door, database, door.tickets, *SLOW_ROUND, "--config", str(config),
             prefix=[*alone, *watch, "env", "ASAN_OPTIONS=detect_leaks=0"]) as run:  # leaks aren't found under a tracer
        all_are_in(run, database, PEOPLE)
        interfaces = {line.split(":")[0].strip() for line in open(f"/proc/{run.process.pid}/net/dev") if ":" in line}
        assert interfaces <= {"lo"}, interfaces
        run.sees("already shown", 60)
    assert len(entries(database)) == PEOPLE and door.verify(database).returncode == 0
    calls = trace.read_text().splitlines()
    assert any("execve" in call and "einlass-kiosk" in call for call in calls), "the trace missed the program"
    outward = [call for call in calls
               if "socket(" in call and not any(way in call for way in ("AF_UNIX", "NETLINK_KOBJECT_UEVENT", "NETLINK_ROUTE"))]
    assert not outward, outward


def deaf_office(database):
    """A kiosk that is paired with somebody who takes every call and answers none."""
    office = socket.create_server(("127.0.0.1", 0), backlog=200)
    pairing = {"format": "einlass-pairing/1", "url": f"https://127.0.0.1:{office.getsockname()[1]}", "pin": "00" * 16,
               "token": "A" * 43, "device": "Nord", "organisation": "01" * 16, "organisation_name": "", "root_key": "02" * 32,
               "event_etag": "", "revoked": False}
    (database.parent / "pairing.json").write_text(json.dumps(pairing))
    return office


def test_no_verdict_waits_for_the_office(door, database):
    """With an office that takes every call and answers none, all get in; it alone is called, by the two threads that are
    there for it, and nobody is heard but the headcount page's visitors."""
    trace = door.folder / "calls"
    watch = ["strace", "-D", "-f", "-qq", "-e", "trace=connect,bind", "-e", "signal=none", "-o", str(trace)]
    if subprocess.run([*watch, "true"], capture_output=True).returncode != 0:
        return "skipped: may not trace here"
    config = door.folder / "deaf.conf"
    config.write_text("[board]\naddress = 127.0.0.1\nport = 0\n")
    with deaf_office(database) as office:
        port = office.getsockname()[1]
        with Run(door, database, door.tickets, *SLOW_ROUND, "--config", str(config),
                 prefix=[*watch, "env", "ASAN_OPTIONS=detect_leaks=0"]) as run:
            all_are_in(run, database, PEOPLE)
            names = {task.name: (task / "comm").read_text().strip()
                     for task in pathlib.Path(f"/proc/{run.process.pid}/task").iterdir()}
            run.sees("already shown", 60)
    calls = [call.split(None, 1) for call in trace.read_text().splitlines() if "AF_INET" in call]
    called = [(names.get(thread), call) for thread, call in calls if call.startswith("connect")]
    assert called and {name for name, _ in called} <= {"sync", "feed"}, called
    assert all(f"sin_port=htons({port})" in call and "127.0.0.1" in call for _, call in called), called
    heard = [call for _, call in calls if call.startswith("bind")]
    assert len(heard) == 1 and "127.0.0.1" in heard[0], heard


run_tests(globals(), PEOPLE)
