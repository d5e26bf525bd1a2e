import JSON

/// Writes the inputs of an operation into a request: the counterpart of ``InputDecoder``.
public struct RequestEncoder {
    private let operationID: String
    private let method: HTTPMethod
    private let template: String
    private let server: ServerURL
    private var pathValues: [(name: String, text: String)] = []
    private var query: [UInt8] = []
    private var cookies: [String] = []
    private var formFields: [StyleWriter.Field]?
    private var headers = HeaderFields()
    private var body = ResponseBody.none
    /// Whether inputs are held to their schemas.
    let holdsInputs: Bool
    /// What is wrong with them.
    var violations: [Violation] = []

    init(
        _ operationID: String, _ method: HTTPMethod, _ template: String, server: ServerURL, holdsInputs: Bool = false
    ) {
        self.holdsInputs = holdsInputs
        self.operationID = operationID
        self.method = method
        self.template = template
        self.server = server
    }

    // MARK: Parameters

    /// A parameter in the path.
    public mutating func path(
        _ name: String, _ value: some Encodable, _ style: ParameterStyle
    ) throws(ClientFailure) {
        let text = try written(.path, name) { () throws(StyleProblem) in
            guard
                let text = try StyleWriter(isEncoded: true).single(StyleWriter.json(value), name: name, style),
                !text.isEmpty
            else { throw StyleProblem(message: "must not be empty in a path") }
            // A percent sign before the points changes nothing: they mean the folder all the same.
            guard text != ".", text != ".." else { throw StyleProblem(message: "cannot be sent in a path") }
            return text
        }
        pathValues.append((name, text))
    }

    /// A parameter in the query string; `nil` is left out.
    public mutating func query(
        _ name: String, _ value: (some Encodable)?, _ style: ParameterStyle
    ) throws(ClientFailure) {
        guard let value else { return }
        let fields = try written(.query, name) { () throws(StyleProblem) in
            try StyleWriter(isEncoded: true).fields(StyleWriter.json(value), name: name, style)
        }
        for field in fields { Self.append(field, to: &query) }
    }

    /// A header field; `nil` is left out.
    public mutating func header(
        _ name: String, _ value: (some Encodable)?, _ style: ParameterStyle
    ) throws(ClientFailure) {
        guard let value else { return }
        let text = try written(.header, name) { () throws(StyleProblem) in
            try StyleWriter(isEncoded: false).single(StyleWriter.json(value), name: name, style)
        }
        if let text { try header(name, text) }
    }

    mutating func header(_ name: String, _ text: String) throws(ClientFailure) {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw Self.invalid(.header, name, "has a control character, which no header field can have")
        }
        headers.add(name: name, value: text)
    }

    /// A cookie; `nil` is left out.
    public mutating func cookie(
        _ name: String, _ value: (some Encodable)?, _ style: ParameterStyle
    ) throws(ClientFailure) {
        guard let value else { return }
        let fields = try written(.cookie, name) { () throws(StyleProblem) in
            try StyleWriter(isEncoded: false).fields(StyleWriter.json(value), name: name, style)
        }
        for field in fields {
            let isSound = field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ";") }
            guard isSound, field.value.utf8.first != 0x20, field.value.utf8.last != 0x20 else {
                throw Self.invalid(.cookie, name, "has a character that no cookie can have")
            }
            cookies.append("\(field.name)=\(field.value)")
        }
    }

    /// The media types that the caller can read.
    public mutating func accept(_ types: [String]) {
        if !types.isEmpty { headers["Accept"] = types.joined(separator: ", ") }
    }

    /// The same, chosen by the caller; `nil` leaves things as they are.
    public mutating func accept(_ text: String?) throws(ClientFailure) {
        guard let text else { return }
        headers["Accept"] = nil
        try header("Accept", text)
    }

    // MARK: Bodies

    /// A body of JSON.
    public mutating func json(_ value: some Encodable, as mediaType: String) throws(ClientFailure) {
        do {
            content(.bytes([UInt8](try ClientJSON.encoder.encode(value))), as: mediaType)
        } catch {
            throw Self.invalid(.body, "", "cannot be written as JSON")
        }
    }

    /// A field of a URL-encoded form; `nil` is left out.
    public mutating func field(
        _ name: String, _ value: (some Encodable)?, _ style: ParameterStyle
    ) throws(ClientFailure) {
        if formFields == nil { formFields = [] }
        guard let value else { return }
        let fields = try written(.body, "/" + InputDecoder.pointerToken(name)) { () throws(StyleProblem) in
            try StyleWriter(isEncoded: true).fields(StyleWriter.json(value), name: name, style)
        }
        formFields? += fields
    }

    /// A URL-encoded form of one value: arrays are repeated fields and objects JSON, unless a style says otherwise.
    public mutating func form(
        _ value: some Encodable, as mediaType: String, _ styles: [(name: String, style: ParameterStyle)] = []
    ) throws(ClientFailure) {
        headers["Content-Type"] = mediaType
        formFields = []
        let object = try written(.body, "") { () throws(StyleProblem) in
            guard let object = try StyleWriter.json(value).objectValue else {
                throw StyleProblem(message: "must be an object")
            }
            return object
        }
        for member in object.members where !member.value.isNull {
            if let style = styles.first(where: { bytesEqual($0.name, member.name) })?.style {
                try field(member.name, member.value, style)
            } else {
                for value in member.value.arrayValue ?? [member.value] {
                    let isScalar = value.objectValue == nil && value.arrayValue == nil
                    try field(member.name, value, isScalar ? .form(explode: true) : .json)
                }
            }
        }
    }

    /// A multipart body, sent part by part.
    ///
    /// - Parameter required: the parts that the document demands.
    public mutating func multipart(
        _ form: MultipartForm, as mediaType: String, required: [String]
    ) throws(ClientFailure) {
        let missing = required.filter { name in !form.parts.contains { $0.name.map { bytesEqual($0, name) } ?? false } }
        guard missing.isEmpty else {
            throw .invalidInput(
                missing.map {
                    Violation(.body, "/" + InputDecoder.pointerToken($0), rule: "required", message: "is required")
                })
        }
        do throws(StyleProblem) {
            let stream = try MultipartStream(form)
            headers["Content-Type"] = "\(mediaType); boundary=\(stream.boundary)"
            body = .stream(stream)
        } catch {
            throw Self.invalid(.body, "", error.message)
        }
    }

    /// A body of items that are written one after another.
    public mutating func items<Item>(_ content: ItemContent<Item>, _ format: ItemFormat, as mediaType: String) {
        send(content.responseBody(format), as: mediaType)
    }

    mutating func send(_ content: ResponseBody, as mediaType: String) {
        headers["Content-Type"] = mediaType
        body = content
    }

    /// A body of any other media type.
    public mutating func content(_ content: ByteContent, as mediaType: String) {
        headers["Content-Type"] = mediaType
        body = content.responseBody()
    }

    /// A body whose media type the document gives as a range.
    public mutating func content(_ content: TypedContent, within range: String) throws(ClientFailure) {
        do {
            self.content(content.content, as: try content.mediaType(within: range))
        } catch {
            throw Self.invalid(.body, "", "must be \(range), and is \(content.mediaType)")
        }
    }

    // MARK: The request

    func finished() throws(ClientFailure) -> ClientRequest {
        guard violations.isEmpty else { throw .invalidInput(violations) }
        var target = server.basePath
        var rest = Array(template.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
                let value = pathValues.first(where: { $0.name.utf8.elementsEqual(rest[..<end]) })
            else {
                target.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            target += value.text
            rest = rest[(end + 1)...]
        }
        if !query.isEmpty { target += "?" + String(decoding: query, as: UTF8.self) }
        var request = ClientRequest(
            operationID: operationID, method: method, server: server, target: target, headers: headers, body: body)
        if !cookies.isEmpty { request.headers["Cookie"] = cookies.joined(separator: "; ") }
        if let formFields {
            var bytes: [UInt8] = []
            for field in formFields { Self.append(field, to: &bytes) }
            request.body = .bytes(bytes)
            if !request.headers.contains("Content-Type") {
                request.headers["Content-Type"] = "application/x-www-form-urlencoded"
            }
        }
        return request
    }

    private static func append(_ field: StyleWriter.Field, to text: inout [UInt8]) {
        if !text.isEmpty { text.append(UInt8(ascii: "&")) }
        text += field.name.utf8
        text.append(UInt8(ascii: "="))
        text += field.value.utf8
    }

    private func written<Value>(
        _ location: Violation.Location, _ name: String, _ body: () throws(StyleProblem) -> Value
    ) throws(ClientFailure) -> Value {
        do throws(StyleProblem) {
            return try body()
        } catch {
            throw Self.invalid(location, name, error.message)
        }
    }

    private static func invalid(_ location: Violation.Location, _ name: String, _ message: String) -> ClientFailure {
        .invalidInput([Violation(location, name, rule: "style", message: message)])
    }
}
