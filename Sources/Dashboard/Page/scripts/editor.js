// A field for a query: what is typed is coloured, and where the gateway found it wrong is marked.

import { h, show } from "./dom.js";
import { highlighted, offsetOf } from "./syntax.js";

export class Editor {
  constructor({ id, label, onrun }) {
    this.language = "promql";
    this.error = null;
    this.ink = h("pre", { class: "ink", "aria-hidden": "true" });
    this.field = h("textarea", {
      id, class: "field", rows: "3", spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-label": label,
      oninput: () => this.changed(), onscroll: () => { this.ink.scrollTop = this.field.scrollTop; },
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onrun();
        }
      },
    });
    this.element = h("div", { class: "editor" }, this.ink, this.field);
    this.paint();
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    this.field.value = text;
    this.changed();
  }

  /** Puts a text where the caret is. */
  insert(text) {
    this.field.focus();
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.changed();
  }

  use(language) {
    this.language = language;
    this.changed();
  }

  changed() {
    this.clear();
    const lines = this.text.split("\n").length;
    this.field.rows = Math.min(12, Math.max(3, lines + 1));
  }

  /** Takes the mark away. */
  clear() {
    this.error = null;
    this.field.removeAttribute("aria-invalid");
    this.field.removeAttribute("aria-describedby");
    this.paint();
  }

  /** Marks a place, and puts the caret there. */
  mark({ line, column }, description) {
    const at = offsetOf(this.text, line, column);
    const rest = /^(?:[\w:.]+|"(?:[^"\\]|\\.)*"?|[^\s])/.exec(this.text.slice(at));
    this.error = { start: at, end: at + (rest ? rest[0].length : 0), kind: "wrong" };
    this.field.setAttribute("aria-invalid", "true");
    this.field.setAttribute("aria-describedby", description);
    this.paint();
    this.field.focus();
    this.field.setSelectionRange(at, at);
  }

  paint() {
    const text = this.text;
    const ranges = this.error && this.error.end > this.error.start ? [this.error] : [];
    const nodes = highlighted(text, this.language, ranges);
    // Behind the last character there is nothing to underline: a mark of its own stands there.
    if (this.error && ranges.length === 0) {
      const before = highlighted(text.slice(0, this.error.start), this.language);
      const after = highlighted(text.slice(this.error.start), this.language);
      show(this.ink, before, h("mark", { class: "wrong end" }), after, "\n");
    } else {
      show(this.ink, nodes, "\n");
    }
    this.ink.scrollTop = this.field.scrollTop;
  }
}
