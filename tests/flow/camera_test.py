#!/usr/bin/env python3
"""The kiosk program with a camera: a preloaded stand-in (tests/fakes/v4l2_standin.h) shows it a ticket in each format
a camera may speak, is unplugged while the door is open, and comes back.
usage: camera_test.py FOLDER_OF_PROGRAMS STANDIN_LIBRARY"""
import re
import subprocess
import sys
import time
from pathlib import Path

from door import Door, entries, environment, stop, wait_for

FORMATS = ("YUYV", "GREY", "NV12", "MJPG")
NAMES = {"MJPG": "MJPEG"}  # as the log calls it
AWAY_S = 3  # longer than a code stays known


def picture_of(door, position, dpi=75):
    """A ticket as a camera sees it: a grey picture of 640 x 480 or less (at 75 dpi)."""
    out = door.folder / f"paper{position}"
    door.einlass("ticket", "issue", "--only", door.number(position), "--format", "pdf", "--out", out)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), next(out.glob("*.pdf")), out / "page"], check=True)
    return next(out.glob("page*.pgm"))


def rows_of(picture):
    """The rows of a grey picture as pdftoppm writes it."""
    head, pixels = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture.read_bytes()), picture.read_bytes()
    width = int(head[1])
    return [pixels[at:at + width] for at in range(head.end(), len(pixels), width)]


def command(door, database):
    words = door.command(database, "")
    at = words.index("--pictures")
    return [*words[:at], *words[at + 2:], "--result-seconds", "0.5"]


def with_camera(picture, library, **settings):
    return {**environment(), "LD_PRELOAD": library, "V4L2_STANDIN_PICTURE": str(picture),
            **{f"V4L2_STANDIN_{name.upper()}": str(value) for name, value in settings.items()}}


def admits_in_every_format(door, library):
    database = door.folder / "formats.db"
    log = door.folder / "kiosk.log"
    for position, name in enumerate(FORMATS):
        surroundings = with_camera(picture_of(door, position), library, formats=name, sizes="640x480,1280x720")
        process = subprocess.Popen(command(door, database), stderr=open(log, "w"), env=surroundings)
        try:
            text = wait_for(log, "welcome shown", 60)
            assert f"format={NAMES.get(name, name)}" in text, text
            assert "libgst" not in Path(f"/proc/{process.pid}/maps").read_text(), "GStreamer is for who wants it"
            assert stop(process) == 0, log.read_text()
        finally:
            process.kill()
            process.wait()
        assert len(entries(database)) == position + 1
    print(f"a ticket was admitted in each of {', '.join(FORMATS)}")


def admits_through_gstreamer(door):
    """A film of one ticket, turned and flipped as a badly mounted camera would; it ends and begins again."""
    rows = rows_of(picture_of(door, len(FORMATS) + 2, dpi=120))
    askew = [bytes(column) for column in zip(*(row[::-1] for row in reversed(rows)))]  # flipped, then turned clockwise
    picture = door.folder / "askew.gray"
    picture.write_bytes(b"".join(askew) * 10)
    pipeline = (f"gstreamer:filesrc location={picture} ! rawvideoparse format=gray8 width={len(rows)} height={len(rows[0])}"
                " ! identity sync=true")
    log = door.folder / "kiosk.log"
    config = door.folder / "askew.conf"
    config.write_text("[camera]\nrotate = 90\nflipped = yes\n")
    words = [*command(door, door.folder / "gstreamer.db"), "--camera", pipeline, "--config", str(config)]
    process = subprocess.Popen(words, stderr=open(log, "w"), env=environment())
    try:
        text = wait_for(log, "welcome shown", 60)
        assert f"pictures arrive size={len(rows[0])}x{len(rows)}" in text, text
        text = wait_for(log, "the camera went away", 60)
        assert stop(process) == 0, log.read_text()
    finally:
        process.kill()
        process.wait()
    assert len(entries(door.folder / "gstreamer.db")) == 1
    print("a ticket was admitted through GStreamer, by a camera that hangs askew")


def survives_unplugging(door, library):
    log = door.folder / "kiosk.log"
    plug = door.folder / "unplugged"
    surroundings = with_camera(picture_of(door, len(FORMATS)), library, sizes="640x480", unplugged=plug)
    process = subprocess.Popen(command(door, door.folder / "unplug.db"), stderr=open(log, "w"), env=surroundings)
    try:
        wait_for(log, "welcome shown", 60)
        plug.touch()
        wait_for(log, "no camera shown", 60)
        time.sleep(AWAY_S)
        assert process.poll() is None and log.read_text().count("pictures arrive") == 1
        plug.unlink()
        there = time.monotonic()
        while log.read_text().count("pictures arrive") < 2:
            assert time.monotonic() < there + 60, f"the camera did not come back:\n{log.read_text()}"
            time.sleep(0.01)
        back_ms = (time.monotonic() - there) * 1000
        wait_for(log, "already shown", 60)  # the ticket is still in front of it, and is no second entry
        assert stop(process) == 0
    finally:
        process.kill()
        process.wait()
    print(f"unplugged: the screen said so; back about {back_ms:.0f} ms after it was plugged in again")


def settings(journal):
    """The controls that were set, in order."""
    lines = [line.partition("=") for line in journal.read_text().splitlines() if "=" in line]
    return [(name, int(value)) for name, _, value in lines]


def last_of(journal):
    return dict(settings(journal))


def steers_a_dark_camera(door, library):
    """A camera without an automatic, in a dark hall, that refuses one control and soon forgets the others."""
    journal = door.folder / "controls.txt"
    log = door.folder / "kiosk.log"
    surroundings = with_camera(picture_of(door, len(FORMATS) + 1), library, sizes="640x480", controls="uvc", refuses="white_balance",
                               light=8, forgets=5, journal=journal)
    process = subprocess.Popen(command(door, door.folder / "dark.db"), stderr=open(log, "w"), env=surroundings)
    try:
        wait_for(log, "welcome shown", 60)
        end = time.monotonic() + 60
        while last_of(journal)["gain"] <= 100 and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(1)  # to swing, if it does
        text = log.read_text()
        last = last_of(journal)
        gains = [value for name, value in settings(journal) if name == "gain"]
        assert stop(process) == 0
    finally:
        process.kill()
        process.wait()
    assert text.count("refuses a setting") == 1 and 'control="automatic white balance"' in text, text
    assert last["exposure_auto"] == 1 and last["power_line"] == 1 and last["focus_auto"] == 0, last
    assert last["exposure"] == 100 and last["gain"] > 100, last  # gain before longer exposures
    assert last_of(journal)["exposure_auto"] == 3, "the next program's pictures would stay dark"
    assert gains == sorted(gains), f"the servo swings: {gains}"
    print(f"a dark hall: 10 ms and gain {last['gain']} of 255, after {len(set(gains)) - 1} steps")


def check_tells_the_controls(door, library):
    surroundings = with_camera(picture_of(door, 0), library, controls="uvc", journal=door.folder / "check.txt")
    config = door.folder / "kiosk.conf"
    config.write_text("[camera]\nfocus = 120\nanti_flicker = 60\n")
    done = subprocess.run([*command(door, door.folder / "none.db"), "--config", str(config), "--check"], capture_output=True, text=True,
                          env=surroundings)
    for words in ("mains frequency: 60 Hz now, will be 60 Hz", "exposure time: 25.0 ms now, will be 8.3 ms, then as the light needs",
                  "gain: 0 of 0-255 now, will be 0 of 0-255, then as the light needs", "automatic focus: on now, will be off",
                  "focus: 0 of 0-250 now, will be 120 of 0-250", "slower frames in the dark: on now, will be off"):
        assert words in done.stdout, f"'{words}' is missing in:\n{done.stdout}"
    assert not (door.folder / "check.txt").exists(), "--check changes nothing"
    print("--check tells what each control is and will be")


def check_names_the_camera(door, library):
    surroundings = with_camera(picture_of(door, 0), library, formats="MJPG,YUYV", sizes="640x480,1280x720@10")
    done = subprocess.run([*command(door, door.folder / "none.db"), "--check"], capture_output=True, text=True, env=surroundings)
    assert re.search(r"camera +/dev/video0 .*\d+ x \d+", done.stdout), done.stdout
    done = subprocess.run([*command(door, door.folder / "none.db"), "--camera", "/dev/video7", "--check"], capture_output=True,
                          text=True, env=environment())
    assert done.returncode == 1 and "/dev/video7" in done.stdout, done.stdout
    config = door.folder / "turned.conf"
    config.write_text("[camera]\nrotate = 90\ndevice = gstreamer:videotestsrc ! video/x-raw,format=YUY2,width=320,height=240\n")
    words = [*command(door, door.folder / "none.db"), "--config", str(config), "--check"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment())
    assert "YUY2 320 x 240" in done.stdout and "turned a quarter clockwise" in done.stdout, done.stdout
    words = [*command(door, door.folder / "none.db"), "--camera", "gstreamer:nonsense", "--check"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment())
    assert done.returncode == 1 and 'no element "nonsense"' in done.stderr and '! camera' in done.stdout, done.stdout
    print("--check names the camera, and the one that is not there")


def main():
    door = Door(sys.argv[1], len(FORMATS) + 3)
    try:
        admits_in_every_format(door, sys.argv[2])
        admits_through_gstreamer(door)
        survives_unplugging(door, sys.argv[2])
        steers_a_dark_camera(door, sys.argv[2])
        check_tells_the_controls(door, sys.argv[2])
        check_names_the_camera(door, sys.argv[2])
    finally:
        door.close()


main()
