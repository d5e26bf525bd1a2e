/// The header fields of a message, in order, repeated names kept apart.
///
/// Names are compared without regard to ASCII case ([RFC 9110 §5.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.1)).
public struct HeaderFields: Sendable, ExpressibleByDictionaryLiteral {
    /// One field line.
    public struct Field: Sendable {
        /// As it was received (the parser lower-cases) or is to be sent.
        public let name: String
        /// Without leading and trailing white space.
        public var value: String

        /// A field from its two parts; what may stand in them is checked where a head is written.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields in order.
    public private(set) var fields: [Field]

    /// No fields.
    public init() {
        fields = []
    }

    /// The given fields, in order.
    public init(_ fields: [Field]) {
        self.fields = fields
    }

    /// The given fields, in order; a repeated name becomes a repeated field.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first field's value; setting replaces every field of that name, `nil` removes them.
    public subscript(name: String) -> String? {
        get { place(of: name, from: 0).map { fields[$0].value } }
        set {
            if contains(name) { fields.removeAll { asciiCaseInsensitiveEqual($0.name, name) } }
            if let newValue { add(name: name, value: newValue) }
        }
    }

    /// Every value of that name, in order.
    public func values(_ name: String) -> [String] {
        var values: [String] = []
        var next = place(of: name, from: 0)
        while let place = next {
            values.append(fields[place].value)
            next = self.place(of: name, from: place + 1)
        }
        return values
    }

    /// How many fields have that name.
    public func count(_ name: String) -> Int {
        var count = 0
        var next = place(of: name, from: 0)
        while let place = next {
            count += 1
            next = self.place(of: name, from: place + 1)
        }
        return count
    }

    /// Whether a field of that name is there.
    public func contains(_ name: String) -> Bool { place(of: name, from: 0) != nil }

    /// Appends a field, whether or not one of that name is there.
    public mutating func add(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Makes room for that many fields.
    public mutating func reserveCapacity(_ count: Int) {
        fields.reserveCapacity(count)
    }

    /// Where the next field of that name is.
    private func place(of name: String, from start: Int) -> Int? {
        let length = name.utf8.count
        var index = start
        while index < fields.count {
            // Names of another length, which nearly all are, are not even touched.
            if fields[index].name.utf8.count == length, asciiCaseInsensitiveEqual(fields[index].name, name) {
                return index
            }
            index += 1
        }
        return nil
    }
}
