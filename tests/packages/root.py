"""A fresh Debian in a folder, for one test: packages are installed into it, and it goes away. As root."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CACHE = Path(os.environ.get("EINLASS_ROOTS") or Path.home() / ".cache/einlass/roots")


def in_own_mounts():
    """What is mounted from here on is seen by nobody else, and gone with this process."""
    if os.environ.get("EINLASS_OWN_MOUNTS") != "yes":
        os.environ["EINLASS_OWN_MOUNTS"] = "yes"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", "--", sys.executable, *sys.argv])


def base(release, architecture):
    """The smallest Debian there is, made once."""
    tar = CACHE / f"install-{release}-{architecture}.tar"
    if not tar.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        new = tar.with_suffix(".new.tar")
        subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", f"--arch={architecture}", release, new],
                       stdin=subprocess.DEVNULL, check=True)
        new.rename(tar)
    return tar


class Root:
    def __init__(self, release, architecture):
        self.folder = Path(tempfile.mkdtemp(prefix="einlass-root-", dir="/var/tmp"))
        subprocess.run(["tar", "-C", self.folder, "-xf", base(release, architecture)], check=True)
        (self.folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # nothing starts in a folder
        (self.folder / "usr/sbin/policy-rc.d").chmod(0o755)
        (self.folder / "etc/dpkg/dpkg.cfg.d/quick").write_text("force-unsafe-io\n")  # nobody cuts its power
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        subprocess.run(["mount", "-t", "proc", "proc", self.folder / "proc"], check=True)

    def close(self):
        subprocess.run(["umount", "--recursive", self.folder / "proc"], check=False)
        subprocess.run(["rm", "-rf", "--one-file-system", self.folder], check=False)

    def path(self, inside):
        return self.folder / inside.lstrip("/")

    def there(self, inside):
        return os.path.lexists(self.path(inside))

    def start(self, command, output, **settings):
        """A line for the shell inside, which goes on beside us."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                       "DEBIAN_FRONTEND": "noninteractive", **settings}
        return subprocess.Popen(["chroot", self.folder, "/bin/sh", "-c", command], env=environment, text=True, errors="replace",
                                stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def run(self, command, code=0, **settings):
        """The same, waited for; gives all it printed."""
        done = self.start(command, subprocess.PIPE, **settings)
        printed = done.communicate()[0]
        if code is not None and done.returncode != code:
            raise AssertionError(f"'{command}' ended with {done.returncode}:\n{printed[-3000:]}")
        return printed

    def ours(self):
        """Everything that is called after us, but what dpkg, apt and systemd note of whatever comes and goes."""
        found = self.run("find / -xdev -iname '*einlass*' -prune -not -path '/proc/*' -not -path '/packages*' "
                         "-not -path '/var/lib/apt/*' -not -path '/var/lib/dpkg/*' -not -path '/var/log/*'")
        return sorted(found.split())
