#!/usr/bin/env python3
"""The kiosk and the processes it reads with: they are caged, they may die at any moment, and nobody at the door notices.
usage: reader_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from door import Run, entries, environment, greens, run_tests, wait_for

THREAD_SANITIZED = "TSAN_OPTIONS" in os.environ
SANITIZED = THREAD_SANITIZED or "ASAN_OPTIONS" in os.environ
PEOPLE = 8 if THREAD_SANITIZED else 20
# A read may take 40 times as long under the thread sanitizer: one that was stopped would cost its picture.
HARMS = [signal.SIGKILL] if THREAD_SANITIZED else [signal.SIGKILL, signal.SIGSTOP]
# Killed more often than a read takes, on a busy machine, nothing would ever be read.
PAUSE_S = (0.5, 2.5) if THREAD_SANITIZED else (0.1, 0.6)


def readers_of(process):
    """The kiosk's child processes that are not dead yet."""
    found = []
    for path in Path(f"/proc/{process.pid}/task").glob("*/children"):
        try:
            found += [int(pid) for pid in path.read_text().split()]
        except OSError:
            pass  # the thread ended
    return found


def status_of(pid):
    return dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)


def test_the_kiosk_holds_no_decoder_and_the_reader_nothing_else(door, database):
    with Run(door, database, door.tickets[:1], "--pictures-once") as run:
        run.sees("welcome shown")
        maps = Path(f"/proc/{run.process.pid}/maps").read_text()
        assert "libzbar" not in maps, "the decoder is in the kiosk's own memory"
        readers = readers_of(run.process)
        assert len(readers) == 2, f"one that reads and one kept ready, not {len(readers)}"
        for pid in readers:
            assert os.readlink(f"/proc/{pid}/exe").endswith("/einlass-reader")
            status = status_of(pid)
            assert status["Seccomp"] == "2" and status["NoNewPrivs"] == "1" and int(status["CapEff"], 16) == 0, status
            assert Path(f"/proc/{pid}/environ").read_bytes() == b""
            open_files = {int(path.name): os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir()}
            sockets = {number for number, target in open_files.items() if target.startswith("socket:")}
            assert sorted(open_files) == [0, 1, 2, 3] and sockets == {2, 3}, open_files
            assert open_files[2] == open_files[3] and open_files[0] == open_files[1] == "/dev/null", open_files


def gone_soon(pids):
    end = time.monotonic() + 5
    while any(os.path.exists(f"/proc/{pid}") for pid in pids):
        assert time.monotonic() < end, "a reading process outlived the kiosk"
        time.sleep(0.01)


def test_readers_end_with_the_kiosk_however_it_ends(door, database):
    log = door.folder / "ends.log"
    for how in (signal.SIGTERM, signal.SIGKILL):
        with open(log, "w") as stderr:
            kiosk = subprocess.Popen(door.command(database, door.show("pictures", [])), stderr=stderr, env=environment())
        try:
            wait_for(log, "ready shown", 30)
            readers = readers_of(kiosk)
            assert len(readers) == 2, readers
            os.kill(readers[0], signal.SIGSTOP)  # even one that can't hear
            kiosk.send_signal(how)
            kiosk.wait(timeout=20)
            gone_soon(readers)
        finally:
            kiosk.kill()
            kiosk.wait()


def test_readers_killed_and_stopped_at_random_lose_nobody(door, database):
    """Each ticket is held up for a second; three times meanwhile a process is killed or stopped."""
    dice = random.Random(20261122)
    held = "400" if THREAD_SANITIZED else "200" if SANITIZED else "100"
    harmed = dict.fromkeys(HARMS, 0)
    with Run(door, database, door.tickets, "--pictures-once", "--frames-per-picture", held) as run:
        run.sees("ready shown")
        end = time.monotonic() + 500  # only so that a kiosk that lost somebody doesn't keep the test for ever
        while len(set(greens(run.log.read_text()))) < PEOPLE and time.monotonic() < end:
            time.sleep(dice.uniform(*PAUSE_S))
            readers = readers_of(run.process)
            if readers:
                how = dice.choice(HARMS)
                try:
                    os.kill(dice.choice(readers), how)
                    harmed[how] += 1
                except ProcessLookupError:
                    pass
        time.sleep(2)  # the last ticket stays in view longer than a code stays known
        log = run.log.read_text()
    by_ticket = entries(database)
    assert len(by_ticket) == PEOPLE, f"{len(by_ticket)} of {PEOPLE} came in"
    assert all(len(seqs) == 1 for seqs in by_ticket.values()), by_ticket
    assert "already shown" not in log, "a killed process made a code new again"
    assert min(harmed.values()) > 5, f"too few were harmed: {harmed}"
    return f"ok, {PEOPLE} people, " + ", ".join(f"{count} times {how.name}" for how, count in harmed.items())


def test_a_reader_that_went_missing_is_said_once(door, database):
    """Somebody deletes it, or an update does; when it is back, so is the door."""
    programs = door.folder / "programs"
    programs.mkdir()
    command = door.command(database, door.show("missed", []), "--log-level", "debug")
    kiosk, reader = programs / "einlass-kiosk", Path(command[0]).with_name("einlass-reader")
    shutil.copy(command[0], kiosk)
    shutil.copy(reader, programs)
    log = door.folder / "missing.log"
    with open(log, "w") as stderr:
        process = subprocess.Popen([str(kiosk), *command[1:]], stderr=stderr, env=environment())
    try:
        wait_for(log, "ready shown", 30)
        (programs / reader.name).unlink()
        for pid in readers_of(process):
            os.kill(pid, signal.SIGKILL)
        door.show("missed", door.tickets[:1])  # new pictures: they want to be read
        wait_for(log, "can't start the reading process", 20)
        time.sleep(3)
        said = log.read_text().count("can't start the reading process")
        assert said == 1, f"said {said} times"
        wait_for(log, "hint=blind", 5)  # the screen sends people to the team
        shutil.copy(reader, programs)
        wait_for(log, "welcome shown", 20)
        assert log.read_text().count("hint=blind") == 1
    finally:
        process.kill()
        process.wait()


def test_reading_begins_soon_after_the_start(door, database):
    """From the start of the process to the first welcome on the screen."""
    log, took_ms = door.folder / "start.log", []
    for number in range(5):
        folder = door.folder / f"start{number}"
        folder.mkdir()
        began = time.monotonic()
        with open(log, "w") as stderr:
            process = subprocess.Popen(door.command(folder / "kiosk.db", door.show("first", door.tickets[:1])), stderr=stderr, env=environment())
        try:
            wait_for(log, "welcome shown", 30)
            took_ms.append(1000 * (time.monotonic() - began))
        finally:
            process.kill()
            process.wait()
    assert min(took_ms) < (20000 if SANITIZED else 2000), took_ms
    return f"ok, {min(took_ms):.0f} to {max(took_ms):.0f} ms"


run_tests(globals(), PEOPLE)
