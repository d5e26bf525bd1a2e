import JSON
import TestSupport

/// Traces as requests of OTLP/HTTP in JSON: one a trace, so that what has many resources stays small.
struct TraceExport {
    let data: TraceData
    /// Whose resource spans; everybody's if nil.
    let tenants: [String]?
    /// The first so many own spans are left out.
    let leaving: Int

    /// All requests of the store.
    func requests() -> [JSONValue] {
        var left = leaving
        var requests = data.traces.compactMap { trace -> JSONValue? in
            let resources = trace.spans.compactMap { span -> JSONValue? in
                guard isKept(span.owner) else { return nil }
                if left > 0, case .tenant = span.owner, trace.slot >= TraceWindow.firstPlainSlot {
                    left -= 1
                    return nil
                }
                return resourceSpans(span, of: trace)
            }
            return resources.isEmpty ? nil : ["resourceSpans": .array(resources)]
        }
        // Each tenant has something with every attribute in every slot: which of Tempo's own columns are in use does
        // not depend on others then.
        for slot in 0..<TraceData.slots {
            for (index, tenant) in TraceData.tenants.enumerated() where isKept(.tenant(tenant)) {
                requests.append(anchor(of: tenant, index, slot: slot))
            }
        }
        return requests
    }

    private func isKept(_ owner: TraceData.Owner) -> Bool {
        guard let tenants else { return true }
        if case .tenant(let tenant) = owner { return tenants.contains(tenant) }
        return false
    }

    private func resourceSpans(_ span: TraceData.Span, of trace: TraceData.Trace) -> JSONValue {
        // Not by the place among those that are kept: a span is the same in every store.
        var values = SpanValues(
            seed: data.seed ^ (UInt64(span.id, radix: 16) ?? 0), owner: span.owner, otherTrace: data.traces[0].id)
        return values.resourceSpans(
            traceID: trace.id, span, start: trace.start * 1_000 + span.offset, isComplete: false)
    }

    private func anchor(of tenant: String, _ index: Int, slot: Int) -> JSONValue {
        let owner = TraceData.Owner.tenant(tenant)
        var values = SpanValues(
            seed: data.seed ^ UInt64(1_000 * slot + index), owner: owner, otherTrace: data.traces[0].id)
        let suffix = "\(slot)\(index)"
        let span = TraceData.Span(
            id: "ab00000000000" + "0\(suffix)".suffix(3), parent: nil, owner: owner, offset: 0, duration: 40)
        return [
            "resourceSpans": .array([
                values.resourceSpans(
                    traceID: "fedcba9876543210000000000000" + "00\(suffix)".suffix(4), span,
                    start: (data.start(ofSlot: slot) + 450) * 1_000 + 13 * index, isComplete: true)
            ])
        ]
    }
}

/// The attributes, events and links of one span and its resource.
struct SpanValues: Dice {
    var random: SeededGenerator
    let owner: TraceData.Owner
    let otherTrace: String

    init(seed: UInt64, owner: TraceData.Owner, otherTrace: String) {
        random = SeededGenerator(seed: seed)
        self.owner = owner
        self.otherTrace = otherTrace
    }

    /// Others' values have other types, and zeros where something is divided: what they touch fails in other words.
    ///
    /// Those that Tempo takes for `a`'s have what `a` has.
    private var isForeign: Bool {
        if case .odd(let oddity) = owner { return !TraceData.Oddity.matching.contains(oddity) }
        return owner != .tenant("a") && owner != .tenant("c")
    }

    mutating func resourceSpans(
        traceID: String, _ span: TraceData.Span, start: Int, isComplete: Bool
    ) -> JSONValue {
        [
            "resource": ["attributes": .array(resource(isComplete))],
            "scopeSpans": .array([
                [
                    "scope": [
                        "name": .string(pick(["otel/http", "otel/sql"])), "version": .string(pick(["1.2.3", "2.0"])),
                        "attributes": .array([
                            attribute("library", string(pick(["net", "pool"]))),
                            attribute(TraceData.attribute, string(spoofed)),
                        ]),
                    ],
                    "spans": .array([self.span(traceID, span, start, isComplete)]),
                ]
            ]),
        ]
    }

    private mutating func span(_ traceID: String, _ span: TraceData.Span, _ start: Int, _ isComplete: Bool) -> JSONValue
    {
        var object: JSONObject = [
            "traceId": .string(traceID), "spanId": .string(span.id),
            "name": .string(
                isForeign && chance(50) ? "secret of \(label)" : pick(["GET /cart", "SELECT", "publish", "pay"])),
            "kind": .number(JSONNumber(number(in: 1...5))),
            "startTimeUnixNano": .string("\(start)000000"),
            "endTimeUnixNano": .string("\(start + span.duration)000000"),
            "attributes": .array(attributes(isComplete)),
            "status": [
                "code": .number(JSONNumber(pick([0, 1, 1, 2]))), "message": .string(pick(["", "failed", "late"])),
            ],
        ]
        if let parent = span.parent { object["parentSpanId"] = .string(parent) }
        if isComplete || chance(40) { object["events"] = .array(events(start)) }
        if isComplete || chance(30) { object["links"] = .array([link()]) }
        if chance(20) { object["traceState"] = .string("vendor=\(label)") }
        return .object(object)
    }

    // MARK: Attributes

    private mutating func resource(_ isComplete: Bool) -> [JSONValue] {
        var list = tenantAttributes
        list.append(
            attribute(
                "service.name", string(isForeign && chance(40) ? "secret-\(label)" : pick(["shop", "db", "cart"]))))
        let dedicated = [
            "cluster", "namespace", "pod", "container", "k8s.cluster.name", "k8s.namespace.name", "k8s.pod.name",
            "k8s.container.name",
        ]
        for name in dedicated where isComplete || chance(15) {
            list.append(attribute(name, string(isForeign ? "of-\(label)" : pick(["eu", "us"]))))
        }
        list.append(attribute("cores", isForeign ? string("many") : integer(pick([2, 4, 8]))))
        if isComplete || chance(70) {
            list.append(attribute("zones", array([string("x"), string(pick(["y", "z"]))])))
        }
        if isComplete || chance(70) { list.append(attribute("weight", double(pick([0.5, 1.5, 2.25])))) }
        if isForeign { list.append(attribute("only.of.\(label)", string("secret"))) }
        return list
    }

    private mutating func attributes(_ isComplete: Bool) -> [JSONValue] {
        var list = [
            attribute("retries", isForeign ? string("none") : integer(pick([0, 1, 2, 3]))),
            attribute("size", isForeign ? integer(42) : integer(pick([1, 7, 10, 100]))),
            attribute("ratio", isForeign ? boolean(true) : double(pick([0.25, 0.5, 4]))),
            attribute("cached", isForeign ? integer(0) : boolean(chance(50))),
        ]
        if isComplete || chance(60) { list.append(attribute("http.method", string(pick(["GET", "POST"])))) }
        if isComplete || chance(60) { list.append(attribute("http.status_code", integer(pick([200, 404, 500])))) }
        if isComplete || chance(30) {
            list.append(attribute("http.url", string("http://\(isForeign ? label : "shop")/")))
        }
        if isComplete || chance(50) { list.append(attribute("customer id", string(pick(["7", "é\"`", "*/ } || {"])))) }
        if isComplete || chance(40) { list.append(attribute("parts", array([integer(1), integer(pick([2, 3]))]))) }
        if isForeign { list.append(attribute("secret.of.\(label)", string("secret"))) }
        // Whoever sends spans may write what it likes there.
        if chance(50) {
            list.append(
                attribute(TraceData.attribute, chance(80) ? string(spoofed) : array([string("a"), string("b")])))
        }
        return list
    }

    private mutating func events(_ start: Int) -> [JSONValue] {
        (0..<number(in: 1...2)).map { index in
            [
                "timeUnixNano": .string("\(start + index + 1)000000"),
                "name": .string(pick(["exception", "retry"])),
                "attributes": .array([
                    attribute("message", string(isForeign ? "secret of \(label)" : pick(["no route", "timeout"]))),
                    attribute("attempt", integer(index)), attribute(TraceData.attribute, string(spoofed)),
                ]),
            ]
        }
    }

    private mutating func link() -> JSONValue {
        [
            "traceId": .string(otherTrace), "spanId": .string("00000000000000f\(number(in: 0...9))"),
            "attributes": .array([
                attribute("relation", string(pick(["follows", "batch"]))),
                attribute(TraceData.attribute, string(spoofed)),
            ]),
        ]
    }

    // MARK: Tenants

    /// What others claim to be, and what own spans claim in places that prove nothing.
    private var spoofed: String { isForeign ? "a" : "b" }

    private var label: String {
        switch owner {
        case .tenant(let tenant): tenant
        case .nobody: "nobody"
        case .odd: "odd"
        }
    }

    private var tenantAttributes: [JSONValue] {
        func tenant(_ value: JSONValue) -> JSONValue { attribute(TraceData.attribute, value) }
        switch owner {
        case .tenant(let name): return [tenant(string(name))]
        case .nobody: return []
        case .odd(.array): return [tenant(array([string("a"), string("b")]))]
        case .odd(.arrayOfOne): return [tenant(array([string("a")]))]
        case .odd(.doubled): return [tenant(string("a")), tenant(string("b"))]
        case .odd(.doubledAlike): return [tenant(string("a")), tenant(string("a"))]
        case .odd(.foreignArray): return [tenant(array([string("b"), string("x")]))]
        case .odd(.number): return [tenant(integer(1))]
        case .odd(.boolean): return [tenant(boolean(true))]
        case .odd(.doubledForeign): return [tenant(string("b")), tenant(string("a"))]
        case .odd(.empty): return [tenant(string(""))]
        case .odd(.otherCase): return [attribute("Tenant_ID", string("a"))]
        }
    }

    // MARK: OTLP's values

    private func attribute(_ key: String, _ value: JSONValue) -> JSONValue { ["key": .string(key), "value": value] }
    private func string(_ text: String) -> JSONValue { ["stringValue": .string(text)] }
    private func integer(_ number: Int) -> JSONValue { ["intValue": .string("\(number)")] }
    private func double(_ number: Double) -> JSONValue {
        ["doubleValue": JSONNumber(number).map { .number($0) } ?? .null]
    }
    private func boolean(_ value: Bool) -> JSONValue { ["boolValue": .bool(value)] }
    private func array(_ values: [JSONValue]) -> JSONValue { ["arrayValue": ["values": .array(values)]] }
}
