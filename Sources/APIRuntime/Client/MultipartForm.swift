/// A `multipart` body that a client sends ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)), part by part: what comes
/// from a stream is never held as a whole.
public struct MultipartForm {
    /// One part.
    public struct Part {
        /// The field's name; `nil` in a body that is no form.
        public let name: String?
        /// The file's name; `nil` for what is no file.
        public let fileName: String?
        /// The media type of the content; `nil` for text.
        public let contentType: String?
        /// Header fields beside those that follow from the rest.
        public let headers: HeaderFields
        /// The content.
        public let content: ByteContent

        /// A part from its parts.
        public init(
            name: String?, fileName: String? = nil, contentType: String? = nil, headers: HeaderFields = [:],
            content: ByteContent
        ) {
            self.name = name
            self.fileName = fileName
            self.contentType = contentType
            self.headers = headers
            self.content = content
        }

        /// A field of text.
        public static func field(_ name: String, _ text: String) -> Part { Part(name: name, content: .text(text)) }

        /// A file.
        public static func file(
            _ name: String, fileName: String, contentType: String = "application/octet-stream", _ content: ByteContent
        ) -> Part {
            Part(name: name, fileName: fileName, contentType: contentType, content: content)
        }
    }

    /// The parts in the order in which they are sent.
    public var parts: [Part]

    /// A body from its parts.
    public init(_ parts: [Part]) { self.parts = parts }
}

/// The bytes of a multipart body.
final class MultipartStream: ByteStream {
    let boundary: String
    let length: Int?
    private var pieces: ArraySlice<ByteContent>

    init(_ form: MultipartForm) throws(StyleProblem) {
        var generator = SystemRandomNumberGenerator()
        let words: [UInt64] = [generator.next(), generator.next()]
        boundary = "part-" + words.map { String($0, radix: 36) }.joined()
        var pieces: [ByteContent] = []
        for part in form.parts {
            pieces.append(.text(try Self.head(part, boundary)))
            pieces.append(part.content)
            pieces.append(.text("\r\n"))
        }
        pieces.append(.text("--\(boundary)--\r\n"))
        length = pieces.reduce(0) { length, piece in
            switch piece {
            case .bytes(let bytes): length.map { $0 + bytes.count }
            case .stream(let stream): length.flatMap { length in stream.length.map { $0 + length } }
            }
        }
        self.pieces = pieces[...]
    }

    private static func head(_ part: MultipartForm.Part, _ boundary: String) throws(StyleProblem) -> String {
        var text = "--\(boundary)\r\n"
        if let name = part.name {
            text += "Content-Disposition: form-data; name=\"\(quoted(name))\""
            if let fileName = part.fileName { text += "; filename=\"\(quoted(fileName))\"" }
            text += "\r\n"
        }
        if let contentType = part.contentType {
            guard contentType.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
                throw StyleProblem(message: "has a part whose media type is none")
            }
            text += "Content-Type: \(contentType)\r\n"
        }
        for field in part.headers.fields {
            let isName = !field.name.isEmpty && field.name.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != 0x3A }
            guard isName, field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw StyleProblem(message: "has a part with a header field that cannot be written")
            }
            text += "\(field.name): \(field.value)\r\n"
        }
        return text + "\r\n"
    }

    /// As browsers write names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    private static func quoted(_ text: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }

    func next() async throws -> [UInt8]? {
        while let piece = pieces.first {
            switch piece {
            case .bytes(let bytes):
                pieces.removeFirst()
                if !bytes.isEmpty { return bytes }
            case .stream(let stream):
                if let bytes = try await stream.next() { return bytes }
                pieces.removeFirst()
            }
        }
        return nil
    }

    func cancel() {
        for case .stream(let stream) in pieces { stream.cancel() }
        pieces = []
    }
}
