// A trace out of OTLP/JSON: spans in the order and at the depth in which a person reads them.

/** The value of an attribute as text. */
export function attributeText(value) {
  if (value === null || typeof value !== "object") return "";
  if ("stringValue" in value) return String(value.stringValue);
  if ("intValue" in value) return String(value.intValue);
  if ("doubleValue" in value) return String(value.doubleValue);
  if ("boolValue" in value) return String(value.boolValue);
  if ("bytesValue" in value) return String(value.bytesValue);
  if ("arrayValue" in value) return `[${(value.arrayValue?.values || []).map(attributeText).join(", ")}]`;
  if ("kvlistValue" in value) {
    return `{${(value.kvlistValue?.values || []).map((each) => `${each.key}: ${attributeText(each.value)}`).join(", ")}}`;
  }
  return "";
}

const kinds = ["", "internal", "server", "client", "producer", "consumer"];

function nanoseconds(text) {
  try {
    return BigInt(text ?? 0);
  } catch {
    return 0n;
  }
}

/**
 * Its spans, parents before their children, siblings by their beginning; times in milliseconds from the first beginning.
 * A span whose parent is not there stands on its own; none is lost, however the parents are entangled.
 */
export function readTrace(data) {
  const spans = [];
  for (const resource of data.resourceSpans || []) {
    const attributes = resource.resource?.attributes || [];
    const service = attributes.find((each) => each.key === "service.name");
    for (const scope of resource.scopeSpans || []) {
      for (const span of scope.spans || []) {
        spans.push({
          id: String(span.spanId || ""), parent: String(span.parentSpanId || ""), name: String(span.name ?? ""),
          service: service ? attributeText(service.value) : "unknown service", kind: kinds[span.kind] || "",
          begin: nanoseconds(span.startTimeUnixNano), end: nanoseconds(span.endTimeUnixNano),
          failed: span.status?.code === 2 || span.status?.code === "STATUS_CODE_ERROR",
          message: span.status?.message || "", attributes: span.attributes || [], resource: attributes,
          scope: scope.scope?.name || "", events: span.events || [], links: span.links || [], children: [],
        });
      }
    }
  }
  const first = spans.reduce((least, each) => (least === null || each.begin < least ? each.begin : least), null) ?? 0n;
  const startedAt = Number(first / 1000n) / 1000;
  for (const span of spans) {
    span.start = Number(span.begin - first) / 1e6;
    span.length = Math.max(0, Number(span.end - span.begin) / 1e6);
    for (const event of span.events) event.start = Number(nanoseconds(event.timeUnixNano) - first) / 1e6;
  }
  const byID = new Map();
  for (const span of spans) if (span.id !== "" && !byID.has(span.id)) byID.set(span.id, span);
  const roots = [];
  for (const span of spans) {
    const parent = span.parent === "" ? undefined : byID.get(span.parent);
    span.orphan = span.parent !== "" && parent === undefined;
    if (parent && parent !== span) parent.children.push(span);
    else roots.push(span);
  }
  const ordered = [];
  const seen = new Set();
  const walk = (tops) => {
    const stack = tops.sort(byStart).reverse().map((span) => [span, 1, null]);
    while (stack.length > 0) {
      const [span, depth, above] = stack.pop();
      if (seen.has(span)) continue;
      seen.add(span);
      Object.assign(span, { depth, above });
      ordered.push(span);
      for (const child of span.children.sort(byStart).reverse()) stack.push([child, depth + 1, span]);
    }
  };
  walk(roots);
  // Parents that are each other's.
  for (const span of spans) if (!seen.has(span)) walk([span]);
  const total = spans.reduce((most, each) => Math.max(most, each.start + each.length), 0);
  const services = [...new Set(ordered.map((each) => each.service))];
  return { spans: ordered, services, startedAt, total, failed: spans.filter((each) => each.failed).length };
}

function byStart(left, right) {
  return left.start - right.start || right.length - left.length;
}
