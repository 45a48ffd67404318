#!/usr/bin/env python3
"""The kiosk where what it writes on fails: a full disk, a database that is gone, damaged, read-only, or in use.
usage: storage_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import os
import resource
import sqlite3
import subprocess
import time

from door import Run, entries, greens, refused_start, run_tests

PEOPLE = 10


def test_a_full_disk_is_never_green(door, database):
    with Run(door, database, []) as run:
        run.sees("ready shown")
        resource.prlimit(run.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        run.add(door.tickets[0])
        assert "welcome" not in run.sees("not saved shown")
        resource.prlimit(run.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        run.add(door.tickets[1])
        run.sees("welcome shown")
    assert len(entries(database)) >= 1


def test_a_full_file_system_is_never_green(door, database):
    if os.geteuid() != 0:
        return "skipped: needs root to mount one"
    small = door.folder / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small], capture_output=True).returncode != 0:
        return "skipped: can't mount a file system here"
    try:
        with Run(door, small / "kiosk.db", []) as run:
            run.sees("ready shown")
            (small / "ballast").write_bytes(b"")
            with open(small / "ballast", "wb", buffering=0) as ballast:
                try:
                    while True:
                        ballast.write(bytes(1024))
                except OSError:
                    pass
            for ticket in door.tickets:
                run.add(ticket)
            run.sees("not saved shown", 60)
            greens = run.log.read_text().count("welcome shown")
            (small / "ballast").unlink()
            run.add(door.tickets[-1])
            run.sees("welcome shown seq=", 60)
            time.sleep(1)
        assert len(entries(small / "kiosk.db")) >= greens
        assert door.verify(small / "kiosk.db").returncode == 0
    finally:
        subprocess.run(["umount", "-l", small], check=True)


def test_a_removed_database_is_never_green(door, database):
    with Run(door, database, []) as run:
        run.sees("ready shown")
        run.add(door.tickets[0])
        run.sees("welcome shown")
        for path in database.parent.glob("kiosk.db*"):
            path.unlink()
        run.add(door.tickets[1])
        run.sees("not saved shown")
        run.add(door.tickets[2])
        text = run.sees("the database was removed or replaced while it is in use")
        time.sleep(1)
        assert run.log.read_text().count("welcome shown") == 1 and not database.exists(), text


def test_a_read_only_database_is_a_clear_error(door, database):
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
    prefix = ()
    if os.geteuid() == 0:  # root may write anything
        prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        for path in (door.folder, database.parent, *database.parent.iterdir(), *door.event_file.parent.iterdir()):
            path.chmod(0o755 if path.is_dir() else 0o444)
        door.event_file.parent.chmod(0o755)
    database.chmod(0o444)
    said = refused_start(door, database, prefix=prefix)
    assert str(database) in said or "device.key" in said, said
    assert "ermission" in said or "read-only" in said or "readonly" in said, said


def test_a_corrupt_database_is_a_clear_error(door, database):
    with Run(door, database, door.tickets) as run:
        end = time.monotonic() + 60
        while len(seqs := greens(run.log.read_text())) < PEOPLE:  # asked in the log: who opens the database leaves files beside it
            assert time.monotonic() < end, f"only {seqs} came in"
            time.sleep(0.05)
    seq = seqs[PEOPLE // 2]
    content = database.read_bytes()
    for what, damaged in (("cut short", content[: len(content) // 2]),
                          ("no database", b"x" * len(content)),
                          ("flipped", content[:4096] + bytes(byte ^ 0xFF for byte in content[4096:3 * 4096]) + content[3 * 4096:])):
        database.write_bytes(damaged)
        said = refused_start(door, database)
        assert str(database) in said, f"{what}: {said}"
        assert database.read_bytes() == damaged, f"{what}: the file was changed"
    database.write_bytes(content)
    with sqlite3.connect(database) as connection:  # somebody edits a record
        for (trigger,) in connection.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
            connection.execute(f"drop trigger {trigger}")
        connection.execute("update log set line = replace(line, 'entry', 'exits') where seq = ?", (seq,))
    said = refused_start(door, database)
    assert "damaged" in said or "log" in said, said
    verified = door.verify(database)
    assert verified.returncode == 1 and str(seq) in verified.stdout, verified


def test_two_kiosks_do_not_share_a_database(door, database):
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
        said = refused_start(door, database)
        assert "another" in said, said


run_tests(globals(), PEOPLE)
