#!/usr/bin/env python3
"""Ready with a still picture costs next to nothing: no frame is drawn, no memory taken, at 1920 x 1080.
With --csv FILE also measures the share of a core (a bench: never judged in a test).
usage: ready_test.py FOLDER_OF_PROGRAMS SECONDS [--csv FILE]"""
import re
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from door import Door, environment, stop, wait_for

SETTLE_S = 3  # the first frames, the fonts, the first reading of the picture
MOST_RSS_KIB = 64 * 1024
TRIES = 3  # a read that was cut off on a busy machine may be told, and taken back: then something did change


def facts(pid):
    """Memory in KiB and processor seconds of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    memory = {name: int(re.search(rf"^{name}:\s+(\d+) kB", status, re.M)[1]) for name in ("VmData", "RssAnon", "VmRSS", "VmHWM")}
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return memory, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def frames_drawn(process, log):
    """Asks the kiosk how many frames it drew so far."""
    answers = len(re.findall(r"state frames_drawn", log.read_text()))
    process.send_signal(signal.SIGUSR1)
    while len(found := re.findall(r"state frames_drawn=(\d+)", log.read_text())) == answers:
        time.sleep(0.01)
    return int(found[-1])


def settle(process, log):
    """The last of the result goes off the screen later on a busy machine; then a second passes without a frame."""
    time.sleep(SETTLE_S)
    drawn = frames_drawn(process, log)
    for _ in range(30):
        time.sleep(1)
        before, drawn = drawn, frames_drawn(process, log)
        if drawn == before:
            return drawn
    raise AssertionError(f"it draws for ever: {drawn} frames so far")


def stay_ready(door, seconds):
    """Runs the kiosk on one still picture; returns frames drawn meanwhile, memory before and after, share of a core."""
    log = door.folder / "kiosk.log"
    still = door.show("still", door.tickets[:1])
    with open(log, "w") as stderr:
        process = subprocess.Popen(door.command(door.folder / "kiosk.db", still, "--frames-per-second", "15",
                                                "--width", "1920", "--height", "1080", "--result-seconds", "0.5"),
                                   stderr=stderr, env=environment())
        try:
            wait_for(log, "welcome shown", 60)  # the ticket stays in view and is one scan
            wait_for(log, "given back times=1", 60)
            for _ in range(TRIES):
                frames_before = settle(process, log)
                before, spent_before = facts(process.pid)
                time.sleep(seconds)
                after, spent_after = facts(process.pid)
                frames_after = frames_drawn(process, log)
                if frames_after == frames_before:
                    break
            assert stop(process) == 0
        finally:
            process.kill()
            process.wait()
    text = log.read_text()
    assert text.count(" shown seq=") == 1, f"one ticket in view is one scan:\n{text}"
    return frames_after - frames_before, before, after, (spent_after - spent_before) / seconds


def main():
    seconds = float(sys.argv[2])
    door = Door(sys.argv[1], 1)
    try:
        frames, before, after, share = stay_ready(door, seconds)
        print(f"{seconds:.0f} s of Ready at 1920x1080: {frames} frames drawn, "
              f"VmData {before['VmData']} -> {after['VmData']} KiB, RSS {after['VmRSS']} KiB (peak {after['VmHWM']}), "
              f"{100 * share:.2f} % of a core")
        if "--csv" in sys.argv:
            with open(sys.argv[sys.argv.index("--csv") + 1], "a") as csv:
                csv.write(f"ready,1080p still picture,cpu share,{share:.5f},0.03,{share / 0.03:.3f}\n")
                csv.write(f"ready,1080p still picture,rss KiB,{after['VmRSS']},{MOST_RSS_KIB},{after['VmRSS'] / MOST_RSS_KIB:.3f}\n")
        assert frames == 0, f"{frames} frames were drawn while nothing changed"
        if "sanitize" in sys.argv:
            return
        assert after["VmData"] <= before["VmData"] and after["RssAnon"] - before["RssAnon"] <= 64, f"memory grew: {before} -> {after}"
        assert after["VmHWM"] <= MOST_RSS_KIB, f"uses {after['VmHWM']} KiB"
    finally:
        door.close()


main()
