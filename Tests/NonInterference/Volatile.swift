import JSON

/// What differs between two servers that hold the same data, because they are two: all of it is named here.
enum Volatile {
    /// Members of answers in JSON: when and for how long something was evaluated, and since when an alert is active.
    private static let members: Set<String> = [
        "lastEvaluation", "evaluationTime", "activeAt", "keepFiringSince",
        // Of `stats`.
        "timings",
        // The gateway's own token for the next page of rules; what the next page holds is compared.
        "groupNextToken",
    ]
    /// Metrics whose values are durations and times of the server's own.
    private static let metrics = ["scrape_duration_seconds", "ALERTS_FOR_STATE"]

    /// The value with what is volatile put out of sight; that it is there is still to be seen.
    static func masked(_ value: JSONValue) -> JSONValue {
        if let list = value.arrayValue { return .array(list.map(masked)) }
        guard let object = value.objectValue else { return value }
        var masked = JSONObject()
        for member in object.members {
            masked[member.name] = members.contains(member.name) ? "volatile" : Self.masked(member.value)
        }
        return .object(masked)
    }

    /// Samples in the text format, without their times and in one order: Prometheus sorts them by name alone.
    static func federation(_ body: [UInt8]) -> [UInt8] {
        let lines = body.split(separator: UInt8(ascii: "\n")).map { line -> [UInt8] in
            guard line.first != UInt8(ascii: "#"), let time = line.lastIndex(of: UInt8(ascii: " ")) else {
                return Array(line)
            }
            let sample = line[..<time]
            guard metrics.contains(where: { sample.starts(with: $0.utf8) }),
                let value = sample.lastIndex(of: UInt8(ascii: " "))
            else { return Array(sample) }
            return Array(sample[..<value])
        }
        return Array(lines.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [UInt8(ascii: "\n")]))
    }
}
