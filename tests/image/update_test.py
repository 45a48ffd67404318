#!/usr/bin/env python3
"""An update on a card, as one boot after the other: real apt and dpkg, a real overlay over a real read-only file system, the
programs of this machine. Only the service manager is played. Needs root and a loop device, and takes its time: it is skipped
(77) without EINLASS_LONG."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from first_boot_test import CARD, can_loop, run

PROJECT = CARD.parents[2]
LIBEXEC = "usr/local/libexec"  # /usr is this machine's; what is ours lies over it
SYSTEMCTL = """#!/bin/sh
echo "$*" >>/run/systemctl.log
case $* in
*is-enabled*) exit 1 ;;
*is-active*) exec /opt/einlass-kiosk ;;
show*) echo InvocationID=1 ;;
esac
"""
# What a card's initramfs and fstab mount, in a namespace of its own.
BOOT = """set -e
cd "$FOLDER"
mount -t tmpfs ram ram
mkdir ram/upper ram/work ram/overlay ram/einlass
mount -o ro "$DISK" low
mount -t overlay -o lowerdir=low,upperdir=ram/upper,workdir=ram/work overlay merged
mount --rbind ram merged/run
mkdir merged/run/overlay/root
mount --bind low merged/run/overlay/root
umount low
for root in merged merged/run/overlay/root; do
    mount --rbind /usr $root/usr
    mount --rbind "$FOLDER/local" $root/usr/local
done
mount -t proc proc merged/proc
mount --rbind /dev merged/dev
mount --bind data merged/data
mount --bind data/conf merged/etc/einlass
mount --bind data/update merged/var/lib/einlass-update
mount --bind data/einlass merged/var/lib/einlass
[ -z "$STICK" ] || { mkdir -p merged/media/einlass-sda1 && cp -r "$STICK" merged/media/einlass-sda1/einlass-update; }
exec chroot merged env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin EINLASS_PAUSE_S=0 EINLASS_PATIENCE_S=1 EINLASS_STEADY_S=0 sh -c "$DO"
"""
SAY = """; echo "code $?"; cat /run/einlass-update/state; echo "runs $(/opt/einlass-kiosk --version)"
echo "lasts $(dpkg-query --root=/run/overlay/root -W -f '${Version}' einlass-kiosk)"; grep -c reboot /run/systemctl.log
awk '$5 == "/run/overlay/root" { print "sealed", $NF ~ /^ro/ }' /proc/self/mountinfo"""


class CardUpdate(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("low", "merged", "ram", "local/bin", "local/libexec", "data/conf", "data/update", "data/einlass"):
            (self.folder / name).mkdir(parents=True)
        for program in [*(PROJECT / "kiosk/update").iterdir(), CARD.parent / "root/usr/libexec/einlass/with-root-writable"]:
            shutil.copy(program, self.folder / "local/libexec")
        (self.folder / "local/bin/systemctl").write_text(SYSTEMCTL)
        (self.folder / "local/bin/systemctl").chmod(0o755)
        self.disk = run("losetup", "--find", "--show", self.card())
        self.addCleanup(run, "losetup", "--detach", self.disk)

    def card(self):
        tree = self.folder / "tree"
        for name in ("proc", "sys", "dev", "run", "tmp", "usr", "data", "media", "opt", "etc/einlass", "etc/apt", "var/cache/apt",
                     "var/lib/apt", "var/lib/einlass", "var/lib/einlass-update", "var/log", "var/lib/dpkg/info", "var/lib/dpkg/updates"):
            (tree / name).mkdir(parents=True)
        for name in ("bin", "sbin", "lib", "lib64"):
            (tree / name).symlink_to(f"usr/{name}")
        shutil.copytree("/etc/alternatives", tree / "etc/alternatives", symlinks=True)
        (tree / "etc/os-release").write_text("VERSION_CODENAME=bookworm\n")
        (tree / "etc/passwd").write_text("root:x:0:0::/root:/bin/sh\n")
        (tree / "var/lib/dpkg/status").touch()
        run("dpkg", f"--root={tree}", "--force-not-root", "-i", self.package("1.0"))
        self.repository = self.stick("1.1")
        run(PROJECT / "packaging/image/trust", tree, self.repository / "einlass.gpg")
        run("mkfs.ext4", "-q", "-F", "-d", tree, self.folder / "root.img", "400M")
        return self.folder / "root.img"

    def package(self, version, code=0):
        place, out = self.folder / f"package-{version}", self.folder / f"einlass-kiosk_{version}_all.deb"
        (place / "DEBIAN").mkdir(parents=True)
        (place / "opt").mkdir()
        (place / "opt/einlass-kiosk").write_text(f"#!/bin/sh\n[ \"$1\" != --version ] || {{ echo {version}; exit 0; }}\nexit {code}\n")
        (place / "opt/einlass-kiosk").chmod(0o755)
        (place / "DEBIAN/control").write_text(f"Package: einlass-kiosk\nVersion: {version}\nArchitecture: all\n"
                                              "Maintainer: nobody <n@example.org>\nDescription: a kiosk\n of a test\n")
        run("dpkg-deb", "--root-owner-group", "-Znone", "-b", place, out)
        return out

    def stick(self, version, code=0):
        out = self.folder / f"stick-{version}"
        run(PROJECT / "packaging/build-repo", "--key", self.folder / "keys", out, self.package(version, code))
        return out

    def boot(self, do, stick=""):
        """One life of the machine; what it says at its end."""
        done = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", BOOT], capture_output=True, text=True,
                              timeout=120, check=False,
                              env=os.environ | {"FOLDER": str(self.folder), "DISK": self.disk, "STICK": str(stick), "DO": do + SAY})
        return set(done.stdout.splitlines()), done.stdout + done.stderr

    def expect(self, do, *lines, stick=""):
        said, all_of_it = self.boot(do, stick)
        self.assertLessEqual(set(lines), said, all_of_it)

    def install(self, version, stick):
        update = f"/{LIBEXEC}/einlass-update"
        self.expect(f"{update} look && rm -r /media/* && {update} install {version}", "code 0", "phase=trial", f"lasts {version}", "1",
                    "sealed 1", stick=stick)

    def test_a_good_version_stays_and_a_bad_one_is_taken_back(self):
        self.install("1.1", self.repository)
        self.expect(f"/{LIBEXEC}/einlass-trial", "code 0", "phase=done", "runs 1.1", "0")
        self.install("1.2", self.stick("1.2", code=3))
        self.expect(f"/{LIBEXEC}/einlass-trial", "phase=back", "why=not-ready", "lasts 1.1", "1", "sealed 1")
        self.expect(f"/{LIBEXEC}/einlass-trial", "phase=back", "offered=1.2", "runs 1.1", "lasts 1.1", "0")


if __name__ == "__main__":
    if "EINLASS_LONG" not in os.environ or not can_loop():
        print("skipped: needs EINLASS_LONG, root and a loop device")
        sys.exit(77)
    sys.exit(unittest.main())
