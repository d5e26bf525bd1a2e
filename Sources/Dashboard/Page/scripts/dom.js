// Elements from their parts. Text is always put in as text: nothing on this page makes markup of what a server sent.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** Appends nodes and texts; lists are flattened, and nothing is made of what is missing. */
export function append(element, children) {
  for (const child of children) {
    if (child === undefined || child === null || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child);
  }
}

/** An element of HTML: its name, its attributes and listeners (`onclick`), its children. */
export function h(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** The same of SVG. */
export function s(name, properties = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), properties, children);
}

/** Replaces what an element holds. */
export function show(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

let count = 0;

/** An id that nothing else on the page has. */
export function unique(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** Tells those who do not see the page what happened. */
export function announce(text) {
  const region = document.getElementById("announcements");
  // The same text twice in a row is a change only if something else was there in between.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}

/** A group of buttons of which one is chosen. */
export function choice(label, options, chosen, onchange) {
  const buttons = new Map();
  const group = h("div", { class: "choice", role: "radiogroup", "aria-label": label });
  function choose(value, focuses) {
    for (const [key, button] of buttons) {
      button.setAttribute("aria-checked", String(key === value));
      button.tabIndex = key === value ? 0 : -1;
      if (key === value && focuses) button.focus();
    }
    group.dataset.value = value;
  }
  for (const [value, text] of options) {
    const button = h("button", { type: "button", role: "radio", onclick: () => pick(value) }, text);
    buttons.set(value, button);
    group.append(button);
  }
  function pick(value) {
    if (group.dataset.value === value) return;
    choose(value, true);
    onchange(value);
  }
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const values = [...buttons.keys()];
    const at = values.indexOf(group.dataset.value);
    pick(values[(at + step + values.length) % values.length]);
  });
  choose(chosen, false);
  return { element: group, get value() { return group.dataset.value; }, set value(value) { choose(value, false); } };
}
