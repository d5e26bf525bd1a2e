import FoundationEssentials

/// What a `$ref` says: a file or an address, and a place in it. https://www.rfc-editor.org/rfc/rfc3986#section-4
struct FileReference {
    /// What stands before the `#`, as it is written; empty for the file that the reference stands in.
    let address: Substring.UTF8View
    /// What follows `#`, still encoded.
    let fragment: Substring.UTF8View

    /// Why a reference leads to no document.
    enum Problem: Error {
        /// It names a host without a scheme, or a scheme that is neither `http` nor `https`.
        case unsupported
        /// It is no URL.
        case malformedURL
        /// It is percent-encoded in a way that gives no path.
        case malformedPath
    }

    /// Where a document is. What a document of another host refers to is never a file of this one.
    enum Place: Hashable {
        /// A path, seen from where the path of the referring file is seen from.
        case file(String)
        /// An absolute URL of `http` or `https`, without a fragment.
        case remote(String)
    }

    init(_ text: String) {
        let bytes = Substring(text).utf8
        let hash = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
        address = bytes[..<hash]
        fragment = hash == bytes.endIndex ? bytes[hash...] : bytes[bytes.index(after: hash)...]
    }

    func place(from file: SourceFile) throws(Problem) -> Place {
        if address.isEmpty { return file.isRemote ? .remote(file.path) : .file(file.path) }
        let before = address.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        let hasScheme = before.endIndex != address.endIndex && address[before.endIndex] == UInt8(ascii: ":")
        if hasScheme || file.isRemote {
            return .remote(try url(from: hasScheme ? nil : file.path))
        }
        guard !address.starts(with: "//".utf8) else { throw .unsupported }
        guard let decoded = JSONPointer.percentDecoded(address).flatMap({ String(validating: $0, as: UTF8.self) })
        else { throw .malformedPath }
        return .file(Self.resolved(decoded, from: file.path))
    }

    /// https://www.rfc-editor.org/rfc/rfc3986#section-5.2
    private func url(from base: String?) throws(Problem) -> String {
        guard let url = URL(string: String(Substring(address)), relativeTo: base.flatMap { URL(string: $0) })
        else { throw .malformedURL }
        guard let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https", url.host() != nil
        else { throw .unsupported }
        return url.absoluteURL.standardized.absoluteString
    }

    /// The path of a file, seen from where the other path is seen from, without `.` and needless `..`.
    private static func resolved(_ path: String, from file: String) -> String {
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
