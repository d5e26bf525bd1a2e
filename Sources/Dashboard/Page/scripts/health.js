// How the gateway does: what GET /api/v1/health/dashboard says, asked again every few seconds.

import { announce, h, show } from "./dom.js";
import { ask } from "./api.js";
import { Chart } from "./chart.js";
import { ago, clock, compact, counted, duration, instant, words } from "./format.js";
import { sortableTable } from "./table.js";

const interval = 5000;
const statusWords = { up: "up", down: "down", disabled: "off", active: "active", healthy: "Healthy", degraded: "Degraded" };

function badge(status) {
  return h("span", { class: `badge ${status}` }, statusWords[status] || status);
}

export class HealthView {
  /** `onrefusal` is told why there is no answer, `onanswer` what it was. */
  constructor({ onrefusal, onanswer }) {
    this.onrefusal = onrefusal;
    this.onanswer = onanswer;
    this.paused = false;
    this.drawn = {};
    this.state = h("p", { class: "state" }, h("span", { class: "badge" }, "Asking…"));
    this.facts = h("p", { class: "facts" });
    this.fresh = h("p", { class: "fresh" });
    this.pause = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.toggle() }, "Pause");
    this.trouble = h("p", { class: "notice", hidden: true });
    this.rate = new Chart({ label: "Requests per second", height: 150, fromZero: true });
    this.errors = new Chart({ label: "Refused and failed requests per second", height: 150, fromZero: true });
    this.latency = new Chart({ label: "Latency", height: 150, fromZero: true, format: duration });
    this.figures = { rate: h("p", { class: "figure" }), errors: h("p", { class: "figure" }), latency: h("p", { class: "figure" }) };
    this.scope = h("p", { class: "scope" });
    this.services = h("div");
    this.providers = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Providers" });
    this.chain = h("ol", { class: "stages" });
    this.failures = h("section", { class: "panel", "aria-labelledby": "failures", hidden: true });
    const chart = (id, title, figure, one) => h("section", { class: "panel", "aria-labelledby": id },
      h("h2", { id }, title), figure, one.element);
    this.element = h("div", { class: "view health" },
      h("div", { class: "overview" }, h("h1", {}, "Health"), this.state, this.facts, h("div", { class: "push" }), this.fresh, this.pause),
      this.trouble, this.scope,
      h("div", { class: "charts" },
        chart("rate", "Requests", this.figures.rate, this.rate),
        chart("errors", "Refusals and failures", this.figures.errors, this.errors),
        chart("latency", "Latency", this.figures.latency, this.latency)),
      h("div", { class: "columns" },
        h("section", { class: "panel", "aria-labelledby": "services" }, h("h2", { id: "services" }, "Services"), this.services),
        h("section", { class: "panel", "aria-labelledby": "providers" }, h("h2", { id: "providers" }, "Providers"), this.providers)),
      this.failures,
      h("section", { class: "panel", "aria-labelledby": "chain" },
        h("h2", { id: "chain" }, "A request's way"), h("p", { class: "hint" }, "Every request passes these stages in this order."), this.chain));
    document.addEventListener("visibilitychange", () => this.schedule(0));
  }

  /** Begins to ask, or stops. */
  set active(active) {
    this.isActive = active;
    this.schedule(0);
  }

  /** Forgets what it knows of one caller, for another. */
  renew() {
    this.drawn = {};
    this.status = undefined;
    this.schedule(0);
  }

  toggle() {
    this.paused = !this.paused;
    this.pause.setAttribute("aria-pressed", String(this.paused));
    this.pause.textContent = this.paused ? "Resume" : "Pause";
    announce(this.paused ? "Paused" : "Refreshing every few seconds");
    this.tellAge();
    this.schedule(0);
  }

  schedule(wait) {
    clearTimeout(this.timer);
    if (!this.isActive || this.paused || document.hidden) return;
    this.timer = setTimeout(() => this.refresh(), wait);
  }

  async refresh() {
    let wait = interval;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      const answer = await ask("api/v1/health/dashboard", {}, asking.signal);
      this.trouble.hidden = true;
      this.answeredAt = Date.now();
      this.update(answer);
      this.onanswer(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.status === 401 || error.status === 403) return void this.onrefusal(error);
      if (error.status === undefined) throw error;
      wait = Math.max(interval, (error.retryAfter || 0) * 1000);
      this.trouble.textContent = `${error.message} What is shown is from ${this.answeredAt ? clock(this.answeredAt) : "never"}; next try in ${Math.round(wait / 1000)} s.`;
      this.trouble.hidden = false;
    }
    this.tellAge();
    this.schedule(wait);
  }

  tellAge() {
    const at = this.answeredAt ? `as of ${clock(this.answeredAt)}` : "";
    this.fresh.textContent = this.paused ? `${at}, paused` : at;
  }

  /** Draws a part if it is another than before, so that what has the focus keeps it. */
  part(name, value, draw) {
    const text = JSON.stringify(value);
    if (this.drawn[name] === text) return;
    this.drawn[name] = text;
    draw(value);
  }

  update(answer) {
    if (this.status !== answer.status) {
      if (this.status) announce(`The gateway is ${answer.status}`);
      this.status = answer.status;
      show(this.state, badge(answer.status));
    }
    const { requests } = answer;
    this.part("facts", [answer.version, requests], () => show(this.facts, `Version ${answer.version} · `,
      `${counted(requests.count, "request")} since the start, ${counted(requests.failed, "failure")}`,
      requests.lastError && ` · last error ${requests.lastError.reason} at ${instant(Date.parse(requests.lastError.at))}`));
    this.part("scope", [answer.history.scope, answer.caller], () => show(this.scope,
      answer.history.scope === "all" ? "You are an operator: the figures are those of everybody's requests."
        : `The figures are those of requests for ${answer.caller.selected.join(", ")}, this page's own among them.`));
    this.drawHistory(answer.history);
    // Times that move with the clock are in the tables' titles, so that the tables change only when something happened.
    const now = Date.parse(answer.history.steps.at(-1)?.at || "") || Date.now();
    this.part("services", [answer.services, Math.floor(now / 60000)], () => this.drawServices(answer.services));
    this.part("providers", [answer.providers, Math.floor(now / 60000)], () => this.drawProviders(answer.providers));
    this.part("chain", answer.middleware, (stages) => this.drawChain(stages));
    this.failures.hidden = answer.recentErrors === undefined;
    if (answer.recentErrors) this.part("failures", answer.recentErrors, (list) => this.drawFailures(list));
  }

  drawHistory({ steps, stepSeconds }) {
    // What has only just begun says nothing yet.
    const settled = steps.filter((each) => each.seconds >= stepSeconds / 3);
    const told = (settled.length > 0 ? settled : steps).map((each) => ({ ...each, time: Date.parse(each.at), seconds: Math.max(each.seconds, 1) }));
    const step = stepSeconds * 1000;
    const to = told.length > 0 ? told[told.length - 1].time : Date.now();
    // A gateway that was started just now has little to show: a window of five minutes shows that better.
    const from = Math.max(to - 59 * step, Math.min(told[0]?.time ?? to, to - 20 * step));
    const range = { from, to, step };
    const points = (value) => told.map((each) => [each.time, value(each)]);
    const rate = (each) => each.count / each.seconds;
    this.rate.update({ ...range, series: [{ name: "all requests", points: points(rate), style: "c0" }] });
    this.errors.update({ ...range, series: [
      { name: "failed (5xx)", points: points((each) => each.failed / each.seconds), style: "bad" },
      { name: "refused (4xx)", points: points((each) => each.refused / each.seconds), style: "fair" },
    ] });
    this.latency.update({ ...range, series: [
      { name: "p95", points: points((each) => each.p95Seconds ?? null), style: "c1" },
      { name: "p50", points: points((each) => each.p50Seconds ?? null), style: "c0" },
    ] });
    const sum = (value) => told.reduce((total, each) => total + value(each), 0);
    const [count, refused, failed] = [sum((each) => each.count), sum((each) => each.refused), sum((each) => each.failed)];
    const last = told[told.length - 1];
    const latest = [...told].reverse().find((each) => each.p95Seconds !== undefined);
    show(this.figures.rate, h("b", {}, last ? compact(rate(last)) : "–"), " per second · ", counted(count, "request"), " in the last 15 min");
    show(this.figures.errors, h("b", {}, count > 0 ? `${compact((failed / count) * 100)} %` : "–"), ` failed · ${compact(count > 0 ? (refused / count) * 100 : 0)} % refused`);
    show(this.figures.latency, h("b", {}, latest ? duration(latest.p95Seconds) : "–"), " p95 · ", latest ? duration(latest.p50Seconds) : "–", " p50");
  }

  drawServices(services) {
    show(this.services, h("table", { class: "plain" }, h("caption", { class: "unseen" }, "Services of the gateway"),
      h("thead", {}, h("tr", {}, ["Service", "Status", "Since"].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, Object.entries(services).map(([name, service]) => h("tr", {},
        h("th", { scope: "row" }, words(name)), h("td", {}, badge(service.status)),
        h("td", {}, this.time(service.since)))))));
  }

  drawProviders({ count, ...providers }) {
    const list = Object.entries(providers);
    const forOperators = list.some(([, provider]) => provider.address);
    show(this.providers, h("table", { class: "plain" }, h("caption", { class: "unseen" }, counted(count, "upstream")),
        h("thead", {}, h("tr", {}, ["Provider", "Status", "Flavour and version", "Last success",
          ...(forOperators ? ["Calls", "p50 · p95"] : [])].map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, list.map(([name, provider]) => h("tr", {},
          h("th", { scope: "row" }, words(name), provider.address && h("span", { class: "address" }, provider.address)), h("td", {}, badge(provider.status)),
          h("td", {}, [provider.flavor, provider.version].filter(Boolean).join(" ") || "–"),
          h("td", {}, this.time(provider.lastSuccess)),
          forOperators && [
            h("td", {}, provider.calls ? `${provider.calls.count.toLocaleString("en")}, ${counted(provider.calls.failed, "failure")}` : "none"),
            h("td", {}, provider.calls?.p50Seconds === undefined ? "–" : `${duration(provider.calls.p50Seconds)} · ${duration(provider.calls.p95Seconds)}`),
          ])))));
  }

  time(text) {
    if (!text) return "–";
    const at = Date.parse(text);
    return h("time", { datetime: text, title: text }, Date.now() - at < 60000 ? "within a minute" : ago(at));
  }

  drawChain(stages) {
    const list = Object.entries(stages).sort(([, left], [, right]) => left.order - right.order);
    show(this.chain, list.map(([name, stage]) => h("li", { class: stage.status },
      h("span", { class: "order", "aria-hidden": "true" }, stage.order), h("div", {},
        h("h3", {}, words(name), " ", stage.status === "active" ? h("span", { class: "unseen" }, "active") : badge(stage.status)),
        Object.keys(stage.settings).length > 0 && h("dl", {}, Object.entries(stage.settings).map(([setting, value]) =>
          h("div", {}, h("dt", {}, setting.replaceAll("_", " ")), h("dd", {}, settingText(value)))))))));
  }

  drawFailures(list) {
    if (!this.failureTable) {
      this.failureTable = sortableTable({ caption: "Requests that were refused or failed last", rows: list, sorted: { index: 0, descends: true }, columns: [
        { name: "Time", value: (each) => Date.parse(each.at), cell: (each) => h("time", { datetime: each.at }, instant(Date.parse(each.at))) },
        { name: "Status", value: (each) => each.status, cell: (each) => h("span", { class: `badge ${each.status >= 500 ? "down" : "fair"}` }, each.status) },
        { name: "Reason", value: (each) => each.reason },
        { name: "Operation", value: (each) => each.operation },
        { name: "Tenants", value: (each) => each.tenants.join(", ") || null },
        { name: "Request", value: (each) => each.requestId, kind: "code" },
        { name: "Trace", value: (each) => each.traceId, kind: "code" },
      ] });
      this.noFailures = h("p", { class: "empty" }, "No request was refused or failed since the start.");
      show(this.failures, h("h2", { id: "failures" }, "Recent errors"), this.noFailures, this.failureTable.element);
    }
    this.noFailures.hidden = list.length > 0;
    this.failureTable.element.hidden = list.length === 0;
    this.failureTable.update(list);
  }
}

function settingText(value) {
  if (value === true) return "on";
  if (value === false) return "off";
  if (Array.isArray(value)) return value.join(", ") || "none";
  if (typeof value === "number") return value.toLocaleString("en");
  return typeof value === "string" ? value : JSON.stringify(value);
}
