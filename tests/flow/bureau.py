"""An office for tests: a book with an event, `einlass office` running on it over TLS, and kiosks made of bytes."""
import ctypes
import ctypes.util
import hashlib
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
assert sodium.sodium_init() >= 0


class Bureau:
    """A temporary folder with a book of one event; start() runs the office."""

    def __init__(self, programs, *options):
        self.programs = Path(programs).resolve()
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-office-"))
        self.process = None
        (self.folder / "people.csv").write_text("Nachname;Vorname\n" + "".join(f"Nach{n};Vor{n}\n" for n in range(20)), encoding="utf-8")
        self.einlass("event", "create", "--name", "Probe", "--kind", "netzwerktreffen", "--starts", "2026-01-01T08:00",
                     "--ends", "2030-12-31T23:00", "--pin", "2468", *options)
        self.einlass("roster", "import", "people.csv")

    def beside(self):
        """Another office's process in the same folder, for a hub."""
        other = object.__new__(Bureau)
        other.programs, other.folder, other.process = self.programs, self.folder, None
        return other

    def einlass(self, *words, code=0, typed=None):
        done = subprocess.run([self.programs / "einlass", *map(str, words)], cwd=self.folder, capture_output=True, text=True, input=typed)
        assert done.returncode == code, f"einlass {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def start(self, *options, listen="127.0.0.1:0"):
        self.log = open(self.folder / "office.log", "ab")
        self.process = subprocess.Popen([self.programs / "einlass", "office", "--listen", listen, *options], cwd=self.folder,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        said = ""
        for line in self.process.stdout:
            said += line
            if line.startswith("Ctrl-C"):
                break
        found = re.search(r"at (https?)://127\.0\.0\.1:(\d+)", said)
        assert found, f"the office did not start: {said}\n{(self.folder / 'office.log').read_text()}"
        self.is_tls, self.port, self.said = found[1] == "https", int(found[2]), said
        return said

    def stop(self, how=signal.SIGTERM):
        if not self.process:
            return
        self.process.send_signal(how)
        code = self.process.wait(60)
        self.process.stdout.close()
        self.log.close()
        self.process = None
        assert code == (0 if how == signal.SIGTERM else -how), f"the office ended with {code}: {(self.folder / 'office.log').read_text()}"

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, path, body=None, token=None, headers=None, patience=60):
        """(status, body, headers) of one call over a connection of its own."""
        if self.is_tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # kiosks pin it; that is tested with them
            line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=patience, context=context)
        else:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        given = dict(headers or {})
        if token:
            given["Authorization"] = f"Bearer {token}"
        if isinstance(body, dict):
            body = json.dumps(body)
        try:
            line.request(method, path, body=body, headers=given)
            answer = line.getresponse()
            data = answer.read()
        finally:
            line.close()
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status, json.loads(data) if is_json and data else data, answer.headers

    def pair(self, name, *options):
        """A kiosk that was paired by the text that a clerk's command shows."""
        text = next(line for line in self.einlass("kiosk", "pair", name, *options).splitlines() if line.startswith("EINLASS-PAIR/1 "))
        kiosk = Kiosk(self, name)
        kiosk.enroll(text.split()[2])
        return kiosk


class Kiosk:
    """A device key, a log with its chain, and a token."""

    def __init__(self, bureau, name):
        self.bureau, self.name = bureau, name
        self.public, self.secret = (ctypes.create_string_buffer(size) for size in (32, 64))
        sodium.crypto_sign_keypair(self.public, self.secret)
        self.log = secrets.token_bytes(16)
        self.lines = []
        self.hashes = [hashlib.sha256(b"einlass-log/1" + self.log + self.public.raw).digest()]

    def enroll(self, code, status=200):
        self.bureau_answer = self.bureau.ask("POST", "/v1/enroll", {"code": code, "device_key": self.public.raw.hex(), "name": self.name, "version": "0.1.0"})
        assert self.bureau_answer[0] == status, self.bureau_answer
        self.token = self.bureau_answer[1].get("token")
        return self.bureau_answer[1]

    def ask(self, method, path, body=None, **more):
        return self.bureau.ask(method, path, body, token=self.token, **more)

    def write(self, kind="entry", ticket=0xa1, list=1, **more):
        seq = len(self.lines) + 1
        fields = {"seq": seq, "kind": kind, "event": 1, "list": list, "gate": self.name, "ticket": f"{ticket:012x}", "person": ticket & 0xffff,
                  "reason": "ok", "via": "camera", "boot": 1, "boot_ms": 1000 * seq, "unix_ms": 1795341152123 + 1000 * seq, "clock": "ntp", **more}
        line = json.dumps(fields, separators=(",", ":")).encode()
        self.lines.append(line)
        self.hashes.append(hashlib.sha256(self.hashes[-1] + seq.to_bytes(8, "big") + line).digest())

    def batch(self, first=1, count=None):
        count = len(self.lines) - first + 1 if count is None else count
        last = first + count - 1
        signature = ctypes.create_string_buffer(64)
        text = b"einlass-head/1\0" + self.log + last.to_bytes(8, "big") + self.hashes[last]
        sodium.crypto_sign_detached(signature, None, text, ctypes.c_ulonglong(len(text)), self.secret)
        head = {"log": self.log.hex(), "first": first, "count": count, "prev": self.hashes[first - 1].hex(), "head": self.hashes[last].hex(),
                "sig": signature.raw.hex(), "clock": "ntp", "device": self.public.raw.hex(), "gate": self.name}
        return b"\n".join([json.dumps(head, separators=(",", ":")).encode(), *self.lines[first - 1:last], b""])

    def send(self, first=1, count=None, **more):
        return self.ask("POST", f"/v1/logs/{self.log.hex()}/records", self.batch(first, count), **more)

    def place(self):
        status, body, _ = self.ask("GET", f"/v1/logs/{self.log.hex()}")
        assert status == 200, (status, body)
        return body

    def feed(self, after="", wait=0, **more):
        status, body, _ = self.ask("GET", f"/v1/feed?event=1&log={self.log.hex()}&limit=500&wait={wait}" + (f"&after={after}" if after else ""), **more)
        assert status == 200, (status, body)
        return body


def wait_for(asked, seconds=150):
    """Asks until the answer is something; the limit is only for a test that has failed already."""
    end = time.monotonic() + seconds
    while not (answer := asked()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
    return answer


def run_tests(module, *options):
    """Runs the module's test_ functions (or those named), each with an office of its own."""
    import sys
    programs, wanted = sys.argv[1], sys.argv[2:]
    failed = 0
    for name, test in list(module.items()):
        if not name.startswith("test_") or (wanted and name not in wanted):
            continue
        bureau = Bureau(programs, *getattr(test, "options", options))
        try:
            test(bureau)
            print(f"ok   {name}", flush=True)
        except Exception as error:  # the next test is worth running all the same
            failed += 1
            import traceback
            traceback.print_exc()
            log = bureau.folder / "office.log"
            print(f"FAIL {name}: {error}\n{log.read_text() if log.exists() else ''}", flush=True)
        finally:
            bureau.close()
    sys.exit(1 if failed else 0)
