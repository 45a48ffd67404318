"""A virtual Raspberry-like machine: QEMU on Debian's arm64 kernel, its screen, its journal, and a way to have commands
done inside. Nothing of it is in the root that is tested: a service that obeys us comes in by the initial RAM disk."""
import base64
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = float(os.environ.get("EINLASS_PATIENCE", "1"))  # multiplies every limit, for a busy machine
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a test that is ended ends its machine, too


class Gone(AssertionError):
    """The machine does not answer."""


class Wire:
    """A socket of QEMU's, connected when QEMU has made it; lines in both directions."""

    def __init__(self, path, seconds=20):
        end = time.monotonic() + seconds * PATIENCE
        self.socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self.socket.connect(str(path))
                break
            except OSError:
                if time.monotonic() > end:
                    raise Gone(f"QEMU made no {path.name}") from None
                time.sleep(0.05)
        self.rest = b""

    def send(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def receive(self, seconds):
        end = time.monotonic() + seconds * PATIENCE
        while b"\n" not in self.rest:
            left = end - time.monotonic()
            if left <= 0:
                raise Gone("no answer in time")
            self.socket.settimeout(left)
            try:
                more = self.socket.recv(1 << 16)
            except TimeoutError:
                continue
            if not more:
                raise Gone("QEMU hung up")
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode(errors="replace")

    def close(self):
        self.socket.close()


def overlay(base, folder):
    """A disk that begins as `base` and keeps what is written; it survives the machine, not the folder."""
    disk = Path(folder) / "disk.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", str(Path(base).resolve()), "-F", "raw", str(disk)], check=True)
    return disk


class Machine:
    """Powered on by `with`, or power(); killed at its end as if the plug was pulled."""

    def __init__(self, boot, disk, kernel_words=(), qemu_words=(), size="1280x720", memory_mib=1024):
        self.boot, self.disk = boot, disk
        self.kernel_words, self.qemu_words = list(kernel_words), list(qemu_words)
        self.width, self.height = size.split("x")
        self.memory_mib = memory_mib
        self.accelerator = "tcg,thread=multi"
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-vm-"))
        self.process = None

    # ---- power ----

    def command(self):
        port = "virtserialport,chardev={0},name=einlass.{0}"
        return ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-accel", self.accelerator, "-smp", "2",
                "-m", str(self.memory_mib), "-nodefaults", "-display", "none", "-no-reboot",
                "-kernel", str(self.boot.kernel), "-initrd", str(self.boot.initrd),
                "-append", " ".join(["console=tty0 console=ttyAMA0 panic=-1 quiet", self.boot.root, *self.kernel_words]),
                "-drive", f"file={self.disk},format=qcow2,if=none,id=disk,cache=writeback", "-device", "virtio-blk-pci,drive=disk",
                "-device", f"virtio-gpu-pci,xres={self.width},yres={self.height}", "-device", "virtio-keyboard-pci",
                "-device", "virtio-rng-pci", "-device", "virtio-serial-pci",
                "-serial", f"file:{self.folder}/serial",
                "-chardev", f"file,id=journal,path={self.folder}/journal", "-device", port.format("journal"),
                "-chardev", f"socket,id=tester,path={self.folder}/tester,server=on,wait=off", "-device", port.format("tester"),
                "-qmp", f"unix:{self.folder}/qmp,server=on,wait=off", *self.qemu_words]

    def power(self):
        for name in ("serial", "journal"):
            (self.folder / name).write_bytes(b"")
        for name in ("tester", "qmp"):
            (self.folder / name).unlink(missing_ok=True)
        self.since = time.monotonic()
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stderr=open(self.folder / "qemu.log", "w"))
        self.wire = Wire(self.folder / "qmp")
        self.wire.receive(10)
        self.qmp("qmp_capabilities")
        self.tester = Wire(self.folder / "tester")
        return self

    def cut(self):
        """Pulls the plug."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.wire.close()
            self.tester.close()
            self.process = None

    def __enter__(self):
        return self.power()

    def __exit__(self, kind, *_):
        self.cut()
        if kind is None or not os.environ.get("EINLASS_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print(f"what the machine left: {self.folder}")

    # ---- talking to QEMU ----

    def qmp(self, execute, **arguments):
        self.wire.send(json.dumps({"execute": execute, "arguments": arguments}))
        while True:
            answer = json.loads(self.wire.receive(60))
            if "error" in answer:
                raise AssertionError(f"QMP {execute}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def press(self, *keys):
        for key in keys:
            self.qmp("send-key", keys=[{"type": "qcode", "data": word} for word in key.split("-")])
            time.sleep(0.1)

    def picture(self, path):
        """The screen as it is, as a PNG."""
        self.qmp("screendump", filename=str(Path(path).resolve()), format="png")
        return Path(path)

    # ---- talking to the machine ----

    def do(self, script, seconds=60, check=True):
        """Has root's bash do this in the machine; returns what it printed."""
        self.tester.send(base64.b64encode(script.encode()).decode())
        code, text = self.tester.receive(seconds).split(" ", 1)
        text = base64.b64decode(text).decode(errors="replace")
        assert not check or code == "0", f"'{script}' ended with {code}:\n{text}"
        return text

    def journal(self):
        return (self.folder / "journal").read_text(errors="replace")

    def serial(self):
        return (self.folder / "serial").read_text(errors="replace")

    def sees(self, pattern, seconds=120, after=0, where="journal"):
        """Waits until the journal (or serial) holds the pattern behind character `after`; returns the match."""
        end = time.monotonic() + seconds * PATIENCE
        while True:
            text = (self.folder / where).read_text(errors="replace")
            found = re.compile(pattern, re.MULTILINE).search(text, after)
            if found:
                return found
            if time.monotonic() > end or self.process.poll() is not None:
                said = [line for line in text.splitlines() if " kernel: " not in line]  # of which the camera's driver fills pages
                last = "\n".join(said[-30:])
                raise AssertionError(f"'{pattern}' did not come within {seconds} s; the {where} ends:\n{last}{self.why_silent(text)}")
            time.sleep(0.1)

    def why_silent(self, text):
        """What the machine says of the service that should have brought its journal, when nothing came at all."""
        if text or self.process.poll() is not None:
            return ""
        with contextlib.suppress(AssertionError):
            return self.do("systemctl status 'einlass-tester-*' 'einlass-kiosk' systemd-journald; ls -la /var/log/journal/* /run/log/journal/*", 60, check=False)
        return "(and it does not answer)"

    def mark(self):
        """Where the journal ends now: what comes later is behind it."""
        return len(self.journal())


class Boot:
    """A kernel, its initial RAM disk, and what to mount."""

    def __init__(self, folder, root="root=LABEL=einlass-root"):
        self.kernel, self.initrd, self.root = folder / "kernel/vmlinuz", folder / "initrd.gz", root


def boot_of(release="bookworm"):
    """What tests/emulation/rootfs has made."""
    here = Path(__file__).resolve().parent
    cache = Path(os.environ.get("EINLASS_EMULATION_CACHE", here.parent.parent / "build/emulation"))
    return Boot(cache / release)


@contextlib.contextmanager
def scratch():
    """A folder for disks that change."""
    with tempfile.TemporaryDirectory(prefix="einlass-disks-", dir="/var/tmp") as folder:
        yield Path(folder)
