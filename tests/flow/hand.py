"""A hand at a kiosk, preloaded (tests/fakes/hand_standin.c): keys, words and touches, as tests write them."""
import time

from office import picture_of

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


def open_sync_page(kiosk, hand):
    """The team's page "Verbindung"."""
    kiosk.mark()
    for words, lines in (("pin shown", ["key F1"]), ("staff menu shown", ["text 2468", "key Return"]),
                         ("staff sync shown", ["key Tab", *[f"key Tab {SHIFT}"] * 3, "key Return"])):
        hand.do(*lines)
        kiosk.sees(words)


def pair_on_its_page(kiosk, hand, offer):
    open_sync_page(kiosk, hand)
    hand.do("key Tab", f"key Tab {SHIFT}", "key Return")  # the last that can be chosen, where no stick is
    kiosk.sees("staff pair shown")
    kiosk.show(picture_of(offer, kiosk.folder / "offer.png"))
