"""An office for tests: the real program over TLS on loopback, kiosks that are paired with it by the code on a picture."""
import contextlib
import json
import secrets
import signal
import socket
import sqlite3
import struct
import subprocess
import time
import zlib
from pathlib import Path

from door import environment, stop, wait_for


PATIENCE_S = 150  # who found no office tries again within 60 s, and one address after the other


def free_port():
    """One that nobody is given who asks for any: it is still free when it is listened at."""
    first, last = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    while True:
        port = secrets.choice([*range(10000, first), *range(last + 1, 65536)] or range(10000, 65536))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("", port))
            return port


def until(asks, words, seconds=PATIENCE_S):
    """Waits until `asks()` gives something true; returns it."""
    end = time.monotonic() + seconds
    while not (found := asks()):
        assert time.monotonic() < end, f"within {seconds} s never: {words}"
        time.sleep(0.02)
    return found


class Office:
    """`einlass office` on a door's book, until the end of the with-block. Its records lie beside the book."""

    def __init__(self, door, *options, records=None):
        self.door, self.port, self.options = door, free_port(), options
        self.records = Path(records or door.folder / "book.records")
        self.log = door.folder / f"office-{self.port}.log"
        self.process = None

    def start(self, port=None):
        self.port = port or self.port
        command = [self.door.programs / "einlass", "office", "--book", self.door.folder / "book", "--database", self.records,
                   "--listen", f"127.0.0.1:{self.port}", *self.options]
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, env=environment())
        until(self.is_listening, "the office listens")
        return self

    def is_listening(self):
        assert self.process.poll() is None, f"the office ended:\n{self.log.read_text()}"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def says(self, words):
        return wait_for(self.log, words, PATIENCE_S)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        code = stop(self.process)
        assert code == 0, f"the office ended with {code}:\n{self.log.read_text()}"

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        if kind is None and self.process.poll() is None:
            self.stop()
        self.process.kill()
        self.process.wait()

    def einlass(self, *words):
        return self.door.einlass(*words, "--database", self.records)

    def publish(self):
        self.einlass("event", "publish", "--event", "1")

    def offer(self, name, *options):
        """A pairing text, as the terminal shows it under its code."""
        said = self.einlass("kiosk", "pair", name, *(options or ("--event", "1"))).stdout
        return next(line for line in said.splitlines() if line.startswith("EINLASS-PAIR/"))

    def lines(self):
        """Every line it has, as received: (log, seq, record)."""
        if not self.records.exists():
            return []
        with sqlite3.connect(f"file:{self.records}?mode=ro", uri=True, timeout=60) as connection:
            return [(bytes(log).hex(), seq, json.loads(line)) for log, seq, line in connection.execute(
                "select log.log, record.seq, record.line from record join log on record.log = log.id order by record.n")]

    def back_up(self):
        """A copy of its records as they are now, taken while it runs."""
        copy = self.records.with_name("backup")
        with sqlite3.connect(self.records, timeout=60) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        return copy

    def put_back(self, copy):
        for suffix in ("", "-wal", "-shm"):
            self.records.with_name(self.records.name + suffix).unlink(missing_ok=True)
        copy.rename(self.records)


def wall(path):
    """A picture with nothing on it, 320 x 240, grey."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\x90" * 320) * 240
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 320, 240, 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def picture_of(text, path):
    """The code of a text as a picture for the camera."""
    subprocess.run(["qrencode", "-s", "7", "-m", "4", "-l", "M", "-o", path, text], check=True)
    return path


class Kiosk:
    """A kiosk of its own at one gate: database, camera pictures, log. `with kiosk:` runs it."""

    def __init__(self, door, folder, gate, *options, prefix=()):
        self.door, self.folder, self.gate, self.options, self.prefix = door, folder, gate, options, prefix
        self.folder.mkdir()
        self.database, self.log, self.pictures = self.folder / "kiosk.db", self.folder / "log", self.folder / "pictures"
        self.shots = self.folder / "shots"
        self.pictures.mkdir()
        self.show()
        self.log.touch()
        self.process, self.heard = None, 0

    def command(self):
        return [*self.prefix, str(self.door.programs / "einlass-kiosk"), "--database", str(self.database), "--gate", self.gate,
                "--pictures", str(self.pictures), "--frames-per-second", "50", "--frames-per-picture", "3", "--width", "800",
                "--height", "480", "--volume", "0", "--board-port", "0", "--stick", str(self.folder / "sticks"), "--screenshots", str(self.shots), *self.options]

    def __enter__(self):
        if self.process is not None and self.process.poll() is None:
            return self  # paired() began it
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(self.command(), stderr=log, env=environment())
        return self

    def __exit__(self, kind, *_):
        if kind is None and self.process.poll() is None:
            code = stop(self.process)
            assert code == 0, f"kiosk {self.gate} ended with {code}:\n{self.log.read_text()[-3000:]}"
        self.process.kill()
        self.process.wait()

    def show(self, *pictures):
        """What the camera sees from now on; nothing: an empty wall."""
        old = list(self.pictures.iterdir())
        for picture in pictures or [wall(self.folder / "wall.png")]:
            (self.pictures / f"{time.monotonic_ns()}.png").symlink_to(picture)
        for path in old:
            path.unlink()

    def pair(self, text):
        self.show(picture_of(text, self.folder / "offer.png"))

    def mark(self):
        """From here on sees() reads the log."""
        self.heard = len(self.log.read_text(errors="replace"))

    def said(self):
        return self.log.read_text(encoding="utf-8", errors="replace")[self.heard:]

    def sees(self, words, seconds=PATIENCE_S):
        end = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, f"kiosk {self.gate} ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}"
            assert time.monotonic() < end, f"kiosk {self.gate}: '{words}' did not appear within {seconds} s in:\n{self.said()[-3000:]}"
            time.sleep(0.01)
        return self.said()

    def state(self):
        """What it says of itself right now, a line."""
        before = self.log.read_text(errors="replace").count("state frames_drawn")
        self.process.send_signal(signal.SIGUSR1)
        until(lambda: self.log.read_text(errors="replace").count("state frames_drawn") > before, "a line of state")
        return self.log.read_text(errors="replace").rsplit("state frames_drawn", 1)[1].splitlines()[0]

    def told(self, what="office"):
        """What staff read about the office, or the stick, right now."""
        return self.state().split(f'{what}="')[1].split('"')[0]

    def knows_all_is_there(self):
        """The office has confirmed its last record."""
        return " unsent=0 " in self.state()

    def tells_of_stick(self, sentence):
        self.tells(sentence, what="stick")

    def tells(self, sentence, seconds=PATIENCE_S, what="office"):
        end = time.monotonic() + seconds
        while sentence not in (told := self.told(what)):
            assert time.monotonic() < end, f"kiosk {self.gate} tells '{told}', and never '{sentence}':\n{self.log.read_text()[-2000:]}"
            time.sleep(0.05)

    def lines(self):
        """Its log's records in order."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=60) as connection:
            return [json.loads(line) for line, in connection.execute("select line from log order by seq")]

    def foreign(self):
        """How many check-ins of other kiosks it knows."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=60) as connection:
            return connection.execute("select count(*) from foreign_line").fetchone()[0]


def paired(door, office, folder, *options, prefix=()):
    """A kiosk at the gate the folder is named after, running, that was shown its pairing code."""
    kiosk = Kiosk(door, folder, folder.name, *options, prefix=prefix)
    with contextlib.ExitStack() as ends_if_it_fails:
        ends_if_it_fails.enter_context(kiosk)
        kiosk.sees("pairing shown")
        kiosk.pair(office.offer(folder.name))
        kiosk.sees("ready shown")
        kiosk.show()
        ends_if_it_fails.pop_all()
    return kiosk


def has_all_of(office, *kiosks):
    """The office has every line of these kiosks, each once, as it was written."""
    there = [json.dumps(record, sort_keys=True) for _, _, record in office.lines()]
    here = [json.dumps(record, sort_keys=True) for kiosk in kiosks for record in kiosk.lines()]
    return sorted(there) == sorted(here)


def welcome(kiosk, ticket):
    kiosk.mark()
    kiosk.show(ticket)
    kiosk.sees("welcome shown")


def refuse(kiosk, ticket, words):
    kiosk.mark()
    kiosk.show(ticket)
    kiosk.sees(words)
