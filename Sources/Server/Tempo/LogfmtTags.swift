import TraceQLSyntax

/// The parameter `tags` of Tempo's search: `key=value key="other value"`, in
/// [logfmt](https://pkg.go.dev/github.com/go-logfmt/logfmt), read strictly.
enum LogfmtTags {
    /// Why a text is none.
    struct Invalid: Error, Equatable {
        let message: String
        /// The byte where it goes wrong, counted from 1.
        let column: Int
    }

    /// The pairs, in order.
    static func parse(_ text: String) throws(Invalid) -> [(key: String, value: String)] {
        let bytes = Array(text.utf8)
        var pairs: [(key: String, value: String)] = []
        var index = 0
        func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: " ") {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "=") {
                guard bytes[index] > 0x20, bytes[index] != UInt8(ascii: "\""), bytes[index] != 0x7F else {
                    throw Invalid(message: "a key must be followed by = and its value", column: index + 1)
                }
                index += 1
            }
            guard index < bytes.count else {
                throw Invalid(message: "a key must be followed by = and its value", column: index + 1)
            }
            guard index > start else { throw Invalid(message: "a key must not be empty", column: index + 1) }
            let key = string(bytes[start..<index])
            index += 1
            var value: [UInt8] = []
            if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    if bytes[index] == UInt8(ascii: "\\") {
                        index += 1
                        guard index < bytes.count, let byte = escapes[bytes[index]] else {
                            throw Invalid(message: "an escape must be one of \\\" \\\\ \\n \\r \\t", column: index + 1)
                        }
                        value.append(byte)
                    } else {
                        guard bytes[index] >= 0x20 else {
                            throw Invalid(message: "a control character must be escaped", column: index + 1)
                        }
                        value.append(bytes[index])
                    }
                    index += 1
                }
                guard index < bytes.count else {
                    throw Invalid(message: "a quoted value does not end", column: index + 1)
                }
                index += 1
                guard index == bytes.count || bytes[index] == UInt8(ascii: " ") else {
                    throw Invalid(message: "a space must stand behind a quoted value", column: index + 1)
                }
            } else {
                while index < bytes.count, bytes[index] != UInt8(ascii: " ") {
                    guard bytes[index] > 0x20, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "="),
                        bytes[index] != 0x7F
                    else { throw Invalid(message: "a value with this character must be quoted", column: index + 1) }
                    value.append(bytes[index])
                    index += 1
                }
            }
            pairs.append((key, string(value)))
        }
        return pairs
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
}

extension TraceFilterText {
    /// Adds what the pairs of `tags` demand of a span: an attribute of it or of its resource, its name or its status.
    ///
    /// - Throws: ``LogfmtTags/Invalid`` for what cannot be asked of one span.
    mutating func add(_ pairs: [(key: String, value: String)]) throws(LogfmtTags.Invalid) {
        for (key, value) in pairs {
            switch key {
            case "name": add("name", equals: value)
            case "status.code":
                guard ["ok", "error", "unset"].contains(value) else {
                    throw LogfmtTags.Invalid(message: "status.code must be ok, error or unset", column: 1)
                }
                add("status", "=", literal: value)
            case "error" where value == "true": add("status", "=", literal: "error")
            case "root.name", "root.service.name":
                throw LogfmtTags.Invalid(
                    message: "\(key) reads the trace's root span, which may be another tenant's", column: 1)
            default:
                do {
                    add(try TagName.unscoped(key).text, equals: value)
                } catch {
                    throw LogfmtTags.Invalid(message: "\(key) is no attribute's name", column: 1)
                }
            }
        }
    }
}
