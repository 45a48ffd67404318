#!/usr/bin/env python3
"""The house rules a machine can check: folders include only folders to their left, vendor headers stay in their
adapters, the stage list in CMakeLists.txt is in flow order, the top level holds only the rooms it should.
usage: layering_test.py PROJECT_ROOT"""
import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
# A folder may include the floors below its own, never its twin on the same floor.
FLOORS = [["base"], ["frame", "http"], ["symbol"], ["code"], ["scanner", "ticket"], ["verdict"], ["record"], ["sync"], ["desk", "office"], ["model", "board"], ["view", "service"], ["screen"], ["app"]]
FLOOR = {name: level for level, floor in enumerate(FLOORS) for name in floor}
# Vendor header (pattern) -> files that may include it (pattern). What is not listed is libc or POSIX.
ADAPTERS = [
    (r"SDL.*", r"screen/\w+_sdl\.c"),
    (r"fribidi.*", r"screen/\w+_fribidi\.c"),
    (r"libintl\.h", r"model/words_gettext\.c"),
    (r"zbar\.h", r"symbol/decoder_zbar\.c"),
    (r"libevdev/.*", r"scanner/\w+_evdev\.c"),
    (r"libudev\.h", r"scanner/\w+_udev\.c"),
    (r"xkbcommon/.*", r"scanner/\w+_xkb\.c"),
    (r"seccomp\.h", r"code/\w+_seccomp\.c"),
    (r"linux/landlock\.h", r"code/\w+_landlock\.c"),
    (r"linux/videodev2\.h", r"frame/\w*v4l2\w*\.[ch]"),
    (r"gst/.*", r"frame/\w+_gstreamer\.[ch]"),
    (r"turbojpeg\.h", r"frame/picture_jpeg\.c"),
    (r"png\.h", r"(frame/picture|office/paper)_png\.c"),
    (r"qrencode\.h", r"ticket/picture\.c"),
    (r"uni(case|ctype|norm|str|types)\.h", r"record/fold\.c"),
    (r"sqlite3\.h", r"(record|office)/\w+_sqlite\.[ch]"),
    (r"csv\.h", r"office/\w+_libcsv\.c"),
    (r"(cairo|pango).*", r"office/\w+_cairo\.[ch]"),
    (r"glib\.h", r"office/\w+_glib\.c"),
    (r"ini\.h", r"app/settings_ini\.c"),
    (r"jansson\.h", r"(record/(line\w*|walk_in|event_\w+|json\w*)|(sync|office|board|service)/\w+)\.[ch]"),
    (r"sodium\.h", r"(ticket|record|sync|desk|office|board|service|app)/\w+\.c"),
    (r"(curl/.*|microhttpd\.h|libpq.*)", r"\w+/\w+_(curl|microhttpd|postgresql)\.[ch]"),
    (r"gnutls/.*", r"http/\w+_gnutls\.c"),
    (r"zlib\.h", r"sync/gzip_zlib\.c"),
    (r"avahi-.*", r"sync/\w+_avahi\.[ch]"),
]
TOP = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "src", "assets", "kiosk", "tests", "packaging"}

complaints = []
for path in sorted((root / "src").rglob("*.[ch]")):
    name = path.relative_to(root / "src").as_posix()
    stage = name.split("/")[0]
    if stage not in FLOOR:
        complaints.append(f"src/{name}: there is no stage '{stage}'")
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"src/{name}:{number}"
        own = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if own:
            target = own[1].split("/")[0]
            if "/" not in own[1]:
                complaints.append(f'{where}: write "{stage}/{own[1]}"')
            elif target not in FLOOR:
                complaints.append(f"{where}: '{target}' is no stage")
            elif target != stage and FLOOR[target] >= FLOOR[stage]:
                complaints.append(f"{where}: {stage} may not include {target}; news travels left only through a queue")
        vendor = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
        if vendor:
            for header, files in ADAPTERS:
                if re.fullmatch(header, vendor[1]) and not re.fullmatch(files, name):
                    complaints.append(f"{where}: <{vendor[1]}> belongs to {files}")

stages = re.findall(r"^stage\((\w+)", (root / "CMakeLists.txt").read_text(), re.M)
if [FLOOR.get(stage, -1) for stage in stages] != sorted(FLOOR.get(stage, -1) for stage in stages):
    complaints.append("CMakeLists.txt: the stages do not stand in flow order: " + " ".join(stages))
folders = {path.name for path in (root / "src").iterdir() if path.is_dir()}
if folders != set(stages):
    complaints.append(f"CMakeLists.txt and src/ differ: {sorted(folders ^ set(stages))}")

for path in sorted(root.iterdir()):
    if not path.name.startswith(".") and path.name not in TOP | {"build"}:
        complaints.append(f"{path.name}: does not belong on the top level")

print("\n".join(complaints) or f"{len(stages)} stages, every include points left")
sys.exit(1 if complaints else 0)
