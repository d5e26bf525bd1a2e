import JSON

/// An answer with what has no meaning taken out, for comparing.
struct ComparableAnswer: Hashable, Sendable {
    /// Bytes, as two strings of other bytes can be equal.
    private let bytes: [UInt8]

    /// - Parameter isOrdered: Whether the order of the elements is part of the answer.
    init(_ answer: Answer, isOrdered: Bool, _ options: Options) {
        // Prometheus' own header fields are others than the gateway's.
        let head = options.isDirect ? "" : "\(answer.status)\n\(answer.comparableHeaders)\n\n"
        var bytes = Array(head.utf8)
        for body in [answer.body] + answer.furtherPages {
            if let envelope = try? JSONParser.parse(body) {
                let masked = Volatile.masked(envelope)
                bytes += (isOrdered ? masked : Self.sorted(masked)).serialized()
            } else {
                bytes += answer.isFederation ? Volatile.federation(body) : body
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        self.bytes = bytes
    }

    /// At one instant Prometheus gives the elements of a vector and of a matrix, the warnings and the infos in no order.
    private static func sorted(_ envelope: JSONValue) -> JSONValue {
        guard var object = envelope.objectValue else { return envelope }
        for name in ["warnings", "infos"] {
            if let list = object[name]?.arrayValue { object[name] = .array(Self.sorted(list)) }
        }
        if var data = object["data"]?.objectValue {
            if ["vector", "matrix"].contains(data["resultType"]), let result = data["result"]?.arrayValue {
                data["result"] = .array(Self.sorted(result))
            }
            // Active alerts are in no order either, here and below each rule.
            if let alerts = data["alerts"]?.arrayValue { data["alerts"] = .array(Self.sorted(alerts)) }
            if let groups = data["groups"]?.arrayValue { data["groups"] = .array(groups.map(withSortedAlerts)) }
            object["data"] = .object(data)
        }
        return .object(object)
    }

    private static func withSortedAlerts(_ group: JSONValue) -> JSONValue {
        guard var object = group.objectValue, let rules = object["rules"]?.arrayValue else { return group }
        object["rules"] = .array(
            rules.map { rule in
                guard var object = rule.objectValue, let alerts = object["alerts"]?.arrayValue else { return rule }
                object["alerts"] = .array(Self.sorted(alerts))
                return .object(object)
            })
        return .object(object)
    }

    private static func sorted(_ list: [JSONValue]) -> [JSONValue] {
        list.map { ($0, $0.serialized()) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }
}

/// What one side has answered to one question so far.
struct AnswersSeen {
    private var answers: Set<ComparableAnswer> = []
    private var count = 0
    /// The label sets of all answers; an error counts as one.
    private(set) var series: Set<[UInt8]> = []
    private let isOrdered: Bool
    private let options: Options

    init(_ answer: Answer, isOrdered: Bool, _ options: Options) {
        (self.isOrdered, self.options) = (isOrdered, options)
        see(answer)
    }

    mutating func see(_ answer: Answer) {
        count += 1
        answers.insert(ComparableAnswer(answer, isOrdered: isOrdered, options))
        let result = (try? JSONParser.parse(answer.body))?["data"]?["result"]?.arrayValue
        if let result, answer.status == 200 {
            for element in result { series.insert((element["metric"] ?? element).serialized()) }
        } else {
            series.insert(answer.body)
        }
    }

    /// Whether it has always been the same.
    var isStable: Bool { answers.count == 1 }
    /// Whether it has hardly been the same twice.
    var isArbitrary: Bool { answers.count * 2 > count }

    func overlaps(_ other: AnswersSeen) -> Bool { !answers.isDisjoint(with: other.answers) }
}
