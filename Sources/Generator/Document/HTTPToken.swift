extension Substring.UTF8View {
    /// Whether this is a token of HTTP, as names of header fields and the parts of media types have to be.
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
    var isHTTPToken: Bool {
        !isEmpty && allSatisfy { $0 > 0x20 && $0 < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }
    }
}
