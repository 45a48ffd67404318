"""What a machine at a door needs besides the packages: an event, its settings, and tickets as a camera sees them."""
import base64
import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "flow"))
from door import Door, greens  # noqa: E402,F401  (for the tests, which import both from here)

CAMERA = ("1280", "720")  # what vivid's HDMI begins with: input and output must agree in size and format, else nothing comes through
FRAMES_EACH = 12  # of sixty a second, as far as the emulated machine comes; one alone is shown over and over


def frame(picture, to):
    """A ticket's picture as one grey frame of the camera, a sheet of paper held up in a grey room."""
    grey = ["-background", "white", "-resize", "540x540", "-gravity", "center", "-extent", "600x600", "-background", "grey50",
            "-extent", "x".join(CAMERA), "-depth", "8", "gray:-"]
    to.write_bytes(subprocess.run(["convert", str(picture), *grey], check=True, capture_output=True).stdout)


def lay_out(door, folder, settings=""):
    """Files for tests/emulation/disk --with: /etc/einlass with the event, /srv/frames with what the camera may see."""
    etc, frames = Path(folder) / "etc/einlass", Path(folder) / "srv/frames"
    etc.mkdir(parents=True)
    frames.mkdir(parents=True)
    for part in door.event_file.parent.glob("*.event.*"):
        (etc / part.name).write_bytes(part.read_bytes())  # whoever copies it as root leaves it readable
    shipped = (HERE.parent.parent / "kiosk/kiosk.conf").read_text(encoding="utf-8")
    (etc / "kiosk.conf").write_text(f"{shipped}\n[kiosk]\nevent = /etc/einlass/{door.event_file.name}\nroot_key = {door.root_key}\n{settings}",
                                    encoding="utf-8")
    size = int(CAMERA[0]) * int(CAMERA[1])
    (frames / "nobody").write_bytes(b"\x7f" * size)
    for ticket in door.tickets:
        frame(ticket, frames / ticket.stem)


# Plugs the camera in, if it is not. One input and one output, both HDMI: what is written to the output is what the camera
# sees. Only once the machine is up, since its noise costs an emulated machine more than booting. Of its sixty pictures a second most are dropped: an
# emulated machine reads a few.
FEED = """
modprobe vivid n_devs=1 node_types=0x101 num_inputs=1 input_types=0x3 num_outputs=1 output_types=0x1
for try in $(seq 50); do [ -e /dev/video1 ] && break; sleep 0.1; done
v4l2-ctl -d /dev/video0 -c loop_video=1,osd_text_mode=2,percentage_of_dropped_buffers=60
v4l2-ctl -d /dev/video1 --set-fmt-video-out=width=1280,height=720,pixelformat=GREY
"""


def bring(machine, picture, name):
    """One more thing that can be held before the camera."""
    with tempfile.TemporaryDirectory() as folder:
        frame(picture, Path(folder) / name)
        packed = base64.b64encode(gzip.compress((Path(folder) / name).read_bytes())).decode()
    machine.do(f"base64 -d <<<{packed} | gzip -d >/srv/frames/{name}")


def hold(machine, *names):
    """Before the camera from now on: these, one after the other, over and over."""
    frames = " ".join(name for name in names for _ in range(FRAMES_EACH if len(names) > 1 else 1))
    machine.do(f"""systemctl stop holds 2>/dev/null
        cd /srv/frames && cat {frames} >/run/holds.raw
        systemd-run --quiet --collect --unit=holds --property=StandardOutput=null --property=StandardError=null \\
            v4l2-ctl -d /dev/video1 --stream-out-mmap --stream-from=/run/holds.raw --stream-loop""")


def main():
    """gate.py PROGRAMS FOLDER: lays a door out in FOLDER; prints its tickets' names."""
    door = Door(sys.argv[1], 120)
    try:
        lay_out(door, sys.argv[2], "[camera]\nwidth = 640\nheight = 480\n")
        print("\n".join(ticket.stem for ticket in door.tickets))
    finally:
        door.close()


if __name__ == "__main__":
    main()
