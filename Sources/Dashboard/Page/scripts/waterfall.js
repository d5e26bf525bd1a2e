// A trace as a waterfall: spans nested, each with a bar where it was in time. Arrow keys move, Enter opens.

import { h, show, unique } from "./dom.js";
import { counted, duration, full, instant } from "./format.js";
import { numberTicks } from "./scale.js";
import { attributeText, readTrace } from "./trace.js";

/** How many spans are shown at first. */
const page = 500;

export class Waterfall {
  constructor(id, data, onclose) {
    this.trace = readTrace(data);
    this.closed = new Set();
    this.limit = page;
    const { spans, services, total, failed, startedAt } = this.trace;
    this.colour = new Map(services.map((name, index) => [name, `c${index % 8}`]));
    const root = spans[0];
    const title = unique("trace");
    this.rows = h("div", { class: "spans", role: "treegrid", "aria-labelledby": title, onkeydown: (event) => this.key(event) });
    this.more = h("p", { class: "more" });
    this.detail = h("div", { class: "detail", role: "region", "aria-label": "The selected span", tabindex: "-1" },
      h("p", { class: "empty" }, "Select a span to see its attributes."));
    this.element = h("section", { class: "panel trace", "aria-labelledby": title },
      h("div", { class: "overview" },
        h("h2", { id: title }, root ? `${root.service}: ${root.name}` : "An empty trace"),
        h("div", { class: "push" }),
        onclose && h("button", { type: "button", onclick: onclose }, "Close the trace")),
      h("p", { class: "facts" }, h("code", {}, id), ` · ${instant(startedAt)} · ${duration(total / 1000)} · `,
        `${counted(spans.length, "span")} of ${counted(services.length, "service")}`,
        failed > 0 && [" · ", h("span", { class: "badge down" }, counted(failed, "error"))],
        " · spans of other tenants are not shown"),
      h("ul", { class: "legend", "aria-label": "Services" }, services.map((name) => h("li", {},
        h("span", { class: `block ${this.colour.get(name)}`, "aria-hidden": "true" }), name))),
      h("div", { class: "waterfall" }, h("div", { class: "tracks" }, this.ruler(), this.rows, this.more), this.detail));
    this.draw();
  }

  ruler() {
    const { ticks } = numberTicks(0, this.trace.total || 1, 5);
    const within = ticks.filter((tick) => tick <= (this.trace.total || 1) * 1.0001);
    return h("div", { class: "ruler", "aria-hidden": "true" }, h("span", {}, "Service and operation"), h("div", {}, within.map((tick) => {
      const mark = h("span", {}, duration(tick / 1000));
      const share = (tick / (this.trace.total || 1)) * 100;
      mark.style.left = `${share}%`;
      if (share > 92) mark.className = "last";
      return mark;
    })));
  }

  /** The spans that no closed one hides. */
  get shown() {
    const hidden = new Set();
    return this.trace.spans.filter((span) => {
      if (span.above && (hidden.has(span.above) || this.closed.has(span.above))) {
        hidden.add(span);
        return false;
      }
      return true;
    });
  }

  draw() {
    const all = this.shown;
    this.list = all.slice(0, this.limit);
    show(this.rows, this.list.map((span) => this.row(span)));
    show(this.more, all.length > this.limit && [`${this.limit} of ${counted(all.length, "span")}. `,
      h("button", { type: "button", class: "link", onclick: () => { this.limit += page; this.draw(); } }, "Show more")]);
    if (!this.list.includes(this.current)) this.current = this.list[0];
    if (this.current) this.elements.get(this.current).tabIndex = 0;
  }

  row(span) {
    this.elements ??= new Map();
    const { total } = this.trace;
    const bar = h("span", { class: `span ${this.colour.get(span.service)}${span.failed ? " failed" : ""}` });
    const start = total > 0 ? (span.start / total) * 100 : 0;
    const length = total > 0 ? Math.max(0.25, (span.length / total) * 100) : 100;
    bar.style.left = `${Math.min(start, 99.75)}%`;
    bar.style.width = `${Math.min(length, 100 - start)}%`;
    const time = h("span", { class: "length" }, duration(span.length / 1000));
    if (start + length > 70) {
      time.style.right = `${Math.min(100, 100 - start)}%`;
      time.classList.add("before");
    } else {
      time.style.left = `${start + length}%`;
    }
    // Beside a bar that fills the track there is no room but within it.
    if (start < 22 && start + length > 70) {
      time.classList.add("within");
      time.style.right = `${100 - Math.min(100, start + length)}%`;
    }
    const parent = span.children.length > 0;
    const name = h("div", { class: "name", role: "gridcell" },
      h("span", { class: "fold", "aria-hidden": "true", onclick: (event) => { event.stopPropagation(); this.fold(span); } }, parent ? (this.closed.has(span) ? "▸" : "▾") : ""),
      h("span", { class: `block ${this.colour.get(span.service)}`, "aria-hidden": "true" }),
      h("span", { class: "service" }, span.service), " ", h("span", { class: "operation" }, span.name),
      span.failed && h("span", { class: "badge down" }, "error"));
    name.style.setProperty("--depth", String(Math.min(span.depth - 1, 24)));
    const element = h("div", {
      class: "row", role: "row", tabindex: "-1", "aria-level": span.depth, "aria-selected": String(span === this.selected),
      "aria-expanded": parent ? String(!this.closed.has(span)) : null, onclick: () => this.open(span),
      onfocus: () => this.move(span),
    }, name, h("div", { class: "track", role: "gridcell", "aria-label": `begins at ${duration(span.start / 1000)}, takes ${duration(span.length / 1000)}` }, bar, time));
    this.elements.set(span, element);
    return element;
  }

  move(span, focuses = false) {
    if (!span) return;
    if (this.current) this.elements.get(this.current).tabIndex = -1;
    this.current = span;
    const element = this.elements.get(span);
    element.tabIndex = 0;
    if (focuses) element.focus();
  }

  fold(span, closes = !this.closed.has(span)) {
    if (span.children.length === 0) return;
    if (closes) this.closed.add(span);
    else this.closed.delete(span);
    const focuses = this.rows.contains(document.activeElement);
    this.draw();
    this.move(span, focuses);
  }

  key(event) {
    const at = this.list.indexOf(this.current);
    const span = this.current;
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.list.length - 1, PageDown: at + 10, PageUp: at - 10 };
    if (event.key in moves) this.move(this.list[Math.max(0, Math.min(this.list.length - 1, moves[event.key]))], true);
    else if (event.key === "Enter" || event.key === " ") this.open(span);
    else if (event.key === "ArrowRight") {
      if (this.closed.has(span)) this.fold(span, false);
      else if (this.list[at + 1]?.above === span) this.move(this.list[at + 1], true);
    } else if (event.key === "ArrowLeft") {
      if (span.children.length > 0 && !this.closed.has(span)) this.fold(span, true);
      else this.move(span.above, true);
    } else return;
    event.preventDefault();
  }

  /** Shows all that is known of a span. */
  open(span) {
    if (this.selected) this.elements.get(this.selected)?.setAttribute("aria-selected", "false");
    this.selected = span;
    this.elements.get(span).setAttribute("aria-selected", "true");
    const table = (caption, attributes) => attributes.length > 0 && h("table", { class: "plain attributes" },
      h("caption", {}, caption), h("tbody", {}, attributes.map((each) => h("tr", {},
        h("th", { scope: "row" }, String(each.key ?? "")), h("td", {}, attributeText(each.value))))));
    show(this.detail, h("h3", {}, span.name), h("p", { class: "facts" }, `${span.service}${span.kind ? `, ${span.kind}` : ""}`),
      span.failed && h("p", { class: "failure" }, h("span", { class: "badge down" }, "error"), " ", span.message || "without a message"),
      h("dl", { class: "times" }, [["Begins at", duration(span.start / 1000)], ["Takes", duration(span.length / 1000)], ["Span", span.id]].map(
        ([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      span.orphan && h("p", { class: "hint" }, "Its parent is not in your part of the trace."),
      table("Attributes", span.attributes), table("Resource", span.resource),
      span.events.length > 0 && [h("h4", {}, "Events"), h("ol", { class: "events" }, span.events.map((event) => h("li", {},
        h("code", {}, duration(event.start / 1000)), " ", String(event.name ?? ""), table("Attributes of the event", event.attributes || []))))],
      span.links.length > 0 && [h("h4", {}, "Links"), h("ul", { class: "events" }, span.links.map((link) => h("li", {},
        h("code", {}, `${link.traceId ?? ""} ${link.spanId ?? ""}`))))]);
    this.detail.setAttribute("aria-label", `The span ${span.name}, ${full(span.attributes.length)} attributes`);
    this.detail.scrollTop = 0;
  }

  /** Puts the focus on the first span. */
  focus() {
    if (this.current) this.move(this.current, true);
  }
}
