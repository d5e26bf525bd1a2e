/// What a `$ref` says: a file, and a place in it. https://www.rfc-editor.org/rfc/rfc3986#section-4.2
struct FileReference {
    /// As it is written, percent-decoded; empty for the file that the reference stands in.
    var path: String
    /// What follows `#`, still encoded.
    var fragment: Substring.UTF8View

    /// Why a reference leads to no file.
    enum Problem: Error {
        /// It names a scheme such as `https`, or a host.
        case remote
        case malformed
    }

    init(_ text: String) throws(Problem) {
        let bytes = Substring(text).utf8
        let hash = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
        let path = bytes[..<hash]
        fragment = hash == bytes.endIndex ? bytes[hash...] : bytes[bytes.index(after: hash)...]
        let scheme = path.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        guard scheme.endIndex == path.endIndex || path[scheme.endIndex] != UInt8(ascii: ":"),
            !path.starts(with: "//".utf8)
        else { throw .remote }
        guard let decoded = JSONPointer.percentDecoded(path).flatMap({ String(validating: $0, as: UTF8.self) }) else {
            throw .malformed
        }
        self.path = decoded
    }

    /// The path of the file, seen from where the other path is seen from, without `.` and needless `..`.
    func resolved(from file: String) -> String {
        guard !path.isEmpty else { return file }
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        let folder = file.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropLast()
        let isRooted = isAbsolute || file.utf8.first == UInt8(ascii: "/")
        var parts: [String] = []
        let steps =
            (isAbsolute ? [] : folder.map { String(Substring($0)) })
            + path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        for step in steps where !step.isEmpty && Name(step) != "." {
            if Name(step) == "..", let last = parts.last, Name(last) != ".." {
                parts.removeLast()
            } else {
                parts.append(step)
            }
        }
        return (isRooted ? "/" : "") + parts.joined(separator: "/")
    }
}
