#!/usr/bin/env python3
"""The flashable card, booted as it was made: the first boot, a power cut, the boots after. It is asked by ssh, as an
administrator would: a public key in ssh-key.txt on the boot partition is the only thing added.
usage: image_test.py IMAGE.img|IMAGE.img.zst [SCREENSHOT.png]   (what packaging/build-image made; takes some minutes)"""
import json
import re
import subprocess
import sys
import time
from pathlib import Path

from machine import PATIENCE, Boot, Machine, overlay, scratch

SECTOR = 512
GROWN_MIB = 4096
PORT = 10122
# What raspi-firmware wrote for the Pi stays as it is; only the console is the emulator's.
WORDS = ["fsck.repair=yes", "net.ifnames=0", "rootwait", "ro", "panic=10", "vt.global_cursor_default=0"]


def partitions(image):
    table = subprocess.run(["sfdisk", "--json", image], check=True, capture_output=True).stdout
    return [part["start"] * SECTOR for part in json.loads(table)["partitiontable"]["partitions"]]


class Card:
    """A copy of the image on a larger card, and the machine it is in."""

    def __init__(self, image, folder):
        self.folder, self.image = folder, folder / "card.img"
        if image.suffix == ".zst":
            subprocess.run(["zstd", "--quiet", "--decompress", "--sparse", image, "-o", self.image], check=True)
        else:
            subprocess.run(["cp", "--sparse=always", image, self.image], check=True)
        subprocess.run(["truncate", "-s", f"{GROWN_MIB}M", self.image], check=True)
        self.boot_partition = f"{self.image}@@{partitions(self.image)[0]}"
        self.let_us_in()
        self.machine = Machine(self.take_kernel(), overlay(self.image, folder), WORDS, [
            "-netdev", f"user,id=net,hostfwd=tcp:127.0.0.1:{PORT}-:22", "-device", "virtio-net-pci,netdev=net,romfile="])

    def let_us_in(self):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / "key"], check=True)
        subprocess.run(["mcopy", "-i", self.boot_partition, self.folder / "key.pub", "::/ssh-key.txt"], check=True)
        wish = self.folder / "wlan.txt"
        wish.write_text("name = Gästenetz\r\npasswort = nur ein Versuch\r\n")
        subprocess.run(["mcopy", "-o", "-i", self.boot_partition, wish, "::/wlan.txt"], check=True)

    def take_kernel(self):
        listed = subprocess.run(["mdir", "-b", "-i", self.boot_partition, "::/"], check=True, capture_output=True, text=True).stdout
        boot = Boot(self.folder)
        boot.kernel, boot.initrd = self.folder / "vmlinuz", self.folder / "initrd"
        for name, path in (("vmlinuz", boot.kernel), ("initrd.img", boot.initrd)):
            found = re.search(rf"::/({re.escape(name)}-\S+)", listed).group(1)
            subprocess.run(["mcopy", "-i", self.boot_partition, f"::/{found}", path], check=True)
        return boot

    def do(self, script, seconds=240):
        """What root's shell prints; asked again as long as ssh isn't up."""
        end = time.monotonic() + seconds * PATIENCE
        while True:
            asked = subprocess.run(["ssh", "-q", "-i", self.folder / "key", "-p", str(PORT), "-o", "StrictHostKeyChecking=no", "-o",
                                    "UserKnownHostsFile=/dev/null", "-o", f"ConnectTimeout={int(30 * PATIENCE)}", "root@127.0.0.1",
                                    script], stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if asked.returncode != 255:
                assert asked.returncode == 0, f"'{script}' ended with {asked.returncode}:\n{asked.stdout}{asked.stderr}"
                return asked.stdout.strip()
            assert time.monotonic() < end, f"no ssh within {seconds} s; the serial line ends:\n{self.machine.serial()[-2000:]}"
            time.sleep(2)

    def waits_for(self, script, seconds=240):
        self.do(f"for turn in $(seq {int(seconds * PATIENCE)}); do {script} && exit 0; sleep 1; done; exit 1", seconds + 60)


def test_first_boot__the_card_becomes_its_own(card):
    assert card.do("findmnt -no FSTYPE /") == "overlay"
    assert "ro" in card.do("findmnt -no OPTIONS /run/overlay/root").split(",")
    data_bytes = int(card.do("findmnt -bno SIZE /data"))
    assert data_bytes > (GROWN_MIB - 2600) << 20, f"the data partition has {data_bytes >> 20} MiB"
    uuid = card.do("blkid -s UUID -o value $(blkid -L einlass-data)")
    assert card.do("cat /etc/machine-id") == uuid.replace("-", "")
    assert not uuid.startswith("6569ae1a"), "each card would be the same machine"
    assert re.fullmatch(r"einlass-[0-9a-f]{6}", card.do("uname -n"))


def test_first_boot__the_kiosk_runs_and_nothing_failed(card):
    card.waits_for("[ $(systemctl show --value --property SubState einlass-kiosk) = running ]")
    assert card.do("systemctl --failed --no-legend --plain") == ""
    assert card.do("findmnt -no SOURCE --target /var/lib/einlass").endswith("[/einlass]")
    assert card.do("stat -c '%U %a' /var/lib/einlass") == "einlass 700"


def test_first_boot__wlan_txt_is_answered_in_words(card):
    card.waits_for("grep -q 'kein WLAN\\|versucht es weiter' /boot/firmware/wlan-ergebnis.txt")
    assert "nur ein Versuch" not in card.do("cat /boot/firmware/wlan*")
    assert "ro" in card.do("findmnt -no OPTIONS /boot/firmware").split(",")
    assert "psk=nur ein Versuch" in card.do("cat /data/networks/einlass-wlan.nmconnection")


def test_update__reaches_the_real_root_and_nothing_else_does(card):
    card.do("echo gone >/etc/written-to-ram")
    card.do("/usr/libexec/einlass/with-root-writable sh -c 'echo stays >/etc/written-to-root'")
    assert "ro" in card.do("findmnt -no OPTIONS /run/overlay/root").split(","), "the root stayed writable"
    card.do("echo record >/var/lib/einlass/probe && sync")


def test_power_cut__the_same_machine_comes_back(card):
    before = card.do("cat /etc/machine-id; uname -n; cat /data/ssh/ssh_host_ed25519_key.pub")
    card.machine.cut()
    card.machine.power()
    assert card.do("cat /etc/machine-id; uname -n; cat /data/ssh/ssh_host_ed25519_key.pub") == before
    assert card.do("cat /etc/written-to-root /var/lib/einlass/probe") == "stays\nrecord"
    assert card.do("ls /etc/written-to-ram 2>/dev/null | wc -l") == "0"
    card.waits_for("[ $(systemctl show --value --property SubState einlass-kiosk) = running ]")
    assert card.do("journalctl --quiet --boot=-1 --lines=1"), "the journal didn't outlive the power cut"


def main(image, screenshot="image.png"):
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    with scratch() as folder:
        card = Card(Path(image), folder)
        with card.machine:
            for test in tests:
                began = time.monotonic()
                test(card)
                print(f"ok {test.__name__} {time.monotonic() - began:.0f} s", flush=True)
            card.machine.picture(screenshot)
    print(f"the screen as it was at the end: {screenshot}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
