# What the scripts share; sourced by them. Each step is printed, what is missing is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n==> %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "installing packages needs root or sudo: $*"
    fi
}

# Swift comes from swift.org; Debian 12 has no package of it.
need_swift() {
    command -v swift >/dev/null || fail "Swift 6.3 is missing. Get it for Debian 12 from https://www.swift.org/install/linux/ (swiftly, or the tarball) and put its usr/bin into PATH."
    local version
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
    if [ "$(printf '%s\n6.3\n' "$version" | sort -V | head -n 1)" != 6.3 ]; then
        fail "Swift 6.3 or newer is needed, found $version. Get it from https://www.swift.org/install/linux/"
    fi
}

# need_packages NAME …: installs the Debian packages that are missing.
need_packages() {
    local name missing=()
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    step "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# need_programs PACKAGE PROGRAM …: installs a package whose programs are missing, without starting its service.
need_programs() {
    local package=$1 program policy=/usr/sbin/policy-rc.d created=
    shift
    for program in "$@"; do
        command -v "$program" >/dev/null || { created=no; break; }
    done
    [ -n "$created" ] || return 0
    step "Installing $package, without starting its service"
    as_root apt-get update -qq
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        created=yes
    fi
    local status=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" || status=$?
    if [ "$created" = yes ]; then as_root rm -f "$policy"; fi
    [ "$status" -eq 0 ] || fail "$package could not be installed"
    if [ -d /run/systemd/system ]; then as_root systemctl disable --quiet "$package" || true; fi
}

# What building needs.
need_build_tools() {
    need_swift
    need_packages pkg-config libyaml-dev libgnutls28-dev zlib1g-dev
    need_curl_headers
}

# libcurl's development package: Debian has one for each TLS library, and installing one removes the others. Whichever
# is there stays.
need_curl_headers() {
    local flavour
    for flavour in openssl gnutls nss; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "libcurl4-$flavour-dev" 2>/dev/null)" != installed ] || return 0
    done
    need_packages libcurl4-gnutls-dev
}

# free_port: prints a TCP port of the loopback interface on which nobody listens, below those that the system gives to
# connections.
free_port() {
    local port
    while :; do
        port=$((RANDOM % 12000 + 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# wait_for SECONDS COMMAND …: until the command succeeds.
wait_for() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.1
    done
}
