"""A PostgreSQL of a test's own: in a temporary folder, reached by a socket there, as an unprivileged user."""
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path


def programs():
    """The newest one that Debian has installed; None: there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Postgres:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-pg-"))
        self.user = []
        if os.geteuid() == 0:  # it refuses to be run by root
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.user = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        self.run("initdb", "-D", self.folder / "data", "-U", "einlass", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        self.start()
        self.url = f"postgresql:///postgres?host={self.folder}&user=einlass"

    def run(self, program, *words):
        subprocess.run([*self.user, programs() / program, *map(str, words)], check=True, cwd="/", stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C"})

    def start(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off", "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
