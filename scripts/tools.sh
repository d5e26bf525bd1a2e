# Tools of the long checks: programs from PyPI, and a browser. Sourced behind common.sh.

# need_python: a virtual environment in .build/venv.
need_python() {
    need_packages python3-venv
    [ -x .build/venv/bin/python ] || python3 -m venv .build/venv
}

# need_python_package "NAME[==VERSION] …": installed into .build/venv, whose programs are in .build/venv/bin.
need_python_package() {
    need_python
    # Several names are several words.
    # shellcheck disable=SC2086
    .build/venv/bin/pip install --quiet --disable-pip-version-check $1
}

need_browser() {
    need_packages chromium
}

# browse FOLDER OPTION … URL: runs headless Chromium with its profile and its log, browser.log, in the folder.
browse() {
    local folder=$1 options=(--headless --disable-gpu --no-first-run --disable-background-networking
        --disable-component-update --enable-logging=stderr --v=0 --virtual-time-budget=20000)
    shift
    # Chromium's sandbox cannot be set up by root.
    if [ "$(id -u)" -eq 0 ]; then options+=(--no-sandbox); fi
    timeout 120 chromium "${options[@]}" --user-data-dir="$folder/profile" "$@" 2>"$folder/browser.log" \
        || fail "Chromium failed: $(tail -n 5 "$folder/browser.log")"
}
