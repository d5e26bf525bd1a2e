import APIRuntime
import HTTP1

/// A request's fields, with the origin's `Host` in front unless they have one.
struct RequestFields: Sequence, IteratorProtocol {
    private var authority: String?
    private let fields: [HeaderFields.Field]
    private var position = 0

    init(authority: String, fields: [HeaderFields.Field]) {
        self.fields = fields
        let hasHost = fields.contains { $0.name.utf8.count == 4 && asciiCaseInsensitiveEqual($0.name, "host") }
        self.authority = hasHost ? nil : authority
    }

    mutating func next() -> HTTP1Field? {
        if let authority {
            self.authority = nil
            return HTTP1Field(name: "host", value: authority)
        }
        guard position < fields.count else { return nil }
        let field = fields[position]
        position += 1
        return HTTP1Field(name: field.name, value: field.value)
    }
}
