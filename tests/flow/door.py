"""A door for tests: an event with real signed tickets, made by the laptop tool, and the kiosk program run on it."""
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class Door:
    """Holds a temporary folder with an event of `people` attendees and one ticket picture each."""

    def __init__(self, programs, people, name="Probe"):
        self.programs = Path(programs)
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-door-"))
        rows = "".join(f"Nachname{n};Vorname{n};{1 + n % 3}\n" for n in range(people))
        (self.folder / "people.csv").write_text("Nachname;Vorname;Gruppe\n" + rows, encoding="utf-8")
        self.einlass("event", "create", "--name", name, "--kind", "netzwerktreffen", "--starts", "2026-01-01T08:00",
                     "--ends", "2030-12-31T23:00", "--pin", "2468", *(word for bus in "123" for word in ("--group", f"{bus}=Bus {bus}")))
        self.einlass("roster", "import", self.folder / "people.csv")
        self.einlass("ticket", "issue", "--out", self.folder / "tickets", "--format", "png")
        self.einlass("event", "export", "--out", self.folder / "out")
        self.event_file = next((self.folder / "out").glob("*.event.json"))
        self.root_key = (self.folder / "out" / "root.key.pub").read_text().strip()
        self.tickets = sorted((self.folder / "tickets").glob("*.png"))
        assert len(self.tickets) == people, f"{len(self.tickets)} ticket pictures for {people} people"

    def einlass(self, *words, check=True):
        done = subprocess.run([self.programs / "einlass", *map(str, words), "--book", self.folder / "book"],
                              capture_output=True, text=True)
        if check and done.returncode != 0:
            raise AssertionError(f"einlass {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def show(self, name, tickets):
        """A folder of pictures for the kiosk's camera."""
        pictures = self.folder / name
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir()
        for number, ticket in enumerate(tickets):
            (pictures / f"{number:04}.png").symlink_to(ticket)
        return pictures

    def command(self, database, pictures, *more):
        if "--board-port" not in more:
            more = ("--board-port", "0", *more)  # kiosks of other tests run beside this one
        return [str(self.programs / "einlass-kiosk"), "--event", str(self.event_file), "--root-key", self.root_key,
                "--database", str(database), "--pictures", str(pictures), "--frames-per-second", "100",
                "--frames-per-picture", "3", "--width", "800", "--height", "480", "--volume", "0", *more]

    def number(self, position):
        """The ticket number under a ticket's code, with its check character."""
        name = self.tickets[position].stem
        rows = self.einlass("roster", "list").stdout
        return next(row[1:12] for row in rows.splitlines() if row.startswith(f'"{name}'))

    def newer_event_file(self):
        """The event's next version: the first ticket is issued again."""
        self.einlass("ticket", "issue", "--only", self.number(0), "--reissue", "--format", "png", "--out", self.folder / "again")
        self.einlass("event", "export", "--out", self.folder / "newer")
        return next((self.folder / "newer").glob("*.event.json"))

    def verify(self, database):
        return subprocess.run([self.programs / "einlass", "log", "verify", str(database)], capture_output=True, text=True)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def how_many(usual):
    """How often a crash test crashes: the number on the command line, five times as often under tests/run --long."""
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else usual
    return wanted * 5 if os.environ.get("EINLASS_LONG") else wanted


def environment():
    return {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}


def greens(log_text):
    """Record numbers of the welcomes that the screen said it had shown."""
    return [int(seq) for seq in re.findall(r"welcome shown seq=(\d+)", log_text)]


def entries(database):
    """ticket -> record numbers of its entries."""
    import json
    found = {}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60) as connection:
        for seq, line in connection.execute("select seq, line from log order by seq"):
            record = json.loads(line)
            if record["kind"] == "entry":
                found.setdefault(record["ticket"], []).append(seq)
    return found


def wait_for(path, words, seconds):
    """Waits until a log file holds `words`; returns its text."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text = path.read_text(encoding="utf-8", errors="replace")
        if words in text:
            return text
        time.sleep(0.005)
    raise AssertionError(f"'{words}' did not appear within {seconds} s in:\n{path.read_text(errors='replace')[-2000:]}")


def stop(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=60)


class Run:
    """The kiosk on a folder of pictures, until the end of the with-block."""

    def __init__(self, door, database, tickets, *options, prefix=()):
        self.log = door.folder / "kiosk.log"
        self.pictures = door.show("pictures", tickets)
        self.command = [*prefix, *door.command(database, self.pictures, *options)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stderr=open(self.log, "w"), env=environment())
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                code = stop(self.process)
                assert code == 0, f"ended with {code}: {self.log.read_text()}"
        finally:
            self.process.kill()
            self.process.wait()

    def add(self, ticket):
        (self.pictures / f"9{len(list(self.pictures.iterdir())):03}.png").symlink_to(ticket)

    def sees(self, words, seconds=60):
        return wait_for(self.log, words, seconds)


def all_are_in(run, database, people, seconds=60):
    """Waits for all entries. On a busy machine a ticket may get its turn only when the pictures come round again."""
    run.sees("ready shown", seconds)
    end = time.monotonic() + seconds
    while len(entries(database)) < people:
        assert time.monotonic() < end, f"only {entries(database)} came in"
        time.sleep(0.05)


def frames_drawn(run):
    """Asks the kiosk how many frames it has painted."""
    before = run.log.read_text().count("state frames_drawn")
    run.process.send_signal(signal.SIGUSR1)
    end = time.monotonic() + 60
    while len(found := re.findall(r"state frames_drawn=(\d+)", run.log.read_text())) == before:
        assert time.monotonic() < end, "no answer"
        time.sleep(0.01)
    return int(found[-1])


def frames_told(run):
    """What frames_drawn() was answered before the first hint, while that stood, after that (with --log-level debug)."""
    return [list(map(int, re.findall(r"state frames_drawn=(\d+)", part))) for part in run.log.read_text().split("hint=")]


def refused_start(door, database, *options, prefix=()):
    """Starts the kiosk where it can't run; returns what it said."""
    surroundings = environment()
    if prefix:  # another user, who may not be allowed to read the project's folder with the sanitizers' lists
        for name in ("TSAN_OPTIONS", "LSAN_OPTIONS"):
            surroundings.pop(name, None)
    done = subprocess.run([*prefix, *door.command(database, door.show("pictures", []), *options)], capture_output=True, text=True,
                          env=surroundings, timeout=60)
    assert done.returncode == 1, f"should not have started, ended with {done.returncode}: {done.stderr}"
    assert "welcome" not in done.stderr
    return done.stderr


def run_tests(module, people):
    """The program of a test file: runs its tests (or those named on the command line) at one door, each with a new database."""
    tests = [value for name, value in module.items() if name.startswith("test_") and name in (sys.argv[2:] or module)]
    door = Door(sys.argv[1], people)
    failed = 0
    try:
        for number, test in enumerate(tests):
            database = door.folder / f"{number}" / "kiosk.db"
            database.parent.mkdir()
            try:
                outcome = test(door, database) or "ok"
            except Exception as error:
                failed += 1
                outcome = f"FAILED: {error!r}"
            print(f"{test.__name__}: {outcome}", flush=True)
    finally:
        door.close()
    sys.exit(1 if failed else 0)
