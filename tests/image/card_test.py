#!/usr/bin/env python3
"""packaging/image/card: a tree becomes a card with three partitions, and the same tree the same bytes."""

import filecmp
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

CARD = pathlib.Path(__file__).resolve().parents[2] / "packaging/image/card"
SECTOR = 512


def make_tree(folder: pathlib.Path, reverse: bool):
    """The same files; made in another order they lie otherwise in their folder."""
    files = {"etc/hostname": "einlass\n", "usr/bin/einlass-kiosk": "#!/bin/sh\n", "boot/firmware/config.txt": "arm_64bit=1\n",
             "boot/firmware/overlays/a b.dtbo": "x", "boot/firmware/wlan.txt": "# name =\r\n", "data/conf/kiosk.conf": "[kiosk]\n"}
    files |= {f"usr/share/{number}": str(number) for number in range(40)}
    for name, text in sorted(files.items(), reverse=reverse):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for empty in ("data/einlass", "proc"):
        (folder / empty).mkdir()
    (folder / "usr/bin/einlass-kiosk").chmod(0o755)


def make_card(folder: pathlib.Path, reverse=False) -> pathlib.Path:
    make_tree(folder / "tree", reverse)
    subprocess.run([CARD, folder / "tree", folder / "card.img"], check=True, capture_output=True, timeout=60,
                   env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "EINLASS_FIRMWARE_MIB": "40", "EINLASS_DATA_MIB": "80"})
    return folder / "card.img"


def read(image: pathlib.Path, partition: dict, path: str) -> str:
    offset = partition["start"] * SECTOR
    if partition["type"] == "c":
        command = ["mtype", "-i", f"{image}@@{offset}", f"::/{path}"]
    else:
        command = ["debugfs", "-R", f"cat /{path}", f"{image}?offset={offset}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout


class CardTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.image = make_card(cls.folder / "first")
        cls.table = json.loads(subprocess.run(["sfdisk", "--json", cls.image], check=True, capture_output=True).stdout)["partitiontable"]

    def test_each_partition_holds_what_is_its_own(self):
        boot, root, data = self.table["partitions"]
        self.assertEqual((self.table["label"], boot["type"], root["type"], data["type"]), ("dos", "c", "83", "83"))
        self.assertTrue(boot["bootable"])
        self.assertEqual(read(self.image, boot, "config.txt"), "arm_64bit=1\n")
        self.assertEqual(read(self.image, boot, "overlays/a b.dtbo"), "x")
        self.assertEqual(read(self.image, root, "etc/hostname"), "einlass\n")
        self.assertEqual(read(self.image, root, "boot/firmware/config.txt"), "")
        self.assertEqual(read(self.image, root, "data/conf/kiosk.conf"), "")
        self.assertEqual(read(self.image, data, "conf/kiosk.conf"), "[kiosk]\n")
        # The data partition is the last: it is the one that grows.
        self.assertEqual(data["start"] + data["size"], self.image.stat().st_size // SECTOR)

    def test_the_initramfs_knows_the_data_partition_by_what_is_written_here(self):
        script = CARD.parent / "root/usr/share/initramfs-tools/scripts/local-premount/einlass-card"
        as_flashed = next(line for line in script.read_text().splitlines() if line.startswith("as_flashed=")).split()[0][11:]
        offset = self.table["partitions"][2]["start"] * SECTOR
        found = subprocess.run(["blkid", "--probe", "--offset", str(offset), "--output", "export", self.image], capture_output=True,
                               text=True).stdout.splitlines()
        self.assertIn(f"UUID={as_flashed}", found)
        self.assertIn("LABEL=einlass-data", found)

    def test_its_boot_partition_is_no_stick(self):
        number = re.search(r"mkfs.vfat .* -i ([0-9a-f]{8}) ", CARD.read_text())[1].upper()
        rules = (CARD.parents[2] / "kiosk/system/udev.rules").read_text()
        self.assertIn(f'ENV{{ID_FS_UUID}}!="{number[:4]}-{number[4:]}"', rules)

    def test_the_same_tree_gives_the_same_bytes(self):
        time.sleep(1.1)  # or a second's time stamp would be the same by chance
        self.assertTrue(filecmp.cmp(self.image, make_card(self.folder / "second", reverse=True), shallow=False))


if __name__ == "__main__":
    sys.exit(unittest.main())
