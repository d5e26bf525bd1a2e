# Real Prometheus servers over the samples, targets and rules of Tests/NonInterference, and gateways before them. Sourced
# behind common.sh.

# need_stores [PROMETHEUS]: what all of it needs; sets prometheus, promtool, features, and newer, how much of the newest
# syntax is worth asking for.
need_stores() {
    prometheus=${1:-}
    need_build_tools
    need_packages curl
    command -v python3 >/dev/null || need_packages python3
    if [ -n "$prometheus" ]; then
        promtool=$(dirname "$prometheus")/promtool
        for program in "$prometheus" "$promtool"; do [ -x "$program" ] || fail "$program is no program"; done
        prometheus=$(realpath "$prometheus")
    else
        need_programs prometheus prometheus promtool
        prometheus=prometheus promtool=promtool
    fi
    version=$("$prometheus" --version 2>&1 | sed -nE '1s/.*version ([0-9]+)\.([0-9]+).*/\1 \2/p')
    # Debian's refuses what is newer, so that little of it is asked; the newest one takes everything.
    newer=6
    features=promql-at-modifier,promql-negative-offset,exemplar-storage
    if [ "${version% *}" -ge 3 ]; then
        newer=40
        features=exemplar-storage,promql-experimental-functions,promql-duration-expr,promql-extended-range-selectors,promql-binop-fill-modifiers
    fi
}

# build_stores FOLDER [PRODUCT …]: builds what is needed unless it is in that folder already; sets asker and palisade.
build_stores() {
    local folder=${1:-} product
    shift
    if [ -z "$folder" ]; then
        step "Building palisade and what asks it (debug)"
        for product in palisade NonInterference "$@"; do swift build --product "$product" >&2; done
        folder=$(swift build --show-bin-path)
    fi
    asker=$folder/NonInterference palisade=$folder/palisade
}

pids=()
clean_up() {
    local index
    trap - EXIT INT TERM
    for ((index = ${#pids[@]} - 1; index >= 0; index--)); do
        kill -TERM "${pids[index]}" 2>/dev/null || true
        wait "${pids[index]}" 2>/dev/null || true
    done
    rm -rf "$work"
}

# make_store NAME [OPTION OF store …]: the files of a Prometheus in the folder of that name.
make_store() {
    local folder=$work/$1
    shift
    mkdir "$folder"
    "$asker" store --folder "$folder" --targets "127.0.0.1:$targets_port" --seed "$seed" "$@"
    "$promtool" tsdb create-blocks-from openmetrics "$folder/samples.txt" "$folder/data" \
        >/dev/null 2>"$folder/promtool.log" \
        || fail "promtool: $(tail -n 5 "$folder/promtool.log")"
    rm "$folder/samples.txt"
}

# start_prometheus NAME: Prometheus over the files of that name; sets its port as NAME_port.
start_prometheus() {
    local port folder=$work/$1
    port=$(free_port)
    # From its own folder, so that both stores' rule files have the same path in answers.
    (cd "$folder" && exec "$prometheus" --config.file=prometheus.yml --storage.tsdb.path=data \
        --storage.tsdb.retention.time=100y --enable-feature="$features" --log.level=error \
        --web.listen-address="127.0.0.1:$port") >"$folder/prometheus.log" 2>&1 &
    pids+=($!)
    wait_for 60 curl -fs "http://127.0.0.1:$port/-/ready" || fail "Prometheus: $(tail -n 5 "$folder/prometheus.log")"
    declare -g "${1}_port=$port"
}

# is_settled PORT: whether every target was scraped, every rule evaluated and every alert has fired that will.
is_settled() {
    local api=http://127.0.0.1:$1/api/v1
    ! curl -fs "$api/targets?state=active" | grep -qE '"health":"(unknown|down)"' || return 1
    ! curl -fs "$api/rules" | grep -qE '"health":"unknown"|"lastError"' || return 1
    curl -fs "$api/query" --data-urlencode 'query=ALERTS{alertname="HighLoad",alertstate="firing"}' | grep -q HighLoad \
        || return 1
    curl -fs "$api/query" --data-urlencode 'query=recorded:load:sum' | grep -q recorded
}

# start_gateway NAME PORT [SETTING]: palisade over the Prometheus on that port, or with SETTING=TEMPO_URL over the Tempo
# on that host and port; sets NAME as host and port.
start_gateway() {
    local port upstream=127.0.0.1:$2
    [ -z "${3:-}" ] || upstream=$2
    port=$(free_port)
    env ADMIN_LISTEN=off LISTEN="127.0.0.1:$port" "${3:-PROMETHEUS_URL}=http://$upstream" SHARDS=1 LOG_LEVEL=error \
        METADATA_SOURCE="${METADATA_SOURCE:-targets}" TRACING_TRUST_PARENT=true \
        JWT_HS256_SECRET_FILE="$work/secret" "$palisade" serve 2>"$work/$1.log" &
    pids+=($!)
    wait_for 20 curl -fs "http://127.0.0.1:$port/health" || fail "palisade: $(cat "$work/$1.log")"
    declare -g "$1=127.0.0.1:$port"
}

# mint NAME OF FILE TENANT …
mint() {
    local file=$1 name options=()
    shift
    for name in "$@"; do options+=(--tenant "$name"); done
    (umask 077; JWT_HS256_SECRET_FILE=$work/secret "$palisade" token "${options[@]}" >"$work/$file" 2>/dev/null)
}

# settle PORT …: waits until nothing changes any more, and sets now.
settle() {
    local port
    for port in "$@"; do
        wait_for 60 is_settled "$port" \
            || fail "a Prometheus does not come to rest: $(curl -s "http://127.0.0.1:$port/api/v1/rules" | head -c 2000)"
    done
    # Once more around, so that all have seen everything at this instant.
    sleep 5
    now=$(($(date +%s) - 1))
}

# begin_work SEED: a folder of this run and a secret. Everything ends with the script.
begin_work() {
    seed=$1
    work=$(mktemp -d)
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    (umask 077; head -c 48 /dev/urandom | base64 -w0 >"$work/secret")
}

# begin_stores SEED: that, and the targets that every Prometheus scrapes.
begin_stores() {
    begin_work "$1"
    mkdir "$work/targets"
    "$asker" targets --folder "$work/targets"
    targets_port=$(free_port)
    python3 Tests/NonInterference/serve-targets.py "$targets_port" "$work/targets" &
    pids+=($!)
}
