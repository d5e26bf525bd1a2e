# What scripts/noninterference does about traces; sourced by it.

[ "${tempo:+set}" = "${tempo_only:+set}" ] || fail "--tempo and --tempo-only belong together"
need_build_tools
need_packages curl
build_stores "$programs" mini-tempo
begin_work "$seed"
mint token ${tenants//,/ }
mint wide-token ${tenants//,/ } b
now=1767366000

# send HOST:PORT [OPTION OF traces …]
send() {
    local otlp=$1
    shift
    "$asker" traces --otlp "$otlp" --seed "$seed" --now "$now" "$@"
}

# start_tempo NAME [OPTION OF traces …]: mini-tempo with the traces of these tenants; sets its address as NAME_tempo.
start_tempo() {
    local name=$1 port
    shift
    port=$(free_port)
    LISTEN=127.0.0.1:$port "$(dirname "$asker")/mini-tempo" >"$work/$name.tempo.log" 2>&1 &
    pids+=($!)
    wait_for 10 curl -fs "http://127.0.0.1:$port/ready" || fail "mini-tempo: $(cat "$work/$name.tempo.log")"
    send "127.0.0.1:$port" "$@"
    declare -g "${name}_tempo=127.0.0.1:$port"
}

ask() {
    "$asker" ask --traceql --token-file "$work/token" --wide-token-file "$work/wide-token" --tenants "$tenants" \
        --seed "$seed" --now "$now" "$@"
}

step "Making the traces of all tenants and those of $tenants alone"
if [ -n "$tempo" ]; then
    # The last hour, in whole slots of the data.
    now=$(($(date +%s) / 600 * 600))
    tempo=${tempo#http://} tempo_only=${tempo_only#http://}
    everybody_tempo=${tempo%/} alone_tempo=${tempo_only%/}
    send "${otlp:-${everybody_tempo%%:*}:4318}"
    send "${otlp_only:-${alone_tempo%%:*}:4318}" --tenants "$tenants"
    step "Waiting for both to have them in searches and in metrics"
    sleep 90
else
    start_tempo everybody
    start_tempo alone --tenants "$tenants"
fi
start_gateway everybody "$everybody_tempo" TEMPO_URL
start_gateway alone "$alone_tempo" TEMPO_URL

if [ "$mode" = self-check ]; then
    step "Sides that are not confined: the stores themselves"
    ask --everybody "$everybody_tempo" --alone "$alone_tempo" --direct --queries 1000 \
        || fail "what is not confined went unseen"
    step "A side without one span of the caller's own"
    start_tempo short --tenants "$tenants" --leaving 1
    start_gateway short "$short_tempo" TEMPO_URL
    ask --everybody "$short" --alone "$alone" --expect-differences --queries 300 || fail "a span too few went unseen"
    step "What docs/isolation.md says that no gateway can close"
    ask --everybody "$everybody" --alone "$alone" --everywhere --queries 600 || fail "what cannot be closed went unseen"
    step "All were found"
    exit 0
fi

step "Asking both"
ask --everybody "$everybody" --alone "$alone" --queries "$queries" ${only:+--only "$only"}
