#!/usr/bin/env python3
"""The packages' life on a fresh Debian: installed, used, upgraded, removed, purged, and installed again.
usage: packages_test.py PROJECT_ROOT PACKAGES RELEASE ARCHITECTURE      (as root, with a network for Debian's packages)"""
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import old_kiosk
from root import Root, in_own_mounts

project, packages, release, architecture = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
AS_KIOSK = "setpriv --reuid=einlass --regid=einlass --init-groups"
ENDS_WITHIN_S = 300  # however slow the machine is; nothing is measured by it
RECORDS, KEPT = "/var/lib/einlass/kiosk.db", ["/var/lib/einlass/kiosk.db", "/var/lib/einlass/device.key", "/etc/einlass/kiosk.conf"]


def say(words):
    print(f"-- {words}", flush=True)


def newest(name):
    number = {"bookworm": "12", "trixie": "13"}[release]
    found = sorted(packages.glob(f"{name}_*~deb{number}_{architecture}.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        sys.exit(f"no {name} for {release} on {architecture} in {packages}: packaging/build-deb {architecture} --release {release}")
    return found[-1]


def bring(root):
    root.path("/packages").mkdir()
    for name in ("einlass-kiosk", "einlass"):
        subprocess.run(["cp", newest(name), root.path(f"/packages/{name}.deb")], check=True)


def make_next_version(root):
    """The same programs under a higher number, with another word in a settings file nobody should lose."""
    for name in ("einlass-kiosk", "einlass"):
        at = f"/packages/{name}"
        root.run(f"dpkg-deb -R {at}.deb {at} && sed -i 's/^Version: .*/Version: 9.9/' {at}/DEBIAN/control")
        if name == "einlass-kiosk":
            root.run(f"echo '# new in 9.9' >>{at}/etc/einlass/kiosk.conf")
        root.run(f"dpkg-deb --root-owner-group -b {at} {at}-9.9.deb && rm -r {at}")


def sums(root):
    return root.run("sha256sum " + " ".join(KEPT))


def asked(root, path, question):
    """One number or word out of a database, with the tests' own Python."""
    script = "import sqlite3, sys; print(sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True).execute(sys.argv[2]).fetchone()[0])"
    return subprocess.run([sys.executable, "-c", script, root.path(path), question], capture_output=True, text=True, check=True).stdout.strip()


def live(root, words=""):
    """The kiosk until its first picture is on the screen, which systemd would hear, or until it ends: whether there was
    one, and all it printed."""
    path = root.path("/run/notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard, tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        heard.bind(str(path))
        path.chmod(0o777)
        heard.settimeout(1)
        kiosk = root.start(f"exec {AS_KIOSK} einlass-kiosk {words}", printed, NOTIFY_SOCKET="/run/notify", HOME="/var/lib/einlass",
                           SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
        is_ready, waited_s = False, 0
        while not is_ready and kiosk.poll() is None and waited_s < ENDS_WITHIN_S:
            try:
                is_ready = b"READY=1" in heard.recv(4096)
            except TimeoutError:
                waited_s += 1
        kiosk.terminate()
        kiosk.wait(ENDS_WITHIN_S)
        path.unlink()
        printed.seek(0)
        return is_ready, printed.read()


def start(root, words=""):
    is_ready, told = live(root, words)
    assert is_ready, told
    return told


def install(root):
    say("installing, with nothing but what must be there")
    root.run("apt-get -q update")
    root.run("apt-get -q -y --no-install-recommends install /packages/einlass-kiosk.deb /packages/einlass.deb")
    groups = root.run("id -nG einlass").split()
    assert {"video", "render", "input", "audio", "dialout"} <= set(groups), groups
    assert root.run("stat -c '%U %a' /var/lib/einlass").split() == ["einlass", "700"]
    root.run("cd /var/lib/einlass-office && runuser -u einlass-office -- einlass event create --number 1 --name Probe --kind studitour"
             " --starts 2026-01-01T08:00 --ends 2026-01-01T18:00 && rm einlass.book*")  # as its manual page says, before any start
    for unit in ("einlass-kiosk.service", "einlass-power-off.path", "einlass-verify.timer", "einlass-hotspot.service"):
        assert root.run(f"systemctl is-enabled {unit}").strip() == "enabled", unit
    assert root.run("systemctl is-enabled einlass-office.service", code=None).strip() == "disabled"
    assert root.run("systemctl is-enabled ctrl-alt-del.target", code=None).strip() == "masked"
    for page in ("man1/einlass-kiosk.1", "man1/einlass.1", "man5/kiosk.conf.5", "man1/einlass-office.1"):
        assert f"/usr/share/man/{page}.gz" in root.run("dpkg -L einlass einlass-kiosk"), page
    for missing in re.findall(r"^.*not found.*$", root.run("ldd /usr/bin/einlass /usr/bin/einlass-kiosk /usr/libexec/einlass/einlass-reader"), re.M):
        raise AssertionError(missing)


def check(root):
    say("einlass-kiosk --check says what there is and what is missing, in words")
    told = root.run(f"{AS_KIOSK} einlass-kiosk --check", code=None)
    print(re.sub("^", "   ", told, flags=re.M))
    assert "in the groups of screen, camera, touch and sound" in told, told
    for what in ("graphics", "fonts", "texts"):  # what the package itself must bring is there
        assert re.search(rf"^  {what} ", told, re.M), told


def change(root, path, statements):
    script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())"
    subprocess.run([sys.executable, "-c", script, root.path(path)], input=statements, text=True, check=True)


def live_with_other_versions(root):
    say("a book of an older version is brought up to date, with a copy kept")
    book = "/root/einlass.book"
    change(root, book, (project / "src/office/book.sql").read_text(encoding="utf-8")
           + "INSERT INTO office VALUES (1, zeroblob(16), zeroblob(32), zeroblob(64));")
    root.run(f"chmod 600 {book} && einlass event list --book {book}")
    assert asked(root, book + ".version-1", "PRAGMA user_version") == "1"
    assert asked(root, book, "PRAGMA user_version") == "2"
    say("what a newer version made is refused in words: the book, and the kiosk's database")
    change(root, book, "PRAGMA user_version = 77")
    told = root.run(f"einlass event list --book {book}", code=None)
    assert "made by a newer version" in told, told
    root.run(f"rm {book}*")
    start(root)
    root.run(f"cp -p {RECORDS} /var/lib/einlass/newer.db")
    change(root, "/var/lib/einlass/newer.db", "PRAGMA user_version = 77")
    is_ready, told = live(root, "--database /var/lib/einlass/newer.db")
    assert not is_ready and "newer version of this program" in told, told
    root.run("rm /var/lib/einlass/newer.db*")


def leave_old_records(root, version, path):
    """As version N of the schema left them on this machine."""
    root.run(f"rm -f {path}*")
    old_kiosk.write(root.path(path), project / f"tests/fixtures/kiosk-v{version}.sql", root.path(KEPT[1]))
    root.run(f"chown einlass:einlass {path}* && chmod 600 {path}*")


def bring_up_to_date(root, version, path, schema):
    count = asked(root, path, "SELECT count(*) FROM log")
    told = start(root, f"--database {path}")
    copy = f"{path}.version-{version}"
    assert "the old database is kept" in told and "the database is up to date" in told, told
    assert asked(root, path, "PRAGMA user_version") == schema
    assert asked(root, copy, "PRAGMA user_version") == str(version) and asked(root, copy, "SELECT count(*) FROM log") == count
    assert root.run(f"stat -c '%U %a' {copy}").split() == ["einlass", "600"]
    for database in (path, copy):
        root.run(f"{AS_KIOSK} einlass log verify {database}")
    assert "kept" not in start(root, f"--database {path}")  # once is enough


def upgrade(root):
    say("an upgrade keeps database, keys and settings, however old they are")
    root.run("sed -i 's/^# gate =.*/gate = Tor Nord/' /etc/einlass/kiosk.conf")
    schema, older = asked(root, RECORDS, "PRAGMA user_version"), "/var/lib/einlass/older.db"
    leave_old_records(root, 1, older)
    leave_old_records(root, 2, RECORDS)
    before = sums(root)
    make_next_version(root)
    root.run("apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "
             "install /packages/einlass-kiosk-9.9.deb /packages/einlass-9.9.deb")
    assert root.run("dpkg-query -W -f '${Version}' einlass-kiosk") == "9.9"
    assert sums(root) == before
    assert "gate = Tor Nord" in root.path("/etc/einlass/kiosk.conf").read_text(encoding="utf-8")
    say("the kiosk brings the records of two older versions up to date, with a copy kept")
    bring_up_to_date(root, 1, older, schema)
    bring_up_to_date(root, 2, RECORDS, schema)
    root.run(f"rm {older}*")


def remove_and_purge(root):
    say("removed: the programs are gone, what they wrote stays")
    before = sums(root)
    root.run("apt-get -q -y remove einlass-kiosk einlass")
    assert not root.there("/usr/bin/einlass-kiosk") and sums(root) == before
    say("purged, the question answered as it usually is: only the records and the keys stay")
    root.run("apt-get -q -y purge einlass-kiosk einlass")
    assert "/var/lib/einlass" in root.ours() and set(root.ours()) <= {"/var/lib/einlass", "/var/lib/einlass-office"}, root.ours()
    assert root.run(f"sha256sum {KEPT[0]} {KEPT[1]}") == "".join(line + "\n" for line in before.splitlines()[:2])


def come_back_and_be_erased(root):
    say("installed again, it goes on with its records")
    count = int(asked(root, RECORDS, "SELECT count(*) FROM log"))
    root.run("apt-get -q -y --no-install-recommends install /packages/einlass-kiosk.deb /packages/einlass.deb")
    start(root)
    assert int(asked(root, RECORDS, "SELECT count(*) FROM log")) > count  # it noted that it began
    say("purged, and the question answered with yes: nothing is left")
    root.run("printf '%s\\n' 'einlass-kiosk einlass-kiosk/erase boolean true' 'einlass einlass/erase boolean true' | debconf-set-selections")
    root.run("apt-get -q -y purge einlass-kiosk einlass")
    assert root.ours() == [], root.ours()
    assert "einlass" not in root.path("/etc/passwd").read_text(encoding="utf-8")
    assert "einlass" not in root.run("debconf-show einlass-kiosk einlass")


in_own_mounts()
root = Root(release, architecture)
try:
    bring(root)
    for step in (install, check, live_with_other_versions, upgrade, remove_and_purge, come_back_and_be_erased):
        step(root)
finally:
    root.close()
print(f"packages of {release} on {architecture}: fine")
