/// A text that no log, error or description shows: whatever is made of it says `***`.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// Keeps a text from being shown.
    public init(_ text: String) {
        self.text = text
    }

    /// The text, for where it is used. Never for people.
    public func reveal() -> String { text }

    /// `***`
    public var description: String { "***" }
    /// `***`
    public var debugDescription: String { "***" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// A header field whose value is a secret.
    public struct Header: Sendable {
        /// The field's name.
        public let name: String
        /// Its value.
        public let value: Secret

        /// A field from its parts.
        public init(name: String, value: Secret) {
            self.name = name
            self.value = value
        }
    }
}
