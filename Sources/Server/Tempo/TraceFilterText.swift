import TraceQLSyntax

/// A filter of TraceQL that the gateway writes itself, from what is no TraceQL.
///
/// It is parsed and restricted like a caller's own, so that a text which broke out of its quotes could gain nothing; it
/// is quoted so that none can.
struct TraceFilterText {
    private var comparisons: [String] = []

    /// Adds a comparison: `attribute` and `operator` are TraceQL already, `literal` too.
    mutating func add(_ attribute: String, _ comparison: String, literal: String) {
        comparisons.append("\(attribute) \(comparison) \(literal)")
    }

    /// Adds an equality with a text.
    mutating func add(_ attribute: String, equals text: String) {
        add(attribute, "=", literal: Self.quoted(text))
    }

    /// Whether nothing was added.
    var isEmpty: Bool { comparisons.isEmpty }

    /// The query; `{ }` without any comparison.
    var text: String { comparisons.isEmpty ? "{ }" : "{ " + comparisons.joined(separator: " && ") + " }" }

    /// A text as a literal: in double quotes, everything but printable ASCII and letters beyond escaped.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
