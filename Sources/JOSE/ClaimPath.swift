public import JSON

/// The way to a claim through nested objects: names with dots between them. A dot or backslash within a name is written
/// with a backslash before it: `https://example\.com/tenant`.
public struct ClaimPath: Sendable, CustomStringConvertible {
    /// Why a text is not a path.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// The text, or what stands between two dots, is empty.
        case emptyName
        /// A backslash stands before something other than a dot or a backslash.
        case invalidEscape

        /// What is wrong.
        public var description: String {
            switch self {
            case .emptyName: "a claim path has an empty name"
            case .invalidEscape: "in a claim path a backslash stands only before a dot or a backslash"
            }
        }
    }

    /// The path as written.
    public let description: String

    /// The names from the outermost in.
    public let names: [String]

    /// Reads a path.
    public init(_ text: String) throws(Failure) {
        let dot: UInt8 = 0x2E
        let backslash: UInt8 = 0x5C
        var names: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                guard byte == dot || byte == backslash else { throw .invalidEscape }
                names[names.count - 1].append(byte)
                isEscaped = false
            } else if byte == backslash {
                isEscaped = true
            } else if byte == dot {
                names.append([])
            } else {
                names[names.count - 1].append(byte)
            }
        }
        guard !isEscaped else { throw .invalidEscape }
        guard names.allSatisfy({ !$0.isEmpty }) else { throw .emptyName }
        self.names = names.map { String(decoding: $0, as: UTF8.self) }
        description = text
    }

    /// What stands at the path's end, or nil where one of the names is missing or stands in no object.
    public func value(in claims: JSONObject) -> JSONValue? {
        var value = JSONValue.object(claims)
        for name in names {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }
}
