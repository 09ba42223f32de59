"""Runs a command as a unit of systemd or a container would: in a root of its own, as a user without rights.

The root is a read-only copy of the machine's programs, made in a mount namespace, with the release at /srv/speakers. It
shares the network of the machine. Not imitated are filters of system calls and of kinds of addresses.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

USER = 10001
# What a release is installed and run without.
WITHOUT = ["node", "npm", "npx", "msgfmt", "msgmerge", "xgettext", "gcc", "cc", "git"]
ROOT = r"""
set -eu
root=$1 binds=$2 temporary=$3 umask=$4
shift 4
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$root"
for each in bin sbin lib lib32 lib64 libx32 usr etc opt; do
    if [ -L "/$each" ]; then cp -P "/$each" "$root/"; continue; fi
    [ -d "/$each" ] || continue
    mkdir "$root/$each"
    mount --bind "/$each" "$root/$each"
    mount -o remount,bind,ro "$root/$each"
done
for each in dev proc; do mkdir "$root/$each"; mount --rbind "/$each" "$root/$each"; done
printf '%s' "$binds" | while read -r mode source target; do
    if [ -d "$source" ]; then mkdir -p "$root$target"
    elif [ ! -e "$root$target" ]; then mkdir -p "$root$(dirname "$target")"; : >"$root$target"; fi
    mount --bind "$source" "$root$target"
    mount -o "remount,bind,$mode" "$root$target"
done
for each in $temporary; do mkdir -p "$root$each"; mount -t tmpfs -o mode=1777 none "$root$each"; done
mount -o remount,ro "$root"
exec /usr/sbin/chroot "$root" /bin/sh -c 'umask "$1"; cd "$2"; shift 2; exec "$@"' sh "$umask" "$@"
"""


@dataclass(frozen=True)
class Confinement:
    """What a command sees and may write: `shown` is read-only and `writable` not, as (source, target)."""

    shown: tuple = ()
    writable: tuple = ()
    temporary: tuple = ()
    umask: str = "0022"
    workdir: str = "/srv/speakers"
    no_new_privileges: bool = True
    environment: dict = field(default_factory=dict)

    def showing(self, *shown):
        return replace(self, shown=(*self.shown, *shown))

    def with_environment(self, **more):
        return replace(self, environment=self.environment | more)

    def command(self, command, root):
        """The whole command that runs `command` so, with its root made at the empty folder `root`."""
        masked = [("/dev/null", found) for name in WITHOUT if (found := shutil.which(name, path="/usr/bin:/bin"))]
        binds = [("ro", *pair) for pair in (*self.shown, *masked)] + [("rw", *pair) for pair in self.writable]
        lines = "".join(f"{mode} {source} {target}\n" for mode, source, target in binds)
        rights = [
            "--reuid",
            str(USER),
            "--regid",
            str(USER),
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
        ]
        rights += ["--no-new-privs"] if self.no_new_privileges else []
        tied = ["/usr/bin/setpriv", "--pdeathsig", "KILL"]
        made = ["unshare", "--mount", "sh", "-c", ROOT, "sh"]
        made += [str(root), lines, " ".join(self.temporary), self.umask]
        return [*made, self.workdir, "/usr/bin/setpriv", *rights, *tied, *command]

    def run(self, command, root):
        """Run `command` to its end. Returns (code, what it said)."""
        done = subprocess.run(
            self.command(command, root), env=self.environment, capture_output=True, text=True, check=False, cwd="/"
        )
        return done.returncode, done.stdout + done.stderr


class Running:
    """A command that runs until the test ends; what it says is in `log`."""

    def __init__(self, command, environment, log):
        self.log = log
        with log.open("wb") as words:
            self.process = subprocess.Popen(
                command, env=environment, stdout=words, stderr=words, cwd="/", start_new_session=True
            )

    def said(self):
        return self.log.read_text(errors="replace")

    def end(self):
        """End it and all that it started, at once: nothing of it is kept."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def packages():
    """Where the packages are that an installed release is linked to, and Python itself if it is not under /usr."""
    own = next(path for path in sys.path if path.endswith("site-packages"))
    base = sys.base_prefix
    return ((own, "/srv/packages"), *(() if base.startswith("/usr") else ((base, base),)))


def made_for_all(folder: Path) -> Path:
    """The `folder`, which the user without rights may write."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.chown(folder, USER, USER)
    return folder
