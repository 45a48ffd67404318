#!/usr/bin/env python3
"""What stands in two lists of the packaging is the same in both.
usage: lists_test.py PROJECT_ROOT"""
import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
debian = root / "packaging/debian"
complaints = []


def read(path):
    return (root / path).read_text(encoding="utf-8")


def compare(what, ours, other_what, other):
    for name in sorted(ours ^ other):
        complaints.append(f"{name} stands in {what if name in ours else other_what} only")


# What a package is built with is what a developer builds with.
control = read("packaging/debian/control")
depends = re.search(r"^Build-Depends:(.*?)^\S", control, re.M | re.S)[1]
needs = re.search(r"^build=\((.*?)\)", read("packaging/install-needs"), re.M | re.S)[1]
compare("debian/control (Build-Depends)", {name.split()[0] for name in depends.split(",")} - {"debhelper-compat"},
        "install-needs (build)", set(needs.split()) - {"build-essential"})

# One version.
version = re.search(r"^project\(einlass VERSION (\S+)", read("CMakeLists.txt"), re.M)[1]
newest = re.match(r"einlass \(([^)]+)\)", read("packaging/debian/changelog"))[1]
if version != newest:
    complaints.append(f"CMakeLists.txt says version {version}, debian/changelog {newest}")

# Every unit is installed, and the packages know which of them begin with the machine.
units = {path.name for path in (root / "kiosk/units").iterdir()}
installed = set(re.findall(r"\$\{units\}/(\S+?)[\s)]", read("kiosk/install.cmake")))
compare("kiosk/units", units, "kiosk/install.cmake", installed)
beginning = {name for name in units if "." in name and (root / "kiosk/units" / name).is_file() and re.search(r"^\[Install\]", read(f"kiosk/units/{name}"), re.M)}
compare("units with [Install]", beginning, "debian/rules (dh_installsystemd)",
        set(re.findall(r"einlass-[\w-]+\.(?:service|path|timer)", read("packaging/debian/rules"))))

# Whoever is asked something is asked in German, too.
german = read("packaging/debian/po/de.po")
texts = dict(re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', german, re.M))
texts = {"".join(re.findall(r'"(.*)"', key)): "".join(re.findall(r'"(.*)"', value)) for key, value in texts.items()}
for templates in sorted(debian.glob("*.templates")):
    for description in re.findall(r"^_Description: (.*(?:\n .*)*)", templates.read_text(encoding="utf-8"), re.M):
        short, _, long = description.partition("\n")
        for text in [short] + [" ".join(part.split()) for part in long.split("\n .\n")]:
            if not texts.get(text):
                complaints.append(f"{templates.name}: no German text in po/de.po for \"{text}\"")

print("\n".join(complaints))
sys.exit(1 if complaints else 0)
