#!/usr/bin/env python3
"""What somebody wrote into ssh-key.txt on the boot partition -> who may come in by ssh."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "packaging/image/root/usr/libexec/einlass/ssh-by-key"
KEY = b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFz0 me@office"


def taken(text):
    """How it ended, and the keys that let in."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for file, content in (("boot/firmware/ssh-key.txt", text), ("data/ssh/ssh_host_ed25519_key", b"is there")):
            (root / file).parent.mkdir(parents=True)
            (root / file).write_bytes(content)
        ran = subprocess.run([SCRIPT], env={"PATH": "/usr/bin:/bin", "EINLASS_ROOT": name}, capture_output=True, text=True, timeout=20)
        file = root / "root/.ssh/authorized_keys"
        assert file.stat().st_mode & 0o077 == 0
        return ran.returncode, file.read_bytes().splitlines()


class Ssh(unittest.TestCase):
    def test_a_key_lets_in_whatever_editor_wrote_it(self):
        for text in (KEY, KEY + b"\n", b"\xef\xbb\xbf" + KEY + b"\r\n", b"# mine\n\n" + KEY):
            self.assertEqual(taken(text), (0, [KEY]), text)

    def test_nothing_else_does(self):
        for text in (b"", b"no key\n", b'command="sh" ' + KEY, b" " + KEY, b"-----BEGIN OPENSSH PRIVATE KEY-----\n"):
            self.assertEqual(taken(text), (1, []), text)


if __name__ == "__main__":
    sys.exit(unittest.main())
