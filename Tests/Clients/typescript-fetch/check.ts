// Asks a running gateway with the client that was generated from its document. Exits with 1 if an answer is wrong.
import {
    Configuration, DocumentationApi, HealthApi, MetricsApi, ProblemFromJSON, ProblemViolationInEnum,
    QueryDataResultTypeEnum, StatsChoice, ReadinessStatusEnum, ResponseError, TracesApi,
} from "./client";
import type { ApiResponse, Problem, QueryResponse, TracesData } from "./client";

// What is used of Node's own interface.
declare const process: { env: Record<string, string | undefined>; exitCode?: number };

function setting(name: string): string {
    const value = process.env[name];
    if (!value) throw new Error(`${name} must be set`);
    return value;
}

const basePath = setting("PALISADE_URL");
const configuration = (accessToken?: string) => new Configuration({ basePath, accessToken });
const acmeConfiguration = configuration(setting("ACME_TOKEN"));
const acme = new MetricsApi(acmeConfiguration);
const globex = new MetricsApi(configuration(setting("GLOBEX_TOKEN")));
const nobody = new MetricsApi(configuration());

function expect(what: string, isRight: boolean, found: unknown): void {
    console.log(isRight ? `    ok: ${what}` : `    FAILED: ${what}; found ${JSON.stringify(found)}`);
    if (!isRight) process.exitCode = 1;
}

/** The tenants whose series an answer holds, each once. */
function tenants(answer: QueryResponse): string[] {
    const series: { metric: Record<string, string> }[] = answer.data.result;
    return [...new Set(series.map((one) => one.metric["tenant_id"] ?? "none"))].sort();
}

/** The tenants whose resources a trace holds, each once. */
function owners(trace: TracesData): string[] {
    const attributes = trace.resourceSpans.map((one) => one.resource?.attributes ?? []);
    const names = attributes.map((some) => some.find((one) => one.key === "tenant_id")?.value?.["stringValue"]);
    return [...new Set(names.map((name) => name ?? "none"))].sort();
}

/** The status that a call ends with. */
async function status(call: Promise<ApiResponse<unknown>>): Promise<number> {
    try {
        return (await call).raw.status;
    } catch (error) {
        if (!(error instanceof ResponseError)) throw error;
        return error.response.status;
    }
}

/** The status and the problem that a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<{ status: number; problem?: Problem }> {
    try {
        await call;
        return { status: 200 };
    } catch (error) {
        if (!(error instanceof ResponseError)) throw error;
        return { status: error.response.status, problem: ProblemFromJSON(await error.response.json()) };
    }
}

async function main(): Promise<void> {
    const health = new HealthApi(configuration());
    expect("the process lives", (await health.getHealth()).status === "ok", null);
    expect("it is ready", (await health.getReadiness()).status === ReadinessStatusEnum.Ready, null);

    const query = "demo_orders_total";
    const mine = await acme.queryMetrics({ query });
    expect("acme gets a vector", mine.data.resultType === QueryDataResultTypeEnum.Vector, mine);
    expect("of two series", mine.data.result.length === 2, mine.data.result);
    expect("all of them its own", tenants(mine).join() === "acme", tenants(mine));
    const other = await globex.queryMetrics({ query });
    expect("globex gets its own", tenants(other).join() === "globex", tenants(other));
    const foreign = await acme.queryMetrics({ query: 'demo_orders_total{tenant_id="globex"}' });
    expect("acme gets nothing of globex", foreign.data.result.length === 0, foreign);

    const time = Math.floor(Date.now() / 1000) - 60;
    const earlier = await acme.queryMetrics(
        { query, time: String(time), timeout: "5s", limit: 2, stats: StatsChoice.All });
    const instants = earlier.data.result.map((one) => one.value[0]);
    expect("the time arrives", instants.join() === [time, time].join(), instants);
    expect("the statistics come back", earlier.data.stats != null, earlier.data);
    const form = await acme.queryMetricsForm({ query, time: String(time) });
    expect(
        "the form gets the same", JSON.stringify(form.data.result) === JSON.stringify(earlier.data.result),
        form.data.result);

    const anonymous = await refusal(nobody.queryMetrics({ query }));
    expect("without a token it is 401", anonymous.status === 401, anonymous);
    const wrong = await refusal(acme.queryMetrics({ query: "sum(demo_orders_total" }));
    const violation = wrong.problem?.violations?.[0];
    expect("a wrong query is 400", wrong.status === 400 && wrong.problem?.status === 400, wrong);
    expect(
        "with its place", violation?._in === ProblemViolationInEnum.Query && violation.name === "query"
            && violation.line === 1 && violation.column === 22, violation);

    // The ids are those of scripts/demo-traces.
    const traces = new TracesApi(acmeConfiguration);
    const traceId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1";
    const trace = await traces.getTrace({ traceId });
    const spans = trace.resourceSpans.flatMap((one) => one.scopeSpans ?? []).flatMap((one) => one.spans ?? []);
    expect("acme gets its trace of two spans", spans.length === 2, trace);
    expect("all of it its own", owners(trace).join() === "acme", owners(trace));
    expect("ids are hexadecimal", spans.every((one) => one.traceId === traceId), spans);
    expect("64-bit integers are text", /^[0-9]{19}$/.test(spans[0]?.startTimeUnixNano ?? ""), spans[0]);
    const mixed = await traces.getTrace({ traceId: "cccccccccccccccccccccccccccccc03" });
    expect("of a trace of several it gets its own spans", owners(mixed).join() === "acme", mixed);
    const hidden = await refusal(traces.getTrace({ traceId: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2" }));
    expect("a trace of globex is 404", hidden.status === 404, hidden);
    const unknown = await refusal(traces.getTrace({ traceId: "0123456789abcdef0123456789abcdef" }));
    const isSame = hidden.problem?.code === unknown.problem?.code && hidden.problem?.detail === unknown.problem?.detail;
    expect("and an unknown one is the same", unknown.status === 404 && isSame, unknown);

    const documentation = new DocumentationApi(configuration());
    const yaml = await documentation.getOpenAPIYAMLRaw({});
    expect("the document comes as text", (await yaml.value()).startsWith("openapi: 3.1.0\n"), yaml.raw.status);
    const ifNoneMatch = yaml.raw.headers.get("etag") ?? "";
    const again = await status(documentation.getOpenAPIYAMLRaw({ ifNoneMatch }));
    expect("and is not sent to who has it", again === 304, again);
    const json = await documentation.getOpenAPIJSON();
    expect("the document comes as JSON", json["openapi"] === "3.1.0", json["openapi"]);
    const page = await documentation.getDocumentationPage();
    expect("the page comes as text", page.startsWith("<!DOCTYPE html>"), page.slice(0, 40));
    const bundle = await refusal(documentation.getRedocBundle());
    expect("without a bundle that is 404", bundle.status === 404, bundle);
}

main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
