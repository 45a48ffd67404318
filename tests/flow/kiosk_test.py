#!/usr/bin/env python3
"""The kiosk program as an organiser meets it: good days and bad ones. Each test says what must be true.
usage: kiosk_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import json
import re
import sqlite3
import struct
import subprocess
import time
import zlib

from door import Door, Run, all_are_in, entries, frames_drawn, frames_told, refused_start, run_tests
from office import until

PEOPLE = 12
SLOW_ROUND = ["--frames-per-picture", "20"]  # pictures come round again after longer than a code stays known


def everybody_is_in(run, database, seconds=60):
    all_are_in(run, database, PEOPLE, seconds)


def database_records(database):
    """How many people were let in or refused."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return sum('"entry"' in line or '"refused"' in line for line, in connection.execute("select line from log"))


def told_that_they_are_here(database):
    """Whose tickets were refused since the last start, as they were let in before."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60) as connection:
        records = [json.loads(line) for line, in connection.execute("select line from log order by seq")]
    last_start = max(at for at, record in enumerate(records) if record["kind"] == "boot")
    return {record["ticket"] for record in records[last_start:] if record.get("reason") == "already_redeemed"}


def test_same_ticket_after_a_restart_is_already_here(door, database):
    with Run(door, database, door.tickets[:2]) as run:
        all_are_in(run, database, 2)
    with Run(door, database, door.tickets[:2]) as run:
        run.sees("already shown")
        until(lambda: len(told_that_they_are_here(database)) == 2, "both are told that they are here")
    assert "welcome" not in run.log.read_text()
    assert [len(seqs) for seqs in entries(database).values()] == [1, 1]
    for path in database.parent.iterdir():
        assert path.stat().st_mode & 0o077 == 0, f"{path} holds names or keys, and others may read it"


def test_event_files_that_are_bad_leave_the_old_one_in_use(door, database):
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
    good = door.event_file.read_bytes()
    signature = door.event_file.with_name(door.event_file.name + ".sig").read_bytes()
    older = door.folder / "older.event.json"
    older.write_bytes(good)
    older.with_name(older.name + ".sig").write_bytes(signature)
    newer = door.newer_event_file()
    with Run(door, database, [], "--pictures-once", "--event", str(newer)) as run:
        assert "version=2" in run.sees("ready shown")

    truncated, flipped, unsigned = (door.folder / f"{name}.event.json" for name in ("truncated", "flipped", "unsigned"))
    newest, newest_signature = newer.read_bytes(), newer.with_name(newer.name + ".sig").read_bytes()
    truncated.write_bytes(newest[: len(newest) // 2])
    flipped.write_bytes(newest.replace(b"Vorname1", b"Vorname9", 1))
    unsigned.write_bytes(newest)
    for path in (truncated, flipped):
        path.with_name(path.name + ".sig").write_bytes(newest_signature)
    unsigned.with_name(unsigned.name + ".sig").write_bytes(b"0" * 128)
    for path in (truncated, flipped, unsigned, older):
        with Run(door, database, [door.tickets[5]], "--pictures-once", "--event", str(path)) as run:
            text = run.sees(" shown seq=")
        assert f"event file refused file={path}" in text, text
        assert "serving event=1 version=2" in text, text
    assert "version" in text, "the older file is refused by its version"
    with Run(door, database, [door.tickets[0]], "--pictures-once", "--event", str(newer)) as run:
        run.sees("no shown reason=revoked")


def test_a_stale_file_never_opens_the_door_of_another_event(door, database):
    other = Door(door.programs, 2, "Andere")
    try:
        stale, newer = other.event_file, other.newer_event_file()
        other.einlass("event", "create", "--number", "2", "--name", "Zweite", "--kind", "studitour", "--starts", "2026-01-01T08:00",
                      "--ends", "2030-12-31T23:00")
        other.einlass("event", "export", "--event", "2", "--out", other.folder / "second")
        second = next((other.folder / "second").glob("*.event.json"))
        for event, words in ((newer, "serving event=1 version=2"), (second, "serving event=2 version=1"),
                             (stale, "serving event=1 version=2")):
            with Run(other, database, [], "--pictures-once", "--event", str(event)) as run:
                text = run.sees("ready shown")
            assert words in text, text
        assert 'stays in use event=1 version=2 name="Andere"' in text, text
        broken = other.folder / "broken.event.json"
        broken.write_bytes(stale.read_bytes()[:100])
        broken.with_name(broken.name + ".sig").write_bytes(stale.with_name(stale.name + ".sig").read_bytes())
        with Run(other, database, [], "--pictures-once", "--event", str(broken)) as run:
            text = run.sees("ready shown")
        assert 'stays in use event=2 version=1 name="Zweite"' in text, text  # nobody can say which event it was
    finally:
        other.close()


def test_the_event_of_another_office_needs_its_own_database(door, database):
    with Run(door, database, door.tickets[:2]) as run:
        all_are_in(run, database, 2)
    other = Door(door.programs, 2, "Andere")
    try:
        for event in (other.event_file, other.newer_event_file()):  # both offices call it event 1
            said = refused_start(other, database, "--event", str(event))
            assert "this database holds event 1 of another office; use a new database" in said, said
            assert "serving" not in said and "stays in use" not in said, said
        with Run(other, database.with_name("other.db"), [other.tickets[1]], "--pictures-once") as run:
            run.sees("welcome shown")
    finally:
        other.close()
    with Run(door, database, door.tickets[:3]) as run:
        run.sees("welcome shown")
    assert len(entries(database)) == 3 and door.verify(database).returncode == 0


def test_without_an_event_it_waits_to_be_paired(door, database):
    with Run(door, database, door.tickets[:1], "--event", "") as run:
        text = run.sees("pairing shown")
        assert "there is no event yet" in text, text
    assert entries(database) == {}


def test_no_event_is_a_clear_error(door, database):
    said = refused_start(door, database, "--event", str(door.folder / "nowhere.event.json"))
    assert "nowhere.event.json" in said and "No such file" in said, said
    alone = door.folder / "alone.event.json"
    alone.write_bytes(door.event_file.read_bytes())
    said = refused_start(door, database, "--event", str(alone))
    assert f"file={alone}: its signature is missing: copy alone.event.json.sig beside it" in said, said
    assert "no such thing" not in said and "not started, the reason is above" in said, said
    said = refused_start(door, database, "--root-key", "00" * 32)
    assert "event file refused" in said and "signature" in said, said
    said = refused_start(door, database, "--list", "9")
    assert "no check-in list list=9" in said, said


def grey_png(path, grey, width=640, height=480):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\0" + bytes([grey]) * width) * height
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def last_without(run, words):
    """The last moment at which its log was looked at and didn't have these words."""
    before = now = time.monotonic()
    end = now + 60
    while words not in run.log.read_text():
        assert now < end, f"'{words}' did not appear"
        before = now
        time.sleep(0.005)
        now = time.monotonic()
    return before


def test_a_covered_camera_is_said_late_and_once(door, database):
    """Something lies on the lens: a quiet line after some seconds, one frame for it, and none while nothing changes."""
    black, shots = door.folder / "black.png", door.folder / "shots"
    grey_png(black, 6)
    with Run(door, database, [black], "--pictures-once", "--screenshots", str(shots), "--log-level", "debug") as run:
        began = last_without(run, "pictures arrive")
        run.sees("ready shown")
        while not list(shots.glob("*-ready-covered.png")):
            assert time.monotonic() < began + 60, "nobody says that the camera is covered"
            frames_drawn(run)
            time.sleep(0.05)
        assert time.monotonic() > began + 4, "too early: somebody only walks by"
        time.sleep(2)
        frames_drawn(run)
        before, covered = frames_told(run)[:2]  # a stall of the machine may make it a third
        assert set(covered) <= {before[-1], before[-1] + 1}, f"{before[-1]} frames, and for one line {covered}"
    assert database_records(database) == 0, "a hint is nothing to write down"


def test_nothing_personal_is_in_a_log_line_or_a_record(door, database):
    with Run(door, database, door.tickets, *SLOW_ROUND, "--log-level", "debug") as run:
        everybody_is_in(run, database)
        run.sees("already shown")  # the pictures come round again
    with sqlite3.connect(database) as connection:
        names, = connection.execute("select group_concat(name) from roster").fetchone()
        records = "\n".join(line for line, in connection.execute("select line from log"))
    assert names.count("Vorname") == PEOPLE and records.count('"entry"') == PEOPLE
    for what, text in (("the log", run.log.read_text()), ("a record", records)):
        for personal in (r"Vorname", r"Nachname", r"@", r"\d{17}"):  # 17 digits: the first group of a ticket's text
            found = re.search(f".*{personal}.*", text)
            assert not found, f"in {what}: {found[0]}"


def test_options_are_answered(door, database):
    program = str(door.programs / "einlass-kiosk")
    for option, code, words in (("--help", 0, "--database"), ("--version", 0, "einlass-kiosk"), ("--nonsense", 2, "no such option")):
        done = subprocess.run([program, option], capture_output=True, text=True)
        assert done.returncode == code and words in done.stdout + done.stderr, (option, done)
    done = subprocess.run([program, "--database", "--check"], capture_output=True, text=True, cwd=door.folder)
    assert done.returncode == 2 and "a value must follow" in done.stderr and not (door.folder / "--check").exists(), done


run_tests(globals(), PEOPLE)
