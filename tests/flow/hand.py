"""A hand at a kiosk, preloaded (tests/fakes/hand_standin.c): keys, words and touches, as tests write them."""
import time

SHIFT = 0x1  # of SDL's KMOD bits


class Hand:
    """Of one kiosk: start that with `prefix`."""

    def __init__(self, standin, lines):
        self.lines = lines
        self.lines.write_text("")
        self.prefix = ("env", f"LD_PRELOAD={standin}", f"HAND_STANDIN={lines}")

    def do(self, *lines):
        with open(self.lines, "a", encoding="utf-8") as to:
            to.writelines(line + "\n" for line in lines)
        time.sleep(0.1)
