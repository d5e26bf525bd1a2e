// Numbers, durations and instants as people read them.

const units = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** A number in few characters. */
export function compact(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e15 || size < 1e-4) return value.toExponential(2).replace(/\.?0+e/, "e");
  for (const [unit, letter] of units) {
    if (size >= unit) return `${trim(value / unit)}${letter}`;
  }
  return trim(value);
}

function trim(value) {
  const size = Math.abs(value);
  return String(Number(size >= 1 ? value.toFixed(size >= 100 ? 1 : 2) : value.toPrecision(3)));
}

/** A number as it is, with its thousands apart. */
export function full(value) {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-6)
    ? value.toExponential() : value.toLocaleString("en", { maximumFractionDigits: 9 });
}

/** A duration, given in seconds. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  const size = Math.abs(seconds);
  if (size === 0) return "0 s";
  if (size < 1e-6) return `${trim(seconds * 1e9)} ns`;
  if (size < 1e-3) return `${trim(seconds * 1e6)} µs`;
  if (size < 1) return `${trim(seconds * 1e3)} ms`;
  if (size < 120) return `${trim(seconds)} s`;
  if (size < 7200) return `${trim(seconds / 60)} min`;
  if (size < 172800) return `${trim(seconds / 3600)} h`;
  return `${trim(seconds / 86400)} d`;
}

const two = (number) => String(number).padStart(2, "0");

/** The time of day, given in milliseconds since 1970. */
export function clock(milliseconds, seconds = true) {
  const date = new Date(milliseconds);
  const text = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return seconds ? `${text}:${two(date.getSeconds())}` : text;
}

/** The day, in few characters. */
export function day(milliseconds) {
  const date = new Date(milliseconds);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** An instant: the time of day if it is today, else with the day. */
export function instant(milliseconds, now = Date.now()) {
  if (Number.isNaN(new Date(milliseconds).getTime())) return "–";
  return day(milliseconds) === day(now) ? clock(milliseconds) : `${day(milliseconds)} ${clock(milliseconds)}`;
}

/** How long ago an instant is. */
export function ago(milliseconds, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - milliseconds) / 1000));
  if (seconds < 5) return "just now";
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} d ago`;
}

/** A name out of `metrics_service`. */
export function words(name) {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A series' labels as PromQL writes them. */
export function seriesName(labels) {
  const { __name__: name = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length > 0 || name === "" ? `${name}{${pairs.join(", ")}}` : name;
}

/**
 * Names of series that leave out what all of them have in common: `{names, common}`; whole ones where those would not
 * tell them apart.
 */
export function shortNames(list) {
  const whole = list.map(seriesName);
  if (list.length < 2) return { names: whole, common: "" };
  const [first, ...others] = list;
  const shared = Object.entries(first).filter(([label, value]) => others.every((each) => each[label] === value)).map(([label]) => label);
  const without = (labels) => seriesName(Object.fromEntries(Object.entries(labels).filter(([label]) => !shared.includes(label))));
  const names = list.map(without);
  if (shared.length === 0 || names.includes("{}") || new Set(names).size < names.length) return { names: whole, common: "" };
  return { names, common: seriesName(Object.fromEntries(shared.map((label) => [label, first[label]]))) };
}

/** Of a number and a word. */
export function counted(number, word, words = `${word}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? word : words}`;
}
