"""What a machine at a door needs besides the packages: an event, its settings, and tickets as a camera sees them."""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "flow"))
from door import Door, greens  # noqa: E402,F401  (for the tests, which import both from here)

CAMERA = ("640", "480")
# One input and one output, both HDMI: what is written to the output is what the camera sees.
VIVID = ["modules_load=vivid", "vivid.n_devs=1", "vivid.node_types=0x101", "vivid.num_inputs=1", "vivid.input_types=0x3",
         "vivid.num_outputs=1", "vivid.output_types=0x1"]


def frame(picture, to):
    """A ticket's picture as one YUYV frame of the camera, a sheet of paper held up in a grey room."""
    grey = subprocess.run(["convert", str(picture), "-background", "white", "-resize", "360x360", "-gravity", "center",
                           "-extent", "400x400", "-background", "grey50", "-extent", "x".join(CAMERA), "-depth", "8", "gray:-"],
                          check=True, capture_output=True).stdout
    yuyv = bytearray(b"\x80" * (2 * len(grey)))
    yuyv[::2] = grey
    to.write_bytes(yuyv)


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
    (frames / "nobody").write_bytes(b"\x7f\x80" * size)
    for ticket in door.tickets:
        frame(ticket, frames / ticket.stem)


# The camera's other end: holds up the frames named in /run/holds, over and over. A feeder of the machine's, not ours.
FEED = r"""
modprobe vivid 2>/dev/null
for try in $(seq 50); do [ -e /dev/video1 ] && break; sleep 0.1; done
v4l2-ctl -d /dev/video1 --set-dv-bt-timings index=0 >/dev/null
v4l2-ctl -d /dev/video0 --set-dv-bt-timings index=0 >/dev/null
v4l2-ctl -d /dev/video0 -c loop_video=1
v4l2-ctl -d /dev/video1 --set-fmt-video-out=width=640,height=480,pixelformat=YUYV >/dev/null
echo nobody >/run/holds
systemd-run --quiet --unit=holds bash -c 'while :; do for one in $(cat /run/holds); do cat /srv/frames/$one /srv/frames/$one; done; done |
    dd of=/dev/video1 bs=614400 iflag=fullblock status=none'
"""


def hold(machine, *names):
    """Before the camera from now on: these, one after the other, over and over."""
    machine.do(f"echo {' '.join(names)} >/run/holds.new; mv /run/holds.new /run/holds")


def main():
    """gate.py PROGRAMS FOLDER: lays a door out in FOLDER; prints its tickets' names."""
    door = Door(sys.argv[1], 120)
    try:
        lay_out(door, sys.argv[2], f"[camera]\nwidth = {CAMERA[0]}\nheight = {CAMERA[1]}\n")
        print("\n".join(ticket.stem for ticket in door.tickets))
    finally:
        door.close()


if __name__ == "__main__":
    main()
