import JSON

/// An event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Equatable {
    /// What kind of event it is; `message` where the stream does not say.
    public var event: String
    /// The data; of several lines with line breaks between them.
    public var data: String
    /// The id of the last event that had one; empty without any.
    public var id: String
    /// How long a client is to wait before it asks anew, in milliseconds; `nil` where the event does not say.
    public var retry: Int?

    /// An event from its parts. One of the kind `message` and without an id says neither when it is sent.
    public init(event: String = "message", data: String, id: String = "", retry: Int? = nil) {
        self.event = event
        self.data = data
        self.id = id
        self.retry = retry
    }
}

extension ServerSentEvent: Codable {
    private enum CodingKeys: CodingKey {
        case event, data, id, retry
    }

    /// Reads the members of an event.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        event = try container.decodeIfPresent(String.self, forKey: .event) ?? "message"
        data = try container.decode(String.self, forKey: .data)
        id = try container.decodeIfPresent(String.self, forKey: .id) ?? ""
        retry = try container.decodeIfPresent(Int.self, forKey: .retry)
    }

    /// Writes the members that say something.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if event != "message" { try container.encode(event, forKey: .event) }
        try container.encode(data, forKey: .data)
        if !id.isEmpty { try container.encode(id, forKey: .id) }
        try container.encodeIfPresent(retry, forKey: .retry)
    }
}

/// An event as it is sent.
enum EventText {
    /// The lines of an event whose members an object has. Data of several lines is a field a line; what is no text is JSON.
    ///
    /// - Throws: ``StyleProblem`` for what no event can say.
    static func bytes(_ value: JSONValue) throws(StyleProblem) -> [UInt8] {
        guard let object = value.objectValue else { throw StyleProblem(message: "an event has to be an object") }
        var bytes: [UInt8] = []
        for name in ["event", "id", "retry", "data"] {
            guard let value = object[name], !value.isNull else { continue }
            switch name {
            case "data":
                let text = value.stringValue.map { Array($0.utf8) } ?? value.serialized()
                for line in lines(text) { field(name, line, to: &bytes) }
            case "retry":
                guard let interval = value.numberValue?.integer, interval >= 0 else {
                    throw StyleProblem(message: "`retry` of an event has to be an integer of at least 0")
                }
                field(name, Array("\(interval)".utf8)[...], to: &bytes)
            default:
                guard let text = value.stringValue, !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 })
                else { throw StyleProblem(message: "`\(name)` of an event has to be a text of one line") }
                field(name, Array(text.utf8)[...], to: &bytes)
            }
        }
        for member in object.members where !["event", "id", "retry", "data"].contains(member.name) {
            throw StyleProblem(message: "an event has no field `\(member.name)`")
        }
        bytes.append(0x0A)
        return bytes
    }

    private static func field(_ name: String, _ value: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        bytes += name.utf8
        bytes += ": ".utf8
        bytes += value
        bytes.append(0x0A)
    }

    /// Split where a reader ends a line: at CR LF, CR and LF.
    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < text.count {
            if text[index] == 0x0A || text[index] == 0x0D {
                lines.append(text[start..<index])
                if text[index] == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        lines.append(text[start...])
        return lines
    }
}
