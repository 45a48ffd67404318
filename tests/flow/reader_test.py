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
PEOPLE = 8 if THREAD_SANITIZED else 20
# A read may take 40 times as long under the thread sanitizer: one that was stopped would cost its picture.
HARMS = [signal.SIGKILL] if THREAD_SANITIZED else [signal.SIGKILL, signal.SIGSTOP]


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


def caged_readers_of(process):
    """One that reads and one kept ready. That one begins, and builds its cage, while the other reads already; and where a read
    was cut off, one more goes while its successor begins."""
    end = time.monotonic() + 60
    while True:
        readers = readers_of(process)
        try:
            if len(readers) == 2 and all(status_of(pid)["Seccomp"] == "2" for pid in readers):
                return readers
        except (OSError, KeyError):
            pass  # it went meanwhile
        assert time.monotonic() < end, f"not two in cages: {readers}"
        time.sleep(0.02)


def test_the_kiosk_holds_no_decoder_and_the_reader_nothing_else(door, database):
    with Run(door, database, door.tickets[:1], "--pictures-once") as run:
        run.sees("welcome shown")
        maps = Path(f"/proc/{run.process.pid}/maps").read_text()
        assert "libzbar" not in maps, "the decoder is in the kiosk's own memory"
        for pid in caged_readers_of(run.process):
            assert os.readlink(f"/proc/{pid}/exe").endswith("/einlass-reader")
            status = status_of(pid)
            assert status["NoNewPrivs"] == "1" and int(status["CapEff"], 16) == 0, status
            assert Path(f"/proc/{pid}/environ").read_bytes() == b""
            open_files = {int(path.name): os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir()}
            sockets = {number for number, target in open_files.items() if target.startswith("socket:")}
            assert sorted(open_files) == [0, 1, 2, 3] and sockets == {2, 3}, open_files
            assert open_files[2] == open_files[3] and open_files[0] == open_files[1] == "/dev/null", open_files


def gone_soon(pids):
    end = time.monotonic() + 60
    while any(os.path.exists(f"/proc/{pid}") for pid in pids):
        assert time.monotonic() < end, "a reading process outlived the kiosk"
        time.sleep(0.01)


def test_readers_end_with_the_kiosk_however_it_ends(door, database):
    log = door.folder / "ends.log"
    for how in (signal.SIGTERM, signal.SIGKILL):
        with open(log, "w") as stderr:
            kiosk = subprocess.Popen(door.command(database, door.show("pictures", [])), stderr=stderr, env=environment())
        try:
            wait_for(log, "ready shown", 60)
            readers = caged_readers_of(kiosk)
            os.kill(readers[0], signal.SIGSTOP)  # even one that can't hear
            kiosk.send_signal(how)
            kiosk.wait(timeout=60)
            gone_soon(readers)
        finally:
            kiosk.kill()
            kiosk.wait()


def someone_harmed(dice, process, harmed, ways):
    """One of the reading processes is killed or stopped, if one is there."""
    readers = readers_of(process)
    how = dice.choice(ways)
    try:
        if readers:
            os.kill(dice.choice(readers), how)
            harmed[how] += 1
    except ProcessLookupError:
        pass


def test_readers_killed_and_stopped_at_random_lose_nobody(door, database):
    """Each ticket is held up until it is greeted. Meanwhile, and once more after that, a process is killed or stopped; more and
    more seldom, for killed more often than a read takes on a busy machine, nothing would ever be read."""
    dice = random.Random(20261122)
    harmed = dict.fromkeys(HARMS, 0)
    with Run(door, database, [], "--frames-per-picture", "1") as run:
        run.sees("ready shown")
        for number, ticket in enumerate(door.tickets):
            (run.pictures / "next").symlink_to(ticket)
            (run.pictures / "next").rename(run.pictures / "ticket.png")
            pause_s, end = 0.02, time.monotonic() + 120
            while len(greens(run.log.read_text())) <= number:
                assert time.monotonic() < end, f"{number} of {PEOPLE} came in, {harmed}"
                someone_harmed(dice, run.process, harmed, HARMS)
                time.sleep(dice.uniform(0.2, 1) * pause_s)
                pause_s *= 1.3
            someone_harmed(dice, run.process, harmed, [signal.SIGKILL])
            time.sleep(0.1)
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
        wait_for(log, "ready shown", 60)
        (programs / reader.name).unlink()
        for pid in readers_of(process):
            os.kill(pid, signal.SIGKILL)
        door.show("missed", door.tickets[:1])  # new pictures: they want to be read
        wait_for(log, "can't start the reading process", 60)
        time.sleep(3)
        said = log.read_text().count("can't start the reading process")
        assert said == 1, f"said {said} times"
        wait_for(log, "hint=blind", 60)  # the screen sends people to the team
        shutil.copy(reader, programs)
        wait_for(log, "welcome shown", 60)
        assert log.read_text().count("hint=blind") == 1
    finally:
        process.kill()
        process.wait()


run_tests(globals(), PEOPLE)
