#!/usr/bin/env python3
"""packaging/image/trust, which packaging/build-image --update-key calls: the card trusts what its owner signs, as if
somebody had said einlass-update trust on the kiosk."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
KEYRING = "etc/apt/keyrings/einlass.gpg"


def run(*words, root=None):
    return subprocess.run(words, capture_output=True, text=True, timeout=60,
                          env=os.environ | ({"EINLASS_ROOT": str(root)} if root else {}))


def files(root):
    return {str(path.relative_to(root)): path.stat().st_mode & 0o777 for path in root.rglob("*") if path.is_file()}


class TrustTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.card, self.kiosk, self.key = (self.folder / name for name in ("card", "kiosk", "einlass.gpg"))
        for root in (self.card, self.kiosk):
            root.mkdir()

    def trust(self, key):
        return run(PROJECT / "packaging/image/trust", self.card, key)

    def test_a_card_trusts_as_a_kiosk_does_that_was_told(self):
        self.key.write_bytes(b"\x98\x33\x04 a public key, as gpg --export begins it")
        self.assertEqual(self.trust(self.key).returncode, 0)
        self.assertEqual(run(PROJECT / "kiosk/update/einlass-update", "trust", self.key, root=self.kiosk).returncode, 0)
        self.assertEqual((self.card / KEYRING).read_bytes(), self.key.read_bytes())
        self.assertEqual(files(self.card), {KEYRING: 0o644})
        self.assertEqual(files(self.kiosk)[KEYRING], 0o644)

    def test_what_is_no_key_is_refused_in_words(self):
        for content, words in ((b"no key", "is no public key"), (b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n", "gpg --dearmor"), (None, "there is no key file")):
            with self.subTest(words):
                self.key.unlink(missing_ok=True)
                if content:
                    self.key.write_bytes(content)
                done = self.trust(self.key)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(words, done.stderr)
                self.assertFalse((self.card / KEYRING).exists())

    def test_a_folder_that_is_not_there_is_said_too(self):
        done = self.trust(self.folder / "none/einlass.gpg")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(f"there is no key file '{self.folder}/none/einlass.gpg'", done.stderr)

    def test_build_image_says_which_packages_it_wants(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        for folder in (self.folder, self.folder / "none"):
            with self.subTest(folder):
                done = run(PROJECT / "packaging/build-image", "--packages", folder, "--out", self.folder / "out")
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("make them: packaging/build-deb arm64", done.stderr)

    def test_build_image_asks_before_it_composes_anything(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        self.key.write_bytes(b"no key")
        done = run(PROJECT / "packaging/build-image", "--update-key", self.key, "--packages", self.folder, "--out", self.folder / "out")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("is no public key", done.stderr)
        self.assertFalse((self.folder / "out").exists())


if __name__ == "__main__":
    sys.exit(unittest.main())
