import JSON

/// An answer with what has no meaning taken out, for comparing.
struct ComparableAnswer: Hashable, Sendable {
    /// Bytes, as two strings of other bytes can be equal.
    private let bytes: [UInt8]

    /// - Parameter isOrdered: Whether the order of the elements is part of the answer.
    init(_ answer: Answer, isOrdered: Bool, _ options: Options) {
        // Prometheus' own header fields are others than the gateway's.
        let head = options.isDirect ? "" : "\(answer.status)\n\(answer.headers)\n\n"
        guard answer.status == 200, !isOrdered, let envelope = try? JSONParser.parse(answer.body) else {
            bytes = Array(head.utf8) + answer.body
            return
        }
        bytes = Array(head.utf8) + Self.sorted(envelope).serialized()
    }

    /// At one instant Prometheus gives the elements of a vector and of a matrix, the warnings and the infos in no order.
    private static func sorted(_ envelope: JSONValue) -> JSONValue {
        guard var object = envelope.objectValue else { return envelope }
        for name in ["warnings", "infos"] {
            if let list = object[name]?.arrayValue { object[name] = .array(Self.sorted(list)) }
        }
        if var data = object["data"]?.objectValue, ["vector", "matrix"].contains(data["resultType"]),
            let result = data["result"]?.arrayValue
        {
            data["result"] = .array(Self.sorted(result))
            object["data"] = .object(data)
        }
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

extension Answer {
    /// What became of a request.
    enum Outcome: Sendable {
        case executed
        case refused
        case empty
    }

    /// Executed is what has something in it.
    var outcome: Outcome {
        guard status == 200, let data = (try? JSONParser.parse(body))?["data"] else { return .refused }
        if let list = data.arrayValue { return list.isEmpty ? .empty : .executed }
        guard let result = data["result"]?.arrayValue else { return .executed }
        return result.isEmpty ? .empty : .executed
    }
}
