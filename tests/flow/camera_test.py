#!/usr/bin/env python3
"""The kiosk program with a camera: a preloaded stand-in (tests/fakes/v4l2_standin.h) shows it a ticket in each format
a camera may speak, is unplugged while the door is open, and comes back.
usage: camera_test.py FOLDER_OF_PROGRAMS STANDIN_LIBRARY"""
import re
import subprocess
import sys
import time

from door import Door, entries, environment, stop, wait_for

FORMATS = ("YUYV", "GREY", "NV12", "MJPG")
NAMES = {"MJPG": "MJPEG"}  # as the log calls it
AWAY_S = 3


def picture_of(door, position):
    """A ticket as a camera sees it: a grey picture of 640 x 480 or less."""
    out = door.folder / f"paper{position}"
    door.einlass("ticket", "issue", "--only", door.number(position), "--format", "pdf", "--out", out)
    subprocess.run(["pdftoppm", "-gray", "-r", "75", next(out.glob("*.pdf")), out / "page"], check=True)
    return next(out.glob("page*.pgm"))


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
            text = wait_for(log, "welcome shown", 20)
            assert f"format={NAMES.get(name, name)}" in text, text
            assert stop(process) == 0, log.read_text()
        finally:
            process.kill()
            process.wait()
        assert len(entries(database)) == position + 1
    print(f"a ticket was admitted in each of {', '.join(FORMATS)}")


def survives_unplugging(door, library):
    log = door.folder / "kiosk.log"
    surroundings = with_camera(picture_of(door, len(FORMATS)), library, sizes="640x480", unplug_after=60, replug_ms=AWAY_S * 1000)
    process = subprocess.Popen(command(door, door.folder / "unplug.db"), stderr=open(log, "w"), env=surroundings)
    try:
        wait_for(log, "welcome shown", 20)
        text = wait_for(log, "no camera shown", 20)
        assert process.poll() is None and text.count("pictures arrive") == 1
        gone = time.monotonic()
        while log.read_text().count("pictures arrive") < 2:
            assert time.monotonic() < gone + 20, f"the camera did not come back:\n{log.read_text()}"
            time.sleep(0.01)
        back_ms = (time.monotonic() - gone - AWAY_S) * 1000
        wait_for(log, "already shown", 20)  # the ticket is still in front of it, and is no second entry
        assert stop(process) == 0
    finally:
        process.kill()
        process.wait()
    print(f"unplugged: the screen said so; back about {back_ms:.0f} ms after it was plugged in again")


def check_names_the_camera(door, library):
    surroundings = with_camera(picture_of(door, 0), library, formats="MJPG,YUYV", sizes="640x480,1280x720@10")
    done = subprocess.run([*command(door, door.folder / "none.db"), "--check"], capture_output=True, text=True, env=surroundings)
    assert re.search(r"camera +/dev/video0 .*\d+ x \d+", done.stdout), done.stdout
    done = subprocess.run([*command(door, door.folder / "none.db"), "--camera", "/dev/video7", "--check"], capture_output=True,
                          text=True, env=environment())
    assert done.returncode == 1 and "/dev/video7" in done.stdout, done.stdout
    print("--check names the camera, and the one that is not there")


def main():
    door = Door(sys.argv[1], len(FORMATS) + 1)
    try:
        admits_in_every_format(door, sys.argv[2])
        survives_unplugging(door, sys.argv[2])
        check_names_the_camera(door, sys.argv[2])
    finally:
        door.close()


main()
