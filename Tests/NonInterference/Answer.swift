import APIRuntime
import JSON

/// What came back.
struct Answer: Sendable {
    let status: Int
    /// All header fields but `Date`.
    let headers: [HeaderFields.Field]
    let body: [UInt8]
    /// The pages behind the first, where there are some.
    var furtherPages: [[UInt8]] = []
    /// Whether it is made of samples in the text format.
    let isFederation: Bool
    /// Whether a trace was asked for by its id.
    let isTrace: Bool

    var text: String {
        ([body] + furtherPages).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n    next page: ")
    }

    /// The header fields without the body's length, which follows from the body.
    var comparableHeaders: String {
        headers.filter { $0.name != "content-length" && $0.name != "transfer-encoding" }
            .map { "\($0.name): \($0.value)" }.sorted().joined(separator: "; ")
    }

    /// Whether two answers are the same to the byte.
    func isSame(as other: Answer) -> Bool {
        status == other.status && body == other.body && furtherPages == other.furtherPages
            && Array(comparableHeaders.utf8) == Array(other.comparableHeaders.utf8)
    }

    /// What became of a request.
    enum Outcome: Sendable {
        case executed
        case refused
        case empty
    }

    /// Executed is what has something in it.
    var outcome: Outcome {
        // An id of which nothing is to be seen.
        if isTrace, status == 404 { return .empty }
        guard status == 200 else { return .refused }
        // In Protobuf a trace without spans is an empty message in another, or nothing at all.
        if isTrace, headers.contains(where: { $0.value.contains("protobuf") }) {
            return body.count <= 8 ? .empty : .executed
        }
        if isFederation { return body.isEmpty ? .empty : .executed }
        guard let envelope = try? JSONParser.parse(body) else { return body.isEmpty ? .empty : .executed }
        let found = ["traces", "tagNames", "scopes", "tagValues", "series", "batches", "resourceSpans", "trace"]
        if let name = found.first(where: { envelope[$0] != nil }), let content = envelope[name] {
            if let list = content.arrayValue { return list.isEmpty ? .empty : .executed }
            return content.objectValue?.isEmpty == true ? .empty : .executed
        }
        guard let data = envelope["data"] else { return .executed }
        let content = data["result"] ?? data["groups"] ?? data["alerts"] ?? data
        if let list = content.arrayValue { return list.isEmpty ? .empty : .executed }
        return content.objectValue?.isEmpty == true ? .empty : .executed
    }
}
