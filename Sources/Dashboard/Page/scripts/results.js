// What a query brought, as tables and plots.

import { h } from "./dom.js";
import { Chart } from "./chart.js";
import { clock, compact, counted, day, duration, full, instant, seriesName, shortNames } from "./format.js";
import { sortableTable } from "./table.js";
import { attributeText } from "./trace.js";

function number(text) {
  return { "+Inf": Infinity, "-Inf": -Infinity, NaN: NaN }[text] ?? Number(text);
}

function nothing(text) {
  return h("div", { class: "panel" }, h("p", { class: "empty" }, text));
}

/** What Prometheus answered. */
export function promQLResult({ data, warnings = [], infos = [] }, range) {
  const remarks = [...warnings, ...infos].map((text) => h("p", { class: "notice" }, text));
  const { resultType, result } = data;
  if (resultType === "scalar" || resultType === "string") {
    return { summary: `The ${resultType} ${result[1]}`, nodes: [remarks, h("div", { class: "panel" },
      h("h2", {}, resultType === "scalar" ? "Scalar" : "String"), h("p", { class: "figure" }, h("b", {}, result[1]), ` at ${instant(result[0] * 1000)}`))] };
  }
  if (result.length === 0) {
    return { summary: "No series", nodes: [remarks, nothing("No series of yours match. Nobody else's are looked at.")] };
  }
  if (resultType === "vector") {
    return { summary: counted(result.length, "series", "series"), nodes: [remarks, vectorTable(result)] };
  }
  const series = result.map((each) => {
    const points = (each.values || each.histograms || []).map(([at, value]) => [at * 1000, each.values ? number(value) : Number(value.count)]);
    return { labels: each.metric, points };
  });
  return { summary: `${counted(series.length, "series", "series")} over time`, nodes: [remarks, ...overTime(series, range)] };
}

function vectorTable(result) {
  const names = new Set();
  for (const each of result) for (const name of Object.keys(each.metric)) names.add(name);
  names.delete("__name__");
  const hasName = result.some((each) => each.metric.__name__ !== undefined);
  const columns = [...names].sort().map((name) => ({ name, value: (each) => each.metric[name], kind: "code" }));
  if (hasName) columns.unshift({ name: "Metric", value: (each) => each.metric.__name__, kind: "code" });
  const value = (each) => (each.value ? number(each.value[1]) : Number(each.histogram?.[1]?.count));
  columns.push({
    name: "Value", numeric: true, value, cell: (each) => (each.value ? full(value(each)) : `histogram of ${full(value(each))}`),
  });
  return h("section", { class: "panel", "aria-labelledby": "result" },
    h("h2", { id: "result" }, `${counted(result.length, "series", "series")} at ${result[0].value ? instant(result[0].value[0] * 1000) : "that time"}`),
    sortableTable({ caption: "The result", columns, rows: result }).element);
}

/** A plot and a table of series. */
function overTime(series, { from, to, step }) {
  const chart = new Chart({ label: "The result over time", height: 300 });
  const { names, common } = shortNames(series.map((each) => each.labels));
  chart.update({ series: series.map(({ labels, points }, index) => ({ name: names[index], title: seriesName(labels), points })), from, to, step });
  const value = (each, pick) => {
    const values = each.points.map(([, one]) => one).filter((one) => one !== null && !Number.isNaN(one));
    return values.length > 0 ? pick(values) : null;
  };
  const column = (name, pick) => ({
    name, numeric: true, value: (each) => value(each, pick),
    cell: (each) => { const found = value(each, pick); return found === null ? "–" : h("span", { title: full(found) }, compact(found)); },
  });
  return [
    h("section", { class: "panel", "aria-labelledby": "plot" },
      h("h2", { id: "plot" }, `${counted(series.length, "series", "series")}`, common && [" of ", h("code", {}, common)], ` from ${instant(from)} to ${day(from) === day(to) ? clock(to) : instant(to)}, every ${duration(step / 1000)}`), chart.element),
    h("section", { class: "panel", "aria-labelledby": "result" }, h("h2", { id: "result" }, "Figures"),
      sortableTable({ caption: "The series in figures", rows: series, columns: [
        { name: "Series", value: (each) => seriesName(each.labels), kind: "code" },
        column("Last", (values) => values[values.length - 1]), column("Least", (values) => values.reduce((left, right) => Math.min(left, right))),
        column("Most", (values) => values.reduce((left, right) => Math.max(left, right))),
        column("Mean", (values) => values.reduce((left, right) => left + right, 0) / values.length),
        { name: "Points", numeric: true, value: (each) => each.points.filter(([, one]) => one !== null).length },
      ] }).element),
  ];
}

/** The answer to a metrics query of TraceQL. */
export function traceSeriesResult({ series: list = [] }, range) {
  if (list.length === 0) return { summary: "No series", nodes: [nothing("None of your spans match in this time.")] };
  const series = list.map((each) => {
    return {
      labels: Object.fromEntries((each.labels || []).map(({ key, value }) => [String(key), attributeText(value)])),
      points: (each.samples || []).map(({ timestampMs, value }) => [Number(timestampMs), typeof value === "number" ? value : value === undefined ? 0 : number(value)]),
    };
  });
  return { summary: `${counted(series.length, "series", "series")} over time`, nodes: overTime(series, range) };
}

/** What a search for traces found; `open` is called with an id. */
export function searchResult({ traces = [] }, open) {
  if (traces.length === 0) return { summary: "No traces", nodes: [nothing("No trace of yours matches in this time. Nobody else's are looked at.")] };
  const longest = traces.reduce((most, each) => Math.max(most, each.durationMs || 0), 0);
  const matched = (each) => (each.spanSets || (each.spanSet ? [each.spanSet] : [])).reduce((sum, set) => sum + (set.matched || 0), 0);
  const stats = (each) => Object.values(each.serviceStats || {});
  const columns = [
    { name: "Trace", kind: "code", value: (each) => each.traceID, cell: (each) => h("button", {
      type: "button", class: "link", onclick: () => open(each.traceID), "aria-label": `Open the trace ${each.traceID}`,
    }, each.traceID) },
    { name: "Service", value: (each) => each.rootServiceName },
    { name: "Operation", value: (each) => each.rootTraceName },
    { name: "Began", value: (each) => (each.startTimeUnixNano ? Number(each.startTimeUnixNano) / 1e6 : null),
      cell: (each) => (each.startTimeUnixNano ? instant(Number(each.startTimeUnixNano) / 1e6) : "–") },
    { name: "Duration", numeric: true, value: (each) => each.durationMs ?? null, cell: (each) => {
      if (each.durationMs === undefined) return "–";
      const bar = h("span", { class: "gauge", "aria-hidden": "true" }, h("span", {}));
      bar.firstChild.style.width = `${longest > 0 ? (each.durationMs / longest) * 100 : 0}%`;
      return [duration(each.durationMs / 1000), bar];
    } },
    { name: "Spans", numeric: true, value: (each) => (each.serviceStats ? stats(each).reduce((sum, one) => sum + (one.spanCount || 0), 0) : null) },
    { name: "Matching", numeric: true, value: matched },
    { name: "Errors", numeric: true, value: (each) => (each.serviceStats ? stats(each).reduce((sum, one) => sum + (one.errorCount || 0), 0) : null),
      cell: (each) => {
        const count = stats(each).reduce((sum, one) => sum + (one.errorCount || 0), 0);
        return count > 0 ? h("span", { class: "badge down" }, count) : each.serviceStats ? "0" : "–";
      } },
  ];
  return {
    summary: counted(traces.length, "trace"),
    nodes: [h("section", { class: "panel", "aria-labelledby": "result" }, h("h2", { id: "result" }, counted(traces.length, "trace")),
      sortableTable({ caption: "Traces that were found", columns, rows: traces }).element)],
  };
}
