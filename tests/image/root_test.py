#!/usr/bin/env python3
"""with-root-writable on a real overlay over a read-only file system: what is changed is there at the next boot, and the root
is sealed again, although the overlay remembers files that were replaced. Needs root, a loop device, a root that is a mount; else
skipped (77)."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from first_boot_test import CARD, can_loop, run

SCRIPT = CARD.parent / "root/usr/libexec/einlass/with-root-writable"
# A card's mounts as its initramfs makes them, in a namespace of their own; programs are this machine's. A file is read
# above, then replaced below, as dpkg does it.
BOOT = """set -e
mount -t tmpfs run /run
mkdir -p /run/overlay/root /run/overlay/upper /run/overlay/work /run/merged
mount -o ro "$DISK" /run/overlay/root
mount --rbind /usr /run/overlay/root/usr
mount -t overlay -o lowerdir=/run/overlay/root,upperdir=/run/overlay/upper,workdir=/run/overlay/work overlay /run/merged
cat /run/merged/etc/status
code=0
"$SCRIPT" sh -c "$DO" || code=$?
echo "ended $code"
! touch /run/overlay/root/etc/other 2>/dev/null || echo writable
awk '$5 == "/run/overlay/root" { print "sealed", $NF ~ /^ro/ }' /proc/self/mountinfo
"""


class RootTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        tree = self.folder / "tree"
        for name in ("etc", "proc", "sys", "dev", "run", "tmp", "usr"):
            (tree / name).mkdir(parents=True)
        for name in ("bin", "lib", "lib64"):
            (tree / name).symlink_to(f"usr/{name}")
        (tree / "etc/status").write_text("before\n")
        image = self.folder / "root.img"
        with open(image, "wb") as file:
            file.truncate(16 << 20)
        run("mkfs.ext4", "-q", "-F", "-d", tree, image)
        self.disk = run("losetup", "--find", "--show", image)
        self.addCleanup(run, "losetup", "--detach", self.disk)

    def boot(self, do):
        return run("env", f"DISK={self.disk}", f"SCRIPT={SCRIPT}", f"DO={do}", "unshare", "--mount", "--propagation", "private", "sh",
                   "-c", BOOT).splitlines()

    def test_what_is_replaced_stays_and_the_root_is_sealed_again(self):
        self.assertEqual(self.boot("echo after >/etc/new && mv /etc/new /etc/status"), ["before", "ended 0", "sealed 1"])
        self.assertEqual(self.boot("true")[0], "after")

    def test_a_command_that_fails_is_told_and_leaves_the_root_sealed(self):
        self.assertEqual(self.boot("rm /etc/status; exit 3"), ["before", "ended 3", "sealed 1"])


if __name__ == "__main__":
    if not can_loop() or subprocess.run(["unshare", "--mount", "--propagation", "private", "true"], capture_output=True).returncode != 0:
        print("skipped: needs root, a loop device, and a root that is a mount (a plain chroot is none)")
        sys.exit(77)
    sys.exit(unittest.main())
