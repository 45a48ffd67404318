#!/usr/bin/env python3
"""`tests/run --packages` never passes by having tested nothing.
usage: run_test.py PROJECT_ROOT"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(sys.argv[1])
others = ["", "einlass-doc_1.0~deb12_all.deb", "einlass-kiosk_1.0~deb12_armhf.deb", "einlass-kiosk-dbgsym_1.0~deb12_arm64.deb", "einlass-kiosk_1.0_arm64.deb"]
for name in others:
    with tempfile.TemporaryDirectory() as folder:
        if name:
            (Path(folder) / name).touch()
        done = subprocess.run([root / "tests/run", "--packages", folder], env={**os.environ, "EINLASS_ARCHITECTURES": "arm64"},
                              capture_output=True, text=True)
        assert done.returncode == 1, f"{name}: ended with {done.returncode}"
        assert "nothing was tested, there is no einlass-kiosk for arm64" in done.stderr, f"{name}: {done.stderr}"
