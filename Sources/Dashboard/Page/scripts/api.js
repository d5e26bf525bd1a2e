// The gateway as this page asks it. The token lives in this module alone: in no storage, address, cookie or element.

let token = null;
let tenant = null;

/** Takes a token for the requests to come; `null` forgets it. */
export function useToken(text) {
  token = text;
  tenant = null;
}

/** Restricts the requests to come to one of the tenants that the token grants; `null` for all of them. */
export function useTenant(name) {
  tenant = name;
}

/** When the token ends, in milliseconds since 1970, as far as it can be read here; it proves nothing. */
export function tokenEnd() {
  try {
    const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const end = JSON.parse(atob(part)).exp;
    return Number.isFinite(end) ? end * 1000 : null;
  } catch {
    return null;
  }
}

/** An answer that is not good, or none at all (`status` 0). */
export class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title || `status ${status}`);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Where in the query it is wrong, if that is the reason: `{line, column, message}`. */
  get position() {
    const violation = (this.problem.violations || []).find((each) => each.line && each.column);
    return violation ? { line: violation.line, column: violation.column, message: violation.message } : null;
  }

  /** What is wrong, each thing in a sentence. */
  get reasons() {
    const reasons = (this.problem.violations || []).map((each) =>
      each.line ? each.message : `${each.name}: ${each.message}`);
    return reasons.length > 0 ? reasons : [this.message];
  }
}

/** Asks for JSON at a path below the gateway's root; parameters without a value are left out. */
export async function ask(path, parameters = {}, signal = undefined) {
  if (token === null) throw new Refusal(401, { title: "Unauthorized", detail: "Nobody is signed in." });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") query.append(name, value);
  }
  // Relative to the page: a proxy may put a path before the gateway's.
  const url = new URL(query.size > 0 ? `${path}?${query}` : path, document.baseURI);
  const headers = { Accept: "application/json", Authorization: `Bearer ${token}` };
  if (tenant !== null) headers["X-Tenant"] = tenant;
  let response;
  try {
    response = await fetch(url, {
      headers, signal, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, { title: "No answer", detail: "The gateway does not answer." });
  }
  let body = null;
  try {
    body = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
  }
  if (response.ok && body !== null) return body;
  if (response.ok) throw new Refusal(0, { title: "No answer", detail: "The gateway's answer was cut off." });
  const wait = Number(response.headers.get("Retry-After"));
  throw new Refusal(
    response.status, body || { title: response.statusText || `Status ${response.status}` },
    Number.isFinite(wait) && wait > 0 ? wait : null);
}
