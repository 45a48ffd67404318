#!/usr/bin/env python3
"""The initramfs script einlass-card on a real block device: a flashed card becomes one of its own, once, wherever its
power is cut. Needs root and a loop device; elsewhere it is skipped (77)."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from card_test import CARD, make_card

SCRIPT = CARD.parent / "root/usr/share/initramfs-tools/scripts/local-premount/einlass-card"
AS_FLASHED = "6569ae1a-0000-4000-8000-000000000003"
GROWN_MIB = 512

# What the initramfs has and this machine hasn't, or its kernel: partitions of loop devices. Of its disks only the card is looked at.
FUNCTIONS = """
log_warning_msg() { echo "warning: $1"; }
wait_for_udev() { :; }
blkid() { if [ "$1" = -L ]; then echo "$DATA"; else command blkid -p "$@"; fi; }
sfdisk() { command sfdisk --no-reread --no-tell-kernel "$@" && partx --update "$DISK"; }
"""


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def can_loop():
    if os.geteuid() != 0:
        return False
    return subprocess.run(["losetup", "-f"], capture_output=True).returncode == 0


class FirstBoot(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.flashed = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.flashed)
        make_card(cls.flashed)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        image = self.folder / "card.img"
        run("cp", "--sparse=always", self.flashed / "card.img", image)
        os.truncate(image, GROWN_MIB << 20)
        self.disk = run("losetup", "--find", "--show", image)
        self.addCleanup(run, "losetup", "--detach", self.disk)
        run("partx", "--add", self.disk)
        self.addCleanup(run, "partx", "--delete", self.disk)
        self.data = f"{self.disk}p3"

    def boot(self):
        functions, script = self.folder / "functions", self.folder / "script"
        functions.write_text(FUNCTIONS)
        script.write_text(SCRIPT.read_text().replace("/scripts/functions", str(functions)))
        return subprocess.run(["sh", script], check=True, capture_output=True, text=True, timeout=60, 
                              env=os.environ | {"DATA": self.data, "DISK": self.disk}).stdout

    def uuid(self):
        return run("blkid", "-p", "-s", "UUID", "-o", "value", self.data)

    def sectors(self):
        return json.loads(run("sfdisk", "--json", self.disk))["partitiontable"]["partitions"][2]["size"]

    def seen_by_kernel(self):
        return int(pathlib.Path(f"/sys/class/block/{pathlib.Path(self.data).name}/size").read_text())

    def test_the_card_becomes_its_own_once(self):
        flashed = self.sectors()
        self.assertEqual(self.uuid(), AS_FLASHED)
        self.assertEqual(self.boot(), "")
        own, grown = self.uuid(), self.sectors()
        self.assertNotEqual(own, AS_FLASHED)
        self.assertGreater(grown, flashed + (300 << 20) // 512)
        self.assertEqual(self.seen_by_kernel(), grown)
        self.assertEqual(subprocess.run(["e2fsck", "-fn", self.data], capture_output=True).returncode, 0)
        self.assertEqual(self.boot(), "")  # every later boot
        self.assertEqual((self.uuid(), self.sectors()), (own, grown))

    def test_a_card_whose_power_was_cut_after_growing_gets_its_uuid_later(self):
        subprocess.run(["sfdisk", "--quiet", "--no-tell-kernel", "-N", "3", self.disk], input=", +", text=True, check=True, capture_output=True)
        run("partx", "--update", self.disk)
        self.assertEqual(self.uuid(), AS_FLASHED)
        self.boot()
        self.assertNotEqual(self.uuid(), AS_FLASHED)

    def test_records_survive_both_and_all_room_is_theirs(self):
        debugfs = ["debugfs", "-w", "-R"]
        subprocess.run([*debugfs, f"write {SCRIPT} record", self.data], check=True, capture_output=True)
        self.boot()
        # systemd-growfs does this on the kiosk, on the mounted file system
        run("e2fsck", "-fp", self.data)
        run("resize2fs", self.data)
        kept = subprocess.run([*debugfs, "cat record", self.data], check=True, capture_output=True, text=True).stdout
        self.assertEqual(kept, SCRIPT.read_text())
        blocks = next(line for line in run("dumpe2fs", "-h", self.data).splitlines() if line.startswith("Block count"))
        self.assertGreater(int(blocks.split()[-1]) * 4096, 300 << 20)


if __name__ == "__main__":
    if not can_loop():
        print("skipped: needs root and a loop device")
        sys.exit(77)
    sys.exit(unittest.main())
