// Signing in with a token, and which of its tenants is asked for.

import { announce, h, show } from "./dom.js";
import { ask, tokenEnd, useTenant, useToken } from "./api.js";
import { instant } from "./format.js";

/** A box for a token. `onsigned` gets what the health dashboard says; `reason` says why it is asked for again. */
export function signIn({ onsigned, reason = "" }) {
  const field = h("input", {
    id: "token", type: "password", autocomplete: "off", spellcheck: "false", autocapitalize: "off", required: true, "aria-describedby": "token-hint token-trouble",
  });
  const trouble = h("p", { id: "token-trouble", class: "failure", role: "alert" }, reason);
  const button = h("button", { type: "submit", class: "primary" }, "Sign in");
  const form = h("form", { class: "panel signin", "aria-label": "Sign in", onsubmit: submit },
    h("h1", {}, "Sign in"),
    h("p", {}, "See how the gateway does, and try queries. You see what your token's tenant sees, and nothing else."),
    h("label", { for: "token" }, "Token"), h("div", { class: "inline" }, field, button),
    h("p", { id: "token-hint", class: "hint" }, "A JSON Web Token, as you would send it. It is kept in this page's memory alone and is gone when you reload or close the page."),
    trouble);

  async function submit(event) {
    event.preventDefault();
    const token = field.value.trim().replace(/^Bearer\s+/i, "");
    if (token === "") return field.focus();
    if (!/^[\x21-\x7e]+$/.test(token)) {
      trouble.textContent = "That is no token: it has characters that none has.";
      return field.focus();
    }
    button.disabled = true;
    trouble.textContent = "";
    useToken(token);
    try {
      const answer = await ask("api/v1/health/dashboard");
      field.value = "";
      onsigned(answer);
    } catch (error) {
      useToken(null);
      if (error.status === undefined) throw error;
      trouble.textContent = error.status === 401 ? `The token is not accepted. ${error.message}` : error.message;
      field.focus();
      field.select();
    } finally {
      button.disabled = false;
    }
  }
  return { element: form, focus: () => field.focus() };
}

/** Who is signed in, for the page's head. */
export function showSession(element, { caller }, { ontenant, onleave }) {
  const { tenants } = caller;
  let who;
  if (tenants.length > 1) {
    const select = h("select", { "aria-label": "Tenant", onchange: () => {
      useTenant(select.value === "" ? null : select.value);
      announce(select.value === "" ? "For all of the token's tenants" : `For the tenant ${select.value}`);
      ontenant();
    } }, h("option", { value: "" }, `All ${tenants.length} tenants`), tenants.map((name) => h("option", { value: name }, name)));
    who = h("label", { class: "control" }, h("span", {}, "Tenant"), select);
  } else {
    who = h("span", { class: "who" }, h("span", {}, "Tenant "), h("b", {}, tenants[0]));
  }
  const end = tokenEnd();
  show(element, caller.operator && h("span", { class: "badge active" }, "operator"), who,
    end && h("span", { class: "until" }, `until ${instant(end).slice(0, -3)}`),
    h("button", { type: "button", class: "quiet", onclick: onleave }, "Sign out"));
}
