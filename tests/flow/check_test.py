#!/usr/bin/env python3
"""einlass-kiosk --check: says what the kiosk would really use, and what would keep it from starting; changes nothing.
usage: check_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import os
import pty
import re
import sqlite3
import subprocess

from door import Door, Run, refused_start, run_tests

PEOPLE = 12


def test_check_says_what_would_be_used(door, database):
    check = door.command(database, door.show("pictures", []), "--check")
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("clock", "will be made", "Probe", "ticket key", "12 on the roster", "camera", "einlass-reader", "its cage     seccomp", "Ready: nothing is missing"):
        assert words in done.stdout, f"'{words}' is missing in:\n{done.stdout}"
    assert not database.exists(), "--check changes nothing"
    done = subprocess.run([*check, "--event", "/nowhere.event.json", "--pictures", "/nowhere", "--board-address", "localhost"],
                          capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout.count("\n! ") == 3 and "'localhost' is none in figures" in done.stdout, done.stdout


def checked(door, database, *options):
    """--check of a kiosk with these settings: its exit code and what it printed; changes nothing."""
    before = sorted((path.name, path.read_bytes()) for path in database.parent.iterdir() if not path.name.endswith(("-shm", "-wal")))
    done = subprocess.run([*door.command(database, door.show("checked", []), "--check"), *options], capture_output=True, text=True)
    after = sorted((path.name, path.read_bytes()) for path in database.parent.iterdir() if not path.name.endswith(("-shm", "-wal")))
    assert before == after, "--check changes nothing"
    assert ("Ready: nothing is missing." in done.stdout) == (done.returncode == 0), done.stdout
    return done.returncode, done.stdout


def test_check_says_what_may_keep_records_from_being_read(door, database):
    folder = database.with_name("folder.db")
    folder.mkdir()
    done = subprocess.run([*door.command(folder, door.show("checked", []), "--check")], capture_output=True, text=True)
    assert done.returncode == 1 and "! database     " + str(folder) + ": can't be read now. Is it a file, and this user's?" in done.stdout, done.stdout


def test_check_tells_the_office(door, database):
    code, said = checked(door, database)
    assert code == 0 and "office       not paired, all records stay here" in said, said
    (database.parent / "pairing.json").write_text('{"format":"none"}')
    code, said = checked(door, database)
    assert code == 1 and "! office       the pairing can't be read: pair it on the screen" in said, said
    (database.parent / "pairing.json").unlink()
    code, said = checked(door, database, "--hub", "--event", "")
    assert "hub          for other kiosks, at port 8443, once it is paired" in said, said
    assert "! event        none yet: pair this kiosk with the office on its screen" in said, said


def test_check_shows_the_stored_event_where_the_file_is_older(door, database):
    other = Door(door.programs, 3)
    try:
        newer = other.newer_event_file()
        with Run(other, database, [], "--pictures-once", "--event", str(newer)) as run:
            run.sees("serving event=1 version=2")
        code, said = checked(other, database)
        assert code == 1 and said.count("\n! ") == 1, said
        assert "! event file" in said and "lower than the stored one (version 1)" in said, said
        assert 'event        1 "Probe", version 2, 3 on the roster, zone Europe/Berlin, from the database' in said, said
        code, said = checked(other, database, "--event", str(newer))
        assert code == 0 and "version 2, 3 on the roster, zone Europe/Berlin, from the file" in said, said
    finally:
        other.close()


def test_check_names_the_missing_signature(door, database):
    alone = door.folder / "alone.event.json"
    alone.write_bytes(door.event_file.read_bytes())
    code, said = checked(door, database, "--event", str(alone))
    assert code == 1 and f"! event file   {alone}: its signature is missing: copy alone.event.json.sig beside it" in said, said


def test_check_refuses_the_event_of_another_office(door, database):
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
    other = Door(door.programs, 2)
    try:
        code, said = checked(other, database)
    finally:
        other.close()
    assert code == 1 and said.count("\n! ") == 1, said
    assert "this database holds event 1 of another office; use a new database" in said and "  event  " not in said, said


def test_check_tells_an_event_that_ended_and_one_without_a_pin(door, database):
    other = Door(door.programs, 1)
    try:
        other.einlass("event", "create", "--number", "2", "--name", "Vorbei", "--kind", "studitour", "--starts", "2025-01-02T08:00",
                      "--ends", "2025-01-02T18:30")
        other.einlass("event", "export", "--event", "2", "--out", other.folder / "over")
        over = next((other.folder / "over").glob("*.event.json"))
        code, said = checked(other, database, "--event", str(over))
    finally:
        other.close()
    assert code == 1 and said.count("\n! ") == 2, said
    assert "! event        it ended on 2025-01-02 18:30" in said, said
    assert "! staff PIN    none: nobody can be let in by hand (einlass event create --pin)" in said, said


def test_check_without_a_file_shows_the_stored_event(door, database):
    code, said = checked(door, database, "--event", "")
    assert code == 1 and "! event        none" in said, said
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
        code, said = checked(door, database, "--event", "")  # while the kiosk runs
    with sqlite3.connect(database) as connection:
        log, = connection.execute("select lower(hex(log)) from identity").fetchone()
    assert code == 0, said
    for words in ('1 "Probe", version 1, 12 on the roster, zone Europe/Berlin', "ticket key", "list ", log):
        assert words in said, f"'{words}' is missing in:\n{said}"
    code, said = checked(door, database, "--event", "", "--list", "9")
    assert code == 1 and "! list         the event has no list 9" in said, said


def event_of_every_mode(door, number, *options):
    door.einlass("event", "create", "--number", number, "--name", "Alles", "--kind", "netzwerktreffen", "--starts", "2026-01-01T08:00",
                 "--ends", "2030-12-31T23:00", "--pin", "2468", "--list", "Eingang", "--list", "Saal; mode=in_out",
                 "--list", "Bus; mode=roll_call", "--list", "Boxen; mode=hand_out; stock=5", *options)
    return exported(door, number, "first")


def exported(door, number, name):
    folder = door.folder / f"{name}-{number}"
    door.einlass("event", "export", "--event", number, "--out", folder)
    return next(folder.glob("*.event.json"))


def test_check_tells_lists_direction_and_schedule(door, database):
    event = event_of_every_mode(door, 5)
    code, said = checked(door, database, "--event", str(event), "--list", "2", "--exit-from", "22:00")
    assert code == 0, said
    for words in ('               1 "Eingang", once (not served)', '  list         2 "Saal", in_out\n', '3 "Bus", roll_call (not served)',
                  '4 "Boxen", hand_out', "direction    auto, from 22:00 to 05:00 exit", "walk-ins     none", "only ends the program"):
        assert words in said, f"'{words}' is missing in:\n{said}"
    assert "direction    entry\n" in checked(door, database, "--event", str(event), "--direction", "entry")[1]


def test_check_tells_whether_walk_ins_get_tickets(door, database):
    event = event_of_every_mode(door, 6, "--walk-ins")
    code, said = checked(door, database, "--event", str(event))
    assert code == 0 and "known after the first start" in said, said
    with Run(door, database, [], "--pictures-once", "--event", str(event)) as run:
        run.sees("ready shown")
    code, said = checked(door, database, "--event", str(event))
    added = re.search(r"! walk-ins .*einlass kiosk add ([0-9a-f]{64}) --event 6 --name NAME", said)
    assert code == 1 and added, said
    assert f"device key   {added[1]}" in said, said
    door.einlass("kiosk", "add", added[1], "--event", "6", "--name", "Nord")
    newer = exported(door, 6, "newer")
    code, said = checked(door, database, "--event", str(newer))
    assert code == 0 and "walk-ins     registered, with a ticket signed by this kiosk (ticket key " in said, said


def test_check_looks_at_the_display(door, database):
    display = door.folder / "backlight" / "rpi"
    display.mkdir(parents=True)
    (display / "max_brightness").write_text("200\n")
    (display / "brightness").write_text("50\n")
    config = door.folder / "display.conf"
    config.write_text(f"[screen]\nbacklight = {display.parent}\n[kiosk]\nshut_down = sh -c true\n")
    code, said = checked(door, database, "--config", str(config), "--attract", str(door.folder))
    assert code == 0, said
    for words in ("brightness   25 %, can be changed", f"sponsors     pictures of the folder {door.folder}", "shut down    sh -c true"):
        assert words in said, f"'{words}' is missing in:\n{said}"
    code, said = checked(door, database, "--shut-down", "no-such-program now", "--attract", "/nowhere")
    assert code == 1 and said.count("\n! ") == 2, said
    assert "! shut down    there is no program no-such-program" in said and "! sponsors     folder /nowhere" in said, said
    assert (display / "brightness").read_text() == "50\n", "--check changes nothing"


def test_check_lists_hand_scanners(door, database):
    code, said = checked(door, database, "--scanner-keyboard", "none")
    assert code == 0 and "scanner      none plugged in; that is fine" in said, said
    ours, theirs = pty.openpty()
    path = os.ttyname(theirs)
    code, said = checked(door, database, "--scanner-serial", path)
    assert code == 0 and f"scanner      {path}, 9600 baud" in said, said
    os.close(ours)
    os.close(theirs)
    for other in ("/dev/null", "/tmp", __file__):
        code, said = checked(door, database, "--scanner-serial", other)
        assert code == 1 and f"{other} is no serial port" in said, said
    code, said = checked(door, database, "--scanner-serial", "/nowhere")
    assert code == 1 and "! scanner      /nowhere: No such file or directory; plug it in" in said, said
    code, said = checked(door, database, "--scanner-keyboard", "no such thing")
    assert code == 1 and "! scanner      none is called no such thing; plug it in" in said, said
    code, said = checked(door, database, "--scanner-layout", "klingon")
    assert code == 1 and "! scanner      there is no keyboard layout klingon" in said, said


def test_check_tells_damage_from_another_kind_of_file(door, database):
    database.write_text("milk, bread, butter\n" * 500)
    code, said = checked(door, database)
    assert code == 1 and "is no kiosk database" in said, said
    database.unlink()
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
    content = database.read_bytes()
    database.write_bytes(b"x" * 100 + content[100:])
    code, said = checked(door, database)
    assert code == 1 and "damaged" in said, said


def test_check_finds_a_lost_device_key(door, database):
    with Run(door, database, [], "--pictures-once") as run:
        run.sees("ready shown")
    key = database.with_name("device.key")
    kept = key.read_bytes()
    code, said = checked(door, database)
    assert code == 0 and "device key" in said and kept.decode()[:64] not in said, said  # the public half only
    key.unlink()
    code, said = checked(door, database)
    assert code == 1 and "! device key" in said and "lost" in said, said
    said = refused_start(door, database)
    assert "copy device.key back beside it" in said and not key.exists(), said  # a new one would fit no log
    key.write_text("5" * 128 + "\n")
    said = refused_start(door, database)
    assert "copy the device.key it was begun with back beside it" in said, said
    code, said = checked(door, database)
    assert code == 1 and "another one" in said, said
    key.write_bytes(b"no key at all")
    code, said = checked(door, database)
    assert code == 1 and "! device key" in said, said
    key.write_bytes(kept)
    assert checked(door, database)[0] == 0


run_tests(globals(), PEOPLE)
