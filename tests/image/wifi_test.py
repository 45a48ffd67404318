#!/usr/bin/env python3
"""What somebody wrote into wlan.txt on the boot partition -> NetworkManager's profile, and a sentence for who wrote it."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

IMAGE = pathlib.Path(__file__).resolve().parents[2] / "packaging/image/root"
FORM = IMAGE / "usr/share/einlass/wlan.txt"

# nmcli as the case needs it: what it says, and how it ends. What it was asked is written down.
NMCLI = """#!/bin/sh
echo "$@" >>"$ASKED"
case $* in
*connection\\ up*) printf '%s\\n' "$SAYS"; exit "$CODE" ;;
*IP4.ADDRESS*) echo 192.168.178.20/24 ;;
esac
"""


class Card:
    """A boot partition with a wlan.txt, and what the script made of it."""

    def __init__(self, wish: bytes, says="", code=0):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for made in ("card", "connections", "bin"):
                (folder / made).mkdir()
            (folder / "card/wlan.txt").write_bytes(wish)
            nmcli = folder / "bin/nmcli"
            nmcli.write_text(NMCLI)
            nmcli.chmod(0o755)
            ran = subprocess.run([IMAGE / "usr/libexec/einlass/wifi-from-card"], capture_output=True, text=True, timeout=20,
                                 env={"PATH": f"{folder}/bin:{os.environ['PATH']}", "ASKED": f"{folder}/asked", "SAYS": says,
                                      "CODE": str(code), "EINLASS_CARD": f"{folder}/card",
                                      "EINLASS_CONNECTIONS": f"{folder}/connections", "EINLASS_WIFI_FORM": str(FORM)})
            self.code, self.log = ran.returncode, ran.stdout + ran.stderr
            self.wish = (folder / "card/wlan.txt").read_bytes()
            self.files = sorted(path.name for path in (folder / "card").iterdir())
            result = folder / "card/wlan-ergebnis.txt"
            self.result = result.read_text() if result.exists() else ""
            profile = folder / "connections/einlass-wlan.nmconnection"
            self.profile = profile.read_text() if profile.exists() else ""
            self.mode = profile.stat().st_mode & 0o777 if profile.exists() else None
            self.asked = (folder / "asked").read_text() if (folder / "asked").exists() else ""


def ssid(profile: str) -> str:
    line = next(line for line in profile.splitlines() if line.startswith("ssid="))
    return bytes(int(number) for number in line[5:].rstrip(";").split(";")).decode()


class Wifi(unittest.TestCase):
    def test_the_form_as_it_is_flashed_asks_for_nothing(self):
        card = Card(FORM.read_bytes())
        self.assertEqual((card.code, card.profile, card.result, card.asked), (0, "", "", ""))

    def test_the_form_with_its_marks_taken_away_is_taken(self):
        card = Card(FORM.read_bytes().replace(b"# name = G\xc3\xa4stenetz", "name = Gästenetz 2".encode())
                    .replace(b"# passwort = hier das Passwort", b"passwort = drei Worte hier"))
        self.assertEqual(ssid(card.profile), "Gästenetz 2")
        self.assertIn("psk=drei Worte hier\n", card.profile)
        self.assertIn("Verbunden. Adresse des Kiosks: 192.168.178.20", card.result)

    def test_a_password_stays_on_no_partition_that_a_pc_opens(self):
        card = Card(b"name=Netz\npasswort=geheim-0815\n")
        self.assertIn("psk=geheim-0815", card.profile)
        self.assertEqual(card.mode, 0o600)
        self.assertEqual(card.wish, FORM.read_bytes())
        self.assertEqual(card.files, ["wlan-ergebnis.txt", "wlan.txt"])
        self.assertNotIn("geheim-0815", card.result + card.log + card.asked)

    def test_windows_writes_it_as_it_likes(self):
        card = Card("\ufeffName = Büro\r\nKennwort = abcdefgh  \r\n".encode())
        self.assertEqual(ssid(card.profile), "Büro")
        self.assertIn("psk=abcdefgh\n", card.profile)

        self.assertEqual(ssid(Card("# x\r\nname = Büro\r\n".encode("utf-16")).profile), "Büro")

    def test_a_last_line_without_an_end_counts(self):
        self.assertIn("psk=12345678\n", Card(b"ssid=a\npassword=12345678").profile)

    def test_no_name_or_password_means_anything_to_the_profile(self):
        card = Card(b"name = a;b\\c]#[wifi]\npasswort = \\n\\s;=# x9\n")
        self.assertEqual(ssid(card.profile), "a;b\\c]#[wifi]")
        self.assertIn("psk=\\\\n\\\\s;=# x9\n", card.profile)
        self.assertEqual(card.profile.count("[wifi]"), 1)

    def test_quotation_marks_around_a_value_are_not_part_of_it(self):
        for wish in ('name = "Büro 1"\npasswort = "drei Worte"\n', "name = 'Büro 1'\npasswort = 'drei Worte'\n",
                     "name = „Büro 1“\npasswort = “drei Worte”\n"):
            with self.subTest(wish=wish):
                card = Card(wish.encode())
                self.assertEqual(ssid(card.profile), "Büro 1")
                self.assertIn("psk=drei Worte\n", card.profile)
        self.assertIn('psk="drei Worte\n', Card(b'name=x\npasswort="drei Worte\n').profile)

    def test_kinds_of_networks(self):
        for wish, expected, absent in (
                (b"name=x\npasswort=12345678\n", ["key-mgmt=wpa-psk"], ["hidden", "sae"]),
                (b"name=x\npasswort=12345678\nwpa3=ja\n", ["key-mgmt=sae"], ["wpa-psk"]),
                (b"name=x\npasswort=" + b"0aF1" * 16 + b"\n", ["psk=" + "0aF1" * 16], []),
                (b"name=x\nversteckt = Ja\n", ["hidden=true"], ["wifi-security"]),
                (b"name=x\nversteckt = nein\n", [], ["hidden", "wifi-security"])):
            with self.subTest(wish=wish):
                profile = Card(wish).profile
                for words in expected:
                    self.assertIn(words, profile)
                for words in absent:
                    self.assertNotIn(words, profile)

    def test_what_cannot_be_is_said_and_left_as_it_was_written(self):
        for wish, words in (
                (b"passwort=12345678\n", "Es fehlt die Zeile"),
                (b"name=x\npasswort=1234567\n", "8 bis 63 Zeichen"),
                (b"name=x\npasswort=" + b"a" * 64 + b"x\n", "8 bis 63 Zeichen"),
                ("name=x\npasswort=größer12\n".encode(), "ohne Umlaute"),
                (b"name=" + b"n" * 33 + b"\n", "zu lang"),
                ("name=Büro\n".encode("latin-1"), "UTF-8"),
                ("name=x\n\ud800".encode("utf-16", "surrogatepass"), "UTF-8"),
                (b"name=x\nnutzer=y\n", "'nutzer'"),
                (FORM.read_bytes().replace("Gästenetz".encode(), b"Sauerland"), "Das # am Anfang"),
                (b"name: Sauerland\n", "name = G"),
                (b"Sauerland\ngeheim-0815\n", "name = G"),
                (b'name = ""\n', "Es fehlt die Zeile")):
            with self.subTest(wish=wish):
                card = Card(wish)
                self.assertEqual((card.code, card.profile, card.asked), (0, "", ""))
                self.assertIn(words, card.result)
                self.assertEqual(card.wish, wish)

    def test_what_became_of_it_is_said_in_words(self):
        for says, words in (
                ("Error: Connection activation failed: Secrets were required, but not provided.", "Das Passwort stimmt nicht"),
                ("Error: Connection activation failed: The Wi-Fi network could not be found", "nicht zu sehen"),
                ("Error: No suitable device found for this connection.", "kein WLAN"),
                ("Error: Timeout expired (60 seconds)", "versucht es weiter")):
            with self.subTest(says=says):
                card = Card(b"name=x\npasswort=12345678\n", says, 4)
                self.assertEqual(card.code, 0)
                self.assertIn(words, card.result)
                self.assertIn("ssid=120;", card.profile)  # it goes on trying


if __name__ == "__main__":
    sys.exit(unittest.main())
