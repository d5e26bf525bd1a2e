import JSON

/// Parts that several answers have.
extension JSONWriter {
    /// A 64-bit number, which Protobuf's JSON has as text.
    mutating func text(_ name: String, _ value: some FixedWidthInteger) {
        self.name(name)
        string(String(value))
    }

    mutating func text(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }

    /// Where a number stands that is left out if it is zero.
    mutating func number(_ name: String, _ value: Int) {
        guard value != 0 else { return }
        self.name(name)
        integer(value)
    }

    /// A number as Protobuf's JSON has it.
    mutating func floating(_ value: Double) {
        if !value.isFinite {
            string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        } else if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 {
            integer(whole)
        } else {
            double(value)
        }
    }

    /// `[{"key":…,"value":{…}},…]`, an array of `KeyValue`.
    mutating func keyValues(_ values: [(key: String, value: Value)]) {
        beginArray()
        for (key, value) in values {
            beginObject()
            text("key", key)
            name("value")
            anyValue(value)
            endObject()
        }
        endArray()
    }

    /// An `AnyValue`; what has no type of its own there is text.
    mutating func anyValue(_ value: Value) {
        beginObject()
        switch value {
        case .integer(let integer): text("intValue", integer)
        case .float(let float):
            name("doubleValue")
            floating(float)
        case .boolean(let boolean):
            name("boolValue")
            bool(boolean)
        case .array(let elements):
            name("arrayValue")
            beginObject()
            name("values")
            beginArray()
            for element in elements { anyValue(element) }
            endArray()
            endObject()
        default: text("stringValue", value.text)
        }
        endObject()
    }
}
