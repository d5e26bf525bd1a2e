import JSON

/// Events in a body ([parsing](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)).
final class EventReader {
    /// One event, with what it says itself.
    struct Event {
        var event = ""
        var data = ""
        /// Its own id; `nil` without one.
        var id: String?
        /// Milliseconds.
        var retry: Int?
    }

    private let lines: LineReader
    private var isFirstLine = true
    /// The id of the last event that had one.
    private(set) var lastID = ""
    /// What the stream has said last.
    private(set) var retryInterval: Int?
    /// The line on which the event that was read last begins, counted from 1.
    private(set) var line = 0

    init(_ stream: any ByteStream, limit: Int) {
        lines = LineReader(stream, limit: limit, acceptsCarriageReturns: true)
    }

    func cancel() { lines.cancel() }

    /// The next event with data; `nil` at the end.
    ///
    /// - Throws: ``ItemStreamProblem`` for an event that the end cuts short, ``ItemTooLarge`` or what the stream throws.
    nonisolated(nonsending) func next() async throws -> Event? {
        var event = Event()
        var data: [UInt8]?
        var begin: Int?
        while let (text, isWhole) = try await lines.next() {
            var line = text
            if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
            isFirstLine = false
            if line.first == UInt8(ascii: ":") { continue }
            guard isWhole else { throw cut() }
            if line.isEmpty {
                if let data {
                    self.line = begin ?? lines.number
                    event.data = String(decoding: data, as: UTF8.self)
                    return event
                }
                event = Event()
                begin = nil
                continue
            }
            begin = begin ?? lines.number
            try read(line, &event, &data)
        }
        guard data == nil else { throw cut() }
        return nil
    }

    private func read(_ line: ArraySlice<UInt8>, _ event: inout Event, _ data: inout [UInt8]?) throws {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "event": event.event = String(decoding: value, as: UTF8.self)
        case "data":
            data = data.map { $0 + [0x0A] + value } ?? Array(value)
            if data?.count ?? 0 > lines.limit { throw lines.tooLarge() }
        case "id":
            guard !value.contains(0) else { break }
            lastID = String(decoding: value, as: UTF8.self)
            event.id = lastID
        case "retry":
            guard value.allSatisfy({ (0x30...0x39).contains($0) }), let interval = Int(Substring(decoding: value))
            else { break }
            retryInterval = interval
            event.retry = interval
        default: break
        }
    }

    private func cut() -> ItemStreamProblem {
        lines.cancel()
        return ItemStreamProblem(rule: "event-stream", message: "ends within an event", line: lines.number)
    }
}

extension Substring {
    fileprivate init(decoding bytes: ArraySlice<UInt8>) { self = Substring(String(decoding: bytes, as: UTF8.self)) }
}

extension EventReader.Event {
    /// The event as an object, which is what schemas of events speak of.
    func value(data: JSONValue) -> JSONValue {
        var object = JSONObject()
        if !event.isEmpty { object["event"] = .string(event) }
        object["data"] = data
        if let id { object["id"] = .string(id) }
        if let retry { object["retry"] = .number(JSONNumber(retry)) }
        return .object(object)
    }

    /// The data as what its text is in JSON, for schemas that have it so; `nil` where it is none, or is text in JSON, too.
    var structuredData: JSONValue? {
        guard let value = try? JSONParser.parse(Array(data.utf8)), value.stringValue == nil else { return nil }
        return value
    }
}
