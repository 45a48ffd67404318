#!/usr/bin/env python3
"""What only a whole machine shows of the kiosk's session: sticks, keys that are plugged in, the machine's watchdog, a
wifi of its own, the way under cage, and the switch.
usage: session_test.py DISK DOOR [TEST…]     (what tests/emulation/run makes; keep screens with EINLASS_SCREENSHOTS=DIR)"""
import subprocess
import sys
import time

from gate import FEED
from machine import PATIENCE, Machine, boot_of, overlay, scratch
from sight import shows

UNIT = "einlass-kiosk.service"
# A USB socket, and a watchdog as boards have one.
BOARD = ["-device", "qemu-xhci,id=usb", "-device", "usb-kbd,bus=usb.0,id=keys", "-device", "i6300esb", "-action", "watchdog=none"]


def until(machine, question, seconds=60):
    """A command in the machine that comes to say yes."""
    end = time.monotonic() + seconds * PATIENCE
    while True:
        text = machine.do(f"if {question}; then echo yes; fi", check=False)
        if "yes" in text:
            return
        assert time.monotonic() < end, f"'{question}' was not so within {seconds} s:\n{text}{machine.journal()[-2000:]}"
        time.sleep(0.5)


class Stick:
    """A USB stick in the machine's socket."""

    def __init__(self, machine, name, *make):
        self.machine, self.name = machine, name
        self.file = machine.folder / f"{name}.img"
        with open(self.file, "wb") as file:
            file.truncate(64 << 20)
        subprocess.run([*make, str(self.file)], check=True, capture_output=True)

    def __enter__(self):
        self.machine.qmp("blockdev-add", **{"node-name": self.name, "driver": "raw", "file": {"driver": "file", "filename": str(self.file)}})
        self.machine.qmp("device_add", driver="usb-storage", bus="usb.0", id=f"dev-{self.name}", drive=self.name, removable=True)
        return self

    def pull(self):
        self.machine.qmp("device_del", id=f"dev-{self.name}")

    def __exit__(self, *_):
        pass


def test_screen__that_never_changes_is_seen(machine):
    """Without a camera one frame may be all there ever is."""
    shows(machine, "still", "Keine Kamera")


def test_stick__is_mounted_for_the_kiosk_and_nobody_else(machine):
    pid = machine.do(f"systemctl show -P MainPID {UNIT}").strip()
    with Stick(machine, "fat", "mkfs.vfat", "-n", "STICK") as stick:
        until(machine, "findmnt /media/einlass-sda >/dev/null")
        options = machine.do("findmnt -no OPTIONS /media/einlass-sda")
        for word in ("nosuid", "nodev", "noexec", "rw"):
            assert word in options.strip().split(","), options
        assert machine.do("stat -c %U:%a /media/einlass-sda").strip() == "einlass:700"
        assert " /media/einlass-sda " in machine.do(f"cat /proc/{pid}/mounts"), "the running kiosk sees it"
        machine.do("runuser -u einlass -- touch /media/einlass-sda/written")
        stick.pull()
        until(machine, "! findmnt /media/einlass-sda >/dev/null && ! [ -e /media/einlass-sda ]")
        assert "/media/einlass-sda" not in machine.do(f"cat /proc/{pid}/mounts"), "the running kiosk holds on to it"


def test_stick__of_another_file_system_is_let_alone(machine):
    with Stick(machine, "ext4", "mkfs.ext4", "-q", "-F") as stick:
        until(machine, "[ -b /dev/sda ] || [ -b /dev/sdb ]")
        machine.do("udevadm settle; sleep 2")
        assert "/media/" not in machine.do("cat /proc/mounts")
        stick.pull()


def test_keys__that_are_plugged_in_are_no_power_button(machine):
    said = machine.do("for one in /dev/input/event*; do udevadm info --query=property $one; echo; done")
    devices = [block for block in said.split("\n\n") if block.strip()]
    plugged = [block for block in devices if "ID_BUS=usb" in block]
    assert plugged, said
    assert not any("power-switch" in line for block in plugged for line in block.splitlines() if line.startswith("CURRENT_TAGS=")), "\n\n".join(plugged)


def test_watchdog__of_the_board_is_fed(machine):
    assert machine.do("systemctl show -P RuntimeWatchdogUSec").strip() == "14s"
    assert "hardware watchdog" in machine.do("journalctl -b -o cat _PID=1").lower()


def test_journal__is_limited(machine):
    said = machine.do("journalctl -b -o cat -u systemd-journald")
    assert "max 64.0M" in said or "max 16.0M" in said, said


def test_camera__has_one_name(machine):
    machine.do("modprobe vivid; udevadm settle")
    until(machine, "[ -c /dev/einlass/camera ]")
    machine.do("rmmod -f vivid")  # its noise keeps a reader busy


# Another radio in a network of its own, as an organiser's phone.
PHONE = r"""
set -e
printf 'ctrl_interface=/run/phone\nnetwork={\n ssid="%s"\n psk="%s"\n}\n' \
    "$(sed -n s/^ssid=//p /etc/einlass/hotspot)" "$(sed -n s/^passphrase=//p /etc/einlass/hotspot)" >/run/phone.conf
nmcli device set $radio managed no
systemd-run --quiet --unit=phone wpa_supplicant -i $radio -c /run/phone.conf
for try in $(seq 60); do wpa_cli -p /run/phone -i $radio status 2>/dev/null | grep -q wpa_state=COMPLETED && exit 0; sleep 1; done
wpa_cli -p /run/phone -i $radio status; journalctl -u phone -b | tail -20
exit 1
"""


def test_hotspot__comes_up_where_there_is_no_network(machine):
    if machine.do("command -v nmcli && command -v dnsmasq && modprobe -n mac80211_hwsim && echo all", check=False).strip()[-3:] != "all":
        return "left out: NetworkManager, dnsmasq-base or mac80211_hwsim is not there"
    assert machine.do("stat -c %U:%G:%a /etc/einlass/hotspot").strip() == "root:einlass:640"
    assert machine.do("stat -c %U:%a /etc/NetworkManager/system-connections/einlass-hotspot.nmconnection").strip() == "root:600"
    machine.do("modprobe mac80211_hwsim radios=2")
    until(machine, "nmcli -g GENERAL.STATE connection show einlass-hotspot | grep -q activated", 120)
    kiosks = machine.do("nmcli -g GENERAL.DEVICES connection show einlass-hotspot").strip()
    addresses = machine.do(f"ip -4 address show {kiosks}")
    assert "192.168.4.1/24" in addresses, f"{kiosks}: {addresses}"
    phones = {"wlan0": "wlan1", "wlan1": "wlan0"}[kiosks]
    machine.do(f"radio={phones}\n{PHONE}", 90)
    return None


def test_cage__is_a_way_too(machine):
    if "yes" not in machine.do("command -v cage >/dev/null && echo yes", check=False):
        return "left out: cage is not there"
    since = machine.mark()
    # The emulated card draws nothing itself, and cage crashes in Mesa's way to do it: it paints on its own.
    machine.do("folder=/run/systemd/system/einlass-kiosk-cage.service.d; mkdir -p $folder;"
               " printf '[Service]\\nEnvironment=WLR_RENDERER=pixman\\n' >$folder/paint.conf; systemctl daemon-reload")
    machine.do(f"systemctl stop {UNIT}; systemctl start --no-block einlass-kiosk-cage")
    machine.sees("screen open driver=wayland", 240, after=since)
    machine.do(FEED)
    # What cage hands to the emulated card isn't seen in QEMU's picture of it, whoever paints: the log has to do.
    machine.sees("ready shown", 240, after=since)
    assert machine.do("systemctl is-active einlass-kiosk-cage").strip() == "active"
    machine.do("rmmod -f vivid")
    machine.do(f"systemctl start {UNIT}")
    return None


def test_switch__is_the_kiosks_to_press(machine):
    """Last of all: after it there is no machine."""
    machine.do("runuser -u einlass -- touch /run/einlass/power-off")
    machine.process.wait(180 * PATIENCE)


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_") and name in (sys.argv[3:] or globals())]
    failed = 0
    with scratch() as folder, Machine(boot_of(), overlay(sys.argv[1], folder), qemu_words=BOARD) as machine:
        machine.sees("ready shown|no camera shown", 400)
        for test in tests:
            begin = time.monotonic()
            try:
                outcome = test(machine) or "ok"
            except Exception as error:  # the next one begins with what is left
                failed += 1
                outcome = f"FAILED: {error}"
            print(f"{test.__name__}: {outcome} ({time.monotonic() - begin:.0f} s)", flush=True)
    sys.exit(1 if failed else 0)


main()
