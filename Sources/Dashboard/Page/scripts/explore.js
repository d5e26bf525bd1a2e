// A place to try queries: what is sent in place of what was written, and what comes back.

import { announce, choice, h, show, unique } from "./dom.js";
import { ask } from "./api.js";
import { Editor } from "./editor.js";
import { counted, duration, instant } from "./format.js";
import { promQLResult, searchResult, traceSeriesResult } from "./results.js";
import { niceStep } from "./scale.js";
import { addedRanges, highlighted, offsetOf } from "./syntax.js";
import { Waterfall } from "./waterfall.js";

const ranges = [[300, "5 min"], [900, "15 min"], [3600, "1 h"], [10800, "3 h"], [21600, "6 h"], [43200, "12 h"], [86400, "1 d"], [172800, "2 d"], [604800, "7 d"]];
const steps = [["", "automatic"], [5, "5 s"], [15, "15 s"], [30, "30 s"], [60, "1 min"], [300, "5 min"], [900, "15 min"], [3600, "1 h"]];
const labels = { promql: "Query in PromQL", traceql: "Query in TraceQL", trace: "Id of a trace" };
const hints = {
  promql: "For example: sum by (job) (rate(http_requests_total[5m]))",
  traceql: "For example: { span.http.response.status_code >= 500 }",
  trace: "Up to 32 hexadecimal digits",
};

export class ExploreView {
  constructor({ onrefusal }) {
    this.onrefusal = onrefusal;
    this.texts = { promql: "", traceql: "", trace: "" };
    this.language = "promql";
    this.editor = new Editor({ id: "query", label: labels.promql, onrun: () => this.run() });
    this.editor.field.placeholder = hints.promql;
    this.languages = choice("Language", [["promql", "PromQL"], ["traceql", "TraceQL"], ["trace", "Trace id"]], "promql", (value) => this.use(value));
    this.kind = choice("Kind of query", [["range", "Range"], ["instant", "Instant"]], "range", () => this.fit());
    const select = (name, options, chosen) => {
      const element = h("select", { "aria-label": name }, options.map(([value, text]) => h("option", { value }, text)));
      element.value = String(chosen);
      return element;
    };
    this.range = select("Length of the range", ranges, 3600);
    this.step = select("Step", steps, "");
    this.until = h("input", { type: "datetime-local", step: "1", "aria-label": "Until; empty for now" });
    const labelled = (text, control) => h("label", { class: "control" }, h("span", {}, text), control);
    this.controls = {
      kind: this.kind.element, range: labelled("Last", this.range), until: labelled("Until", this.until), step: labelled("Step", this.step),
    };
    this.runButton = h("button", { type: "button", class: "primary", onclick: () => this.run() }, "Run");
    this.explainButton = h("button", { type: "button", onclick: () => this.run(true) }, "Explain only");
    this.problem = h("div", { class: "problem", id: unique("problem"), hidden: true });
    this.sent = h("section", { class: "panel sent", "aria-labelledby": "sent", hidden: true });
    this.result = h("div", { class: "result", "aria-busy": "false" });
    this.opened = h("div", { class: "result" });
    this.welcome();
    this.element = h("div", { class: "view explore" },
      h("div", { class: "overview" }, h("h1", {}, "Explore"), this.languages.element, h("div", { class: "push" }),
        h("p", { class: "hint keys" }, h("kbd", {}, "Ctrl"), " or ", h("kbd", {}, "⌘"), " + ", h("kbd", {}, "Enter"), " runs")),
      h("section", { class: "panel ask", "aria-label": "The query" }, this.editor.element,
        h("div", { class: "controls" }, this.controls.kind, this.controls.range, this.controls.until, this.controls.step,
          h("div", { class: "push" }), this.explainButton, this.runButton)),
      this.problem, this.sent, this.result, this.opened);
    this.fit();
  }

  welcome() {
    const chips = h("ul", { class: "chips", "aria-label": "Names to begin with" });
    const title = h("h2", {}, "\u00a0");
    show(this.result, h("div", { class: "panel welcome" }, h("p", { class: "hint" }, this.language === "trace"
      ? "Of a trace you see the spans that are your own. What is another tenant's, and what does not exist, is not found."
      : "Write a query and run it. What the gateway adds to it, so that it reaches your own data alone, is shown beside it."), title, chips));
    if (this.isActive) this.suggest(title, chips);
  }

  /** Is not used any more: it asks for nothing. */
  leave() {
    this.isActive = false;
    this.asking?.abort();
  }

  /** Is shown for the first time, or again. */
  enter() {
    const wasActive = this.isActive;
    this.isActive = true;
    if (!wasActive) this.welcome();
    this.editor.field.focus();
  }

  /** Names out of the caller's own data to begin with; without any, or without an answer, there are none. */
  async suggest(title, chips) {
    const { language } = this;
    if (language === "trace") return;
    let names = [];
    try {
      if (language === "promql") {
        names = (await ask("api/v1/metrics/labels/__name__/values", { limit: 200 })).data;
      } else {
        const { scopes = [] } = await ask("api/v1/traces/tags");
        names = scopes.flatMap(({ name, tags = [] }) => tags.map((tag) => (name === "intrinsic" ? tag : `${name}.${tag}`)));
      }
    } catch (error) {
      if (error.status === undefined) throw error;
      return;
    }
    title.textContent = names.length === 0 ? "Nothing of yours is there yet" : language === "promql" ? "Your metrics" : "Attributes of your spans";
    show(chips, names.map((name) => h("li", {}, h("button", { type: "button", onclick: () => this.editor.insert(quoted(name, language)) }, name))));
  }

  /** Forgets what was shown, as it is another caller's. */
  renew() {
    this.asking?.abort();
    this.problem.hidden = true;
    this.sent.hidden = true;
    show(this.opened);
    this.editor.clear();
    this.welcome();
    this.busy(false);
  }

  use(language) {
    this.texts[this.language] = this.editor.text;
    this.language = language;
    this.renew();
    this.editor.use(language);
    this.editor.text = this.texts[language];
    this.editor.field.setAttribute("aria-label", labels[language]);
    this.editor.field.placeholder = hints[language];
    this.fit();
  }

  fit() {
    this.controls.kind.hidden = this.language !== "promql";
    const instantly = this.language === "promql" && this.kind.value === "instant";
    this.controls.range.hidden = this.language === "trace" || instantly;
    this.controls.step.hidden = this.language === "trace" || instantly;
    this.controls.until.hidden = this.language === "trace";
    this.controls.until.firstChild.textContent = instantly ? "At" : "Until";
    this.explainButton.hidden = this.language === "trace";
    this.runButton.textContent = this.language === "trace" ? "Open" : "Run";
  }

  busy(busy) {
    this.result.setAttribute("aria-busy", String(busy));
    this.element.classList.toggle("busy", busy);
  }

  /** The time asked for, in milliseconds since 1970. */
  get time() {
    const chosen = this.until.value ? new Date(this.until.value).getTime() : NaN;
    const to = Number.isFinite(chosen) ? chosen : Date.now();
    const seconds = Number(this.range.value);
    const step = Number(this.step.value) || niceStep(seconds, Math.max(60, Math.min(240, Math.floor(this.element.clientWidth / 6))));
    // Round instants give the same points when it is asked again.
    const end = Math.floor(to / 1000 / step) * step * 1000;
    return { to, end, from: end - seconds * 1000, step: step * 1000 };
  }

  async run(explainsOnly = false) {
    const text = this.editor.text.trim();
    if (text === "") {
      this.editor.field.focus();
      return void announce("There is no query yet");
    }
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const { signal } = asking;
    this.problem.hidden = true;
    this.editor.clear();
    this.busy(true);
    const startedAt = performance.now();
    try {
      if (this.language === "trace") await this.open(text, signal);
      else await this.query(this.editor.text, explainsOnly, startedAt, signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.status === undefined) throw error;
      this.fail(error);
    } finally {
      if (this.asking === asking) this.busy(false);
    }
  }

  async query(text, explainsOnly, startedAt, signal) {
    const isTraceQL = this.language === "traceql";
    const time = this.time;
    const seconds = (milliseconds) => (milliseconds / 1000).toFixed(3).replace(/\.?0+$/, "");
    const isInstant = !isTraceQL && this.kind.value === "instant";
    const instantTime = { time: seconds(time.to) };
    const rangeTime = { start: seconds(time.from), end: seconds(time.end), step: seconds(time.step) };
    const explanation = isTraceQL ? await ask("api/v1/explain/traceql", { q: text }, signal)
      : await ask("api/v1/explain/promql", { query: text, ...(isInstant ? instantTime : rangeTime) }, signal);
    this.explain(text, explanation);
    show(this.opened);
    if (explainsOnly) {
      show(this.result);
      return void announce("The query was explained and not run");
    }
    show(this.result, h("div", { class: "panel waiting" }, h("p", { class: "empty" }, "Asking…")));
    let found;
    if (!isTraceQL) {
      const range = { from: time.from, to: time.end, step: time.step };
      found = isInstant ? promQLResult(await ask("api/v1/metrics/query", { query: text, ...instantTime }, signal), this.matrixRange(time))
        : promQLResult(await ask("api/v1/metrics/query_range", { query: text, ...rangeTime }, signal), range);
    } else if (explanation.isMetricsQuery) {
      found = traceSeriesResult(await ask("api/v1/traces/metrics", { q: text, ...rangeTime }, signal), { from: time.from, to: time.end, step: time.step });
    } else {
      const whole = { start: Math.floor(time.from / 1000), end: Math.ceil(time.to / 1000) };
      found = searchResult(await ask("api/v1/traces", { q: text, ...whole, limit: 100 }, signal), (id) => this.openFound(id));
    }
    const took = duration((performance.now() - startedAt) / 1000);
    show(this.result, h("p", { class: "took" }, `${found.summary}, in ${took}`), found.nodes);
    announce(found.summary);
  }

  /** An instant query may answer with the samples of a range, whose step nobody knows. */
  matrixRange(time) {
    const seconds = [...this.editor.text.matchAll(/\[(\d+)([smhd])/g)].map(([, count, unit]) => count * { s: 1, m: 60, h: 3600, d: 86400 }[unit]);
    return { from: time.to - Math.max(60, ...seconds) * 1000, to: time.to, step: 120000 };
  }

  explain(text, explanation) {
    const added = addedRanges(explanation, this.language);
    const facts = [
      explanation.selectors && counted(explanation.selectors.length, "selector"),
      explanation.filters !== undefined && counted(explanation.filters, "filter"),
      explanation.pipelines !== undefined && counted(explanation.pipelines, "pipeline"),
      explanation.type, explanation.isMetricsQuery && "numbers over time",
      explanation.touches && `touches ${duration(explanation.touches.seconds)} at ${counted(explanation.touches.points, "point")}`,
      explanation.limits.maxQueryRangeSeconds && `at most ${duration(explanation.limits.maxQueryRangeSeconds)}`,
      explanation.limits.maxQueryPoints && `at most ${counted(explanation.limits.maxQueryPoints, "point")}`,
    ].filter(Boolean);
    show(this.sent, h("h2", { id: "sent", class: "unseen" }, "What is sent"), h("div", { class: "pair" },
      h("div", {}, h("h3", {}, "You wrote"), h("pre", { class: "query" }, highlighted(text, this.language))),
      h("div", {}, h("h3", {}, "What is sent", added.length > 0 && h("span", { class: "key" }, h("mark", { class: "added" }, "added by the gateway"))),
        h("pre", { class: "query confined" }, highlighted(explanation.query, this.language, added)))),
    h("p", { class: "facts" }, explanation.condition ? [this.language === "traceql" ? "Every filter and every pipeline carries " : "Every selector carries ", h("code", {}, explanation.condition), " · "] : "Tempo itself keeps tenants apart · ", facts.join(" · ")),
    explanation.exceeded.map((reason) => h("p", { class: "notice" }, reason)));
    this.sent.hidden = false;
  }

  fail(error) {
    if (error.status === 401 || error.status === 403) {
      if (error.status === 401) return void this.onrefusal(error);
    }
    const { position } = error;
    show(this.result);
    if (position) this.sent.hidden = true;
    const lines = this.editor.text.split("\n");
    const excerpt = position && position.line <= lines.length && (() => {
      const line = lines[position.line - 1];
      const at = offsetOf(line, 1, position.column);
      const from = Math.max(0, at - 60);
      return h("pre", { class: "excerpt", "aria-hidden": "true" }, `${from > 0 ? "…" : ""}${line.slice(from, at + 40)}\n${" ".repeat(at - from + (from > 0 ? 1 : 0))}^`);
    })();
    show(this.problem, h("h2", {}, error.status === 0 ? error.problem.title : `${error.status} ${error.problem.title || ""}`),
      error.reasons.map((reason) => h("p", {}, reason)),
      position && h("p", { class: "place" }, `Line ${position.line}, column ${position.column}`), excerpt,
      error.retryAfter && h("p", {}, `It may be tried again in ${counted(error.retryAfter, "second")}.`),
      error.problem.requestId && h("p", { class: "facts" }, "Request ", h("code", {}, error.problem.requestId),
        error.problem.traceId && [" · trace ", h("code", {}, error.problem.traceId)]));
    this.problem.hidden = false;
    announce(`${error.reasons.join(". ")}${position ? `, line ${position.line}, column ${position.column}` : ""}`);
    if (position) this.editor.mark(position, this.problem.id);
  }

  async open(id, signal) {
    this.sent.hidden = true;
    show(this.opened);
    show(this.result, h("div", { class: "panel waiting" }, h("p", { class: "empty" }, "Asking…")));
    const data = await ask(`api/v1/traces/${encodeURIComponent(id)}`, {}, signal);
    const waterfall = new Waterfall(id, data, null);
    show(this.result, waterfall.element);
    announce(`A trace of ${counted(waterfall.trace.spans.length, "span")}`);
    waterfall.focus();
  }

  /** Opens a trace below the list in which it was found. */
  async openFound(id) {
    const from = document.activeElement;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.problem.hidden = true;
    this.busy(true);
    try {
      const data = await ask(`api/v1/traces/${encodeURIComponent(id)}`, {}, asking.signal);
      const waterfall = new Waterfall(id, data, () => {
        show(this.opened);
        from?.focus?.();
      });
      show(this.opened, waterfall.element);
      announce(`The trace of ${counted(waterfall.trace.spans.length, "span")} is below`);
      waterfall.focus();
      waterfall.element.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.status === undefined) throw error;
      this.fail(error);
    } finally {
      if (this.asking === asking) this.busy(false);
    }
  }
}

/** A name as a query has it. */
function quoted(name, language) {
  if (language === "promql") return /^[a-zA-Z_:][\w:]*$/.test(name) ? name : `{${JSON.stringify(name)}}`;
  if (/^[\w.:/-]+$/.test(name)) return name;
  const dot = name.indexOf(".");
  return `${name.slice(0, dot + 1)}${JSON.stringify(name.slice(dot + 1))}`;
}
