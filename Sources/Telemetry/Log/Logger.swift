internal import JSON

/// Writes one line an event, as JSON or as text. Values are escaped, so that nothing a caller sends can start a new line.
public struct Logger: Sendable {
    /// A value of a field.
    public enum Value: Sendable {
        /// Text.
        case string(String)
        /// A whole number.
        case integer(Int)
        /// A number with a fraction, such as milliseconds.
        case double(Double)
    }

    /// A field of a line.
    public typealias Field = (name: String, value: Value)

    private let sink: any LogSink
    private let level: LogLevel
    private let format: LogFormat

    /// A logger that drops what is below `level`.
    public init(sink: any LogSink, level: LogLevel = .info, format: LogFormat = .json) {
        self.sink = sink
        self.level = level
        self.format = format
    }

    /// Whether lines of that level are written: for callers that would have to work for their fields.
    public func isEnabled(_ level: LogLevel) -> Bool { level >= self.level }

    /// Writes a line.
    public func log(_ level: LogLevel, _ message: String, _ fields: [Field] = []) {
        guard level >= self.level else { return }
        switch format {
        case .json: sink.write(jsonLine(level, message, fields))
        case .text: sink.write(textLine(level, message, fields))
        }
    }

    private func jsonLine(_ level: LogLevel, _ message: String, _ fields: [Field]) -> [UInt8] {
        var writer = JSONWriter(capacity: 384)
        writer.beginObject()
        writer.name("time")
        writer.string(Timestamp.now())
        writer.name("level")
        writer.string(level.rawValue)
        writer.name("message")
        writer.string(message)
        for field in fields {
            writer.name(field.name)
            switch field.value {
            case .string(let text): writer.string(text)
            case .integer(let number): writer.integer(number)
            case .double(let number): writer.double(number)
            }
        }
        writer.endObject()
        var line = writer.take()
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private func textLine(_ level: LogLevel, _ message: String, _ fields: [Field]) -> [UInt8] {
        var line = "\(Timestamp.now()) \(level.rawValue.uppercased()) \(message)"
        for field in fields {
            line += " \(field.name)="
            switch field.value {
            case .string(let text): line += quoted(text)
            case .integer(let number): line += String(number)
            case .double(let number): line += String(number)
            }
        }
        line += "\n"
        return Array(line.utf8)
    }

    private func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") }
        if isPlain { return text }
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Where log lines go.
public protocol LogSink: Sendable {
    /// Takes one whole line with its newline. Called on shards: it must not wait.
    func write(_ line: [UInt8])
}
