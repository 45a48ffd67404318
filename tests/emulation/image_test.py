#!/usr/bin/env python3
"""The flashable card, booted as it was made: the first boot, a power cut, the boots after, a new version from a stick and one
that is taken back.
usage: image_test.py IMAGE KIOSK.deb PACKAGE.deb…   (takes half an hour)
IMAGE.img or .img.zst is what packaging/build-image made, KIOSK.deb einlass-kiosk of a later version (packaging/build-deb
--version); so are the others."""
import re
import subprocess
import sys
import time
from pathlib import Path

from card import GROWN_MIB, Card, make_stick
from machine import PATIENCE, scratch
from sight import shows
from updates_test import SOURCE, STATE, newer, version_of

BAD = "99"


# ---- the card ----

def test_first_boot__the_card_becomes_its_own(card):
    assert card.do("findmnt -no FSTYPE /") == "overlay"
    assert "ro" in card.do("findmnt -no FS-OPTIONS /run/overlay/root").split(",")
    data_bytes = int(card.do("findmnt -bno SIZE /data"))
    assert data_bytes > (GROWN_MIB - 2600) << 20, f"the data partition has {data_bytes >> 20} MiB"
    uuid = card.do("blkid -s UUID -o value $(blkid -L einlass-data)")
    assert card.do("cat /etc/machine-id") == uuid.replace("-", "")
    assert not uuid.startswith("6569ae1a"), "each card would be the same machine"
    assert re.fullmatch(r"einlass-[0-9a-f]{6}", card.do("uname -n"))


def test_first_boot__the_kiosk_asks_to_be_paired_and_nothing_failed(card):
    card.is_ready()
    assert card.do("systemctl --failed --no-legend --plain") == ""
    assert card.do("findmnt -no SOURCE --target /var/lib/einlass").endswith("[/einlass]")
    assert card.do("stat -c '%U %a' /var/lib/einlass") == "einlass 700"
    shows(card.machine, "image-first-boot", "Mit dem Büro koppeln")


def test_first_boot__wlan_txt_is_answered_in_words(card):
    card.waits_for("grep -q 'kein WLAN\\|versucht es weiter' /boot/firmware/wlan-ergebnis.txt")
    assert "nur ein Versuch" not in card.do("cat /boot/firmware/wlan*")
    card.waits_for("findmnt -no FS-OPTIONS /boot/firmware | grep -qw ro", 60)
    assert "psk=nur ein Versuch" in card.do("cat /data/networks/einlass-wlan.nmconnection")


def test_update__reaches_the_real_root_and_nothing_else_does(card):
    card.do("echo gone >/etc/written-to-ram")
    card.do("/usr/libexec/einlass/with-root-writable sh -c 'echo stays >/etc/written-to-root'")
    assert "ro" in card.do("findmnt -no FS-OPTIONS /run/overlay/root").split(","), "the root stayed writable"
    card.do("echo record >/var/lib/einlass/probe && sync")


def test_power_cut__the_same_machine_comes_back(card):
    before = card.do("cat /etc/machine-id; uname -n; cat /data/ssh/ssh_host_ed25519_key.pub")
    card.cut()
    assert card.do("cat /etc/machine-id; uname -n; cat /data/ssh/ssh_host_ed25519_key.pub") == before
    assert card.do("cat /etc/written-to-root /var/lib/einlass/probe") == "stays\nrecord"
    assert card.do("ls /etc/written-to-ram 2>/dev/null | wc -l") == "0"
    card.is_ready()
    assert card.do("journalctl --quiet --boot=-1 --lines=1"), "the journal didn't outlive the power cut"


# ---- its updates ----

def stick(card, name, packages):
    out = card.folder / name
    subprocess.run([SOURCE / "packaging/build-repo", "--key", card.folder / "keys", out, *packages], check=True, capture_output=True)
    return make_stick(card.folder / f"{name}.img", out, "einlass-update")


def wish(card, words):
    """As the kiosk leaves it (update_file.c)."""
    card.do(f"runuser -u einlass -- sh -c 'echo {words} >/run/einlass/update.new && mv /run/einlass/update.new /run/einlass/update'")


def told(card, phase, seconds=240):
    card.waits_for(f"grep -q '^phase={phase}$' {STATE} 2>/dev/null", seconds)
    return card.do(f"cat {STATE}").splitlines()


def tries_last(card, seconds):
    """What a door waits for: longer on a busy machine, shorter where it is in vain. Counts from the next boot."""
    card.do("/usr/libexec/einlass/with-root-writable sh -c 'mkdir -p /etc/systemd/system/einlass-trial.service.d; printf "
            f"\"[Service]\\nEnvironment=EINLASS_PATIENCE_S={int(seconds)}\\n\" >/etc/systemd/system/einlass-trial.service.d/test.conf'")


def version(card):
    return card.do("dpkg-query -W -f '${Version} ${db:Status-Status}' einlass-kiosk")


def take(card, number, device):
    """A stick is plugged in, and staff want what is on it; until the machine restarts with it."""
    card.plug_in(device)
    wish(card, "look")
    assert f"offered={number}" in told(card, "found")
    card.pull_out()
    wish(card, f"install {number}")
    card.restarts_itself(900)


def test_update__a_version_from_a_stick_stays(card):
    device, good = stick(card, "good", card.packages), version_of(card.packages[0])
    card.plug_in(device)
    card.do("/usr/libexec/einlass/einlass-update trust /media/einlass-*/einlass-update/einlass.gpg")
    card.pull_out()
    tries_last(card, 180 * PATIENCE)
    take(card, good, device)
    assert version(card) == f"{good} installed"
    told(card, "done", 400)
    card.is_ready()
    assert len(card.do("ls /var/lib/einlass-update/kept").splitlines()) == len(card.packages)
    assert card.do("cat /var/lib/einlass/probe") == "record"
    assert card.do("systemctl --failed --no-legend --plain") == ""
    assert "ro" in card.do("findmnt -no FS-OPTIONS /run/overlay/root").split(","), "the root stayed writable"
    shows(card.machine, "image-after-update", "Mit dem Büro koppeln")


def test_update__one_that_is_never_ready_is_taken_back(card):
    before = version(card)
    tries_last(card, 40)
    take(card, BAD, stick(card, "bad", [newer(card.packages[0], BAD, card.folder, is_good=False)]))
    assert version(card) == f"{BAD} installed"
    card.restarts_itself(600)
    assert {"phase=back", f"offered={BAD}", "why=not-ready"} <= set(told(card, "back", 400))
    assert version(card) == before
    card.is_ready()
    assert card.do("cat /var/lib/einlass/probe") == "record"
    shows(card.machine, "image-after-going-back", "Mit dem Büro koppeln")


# ---- its end ----

def test_broken_card__the_screen_says_so(card):
    card.do("dd if=/dev/zero of=$(blkid -L einlass-data) bs=1M count=256 conv=fsync 2>/dev/null")
    card.cut()
    shows(card.machine, "image-card-broken", "Die Karte dieses Kiosks ist beschädigt", seconds=400)


def main(image, *packages):
    with scratch() as folder:
        card = Card(Path(image), folder)
        card.packages = [Path(package).resolve() for package in packages]
        with card.machine:
            for name, test in list(globals().items()):
                if name.startswith("test_"):
                    began = time.monotonic()
                    test(card)
                    print(f"ok {name} {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
