// A plot of series over time, drawn as SVG: axes, gaps, a legend, and a cursor that follows the pointer and the keyboard.

import { h, s, show, unique } from "./dom.js";
import { clock, compact, counted, day, instant } from "./format.js";
import { numberTicks, timeTicks } from "./scale.js";

/** How many series are drawn; more could not be told apart anyway. */
export const mostSeries = 60;
const colours = 8;
const room = { top: 10, right: 14, bottom: 24 };

export class Chart {
  /**
   * @param options `label` names it; `height` in pixels; `format` writes a value; `legend` is whether it has one.
   *
   * Every series is `{name, points: [[milliseconds, value or null], …], style}`; a `null`, and more than one and a half
   * steps without a point, is a gap.
   */
  constructor({ label, height = 160, format = compact, legend = true, fromZero = false }) {
    this.label = label;
    this.height = height;
    this.format = format;
    this.fromZero = fromZero;
    this.series = [];
    this.hidden = new Set();
    this.cursor = null;
    this.svg = s("svg", { "aria-hidden": "true", focusable: "false" });
    this.tip = h("div", { class: "tip", "aria-hidden": "true", hidden: true });
    this.summary = h("p", { class: "unseen", id: unique("summary") });
    this.plot = h("div", {
      class: "plot", tabindex: "0", role: "slider", "aria-label": `${label}: a point in time`,
      "aria-orientation": "horizontal", "aria-valuemin": "0", "aria-valuemax": "0", "aria-valuenow": "0",
      "aria-valuetext": "nothing to show", "aria-describedby": this.summary.id,
      onpointermove: (event) => this.point(event), onpointerdown: (event) => this.point(event),
      onpointerleave: () => this.leave(), onblur: () => this.leave(), onkeydown: (event) => this.key(event),
    }, this.svg, this.tip);
    this.plot.style.height = `${height}px`;
    this.legend = legend ? h("ul", { class: "legend", "aria-label": `Series of ${label}` }) : null;
    this.element = h("div", { class: "chart" }, this.plot, this.summary, this.legend);
    this.watcher = new ResizeObserver(() => this.draw());
    this.watcher.observe(this.plot);
  }

  /** Shows other series, between two instants in milliseconds since 1970, `step` milliseconds apart. */
  update({ series, from, to, step }) {
    this.total = series.length;
    this.series = series.slice(0, mostSeries);
    this.from = from;
    this.to = Math.max(to, from + 1);
    this.step = step;
    const times = new Set();
    for (const each of this.series) for (const [at] of each.points) times.add(at);
    this.times = [...times].sort((left, right) => left - right);
    for (const each of this.series) each.at = new Map(each.points);
    if (this.cursor !== null && this.cursor >= this.times.length) this.cursor = null;
    const last = Math.max(0, this.times.length - 1);
    this.plot.setAttribute("aria-valuemax", String(last));
    if (this.cursor === null) {
      this.plot.setAttribute("aria-valuenow", String(last));
      this.plot.setAttribute("aria-valuetext", this.times.length > 0 ? this.spoken(last) : "nothing to show");
    }
    this.summary.textContent = this.described();
    this.drawLegend();
    this.draw();
  }

  get visible() {
    return this.series.map((each, index) => ({ ...each, index })).filter((each) => !this.hidden.has(each.name));
  }

  described() {
    if (this.times.length === 0) return `${this.label}: nothing to show.`;
    const parts = this.series.slice(0, 8).map((each) => {
      const values = each.points.map(([, value]) => value).filter(Number.isFinite);
      if (values.length === 0) return `${each.name}: no values`;
      const low = values.reduce((left, right) => Math.min(left, right));
      const high = values.reduce((left, right) => Math.max(left, right));
      return `${each.name}: from ${this.format(low)} to ${this.format(high)}, last ${this.format(values[values.length - 1])}`;
    });
    const more = this.total > 8 ? ` And ${counted(this.total - 8, "more series", "more series")}.` : "";
    return `${this.label} from ${instant(this.from)} to ${instant(this.to)}. ${parts.join("; ")}.${more} Arrow keys move along the time.`;
  }

  draw() {
    const width = this.plot.clientWidth;
    if (width === 0 || this.from === undefined) return;
    const shown = this.visible;
    const values = shown.flatMap((each) => each.points.map(([, value]) => value)).filter(Number.isFinite);
    let low = values.reduce((left, right) => Math.min(left, right), values[0] ?? 0);
    let high = values.reduce((left, right) => Math.max(left, right), values[0] ?? 0);
    if (this.fromZero || (low > 0 && low < high * 0.6)) low = Math.min(0, low);
    if (values.length === 0 || (low === 0 && high === 0)) high = 1;
    const axis = numberTicks(low, high, Math.max(2, Math.floor((this.height - 34) / 36)));
    const labels = axis.ticks.map((tick) => this.format(tick));
    const left = Math.min(90, Math.max(...labels.map((text) => text.length)) * 6.4 + 14);
    const right = width - room.right;
    const bottom = this.height - room.bottom;
    const x = (at) => left + ((at - this.from) / (this.to - this.from)) * (right - left);
    const y = (value) => bottom - ((value - axis.low) / (axis.high - axis.low)) * (bottom - room.top);
    Object.assign(this, { x, y, left, right, bottom });
    const parts = [];
    axis.ticks.forEach((tick, index) => {
      const at = Math.round(y(tick)) + 0.5;
      parts.push(s("line", { class: index === 0 ? "base" : "grid", x1: left, x2: right, y1: at, y2: at }));
      parts.push(s("text", { x: left - 8, y: at + 3.5, "text-anchor": "end" }, labels[index]));
    });
    const { ticks, step } = timeTicks(this.from, this.to, Math.max(2, Math.floor((right - left) / 90)));
    let before = day(this.from);
    for (const tick of ticks) {
      const at = Math.round(x(tick)) + 0.5;
      parts.push(s("line", { class: "tick", x1: at, x2: at, y1: bottom, y2: bottom + 4 }));
      const text = step >= 86400000 || day(tick) !== before ? day(tick).slice(5) : clock(tick, step < 60000);
      before = day(tick);
      if (at > left + 12 && at < right - 10) {
        parts.push(s("text", { x: at, y: bottom + 16, "text-anchor": "middle" }, text));
      }
    }
    for (const each of shown) parts.push(this.line(each));
    this.marks = s("g", {});
    parts.push(this.marks);
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", this.height);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    show(this.svg, parts);
    if (this.times.length === 0 || shown.length === 0) {
      this.svg.append(s("text", { class: "empty", x: (left + right) / 2, y: (room.top + bottom) / 2, "text-anchor": "middle" },
        this.series.length > 0 && shown.length === 0 ? "Every series is switched off" : "Nothing in this time"));
    }
    if (this.cursor !== null) this.mark();
  }

  line(series) {
    let path = "";
    let before = null;
    const lone = [];
    const { points } = series;
    points.forEach(([at, value], index) => {
      if (!Number.isFinite(value)) {
        before = null;
        return;
      }
      const joined = before !== null && at - before <= this.step * 1.5;
      const place = `${this.x(at).toFixed(1)} ${this.y(value).toFixed(1)}`;
      path += joined ? `L${place}` : `M${place}`;
      const next = points[index + 1];
      if (!joined && !(next && Number.isFinite(next[1]) && next[0] - at <= this.step * 1.5)) lone.push([at, value]);
      before = at;
    });
    const group = s("g", { class: `series ${this.style(series)}` }, s("path", { d: path || "M0 0" }));
    for (const [at, value] of lone) group.append(s("circle", { cx: this.x(at).toFixed(1), cy: this.y(value).toFixed(1), r: 2.2 }));
    return group;
  }

  style(series) {
    return series.style || `c${series.index % colours} d${Math.floor(series.index / colours) % 4}`;
  }

  drawLegend() {
    if (!this.legend) return;
    const focused = document.activeElement?.closest?.(".legend") === this.legend
      ? [...this.legend.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    show(this.legend, this.series.map((each, index) => h("li", {}, h("button", {
      type: "button", "aria-pressed": String(!this.hidden.has(each.name)), title: each.title || each.name,
      onclick: () => this.toggle(each.name),
    }, s("svg", { class: `swatch ${this.style({ ...each, index })}`, width: 18, height: 8, "aria-hidden": "true" },
      s("path", { d: "M0 4H18" })), h("span", {}, each.name)))),
    this.total > this.series.length
      && h("li", { class: "more" }, `The first ${mostSeries} of ${this.total} series are drawn; the table has all.`));
    if (focused >= 0) this.legend.querySelectorAll("button")[focused]?.focus();
  }

  toggle(name) {
    if (this.hidden.has(name)) this.hidden.delete(name);
    else this.hidden.add(name);
    this.drawLegend();
    this.draw();
  }

  point(event) {
    if (!this.times || this.times.length === 0 || !this.x) return;
    const at = event.clientX - this.plot.getBoundingClientRect().left;
    const wanted = this.from + ((at - this.left) / (this.right - this.left)) * (this.to - this.from);
    let best = 0;
    for (let index = 1; index < this.times.length; index += 1) {
      if (Math.abs(this.times[index] - wanted) < Math.abs(this.times[best] - wanted)) best = index;
    }
    this.cursor = best;
    this.mark();
  }

  key(event) {
    if (!this.times || this.times.length === 0) return;
    const last = this.times.length - 1;
    const at = this.cursor ?? last;
    const places = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10,
      Home: 0, End: last,
    };
    if (event.key === "Escape") return this.leave();
    if (!(event.key in places)) return;
    event.preventDefault();
    this.cursor = this.cursor === null && event.key !== "Home" ? last : Math.min(last, Math.max(0, places[event.key]));
    this.mark();
  }

  spoken(index) {
    return this.rows(index).map(([name, value]) => `${name} ${value}`).reduce(
      (text, row) => `${text}, ${row}`, instant(this.times[index]));
  }

  rows(index) {
    const at = this.times[index];
    return this.visible.filter((each) => each.at.has(at)).sort((left, right) => (right.at.get(at) ?? -Infinity) - (left.at.get(at) ?? -Infinity))
      .map((each) => [each.name, each.at.get(at) === null ? "no value" : this.format(each.at.get(at)), this.style(each), each.at.get(at)]);
  }

  mark() {
    const at = this.times[this.cursor];
    const place = this.x(at);
    const rows = this.rows(this.cursor);
    show(this.marks, s("line", { class: "cursor", x1: place, x2: place, y1: room.top, y2: this.bottom }),
      rows.filter(([, , , value]) => Number.isFinite(value)).map(([, , style, value]) =>
        s("circle", { class: `dot ${style}`, cx: place, cy: this.y(value), r: 3.5 })));
    const most = 10;
    show(this.tip, h("p", { class: "when" }, instant(at)), rows.slice(0, most).map(([name, value, style]) =>
      h("p", {}, s("svg", { class: `swatch ${style}`, width: 14, height: 8 }, s("path", { d: "M0 4H14" })),
        h("span", { class: "name" }, name), h("b", {}, value))),
    rows.length > most && h("p", {}, `and ${rows.length - most} more`));
    this.tip.hidden = false;
    const width = this.tip.offsetWidth;
    const beside = place + 14 + width > this.plot.clientWidth ? Math.max(0, place - 14 - width) : place + 14;
    this.tip.style.left = `${beside}px`;
    this.plot.setAttribute("aria-valuenow", String(this.cursor));
    this.plot.setAttribute("aria-valuetext", this.spoken(this.cursor));
  }

  leave() {
    this.cursor = null;
    this.tip.hidden = true;
    if (this.marks) show(this.marks);
  }
}
