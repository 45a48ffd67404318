"""A flashed card and the machine it is in: reached by ssh, as by an administrator, and a USB port for sticks."""
import json
import os
import re
import subprocess
import time

from machine import PATIENCE, Boot, Machine, overlay

SECTOR = 512
GROWN_MIB = 4096
PORT = int(os.environ.get("EINLASS_SSH_PORT", "10122"))


def partitions(image):
    table = subprocess.run(["sfdisk", "--json", image], check=True, capture_output=True).stdout
    return [part["start"] * SECTOR for part in json.loads(table)["partitiontable"]["partitions"]]


def make_stick(image, folder, name):
    """A USB stick as they are sold: one partition, FAT; `folder` lies on it under that name."""
    with open(image, "wb") as file:
        file.truncate(128 << 20)
    subprocess.run(["sfdisk", "--quiet", image], input="label: dos\nstart=1MiB, type=c\n", text=True, check=True)
    subprocess.run(["mkfs.vfat", "-F", "32", "--offset", str((1 << 20) // SECTOR), image], check=True, capture_output=True)
    subprocess.run(["mmd", "-i", f"{image}@@1M", f"::/{name}"], check=True)
    subprocess.run(["mcopy", "-s", "-i", f"{image}@@1M", *sorted(folder.iterdir()), f"::/{name}/"], check=True)
    return image


class Card:
    """A copy of the image on a larger card. Only files of the boot partition are added: ssh-key.txt and wlan.txt."""

    def __init__(self, image, folder):
        self.folder, self.image = folder, folder / "card.img"
        if image.suffix == ".zst":
            subprocess.run(["zstd", "--quiet", "--decompress", "--sparse", image, "-o", self.image], check=True)
        else:
            subprocess.run(["cp", "--sparse=always", image, self.image], check=True)
        subprocess.run(["truncate", "-s", f"{GROWN_MIB}M", self.image], check=True)
        self.boot_partition = f"{self.image}@@{partitions(self.image)[0]}"
        self.let_us_in()
        self.machine = Machine(self.take_kernel(), overlay(self.image, folder), self.kernel_words(), [
            "-netdev", f"user,id=net,hostfwd=tcp:127.0.0.1:{PORT}-:22", "-device", "virtio-net-pci,netdev=net,romfile=",
            "-device", "qemu-xhci,id=usb"])

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

    def kernel_words(self):
        """As the Pi's firmware would hand them over; but the console is the emulator's, and a busy machine's disks come late."""
        words = subprocess.run(["mtype", "-i", self.boot_partition, "::/cmdline.txt"], check=True, capture_output=True, text=True).stdout
        patience = int(90 * PATIENCE)  # bookworm calls it by the first name, trixie by the second
        return [*(word for word in words.split() if not word.startswith(("console=", "root="))),
                f"systemd.default_timeout_start_sec={patience}", f"systemd.default_device_timeout_sec={patience}"]

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

    def is_ready(self):
        self.waits_for("systemctl is-active --quiet einlass-kiosk")

    def cut(self):
        """Pulls the plug, and puts it in again."""
        self.machine.cut()
        self.machine.power()

    def restarts_itself(self, seconds):
        """QEMU ends where the machine wants to start anew; then it does."""
        try:
            self.machine.process.wait(seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it didn't restart within {seconds} s; {self.do('journalctl --boot --lines=60 --no-pager')}") from None
        self.cut()

    def plug_in(self, stick):
        self.machine.qmp("blockdev-add", driver="raw", **{"node-name": "stick", "file": {"driver": "file", "filename": str(stick)}})
        self.machine.qmp("device_add", driver="usb-storage", id="stick", bus="usb.0", drive="stick")
        self.waits_for("ls /media/einlass-*/* >/dev/null 2>&1", 60)

    def pull_out(self):
        self.machine.qmp("device_del", id="stick")
        self.waits_for("[ -z \"$(ls /media)\" ]", 60)
        self.machine.qmp("blockdev-del", **{"node-name": "stick"})
