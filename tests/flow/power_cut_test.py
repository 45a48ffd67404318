#!/usr/bin/env python3
"""Power cuts: records every write the kiosk program does (strace), then rebuilds the disk as it could look after a cut
at each point - unsynced data dropped, kept at random, torn at sector bounds - and checks that every check-in whose
green had been shown is there, that the log verifies, and (for a sample) that the kiosk starts again on it.
Model: per file, data reaches the disk at fdatasync/fsync at the latest; before that any subset of 512-byte sectors may.
usage: power_cut_test.py FOLDER_OF_PROGRAMS [STATES]"""
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from door import Door, entries, environment, greens, how_many, stop, wait_for

TICKETS, SECTOR = 40, 512
CALLS = "openat,open,creat,pwrite64,write,pwritev,pwritev2,writev,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"


def unescape(text):
    return bytes.fromhex(text.replace("\\x", ""))


def record(door, live):
    """Runs the kiosk under strace and holds up one ticket after the other until it is greeted; returns the trace's lines."""
    trace, log = door.folder / "trace", door.folder / "kiosk.log"
    pictures = door.show("pictures", [])
    with open(log, "w") as stderr:
        process = subprocess.Popen(["strace", "-f", "-qq", "-y", "-xx", "-s", "9999999", "-e", f"trace={CALLS}", "-e", "signal=none",
                                    "-o", trace, *door.command(live / "kiosk.db", pictures, "--frames-per-second", "40",
                                                               "--frames-per-picture", "1")],
                                   stderr=stderr, env=environment())
        try:
            wait_for(log, "ready shown", 60)
            for number, ticket in enumerate(door.tickets[:TICKETS]):
                (pictures / "next").symlink_to(ticket)
                (pictures / "next").rename(pictures / "ticket.png")
                end = time.monotonic() + 60
                while len(greens(log.read_text())) <= number:
                    assert time.monotonic() < end, f"ticket {number} is not let in:\n{log.read_text()[-2000:]}"
                    time.sleep(0.01)
        finally:
            subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=False)
            process.wait(timeout=60)
    return trace.read_text().splitlines()


def parse(lines, live):
    """The trace as operations on the files in `live`: ('write', name, offset, bytes), ('cut', name, length),
    ('sync', name), ('remove', name), ('rename', old, new) and ('green', seq)."""
    folder = str(live).encode() + b"/"
    operations = []
    unfinished = {}
    for line in lines:
        pid, call = line.split(None, 1)
        if call.endswith("<unfinished ...>"):
            unfinished[pid] = call[: -len("<unfinished ...>")]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", call)
        if resumed:
            call = unfinished.pop(pid) + resumed[1]
        found = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", call)
        if not found or int(found[3]) < 0:
            continue
        name, arguments, result = found[1], found[2], int(found[3])
        strings = [unescape(text) for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)]
        handle = re.match(r"(\d+)<((?:\\x[0-9a-f]{2})+)>", arguments)
        path = unescape(handle[2]) if handle else b""
        if name in ("write", "writev") and handle and handle[1] == "2":
            operations += [("green", seq) for seq in greens(strings[0].decode())]
            continue
        if name in ("unlink", "unlinkat") and strings[0].startswith(folder):
            operations.append(("remove", strings[0]))
        if name.startswith("rename") and strings[0].startswith(folder):
            operations.append(("rename", strings[0], strings[1]))
        if not path.startswith(folder) or path.endswith(b"-shm"):
            continue
        if name == "pwrite64":
            operations.append(("write", path, int(arguments.rsplit(", ", 1)[1]), strings[0][:result]))
        elif name == "write":
            operations.append(("append", path, strings[0][:result]))
        elif name == "ftruncate":
            operations.append(("cut", path, int(arguments.rsplit(", ", 1)[1])))
        elif name in ("fsync", "fdatasync"):
            operations.append(("sync", path))
        elif name in ("pwritev", "pwritev2", "writev"):
            raise AssertionError(f"the replay knows no {name}")
    return operations


def apply(files, operation):
    kind, path = operation[:2]
    if kind == "remove":
        files.pop(path, None)
        return
    if kind == "rename":
        if path in files:
            files[operation[2]] = files.pop(path)
        return
    content = files.setdefault(path, bytearray())
    if kind == "cut":
        del content[operation[2]:]
        content.extend(bytes(operation[2] - len(content)))
        return
    offset, data = (operation[2], operation[3]) if kind == "write" else (len(content), operation[2])
    content.extend(bytes(max(0, offset + len(data) - len(content))))
    content[offset:offset + len(data)] = data


def survive(durable, pending, how, dice):
    """The files after a cut: what was synced, and of the rest nothing, everything, some writes, or some sectors."""
    files = {path: bytearray(content) for path, content in durable.items()}
    for operation in pending:
        if how == "none" or (how == "some" and dice.random() < 0.5):
            continue
        if how == "torn" and operation[0] == "write":
            _, path, offset, data = operation
            for start in range(0, len(data), SECTOR):
                if dice.random() < 0.6:
                    apply(files, ("write", path, offset + start, data[start:start + SECTOR]))
            continue
        apply(files, operation)
    return files


WAYS = ("none", "all", "some", "torn")


def states(operations, chosen):
    """Every cut point, four ways each, numbered; yields (number, greens so far, files) of the chosen ones."""
    durable, pending, shown = {}, [], set()
    for point, operation in enumerate(operations):
        if operation[0] == "green":
            shown.add(operation[1])
        elif operation[0] == "sync":
            synced = [other for other in pending if other[1] == operation[1] or other[0] in ("remove", "rename")]
            pending = [other for other in pending if other not in synced]
            for other in synced:
                apply(durable, other)
        else:
            pending.append(operation)
        for way, how in enumerate(WAYS):
            number = point * len(WAYS) + way
            if number in chosen:
                yield number, frozenset(shown), survive(durable, pending, how, random.Random(number))


def restart(door, database):
    """The kiosk itself comes up on what is left, and shuts the door to what it admitted before."""
    log = door.folder / "restart.log"
    with open(log, "w") as stderr:
        process = subprocess.Popen(door.command(database, door.show("empty", [])), stderr=stderr, env=environment())
        try:
            wait_for(log, "ready shown", 60)
            assert stop(process) == 0
        finally:
            process.kill()
            process.wait()


def check(door, folder, shown, files, does_restart):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in files.items():
        (folder / Path(path.decode()).name).write_bytes(content)
    database = folder / "kiosk.db"
    if does_restart:
        restart(door, database)
    elif not shown:
        return  # nothing was promised yet; whether it starts is what the sample looks at
    verified = door.verify(database)
    assert verified.returncode == 0, f"einlass log verify: {verified.stdout}{verified.stderr}"
    by_ticket = entries(database)
    recorded = {seq for seqs in by_ticket.values() for seq in seqs}
    assert shown <= recorded, f"greens without a record: {sorted(shown - recorded)}"
    assert all(len(seqs) == 1 for seqs in by_ticket.values()), "a ticket was admitted twice"
    with sqlite3.connect(database) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def main():
    wanted = how_many(600)
    dice = random.Random(20261122)
    door = Door(sys.argv[1], TICKETS)
    try:
        live = door.folder / "live"
        live.mkdir()
        operations = parse(record(door, live), live)
        shown = {operation[1] for operation in operations if operation[0] == "green"}
        assert len(shown) == TICKETS, f"only {len(shown)} of {TICKETS} tickets were shown"
        possible = len(operations) * len(WAYS)
        chosen = set(dice.sample(range(possible), min(wanted, possible)))
        for count, (number, greens_then, files) in enumerate(states(operations, chosen)):
            try:
                check(door, door.folder / "cut", greens_then, files, count % 20 == 0)
            except AssertionError as error:
                raise AssertionError(f"cut {number} of {possible}: {error}") from error
        print(f"{len(chosen)} of {possible} states after a power cut, {len(shown)} check-ins shown: "
              f"none lost, every log verified, {(len(chosen) + 19) // 20} restarts")
        assert len(chosen) >= min(wanted, 500), "too few states"
    finally:
        door.close()


main()
