#!/usr/bin/env python3
"""One booted machine with the packages on it, and everything that can happen to it at a door. Nobody helps it: after
each fault it must be back at work by itself.
usage: booted_test.py DISK DOOR PROGRAMS [TEST…]     (what tests/emulation/run makes; PROGRAMS: the office's, of this machine;
keep screens with EINLASS_SCREENSHOTS=DIR)"""
import contextlib
import re
import sys
import time

from gate import FEED, Door, bring, hold
from machine import Machine, boot_of, overlay, scratch
from office import Office, picture_of, until
from sight import shows

PROGRAMS = sys.argv[3]
CABLE = ["-netdev", "user,id=cable", "-device", "virtio-net-pci,netdev=cable,romfile="]  # to a router, so to say, and this machine behind it

READY = r"ready shown"
UNIT = "einlass-kiosk.service"
MOST_RSS_KIB = 64 * 1024


def kiosk_pid(machine):
    return int(machine.do(f"systemctl show --value --property MainPID {UNIT}"))


def records(machine):
    """How many lines the kiosk's log has; the database must be sound."""
    return int(machine.do("sqlite3 -readonly /var/lib/einlass/kiosk.db 'select count(*) from log'"))


def is_back(machine, since, seconds=180):
    """Began anew and is ready, without anybody's doing."""
    machine.sees(READY, seconds, after=since)


def admits(machine, ticket, seconds=90):
    since, before = machine.mark(), records(machine)
    hold(machine, ticket)
    machine.sees(r"welcome shown seq=\d+", seconds, after=since)
    assert records(machine) > before, "a welcome, but no record"
    hold(machine, "nobody")


def test_boot__comes_to_ready_on_the_bare_screen(machine, tickets):
    shows(machine, "ready", "Ticket vor die Kamera halten", "Probe")
    failed = machine.do("systemctl --failed --no-legend --plain").strip()
    assert not failed, f"units failed: {failed}"
    assert machine.do(f"systemctl show --value --property SubState {UNIT}").strip() == "running"


def test_boot__leaves_no_way_out(machine, tickets):
    assert machine.do("cat /proc/sys/kernel/sysrq").strip() == "0"
    assert machine.do("systemctl is-active getty@tty1.service", check=False).strip() != "active"
    assert machine.do("systemctl is-enabled ctrl-alt-del.target", check=False).strip() == "masked"
    pid, since = kiosk_pid(machine), machine.mark()
    machine.press("ctrl-alt-f2", "ctrl-alt-delete", "alt-sysrq-b", "ctrl-c", "alt-f4", "meta_l", "ctrl-alt-backspace")
    time.sleep(3)
    assert machine.do("cat /sys/class/tty/tty0/active").strip() == "tty1", "another terminal is in front"
    assert kiosk_pid(machine) == pid, "the kiosk was ended from the keyboard"
    assert "Reached target reboot" not in machine.journal()[since:]


def test_boot__needs_little_memory(machine, tickets):
    """In the hour that a door waits, not in the seconds of a start (trim.h)."""
    machine.sees("given back times=2", 120)
    status = machine.do(f"cat /proc/{kiosk_pid(machine)}/status")
    most, all_of_it, own = (int(re.search(rf"{kind}:\s+(\d+)", status)[1]) for kind in ("VmHWM", "VmRSS", "RssAnon"))
    print(f"    at 1280x720, with Mesa's llvmpipe: {all_of_it} KiB, of these {own} KiB of its own; at its start {most} KiB", flush=True)
    assert all_of_it <= MOST_RSS_KIB, f"{all_of_it} KiB"


def test_check__finds_nothing_missing(machine, tickets):
    said = machine.do("runuser -u einlass -- einlass-kiosk --check", check=False)
    print("    " + said.replace("\n", "\n    "), flush=True)
    assert "camera" in said


def test_camera__admits_a_ticket(machine, tickets):
    since = machine.mark()
    hold(machine, tickets[0])
    machine.sees(r"welcome shown seq=\d+", 90, after=since)
    shows(machine, "welcome", "Willkommen")
    assert records(machine) > 0
    hold(machine, "nobody")
    machine.sees(READY, 60, after=since)


def touch(machine, x, y):
    """A finger on "Datenschutz"; then back. Never where it was before: the kernel only tells what changes, and who opens
    the touch screen anew does not know what was."""
    since = machine.mark()
    machine.do(f"echo {x} {y} 200 >/run/finger")
    machine.sees(r"privacy shown", 30, after=since)
    since = machine.mark()
    machine.press("esc")
    machine.sees(READY, 60, after=since)


def test_touch__is_felt_as_a_finger_whenever_it_was_plugged_in(machine, tickets):
    machine.do("modprobe uinput; [ -p /run/finger ] || mkfifo /run/finger; systemctl is-active --quiet finger ||"
               " systemd-run --quiet --unit=finger bash -c 'exec 3<>/run/finger; exec /srv/bin/finger <&3'")
    time.sleep(3)
    touch(machine, 530, 900)
    since = machine.mark()
    machine.do(f"systemctl restart --no-block {UNIT}")
    is_back(machine, since)
    touch(machine, 550, 920)


def test_fault__a_thread_that_hangs_is_restarted(machine, tickets):
    since, pid = machine.mark(), kiosk_pid(machine)
    machine.do(f"systemd-run --quiet --unit=freeze bash -c 'sleep 600 | /srv/bin/freeze {pid} desk'")
    machine.sees(r"hangs: .*desk", 120, after=since)
    machine.sees(rf"{UNIT}: Watchdog timeout", 120, after=since)
    machine.do("systemctl stop freeze")  # who is frozen by us can't even be killed, unlike by a bug
    is_back(machine, since)
    assert kiosk_pid(machine) != pid
    admits(machine, tickets[1])


def test_fault__a_decoder_that_hangs_costs_its_frame(machine, tickets):
    pid = kiosk_pid(machine)
    machine.do("pkill -STOP -x einlass-reader")
    admits(machine, tickets[2])
    assert kiosk_pid(machine) == pid, "the whole kiosk began anew"


def test_fault__a_camera_that_goes_is_said(machine, tickets):
    since = machine.mark()
    machine.do("systemctl stop holds; rmmod -f vivid")  # pulled out while in use
    machine.sees(r"no camera shown", 60, after=since)
    shows(machine, "no-camera", "Keine Kamera", "gefunden. Stecker", "Bitte zum Team")
    machine.do(FEED)  # plugged in again
    machine.sees(READY + "|camera shown", 60, after=since)
    admits(machine, tickets[3])


def test_fault__a_full_disk_lets_nobody_in_unrecorded(machine, tickets):
    since = machine.mark()
    machine.do("fallocate -l $(( $(df --output=avail -B1 /var/lib/einlass | tail -1) - 65536 )) /var/lib/full 2>/dev/null;"
               "dd if=/dev/zero of=/var/lib/full.rest bs=4096 2>/dev/null; sync; true")
    for ticket in tickets[4:30]:  # what SQLite has room for already is still written
        before = machine.mark()
        hold(machine, ticket)
        if "not saved" in machine.sees(r"(welcome|not saved) shown", 90, after=before)[0]:
            break
    assert "not saved shown" in machine.journal()[since:], "the disk is full, and nobody says so"
    shows(machine, "not-saved", "Papier")
    hold(machine, "nobody")
    since = machine.mark()
    machine.do("rm -f /var/lib/full /var/lib/full.rest; sync")
    admits(machine, tickets[31])


@contextlib.contextmanager
def paired_kiosk(machine, door, office):
    """The kiosk belongs to this office instead of having its event from a file; afterwards it is as it was."""
    machine.do(f"""systemctl stop {UNIT}; mkdir -p /run/aside; mv /var/lib/einlass/* /run/aside/; cp /etc/einlass/kiosk.conf /run/
        sed -i '/^event = /d; /^root_key = /d' /etc/einlass/kiosk.conf; systemctl start --no-block {UNIT}""")
    try:
        machine.sees("pairing shown", 180)
        office.publish()
        bring(machine, picture_of(office.offer("Eingang"), door.folder / "offer.png"), "offer")
        since = machine.mark()
        hold(machine, "offer")
        is_back(machine, since)
        yield
    finally:
        since = machine.mark()
        machine.do(f"""systemctl stop {UNIT}; rm -rf /var/lib/einlass/*; mv /run/aside/* /var/lib/einlass/; mv /run/kiosk.conf /etc/einlass/
            systemctl start --no-block {UNIT}""")
        is_back(machine, since)


def shows_connection(machine, name, *sentences):
    """Staff look at their page "Verbindung"."""
    for page, keys in (("pin", ["f1"]), ("staff menu", [*"2468", "ret"]), ("staff sync", ["tab", *["shift-tab"] * 4, "ret"])):  # the fourth of the last
        since = machine.mark()
        machine.press(*keys)
        machine.sees(f"{page} shown", 30, after=since)
    shows(machine, name, *sentences, seconds=120)
    since = machine.mark()
    machine.press("esc", "esc")
    machine.sees(READY, 60, after=since)


def test_fault__no_network_is_said_and_changes_nothing_at_the_door(machine, tickets):
    """Paired over the network with an office beside the machine; then the cable is pulled."""
    door = Door(PROGRAMS, 2)
    office = Office(door)
    office.options = ("--url", f"https://10.0.2.2:{office.port}")  # QEMU's way to where it runs itself
    try:
        with office, paired_kiosk(machine, door, office):
            for ticket in door.tickets:
                bring(machine, ticket, ticket.stem)
            admits(machine, door.tickets[0].stem)
            until(lambda: len(office.lines()) == records(machine), "the office has every record", 120)
            shows_connection(machine, "connected", "Verbunden", "Das Büro bekommt alles")
            machine.qmp("set_link", name="cable", up=False)
            there = len(office.lines())
            admits(machine, door.tickets[1].stem)
            shows_connection(machine, "no-network", "Kein Netz", "Alles wird hier gespeichert und später übertragen")
            assert len(office.lines()) == there
            machine.qmp("set_link", name="cable", up=True)
            until(lambda: len(office.lines()) == records(machine), "the office has every record again", 240)
            shows_connection(machine, "connected-again", "Verbunden")
    finally:
        machine.qmp("set_link", name="cable", up=True)
        door.close()


def test_fault__a_wrong_clock_is_said_with_each_welcome(machine, tickets):
    machine.do("systemctl stop systemd-timesyncd 2>/dev/null; date >/run/right; date -s '2020-02-02 02:02'")
    since = machine.mark()
    hold(machine, tickets[33])
    machine.sees(r"welcome shown seq=\d+ clock=doubtful", 90, after=since)
    shows(machine, "wrong-clock", "Willkommen", "Uhrzeit nicht gesichert")
    hold(machine, "nobody")
    machine.do('date -s "$(cat /run/right)"')
    admits(machine, tickets[34])


def test_fault__a_display_that_is_gone_comes_back_by_itself(machine, tickets):
    since = machine.mark()
    machine.do(f"systemctl stop {UNIT}; cd /sys/bus/virtio/drivers/virtio_gpu && for one in virtio*; do echo $one; done >/run/gpu;"
               f" for one in $(cat /run/gpu); do echo $one >unbind; done; systemctl start --no-block {UNIT}")
    machine.sees(r"no display to draw on", 180, after=since)  # 30 s are given to a slow one
    machine.do("cd /sys/bus/virtio/drivers/virtio_gpu && for one in $(cat /run/gpu); do echo $one >bind; done")
    is_back(machine, since, 240)
    shows(machine, "display-back", "Ticket vor die Kamera halten")


def main():
    disk, door = sys.argv[1:3]
    tests = [value for name, value in globals().items() if name.startswith("test_") and name in (sys.argv[4:] or globals())]
    tickets = open(door, encoding="utf-8").read().split()
    failed = 0
    with scratch() as folder, Machine(boot_of(), overlay(disk, folder), qemu_words=CABLE) as machine:
        machine.sees(READY + "|no camera shown", 400)
        print(f"boot to Ready: {time.monotonic() - machine.since:.0f} s on this machine", flush=True)
        machine.do(FEED)
        hold(machine, "nobody")
        machine.sees(READY, 120)
        for test in tests:
            begin = time.monotonic()
            try:
                outcome = test(machine, tickets) or "ok"
            except Exception as error:  # the next one begins with what is left
                failed += 1
                outcome = f"FAILED: {error}"
            print(f"{test.__name__}: {outcome} ({time.monotonic() - begin:.0f} s)", flush=True)
    sys.exit(1 if failed else 0)


main()
