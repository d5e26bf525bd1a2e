// Queries as coloured text, with what the gateway added and where it found them wrong.

import { h } from "./dom.js";

const strings = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`[^`]*`?/y;
const numbers = /(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?:ms|[smhdwy]|us|µs|ns)?(?:\d+(?:ms|[smhdwy]))*\b/iy;
const promQL = [
  ["comment", /#[^\n]*/y], ["string", strings], ["number", numbers],
  ["keyword", /(?:by|without|on|ignoring|group_left|group_right|bool|offset|and|or|unless|atan2|start|end|inf|nan)\b(?!\s*[={!])/iy],
  ["function", /[a-zA-Z_]\w*(?=\s*\()/y], ["function", /(?:sum|avg|min|max|count|topk|bottomk|quantile|stddev|stdvar|group|count_values|limitk|limit_ratio)\b(?=\s*(?:by|without|\())/iy],
  ["label", /[a-zA-Z_]\w*(?=\s*(?:=|!=|!~))/y], ["name", /[a-zA-Z_:][\w:]*/y], ["punctuation", /[-+*/%^=!<>~@(){}[\],:]+/y],
];
const traceQL = [
  ["comment", /\/\/[^\n]*|\/\*[^]*?\*\//y], ["string", strings], ["number", numbers],
  ["keyword", /(?:true|false|nil|error|ok|unset|server|client|producer|consumer|internal|unspecified|with)\b(?!\s*[.:(])/y],
  ["function", /[a-z_]\w*(?=\s*\()/y],
  ["label", /(?:[a-z]+)?(?:\.|:)(?:[\w./-]|"[^"]*")+/iy], ["name", /[a-zA-Z_][\w.]*/y], ["punctuation", /[-+*/%^=!<>~&|(){}[\],.:]+/y],
];

/** Pieces `{text, kind, start}` that make up the text. */
export function pieces(text, language) {
  const rules = language === "traceql" ? traceQL : promQL;
  const found = [];
  let at = 0;
  let plain = 0;
  while (at < text.length) {
    let match = null;
    for (const [kind, pattern] of rules) {
      pattern.lastIndex = at;
      const hit = pattern.exec(text);
      if (hit && hit[0].length > 0) {
        match = { kind, text: hit[0], start: at };
        break;
      }
    }
    if (match) {
      if (plain < at) found.push({ kind: null, text: text.slice(plain, at), start: plain });
      found.push(match);
      at += match.text.length;
      plain = at;
    } else {
      at += 1;
    }
  }
  if (plain < text.length) found.push({ kind: null, text: text.slice(plain), start: plain });
  return found;
}

/** The text as nodes; ranges `{start, end, kind}` are wrapped in `mark`. */
export function highlighted(text, language, ranges = []) {
  const nodes = [];
  const ordered = [...ranges].sort((left, right) => left.start - right.start);
  const coloured = (from, to) => pieces(text, language).flatMap((piece) => {
    const start = Math.max(piece.start, from);
    const end = Math.min(piece.start + piece.text.length, to);
    if (start >= end) return [];
    const part = text.slice(start, end);
    return [piece.kind ? h("span", { class: `q-${piece.kind}` }, part) : part];
  });
  let at = 0;
  for (const range of ordered) {
    if (range.start < at) continue;
    nodes.push(...coloured(at, range.start));
    nodes.push(h("mark", { class: range.kind }, coloured(range.start, range.end)));
    at = range.end;
  }
  nodes.push(...coloured(at, text.length));
  return nodes;
}

/** Where a line and a column, counted from 1 and in bytes, are in a text. */
export function offsetOf(text, line, column) {
  const lines = text.split("\n");
  if (line > lines.length) return text.length;
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  let bytes = 0;
  let at = 0;
  for (const character of lines[line - 1]) {
    if (bytes >= column - 1) break;
    bytes += new TextEncoder().encode(character).length;
    at += character.length;
  }
  return start + at;
}

/** Where in a text, outside of its strings, another one stands. */
function places(text, language, wanted, accepts) {
  const inside = pieces(text, language).filter((piece) => piece.kind === "string" || piece.kind === "comment");
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const within = inside.some((piece) => at > piece.start && at < piece.start + piece.text.length);
    if (!within && accepts(at)) found.push(at);
  }
  return found;
}

/** The ranges of a confined query that the gateway added, from what the gateway explains. */
export function addedRanges(explanation, language) {
  const { query, condition } = explanation;
  if (condition === "") return [];
  return language === "traceql" ? addedToTraceQL(query, condition) : addedToPromQL(explanation);
}

function addedToPromQL({ query, condition, selectors }) {
  const ranges = [];
  const found = places(query, "promql", condition, (at) => "{,".includes(query[at - 1]));
  selectors.forEach((selector, index) => {
    const start = offsetOf(query, selector.line, selector.column);
    const next = selectors[index + 1];
    const end = next ? offsetOf(query, next.line, next.column) : query.length;
    const at = found.find((each) => each >= start && each < end);
    if (at === undefined) return;
    let from = at;
    let to = at + condition.length;
    if (query[from - 1] === "{" && query[to] === "}" && selector.name) {
      from -= 1;
      to += 1;
    } else if (query[from - 1] === ",") {
      from -= 1;
    } else if (query[to] === ",") {
      to += 1;
    }
    ranges.push({ start: from, end: to, kind: "added" });
  });
  return ranges;
}

function addedToTraceQL(query, condition) {
  const ranges = [];
  for (const at of places(query, "traceql", `{ ${condition} }`, () => true)) {
    const end = at + condition.length + 4;
    const leads = query.startsWith(" | ", end) && (at === 0 || query[at - 1] === "(");
    ranges.push(leads ? { start: at, end: end + 3, kind: "added" } : { start: at + 2, end: end - 2, kind: "added" });
  }
  for (const at of places(query, "traceql", `{ (${condition}) && `, () => true)) {
    ranges.push({ start: at + 2, end: at + condition.length + 8, kind: "added" });
  }
  return ranges;
}
