import APIRuntime

/// The parameters of a query string as Go's `url.Query` reads them: of several with one name the first counts, an empty one
/// counts as none, and what holds a raw `;`, a bad escape or no UTF-8 is dropped without a word.
struct QueryParameters {
    /// All of them in order.
    let fields: [(name: String, value: String)]

    init(_ query: String?) {
        var fields: [(name: String, value: String)] = []
        for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = try? percentDecode(parts[0], plusIsSpace: true),
                let value = try? percentDecode(parts.count > 1 ? parts[1] : pair.prefix(0), plusIsSpace: true)
            else { continue }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// The first of that name, unless it is empty.
    subscript(name: String) -> String? {
        let first = fields.first { $0.name.utf8.elementsEqual(name.utf8) }
        return first.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// The query: `q` goes before `query`.
    var traceQL: String? { self["q"] ?? self["query"] }

    /// A whole number that is not negative.
    ///
    /// - Throws: a refusal that names the parameter.
    func count(_ name: String) throws(Refusal) -> Int? {
        guard let text = self[name] else { return nil }
        guard let value = Int(text), value >= 0 else {
            throw Refusal("invalid \(name): must be a non-negative number")
        }
        return value
    }

    /// A duration as Go writes it, in nanoseconds.
    func duration(_ name: String) throws(Refusal) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let nanoseconds = DurationText.nanoseconds(text) else {
            throw Refusal("invalid \(name): time: invalid duration \"\(text)\"")
        }
        return nanoseconds
    }

    /// The seconds `start` and `end`, which stand together or not at all.
    func seconds() throws(Refusal) -> ClosedRange<UInt64>? {
        let start = try second("start")
        let end = try second("end")
        if start == 0, end == 0 { return nil }
        guard start > 0, end > 0 else {
            throw Refusal("please provide positive values for http parameters start and end")
        }
        guard end > start else {
            throw Refusal("http parameter start must be before end. received start=\(start) end=\(end)")
        }
        return start...end
    }

    private func second(_ name: String) throws(Refusal) -> UInt64 {
        guard let text = self[name] else { return 0 }
        guard let value = UInt32(text) else {
            throw Refusal("invalid \(name): strconv.ParseInt: parsing \"\(text)\": invalid syntax")
        }
        return UInt64(value)
    }
}
