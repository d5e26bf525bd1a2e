/// A place in a source file. Lines and columns start at 1; columns count Unicode scalars, as editors and libyaml do.
struct Location: Hashable, Sendable, Comparable {
    /// The position of the file in the list of files that were read.
    var file: UInt32
    var line: UInt32
    var column: UInt32

    static func < (left: Location, right: Location) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// A value together with the place where it was written.
struct Located<Value: Sendable>: Sendable {
    var value: Value
    var location: Location

    init(_ value: Value, at location: Location) {
        self.value = value
        self.location = location
    }
}
