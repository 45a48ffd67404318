"""Runs with the kiosk's walls around it (tests/kiosk/prepare) and tries them: one line each, a word and whether it went.
Nothing here is expected; session_test.py knows what should be."""
import ctypes
import errno
import os
import socket
import subprocess
import time
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)
NEWUSER, PTRACE_ATTACH = 0x10000000, 16


def call(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def write(path):
    with open(path, "a", encoding="utf-8") as file:
        file.write("")
        file.flush()


def run_own():
    path = Path("/var/lib/einlass/program")
    path.write_bytes(Path("/bin/true").read_bytes())
    path.chmod(0o700)
    try:
        subprocess.run([path], check=True)
    finally:
        path.unlink()


def set_user_id():
    path = Path("/var/lib/einlass/setuid")
    path.touch()
    try:
        os.chmod(path, 0o4700)
        if not path.stat().st_mode & 0o4000:
            raise PermissionError(errno.EPERM, "")
    finally:
        path.unlink()


def see_neighbour():
    """A process that lets nobody look into it, as the reader is: its state must be seen all the same."""
    child = subprocess.Popen(["/usr/bin/python3", "-I", "-c", "import ctypes,time; ctypes.CDLL(None).prctl(4, 0); print(flush=True); time.sleep(60)"],
                             stdout=subprocess.PIPE)
    try:
        child.stdout.readline()
        Path(f"/proc/{child.pid}/stat").read_text()
    finally:
        child.kill()
        child.wait()


def be_a_hub():
    """The office for other kiosks, as the kiosk starts it: a server with a certificate and a database of its own."""
    hub = subprocess.Popen(["/usr/bin/einlass", "office", "--hub", "--database", "/var/lib/einlass/probe-hub.db", "--listen", "127.0.0.1:18443"])
    try:
        for _ in range(600):
            try:
                return socket.create_connection(("127.0.0.1", 18443)).close()
            except ConnectionRefusedError:
                if hub.poll() is not None:
                    raise
                time.sleep(0.1)
        raise TimeoutError("it never listened")
    finally:
        hub.terminate()
        hub.wait()


TRIES = {
    # what it is for
    "write its records": lambda: write("/var/lib/einlass/probe"),
    "write its wishes": lambda: write("/run/einlass/probe"),
    "write a stick": lambda: write("/media/einlass-sda1/probe"),
    "read its settings": lambda: Path("/etc/einlass/kiosk.conf").read_text(),
    "see its reader": see_neighbour,
    "read the processor": lambda: Path("/proc/cpuinfo").read_text(),
    "call the office": lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM).close(),
    "hear of devices": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15).close(),
    "say a word": lambda: subprocess.run(["touch", "/run/einlass/probe"], check=True),
    "give up privileges": lambda: call("prctl", 38, 1, 0, 0, 0),
    "limit itself": lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_CORE, (0, 0)),
    "be a hub": be_a_hub,
    # what it is not for
    "write a program": lambda: write("/usr/bin/einlass-kiosk"),
    "write its settings": lambda: write("/etc/einlass/kiosk.conf"),
    "write the kernel": lambda: write("/proc/sys/kernel/hostname"),
    "look into homes": lambda: os.listdir("/root"),
    "look into logs": lambda: os.listdir("/var/log"),
    "look at other disks": lambda: os.listdir("/boot"),
    "run what it wrote": run_own,
    "run as somebody else": set_user_id,
    "be root": lambda: os.setuid(0),
    "see root": lambda: __import__("sys").exit(1) if os.stat("/etc/passwd").st_uid == 0 else call("open", b"/nowhere", 0),
    "mount": lambda: call("mount", b"none", b"/media", b"tmpfs", 0, None),
    "make namespaces": lambda: call("unshare", NEWUSER),
    "trace": lambda: call("ptrace", PTRACE_ATTACH, os.getppid(), 0, 0),
    "set the clock": lambda: time.clock_settime(0, 0),
    "name the machine": lambda: socket.sethostname("mine"),
    "restart the machine": lambda: call("reboot", 0x1234567),
    "send any packet": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close(),
    "be first": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10)),
    "keep keys": lambda: call("syscall", {"x86_64": 248, "aarch64": 217}[os.uname().machine], b"user", b"a", b"b", 1, -2),
    "make devices": lambda: os.mknod("/var/lib/einlass/disk", 0o60600, os.makedev(254, 0)),
    "read memory": lambda: os.open("/dev/mem", os.O_RDONLY),
}

with open("/var/lib/einlass/probe.txt", "w", encoding="utf-8") as report:
    for name, attempt in TRIES.items():
        try:
            attempt()
            report.write(f"{name}: yes\n")
        except (OSError, SystemExit, subprocess.CalledProcessError) as reason:
            report.write(f"{name}: no, {reason}\n")
