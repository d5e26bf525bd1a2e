# The stack of the demo: a real Prometheus with metrics of two tenants, mini-tempo with their traces, and palisade in
# front of both. Sourced behind common.sh.

need_stack() {
    need_build_tools
    need_packages curl
    need_programs prometheus prometheus promtool
}

prometheus_pid= tempo_pid= palisade_pid=
stop_stack() {
    local pid
    trap - EXIT INT TERM
    for pid in $palisade_pid $tempo_pid $prometheus_pid; do
        kill -TERM "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}

# build_stack [OPTION …]: builds what start_stack needs, and prints the folder it is in last.
build_stack() {
    swift build "$@" --product palisade >&2
    swift build "$@" --product mini-tempo >&2
    swift build "$@" --show-bin-path
}

# start_stack FOLDER [SETTING=VALUE …]: starts the programs of that folder and Prometheus on free ports, with a secret
# made for this run, and sets
#   work     a folder of this run, with palisade.log
#   url      where palisade answers
#   admin_url where it answers operators
#   acme     a token of the tenant acme
#   globex   a token of the tenant globex
#   palisade the program
# Everything ends with the script.
start_stack() {
    palisade=$1/palisade
    local mini_tempo=$1/mini-tempo
    shift
    work=$(mktemp -d)
    trap stop_stack EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM

    step "Making an hour of metrics of two tenants, acme and globex, and of nobody"
    scripts/demo-metrics > "$work/metrics.txt"
    promtool tsdb create-blocks-from openmetrics "$work/metrics.txt" "$work/data" >/dev/null 2>"$work/promtool.log" \
        || fail "promtool: $(cat "$work/promtool.log")"
    printf 'global: {}\n' > "$work/prometheus.yml"

    prometheus_port=$(free_port)
    step "Starting Prometheus $(prometheus --version 2>&1 | sed -nE '1s/.*version ([^ ]+).*/\1/p') on 127.0.0.1:$prometheus_port"
    prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" \
        --web.listen-address="127.0.0.1:$prometheus_port" >"$work/prometheus.log" 2>&1 &
    prometheus_pid=$!
    wait_for 30 curl -fs "http://127.0.0.1:$prometheus_port/-/ready" \
        || fail "Prometheus did not start: $(tail -n 5 "$work/prometheus.log")"

    tempo_port=$(free_port)
    step "Starting mini-tempo, a stand-in for Tempo, on 127.0.0.1:$tempo_port, with traces of acme, of globex, of both and of nobody"
    LISTEN=127.0.0.1:$tempo_port "$mini_tempo" >"$work/tempo.log" 2>&1 &
    tempo_pid=$!
    wait_for 10 curl -fs "http://127.0.0.1:$tempo_port/ready" || fail "mini-tempo did not start: $(cat "$work/tempo.log")"
    scripts/demo-traces "http://127.0.0.1:$tempo_port"

    (umask 077; head -c 48 /dev/urandom | base64 -w0 > "$work/secret")
    export JWT_HS256_SECRET_FILE=$work/secret
    local palisade_port admin_port
    palisade_port=$(free_port)
    admin_port=$(free_port)
    admin_url=http://127.0.0.1:$admin_port
    url=http://127.0.0.1:$palisade_port
    step "Starting palisade on 127.0.0.1:$palisade_port, with a secret made for this run"
    # The program itself becomes the child: signals must reach it, and its exit code us.
    env "$@" ADMIN_LISTEN="127.0.0.1:$admin_port" LISTEN="127.0.0.1:$palisade_port" PROMETHEUS_URL="http://127.0.0.1:$prometheus_port" \
        TEMPO_URL="http://127.0.0.1:$tempo_port" \
        TRACING_ENABLED=true TRACING_ENDPOINT="http://127.0.0.1:$tempo_port" OTEL_RESOURCE_ATTRIBUTES=tenant_id=ops \
        OTEL_EXPORTER_OTLP_PROTOCOL=http/json OTEL_BSP_SCHEDULE_DELAY=500 \
        "$palisade" serve 2>"$work/palisade.log" &
    palisade_pid=$!
    wait_for 10 curl -fs "$url/ready" || fail "palisade did not start: $(cat "$work/palisade.log")"

    acme=$("$palisade" token --tenant acme 2>/dev/null)
    globex=$("$palisade" token --tenant globex 2>/dev/null)
}
