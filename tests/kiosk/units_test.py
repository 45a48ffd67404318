#!/usr/bin/env python3
"""kiosk/units, and those that only a card has: systemd understands every line, and each service is walled off as far as it can be.
usage: units_test.py PROJECT_ROOT"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

project = Path(sys.argv[1])
units = project / "kiosk" / "units"
of_card = project / "packaging" / "image" / "root"
of_both = (units, of_card / "usr/lib/systemd/system")
# As systemd-analyze security rates, 0 (walled off) … 10; what a service needs is said in its file.
MOST_EXPOSED = {"einlass-kiosk": 2.0, "einlass-office": 1.5, "einlass-verify": 0.5, "einlass-power-off": 1.0,
                "einlass-hotspot": 2.0, "einlass-stick@": 4.2, "einlass-kiosk-cage": 6.5,
                "einlass-wifi": 1.8, "einlass-ssh": 1.4, "einlass-card-broken": 1.4}
UNRATED = {"einlass-update", "einlass-trial"}  # they install packages, as root
# What the service manager ignores in a line that looks right.
COMPLAINT = re.compile(r"einlass|display\.device|getty@tty1|data\.mount|Unknown|Failed to parse|Invalid|ignoring", re.I)


def said(words):
    return subprocess.run(words, capture_output=True, text=True, check=False)


def exposure(path):
    done = said(["systemd-analyze", "security", "--offline=true", "--no-pager", path])
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    assert found, f"{path.name}: {done.stdout[-300:]}{done.stderr}"
    return float(found[1])


def test_every_service_is_rated():
    paths = {path.name.removesuffix(".service"): path for folder in of_both for path in folder.glob("einlass-*.service")}
    too_open = []
    for name in sorted(set(paths) & set(MOST_EXPOSED)):
        rate = exposure(paths[name])
        print(f"  {name}: {rate} (at most {MOST_EXPOSED[name]})")
        if rate > MOST_EXPOSED[name]:
            too_open.append(name)
    assert not too_open, f"more exposed than they should be: {', '.join(too_open)}"
    expected = set(MOST_EXPOSED) | UNRATED
    assert set(paths) == expected, f"rated or there, not both: {set(paths) ^ expected}"


def data_partition():
    """/data's line in fstab, as the service manager makes a unit of it."""
    what, where, kind = re.search(r"^(LABEL=einlass-data)\s+(/data)\s+(\S+)", (of_card / "etc/fstab").read_text(), re.M).groups()
    return f"[Mount]\nWhat=/dev/disk/by-label/{what[6:]}\nWhere={where}\nType={kind}\n"


def test_systemd_understands_every_line():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree("/usr/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
        for folder in of_both:
            shutil.copytree(folder, root / "usr/lib/systemd/system", dirs_exist_ok=True)
        (root / "lib").symlink_to("usr/lib")
        (root / "usr/lib/systemd/system/data.mount").write_text(data_partition())
        own = sorted(path for folder in of_both for path in folder.iterdir() if path.is_file())
        for path in own: # a machine where what they start is installed
            for program in re.findall(r"^Exec\w+=[-+!:@]*(/\S+)", path.read_text(), re.M):
                file = root / program.lstrip("/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch(0o755)
                file.chmod(0o755)
        names = ["data.mount", *(path.name.replace("@.", "@sda1.") for path in own)]
        done = said(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", f"--root={root}", *names])
        complaints = [line for line in done.stderr.splitlines() if COMPLAINT.search(line)]
        assert not complaints, "\n".join(complaints)


def test_what_is_plugged_in_later_is_allowed():
    """char-NAME means nothing unless that driver is loaded as the service starts (systemd.resource-control): only for what
    the kernel has built in, or what kiosk/system/modules-load.conf loads."""
    early = {"dma_heap", "media"}
    for path in units.glob("einlass-*.service"):
        for name in re.findall(r"^DeviceAllow=char-(\S+)", path.read_text(), re.M):
            assert name.isdigit() or name in early, f"{path.name}: char-{name} is refused where its driver is loaded later; use its number"
    assert "videodev" in (project / "kiosk/system/modules-load.conf").read_text().split()


def test_who_logs_in_keeps_the_folder_of_the_session():
    """ProtectHome= takes /run/user away as well (systemd.exec), and there a compositor opens its socket."""
    found = [path.name for path in units.glob("einlass-*.service")
             if re.search(r"^PAMName=", path.read_text(), re.M) and re.search(r"^ProtectHome=(?!no)", path.read_text(), re.M)]
    assert not found, f"nothing can meet in /run/user: {', '.join(found)}"


def test_what_systemd_starts_is_installed():
    lists = [project / "kiosk" / "install.cmake", *(project / "packaging").rglob("CMakeLists.txt"), *(project / "packaging").rglob("*.cmake")]
    text = "".join(path.read_text() for path in lists)
    for path in sorted((*units.iterdir(), *(project / "kiosk" / "system").iterdir())):
        assert path.name in text, f"nothing installs {path.name}"


def main():
    if not shutil.which("systemd-analyze"):
        print("skipped: systemd-analyze is not here (package systemd)")
        return 0
    failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith("test_"):
            continue
        try:
            test()
            print(f"ok   {name}")
        except AssertionError as reason:
            failed += 1
            print(f"FAIL {name}: {reason}")
    return 1 if failed else 0


sys.exit(main())
