#!/usr/bin/env python3
"""The kiosk and the office under a service manager that watches them: they say that they are ready, and go on saying so only
while they work. Threads are stopped from outside, by name; a clock that runs ahead saves the waiting.
usage: watch_test.py FOLDER_OF_PROGRAMS FREEZE MONO_STANDIN [TEST…]"""
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path

from door import environment, run_tests, stop

FREEZE, MONO_STANDIN = sys.argv[2:4]
del sys.argv[2:4]
WATCHDOG_S = 2
PATIENCE_S, BEAT_S = 60, 5  # the longest of any thread; WATCH_BEAT_MS
THREADS = "capture scan scanners desk sync feed discover inspect http live attract".split()


class NotAllowed(Exception):
    """What this machine keeps from whoever runs the tests."""


def where_allowed(test):
    @wraps(test)
    def run(door, database):
        try:
            return test(door, database)
        except NotAllowed as why:
            return f"skipped: {why}"
    return run


class Program:
    """As systemd would run it."""

    def __init__(self, at, command, **variables):
        self.command = command
        self.log = at / "watched.log"
        self.ahead = at / "ahead"
        self.ahead.write_text("0")
        self.path = at / "notify"
        self.path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.heard = []
        self.surroundings = {**environment(), "NOTIFY_SOCKET": str(self.path), "WATCHDOG_USEC": str(WATCHDOG_S * 1000000),
                             "LD_PRELOAD": MONO_STANDIN, "MONO_STANDIN": str(self.ahead), **variables}

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stderr=open(self.log, "w"), env=self.surroundings)
        return self

    def __exit__(self, kind, *_):
        if kind is None and self.process.poll() is None:
            code = stop(self.process)
            assert code == 0, f"ended with {code}: {self.log.read_text()}"
        self.process.kill()
        self.process.wait()
        self.socket.close()

    def listen(self, seconds):
        """What is said within that time, and what was on its way already."""
        said, end = [], time.monotonic() + seconds
        while True:
            self.socket.settimeout(max(0, end - time.monotonic()))
            try:
                said.append(self.socket.recv(4096).decode())
            except (TimeoutError, BlockingIOError):
                break
        self.heard += said
        return said

    def hears(self, words, seconds=60):
        end = time.monotonic() + seconds
        while words not in self.listen(0.2):
            assert time.monotonic() < end, f"'{words}' was never said: {self.heard}\n{self.log.read_text()}"

    def sees(self, pattern, seconds=60):
        """Waits for a line of the log; returns the match."""
        end = time.monotonic() + seconds
        while not (found := re.findall(pattern, self.log.read_text())):
            assert time.monotonic() < end, f"'{pattern}' is not in:\n{self.log.read_text()}"
            time.sleep(0.05)
        return found[-1]

    def jump(self, seconds):
        whole = self.ahead.with_name("ahead.part")  # an empty file would be a jump back
        whole.write_text(str(int(self.ahead.read_text()) + seconds))
        whole.rename(self.ahead)

    def forget_log(self):
        os.truncate(self.log, 0)

    def threads(self):
        found = set()
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/comm"):
            try:
                found.add(path.read_text().strip())
            except OSError:
                pass  # it ended
        return found

    def has_threads(self, *names, seconds=60):
        """The server's begins when its port is open, and that is no condition of being ready."""
        end = time.monotonic() + seconds
        while not set(names) <= self.threads():
            assert time.monotonic() < end, f"only {self.threads()} of {names}"
            time.sleep(0.05)

    @contextmanager
    def frozen(self, *names):
        self.has_threads(*(name for name in names if name != "main"))
        freezer = subprocess.Popen([FREEZE, str(self.process.pid), *names], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            said = freezer.stdout.readline()
            if not said and freezer.wait() == 77:
                raise NotAllowed("this machine lets nobody stop a thread (kernel.yama.ptrace_scope)")
            assert said == "frozen\n", said
            self.listen(0.1)  # what was on its way
            yield
        finally:
            freezer.stdin.close()
            freezer.wait()


class Watched(Program):
    """The kiosk."""

    def __init__(self, door, database, tickets=(), *options, at=None, **variables):
        sponsors = door.folder / "sponsors"
        sponsors.mkdir(exist_ok=True)
        if not list(sponsors.iterdir()):
            (sponsors / "1.png").symlink_to(door.tickets[0])
        # Few pictures: a thread that is stopped while it hands one over would stop the screen with it.
        super().__init__(at or database.parent, [*door.command(database, door.show("pictures", tickets)), "--frames-per-second", "5",
                                                 "--attract", str(sponsors), *options], **variables)


def watched_office(door, folder):
    command = [door.programs / "einlass", "office", "--book", door.folder / "book", "--database", folder / "records", "--listen", "127.0.0.1:0"]
    return Program(folder, command, WATCHDOG_USEC="400000")


def test_it_is_ready_with_its_first_picture_and_says_when_it_stops(door, database):
    with Watched(door, database) as kiosk:
        kiosk.hears("READY=1")
        assert "ready shown" in kiosk.log.read_text(), "ready before anything was on the screen"
        assert any(line.startswith("STATUS=serving event ") for line in kiosk.heard), kiosk.heard
        kiosk.hears("WATCHDOG=1")
        for _ in range(3):
            kiosk.hears("WATCHDOG=1")
        assert stop(kiosk.process) == 0
        said = kiosk.listen(0.5)
        assert said[-1] == "STOPPING=1", said
        assert kiosk.heard.count("READY=1") == 1, kiosk.heard


def test_no_display_is_said_in_words_and_an_end_that_is_restarted(door, database):
    with Watched(door, database, SDL_VIDEODRIVER="kmsdrm") as kiosk:
        assert kiosk.process.wait(timeout=60) == 1
        assert "screen: no display to draw on: kmsdrm not available; connect one" in kiosk.log.read_text(), kiosk.log.read_text()
        assert "READY=1" not in kiosk.listen(0.2)


def test_a_manager_that_does_not_listen_stops_nothing(door, database):
    room = int(Path("/proc/sys/net/unix/max_dgram_qlen").read_text())
    with Watched(door, database, WATCHDOG_USEC="200000") as kiosk:
        kiosk.sees("ready shown")
        time.sleep(0.05 * min(room, 100) + 1)  # it speaks 20 times a second
        kiosk.process.send_signal(signal.SIGUSR1)
        kiosk.sees("state frames_drawn")  # its main thread goes on
        kiosk.hears("WATCHDOG=1")


@where_allowed
def test_a_main_thread_that_hangs_is_silent(door, database):
    with Watched(door, database) as kiosk:
        kiosk.hears("WATCHDOG=1")
        with kiosk.frozen("main"):
            assert kiosk.listen(2 * WATCHDOG_S) == []
        kiosk.hears("WATCHDOG=1")


def hang(kiosk, names):
    """Returns who hangs as the log tells, once all others have been heard of; nothing is told meanwhile."""
    kiosk.forget_log()
    with kiosk.frozen(*names):
        kiosk.jump(PATIENCE_S + BEAT_S)
        end = time.monotonic() + 60
        late = set()
        while late != set(names):
            found = re.findall("kiosk: hangs: ([a-z ]+)", kiosk.log.read_text())
            late = set(found[-1].split()) if found else set()
            if time.monotonic() > end:
                return late
            time.sleep(0.05)
        kiosk.listen(0.1)
        assert "WATCHDOG=1" not in kiosk.listen(WATCHDOG_S), f"fed while {names} hang"
        return late


@where_allowed
def test_whoever_hangs_is_named_and_nothing_is_told(door, database):
    with Watched(door, database) as kiosk:
        kiosk.hears("WATCHDOG=1")
        kiosk.has_threads(*THREADS)
        # Who isn't stopped is late for a moment, too, as time jumped, and must be heard of again.
        for names in (THREADS[::2], THREADS[1::2]):
            assert hang(kiosk, names) == set(names), kiosk.log.read_text()
            kiosk.sees("kiosk: all threads go on")
            kiosk.hears("WATCHDOG=1")


@where_allowed
def test_each_alone_in_real_time(door, database):
    """One kiosk a thread, all at once: minutes of waiting, so only now and then."""
    if "EINLASS_LONG" not in os.environ:
        return "skipped: only with tests/run --long"
    with ExitStack() as stack:
        kiosks = {}
        for name in THREADS:
            folder = database.parent / name
            folder.mkdir()
            kiosks[name] = stack.enter_context(Watched(door, folder / "kiosk.db", LD_PRELOAD=""))
            kiosks[name].hears("WATCHDOG=1")
            stack.enter_context(kiosks[name].frozen(name))
        for name, kiosk in kiosks.items():
            assert kiosk.sees("kiosk: hangs: ([a-z ]+);", PATIENCE_S + BEAT_S + 60) == name
            kiosk.listen(0.1)
            assert "WATCHDOG=1" not in kiosk.listen(WATCHDOG_S), f"fed while {name} hangs"


def test_an_office_says_that_it_serves_and_goes_on(door, database):
    with watched_office(door, database.parent) as office:
        office.hears("READY=1")
        office.hears("WATCHDOG=1")


@where_allowed
def test_of_an_office_that_answers_nobody_nothing_is_told(door, database):
    if "EINLASS_LONG" not in os.environ:
        return "skipped: only with tests/run --long"
    with watched_office(door, database.parent) as office:
        office.hears("READY=1")
        office.jump(2)
        time.sleep(1)  # it answers its first question
        with office.frozen("http"):
            end = time.monotonic() + 60
            while "office: hangs" not in office.log.read_text():
                office.jump(31)  # the next question, and then its end
                time.sleep(0.3)
                assert time.monotonic() < end, office.log.read_text()
            office.listen(0.1)
            assert "WATCHDOG=1" not in office.listen(1), "fed while it answers nobody"
        office.jump(31)
        office.sees("office: answers again")
        office.hears("WATCHDOG=1")


def test_a_decoder_that_hangs_stops_nothing(door, database):
    with Watched(door, database, door.tickets[:2]) as kiosk:
        kiosk.hears("WATCHDOG=1")
        for _ in range(3):
            for path in Path(f"/proc/{kiosk.process.pid}/task").glob("*/children"):
                try:
                    for pid in path.read_text().split():
                        os.kill(int(pid), signal.SIGSTOP)
                except (FileNotFoundError, ProcessLookupError):
                    pass  # replaced, or ended, meanwhile
            kiosk.listen(WATCHDOG_S)
            kiosk.hears("WATCHDOG=1")
        kiosk.sees("welcome shown")
        assert "hangs" not in kiosk.log.read_text()


@contextmanager
def small_disk(door, limit="size=3m"):
    """A file system that is soon full; its folder."""
    folder = door.folder / "small"
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", limit, "tmpfs", folder], capture_output=True).returncode != 0:
        raise NotAllowed("needs root to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    with open(folder / "ballast", "wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(512))
        except OSError:
            pass


@where_allowed
def test_a_kiosk_that_finds_its_disk_full_says_so_and_goes_on_by_itself(door, database):
    with small_disk(door) as folder:
        fill(folder)
        with Watched(door, folder / "kiosk.db", door.tickets[:1], "--fullscreen", at=database.parent) as kiosk:
            kiosk.sees("screen: trouble shown")
            assert "trouble=disk_full" in kiosk.log.read_text()
            kiosk.hears("STATUS=can't begin: disk_full")
            assert "READY=1" not in kiosk.listen(1) and "READY=1" not in kiosk.heard, kiosk.heard
            (folder / "ballast").unlink()
            kiosk.hears("READY=1")
            kiosk.sees("welcome shown")


def test_a_damaged_database_is_said_on_the_screen(door, database):
    with Watched(door, database) as kiosk:
        kiosk.hears("READY=1")
    with open(database, "r+b") as file:
        file.write(bytes(4096))
    with Watched(door, database, (), "--fullscreen") as kiosk:
        kiosk.sees("screen: trouble shown")
        assert "trouble=damaged" in kiosk.log.read_text(), kiosk.log.read_text()
        assert "READY=1" not in kiosk.listen(1)


@where_allowed
def test_no_room_for_one_more_file_is_a_full_disk(door, database):
    with small_disk(door, "nr_inodes=2") as folder:
        (folder / "ballast").touch()
        with Watched(door, folder / "kiosk.db", (), "--fullscreen", at=database.parent) as kiosk:
            kiosk.sees("trouble=disk_full")


def test_settings_nobody_can_read_are_said_on_the_screen(door, database):
    config = database.parent / "kiosk.conf"
    config.write_text("[board]\nport = eighty\n")
    with Watched(door, database, (), "--fullscreen", "--config", str(config)) as kiosk:
        kiosk.sees("screen: trouble shown")
        kiosk.sees(r"kiosk\.conf:2: \[board\] port")
        assert "trouble=settings" in kiosk.log.read_text() and "READY=1" not in kiosk.listen(1)
    assert not database.exists()  # what it isn't sure of it doesn't begin


def test_an_event_file_without_its_signature_is_said_on_the_screen(door, database):
    event = database.parent / "alone.event.json"
    event.write_text("{}")
    with Watched(door, database, (), "--fullscreen", "--event", str(event)) as kiosk:
        kiosk.sees("screen: trouble shown")
        assert "trouble=event_file" in kiosk.log.read_text() and "READY=1" not in kiosk.listen(1)


run_tests(globals(), 2)
