"""Reads the machine's screen as a person would: a picture by QEMU, its words by tesseract."""
import os
import re
import subprocess
import time
from pathlib import Path

from machine import PATIENCE

SCREENS = Path(os.environ.get("EINLASS_SCREENSHOTS", "build/emulation/screens"))


def words_of(picture):
    """Words on the screen, in any order that tesseract finds; large type on coloured ground needs sparse reading."""
    read = ["tesseract", str(picture), "stdout", "-l", "deu"]
    both = [subprocess.run([*read, "--psm", mode], check=True, capture_output=True, text=True).stdout for mode in ("11", "3")]
    return re.sub(r"\s+", " ", " ".join(both))


def plain(text):
    """What misreadings don't change: letters only, umlauts as vowels."""
    text = text.lower().translate(str.maketrans("äöüß", "aous"))
    return re.sub(r"[^a-z0-9]", "", text)


def shows(machine, name, *sentences, seconds=60):
    """Waits until every sentence stands on the screen; keeps its picture as SCREENS/name.png."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + seconds * PATIENCE
    while True:
        picture = machine.picture(SCREENS / f"{name}.png")
        read = words_of(picture)
        missing = [words for words in sentences if plain(words) not in plain(read)]
        if not missing:
            return read
        assert time.monotonic() < end, f"{name}: {missing} is not on the screen {picture}, but: {read}"
        time.sleep(1)
