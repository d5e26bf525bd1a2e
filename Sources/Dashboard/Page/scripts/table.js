// A table whose columns sort it, by pointer and by keyboard.

import { announce, h, show } from "./dom.js";

const most = 200;

function compare(left, right) {
  const [none, other] = [left === undefined || left === null, right === undefined || right === null];
  if (none || other) return none === other ? 0 : none ? 1 : -1;
  if (typeof left === "number" && typeof right === "number") {
    return Number.isNaN(left) || Number.isNaN(right) ? Number.isNaN(left) - Number.isNaN(right) : left - right;
  }
  return String(left).localeCompare(String(right), "en", { numeric: true });
}

/**
 * `{element, update}`; `update` shows other rows in the order that was chosen.
 *
 * @param caption what it holds
 * @param columns each `{name, value: row => what it is sorted by, cell: row => what is shown, numeric, sortable}`
 */
export function sortableTable({ caption, columns, rows, sorted = null }) {
  let order = sorted;
  let limit = most;
  const body = h("tbody");
  const foot = h("p", { class: "more" });
  const heads = columns.map((column, index) => h("th", { scope: "col", class: column.numeric && "number" },
    column.sortable === false ? column.name : h("button", { type: "button", onclick: () => sort(index) },
      column.name, h("span", { class: "arrow", "aria-hidden": "true" }))));

  function sort(index) {
    const descends = order?.index === index ? !order.descends : Boolean(columns[index].numeric);
    order = { index, descends };
    fill();
    announce(`Sorted by ${columns[index].name}, ${descends ? "descending" : "ascending"}`);
  }

  function fill() {
    let list = rows;
    if (order) {
      const { value } = columns[order.index];
      const sign = order.descends ? -1 : 1;
      list = [...rows].sort((left, right) => {
        const [one, two] = [value(left), value(right)];
        // What is not there comes last in both directions.
        if (one === undefined || one === null || two === undefined || two === null) return compare(one, two);
        return sign * compare(one, two);
      });
    }
    heads.forEach((head, index) => {
      const direction = order?.index === index ? (order.descends ? "descending" : "ascending") : "none";
      if (columns[index].sortable !== false) head.setAttribute("aria-sort", direction);
    });
    show(body, list.slice(0, limit).map((row) => h("tr", {}, columns.map((column) =>
      h("td", { class: [column.numeric && "number", column.kind].filter(Boolean).join(" ") || null }, (column.cell || column.value)(row) ?? "–")))));
    show(foot, rows.length > limit && [`${limit} of ${rows.length.toLocaleString("en")} rows. `,
      h("button", { type: "button", class: "link", onclick: () => { limit *= 5; fill(); } }, "Show more")]);
  }

  fill();
  const element = h("div", {}, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {}, h("caption", { class: "unseen" }, `${caption}. The buttons in the head sort it.`),
      h("thead", {}, h("tr", {}, heads)), body)), foot);
  return { element, update: (others) => { rows = others; fill(); } };
}
