/// Why a text is not accepted as JSON, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What sort of rule the text breaks.
    public enum Kind: Sendable, Equatable {
        /// The text is not JSON as [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) defines it.
        case syntax
        /// An object has two members of one name.
        case duplicateName
        /// The text exceeds one of the ``JSONLimits``.
        case limit
    }

    /// The sort of rule that is broken.
    public let kind: Kind

    /// What is wrong, without the position.
    public let message: String

    /// The place of the offending byte; for a limit on a value, the place where that value begins.
    public let position: JSONPosition

    /// Bytes from the start of the text.
    public var offset: Int { position.offset }

    /// The line, from 1.
    public var line: Int { position.line }

    /// The column in Unicode scalars, from 1.
    public var column: Int { position.column }

    /// `line:column: message`.
    public var description: String { "\(line):\(column): \(message)" }

    init(_ kind: Kind, _ message: String, at position: JSONPosition) {
        self.kind = kind
        self.message = message
        self.position = position
    }
}

/// A place in a JSON text. Lines end at a line feed.
public struct JSONPosition: Sendable, Equatable {
    /// Bytes from the start of the text.
    public let offset: Int

    /// The line, from 1.
    public let line: Int

    /// The column in Unicode scalars, from 1.
    public let column: Int

    init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }
}
