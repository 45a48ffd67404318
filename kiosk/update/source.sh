#!/usr/bin/env bash
# source.sh -- where new packages come from, whose they may be, and apt with nothing but that. Read by einlass-update after shared.sh.
# shellcheck disable=SC2154,SC2034 # names of shared.sh and of the reader

# Our repository and none of the machine's; and a clock that is wrong is no reason to stay on an old version: a Release
# file's dates aren't looked at, as only higher versions are taken.
apt_ours() {
    apt-get -q -o Dir::Etc::sourcelist="$store/source.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$store/lists" -o Dir::Cache::archives="$store/new" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0 \
        -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false -o Acquire::Languages=none \
        -o Acquire::Check-Valid-Until=false -o Acquire::Check-Date=false -o APT::Update::Error-Mode=any \
        -o Acquire::Retries=2 -o Acquire::https::Timeout=20 -o Debug::NoLocking=true "$@"
}

# Where packages are: a line for apt, and "stick" or "network". A stick is copied first: it may be pulled out any time.
find_source() {
    local folder sticks codename url
    sticks=$root$(setting sticks /media)
    codename=$(sed -n 's/^VERSION_CODENAME=//p' "$root/etc/os-release")
    rm -rf "$store/stick"
    for folder in "$sticks"/*/einlass-update/"$codename" "$sticks"/*/einlass-update; do
        [ -e "$folder/Packages" ] || continue
        [ "$(find "$folder" -maxdepth 1 -type f -printf '%s\n' | awk '{ sum += $1 } END { print int(sum / 1048576) }')" -lt "$(($(free_mib "$store") / 2))" ] ||
            fail no-space "no room for what is on the stick"
        mkdir -p "$store/stick"
        find "$folder" -maxdepth 1 -type f \( -name '*.deb' -o -name 'Packages*' -o -name 'InRelease' \) -exec cp -t "$store/stick" {} + ||
            fail damaged "the stick can't be read to its end"
        printf 'deb [signed-by=%s] copy:%s ./\n' "$keyring" "$store/stick" >"$store/source.list"
        from=stick
        return
    done
    url=$(setting repository "")
    [ -n "$url" ] || fail no-source "no USB stick with a folder einlass-update, and no repository in $settings"
    printf 'deb [signed-by=%s] %s ./\n' "$keyring" "${url%/}/" >"$store/source.list"
    from=network
}

free_mib() { df --output=avail -B 1M "$1" | tail -n 1 | tr -d ' '; }

# What apt said, as one of the words the kiosk knows.
why_of() {
    if grep -Eqi 'NO_PUBKEY|BADSIG|EXPKEYSIG|REVKEYSIG|is not signed|no Release file|not have a Release file|signatures (were|couldn)|Sub-process /usr/bin/sqv' "$1"; then echo bad-signature
    elif grep -Eqi 'unmet dependencies|Depends:' "$1"; then echo depends
    elif [ "$from" = stick ] && grep -q 'Failed to fetch' "$1"; then echo damaged # copied there by half
    elif grep -Eqi 'hash sum|size mismatch|corrupt' "$1"; then echo damaged
    elif grep -Eqi 'resolve|connect|timed out|unreachable|Failed to fetch' "$1"; then echo no-network
    else echo failed; fi
}

trust() {
    [[ -f ${1:-} && -r $1 ]] || die "there is no key file '${1:-}'"
    ! grep -q 'BEGIN PGP' "$1" || die "$1 is written in letters: gpg --dearmor makes the file that is wanted"
    case $(od -An -N1 -tx1 "$1") in ' 98' | ' 99' | ' c6') ;; *) die "$1 is no public key (einlass.gpg, as packaging/build-repo makes it)" ;; esac
    cp "$1" "$store/key"
    with_root install -D -m 0644 "$store/key" "$keyring"
    ! is_image || install -D -m 0644 "$store/key" "$keyring"
    rm "$store/key"
    say "trusted: $1"
}
