#!/usr/bin/env bash
# shared.sh -- where an update keeps what it needs, and what it tells the kiosk. Read by einlass-update and einlass-trial.
#   store/new       the packages that were fetched and verified
#   store/previous  those of the version before, to go back to; store/database: the records as they were then
#   store/kept      those of the version that runs, once it has proved itself
#   store/trial     there while a new version has yet to prove itself: key=value
#   store/last      how the last update ended; the kiosk says so after a restart
#   $state          what goes on now; the kiosk reads it (src/app/update_file.h knows the words)
# EINLASS_ROOT puts everything below another folder: tests have no other machine.
# shellcheck disable=SC2016,SC2154 # dpkg's own ${…}; $here is the reader's

root=${EINLASS_ROOT:-}
store=$root/var/lib/einlass-update
state=$root/run/einlass-update/state
export keyring=$root/etc/apt/keyrings/einlass.gpg
settings=$root/etc/einlass/update.conf
records=$root/var/lib/einlass
# On an image the root is an overlay in memory; what is below it is mounted there, and lasts.
below=$root/run/overlay/root
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
die() { say "$*" >&2; exit 1; }
need_root() { [ -n "$root" ] || [ "$(id -u)" -eq 0 ] || die "must run as root"; }

setting() { # setting KEY OTHERWISE: a line "key = value" of update.conf
    local value=
    [ ! -r "$settings" ] || value=$(sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*\(.*[^[:space:]]\)[[:space:]]*$/\1/p" "$settings" | tail -n 1)
    printf '%s' "${value:-$2}"
}

value_of() { # value_of KEY FILE: "" if there is none
    [ ! -r "$2" ] || sed -n "s/^$1=//p" "$2" | tail -n 1
}

write_file() { # write_file FILE LINE…: whole or not at all, also after a power cut
    local file=$1; shift
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "$@" >"$file.part"
    sync "$file.part"
    mv "$file.part" "$file"
    sync "$(dirname "$file")"
}

query() { dpkg-query ${target:+--root="$target"} "$@"; }
installed_version() { query -W -f '${Version}' einlass-kiosk 2>/dev/null || true; }

# tell PHASE [KEY=VALUE…]: to the kiosk, and to whoever looks at the journal.
tell() {
    local phase=$1; shift
    write_file "$state" "phase=$phase" "wish=$root/run/einlass/update" "installed=$(installed_version)" "$@"
    chmod 0644 "$state"
    say "$phase${*:+ ($*)}"
}

fail() { # fail WHY WORDS: the kiosk's sentences for each WHY are in src/model/update.c
    tell failed "why=$1" "offered=${offered:-}"
    die "$2"
}

# ---- the root that lasts ----

target=$root
if mountpoint -q "$below" 2>/dev/null; then target=$below; fi
is_image() { [ "$target" != "$root" ]; }

# with_root COMMAND…: in the root that lasts, which can be written to meanwhile.
with_root() {
    if is_image; then "$here/with-root-writable" "$@"; else "$@"; fi
}

packages_do() { # packages_do ARGUMENTS OF dpkg…: older versions too; settings that people changed stay
    with_root dpkg ${root:+--root="$root"} --force-confdef --force-confold --force-downgrade "$@" </dev/null
}

unit=einlass-kiosk.service
! systemctl --quiet is-enabled einlass-kiosk-cage.service 2>/dev/null || unit=einlass-kiosk-cage.service

is_stopped=no
stop_kiosk() {
    is_stopped=yes
    systemctl stop "$unit" || true
}

start_kiosk() { # with what is installed now; where it isn't an image, the package has restarted it already
    is_stopped=no
    if is_image; then
        systemctl --no-block reboot
    else
        systemctl reset-failed "$unit" 2>/dev/null || true
        systemctl start --no-block "$unit"
    fi
}

# For trap: whatever nobody thought of, the screen says that it went wrong, and no door is left without a kiosk.
end() {
    local code=$?
    [ "$code" -ne 0 ] || return 0
    case $(value_of phase "$state") in looking | fetching | installing | going-back) tell failed why=failed "offered=${offered:-}" || true ;; esac
    [ "$is_stopped" = no ] || systemctl start --no-block "$unit" 2>/dev/null || true
}

# ---- going back ----

keep_records() { # the kiosk is stopped: what is here is whole
    local part
    mkdir -p "$store/database"
    chmod 0700 "$store/database"
    for part in "$records"/kiosk.db{,-wal,-shm}; do
        [ ! -e "$part" ] || cp -a "$part" "$store/database/" || fail no-space "no copy of the records can be kept"
    done
    sync -f "$store"
}

# The version before refuses records that a newer one has brought up to date; those are put aside, none is removed.
put_records_back() {
    local aside part fresh=$records/before-update
    [ -e "$store/database/kiosk.db" ] || return 0
    "$target/usr/bin/einlass-kiosk" --database "$records/kiosk.db" --check >"$store/log" 2>/dev/null || true # not all is fine
    grep -q 'is no kiosk database of this version' "$store/log" || return 0
    systemctl stop "$unit" || true # it tries again and again
    aside=$records/kiosk.db.of-$1
    [ ! -e "$aside" ] || aside+=.$(date +%s)
    rm -rf "$fresh" # where there is no room for the copy, nothing has been moved yet
    cp -a "$store/database" "$fresh" || { rm -rf "$fresh"; fail no-space "the records of before can't be put back"; }
    mkdir "$aside"
    for part in "$records"/kiosk.db{,-wal,-shm}; do
        [ ! -e "$part" ] || mv "$part" "$aside/"
    done
    mv "$fresh"/kiosk.db* "$records/"
    rmdir "$fresh"
    sync -f "$store"
    say "the records are as they were before the update; what $1 made of them is in $aside"
}

# go_back VERSION WHY: the version before VERSION is there again, with its records.
go_back() {
    local packages=("$store"/previous/*.deb)
    offered=$1 # should it fail, it says of what
    tell going-back "offered=$1" "why=$2"
    if [ ! -e "${packages[0]}" ]; then
        write_file "$store/last" phase=failed "offered=$1" why=no-previous
        rm -f "$store/trial"
        fail no-previous "there is no version to go back to"
    fi
    stop_kiosk
    packages_do -i "$store"/previous/*.deb || fail dpkg "the version before can't be installed, see above"
    put_records_back "$1"
    write_file "$store/last" phase=back "offered=$1" "why=$2"
    rm -f "$store/trial"
    sync -f "$store"
    tell back "offered=$1" "why=$2"
    start_kiosk
}
