/// Request bodies and responses. https://spec.openapis.org/oas/v3.1.0#request-body-object
extension DocumentReader {
    func requestBody(_ node: Node, pointer: JSONPointer) -> RequestBody? {
        guard let (node, pointer) = dereferenced(node, pointer: pointer) else { return nil }
        if let known = requestBodies[pointer] { return known }
        var body: RequestBody?
        if let object = object(node, .requestBody) {
            _ = object.required("content")
            body = RequestBody(
                location: node.location, pointer: pointer, isRequired: object.boolean("required")?.value ?? false,
                description: object.string("description")?.value, content: content(object, pointer: pointer))
        }
        requestBodies[pointer] = .some(body)
        return body
    }

    func response(_ node: Node, pointer: JSONPointer, status: Located<Status>) -> Response? {
        guard let (node, pointer) = dereferenced(node, pointer: pointer) else { return nil }
        let response: Response?
        if let known = responses[pointer] {
            response = known
        } else {
            response = readResponse(node, pointer: pointer, status: status)
            responses[pointer] = .some(response)
        }
        guard var response else { return nil }
        response.status = status
        return response
    }

    private func readResponse(_ node: Node, pointer: JSONPointer, status: Located<Status>) -> Response? {
        guard let object = object(node, .response) else { return nil }
        var response = Response(status: status, location: node.location, pointer: pointer)
        response.description =
            (version == .v32 ? object.string("description") : object.requiredString("description"))?.value
        for entry in object.map("headers")?.entries ?? [] {
            if !Substring(entry.key.text).utf8.isHTTPToken {
                diagnostics.report(
                    .invalidValue, at: entry.keyLocation, "`\(entry.key)` cannot be the name of a header field")
            }
            let pointer = pointer.appending("headers").appending(entry.key)
            if let header = header(entry, pointer: pointer) { response.headers.append(header) }
        }
        response.content = content(object, pointer: pointer)
        for entry in object.map("links")?.entries ?? [] {
            readLink(entry.value, pointer: pointer.appending("links").appending(entry.key))
        }
        return response
    }

    private func content(_ object: ObjectReader, pointer: JSONPointer) -> [MediaType] {
        var content: [MediaType] = []
        for entry in object.map("content")?.entries ?? [] {
            let pointer = pointer.appending("content").appending(entry.key)
            guard let name = MediaType.essence(of: entry.key.text) else {
                diagnostics.report(
                    .invalidValue, at: entry.keyLocation, "`\(entry.key)` is no media type",
                    advice: "a media type is `type/subtype`")
                continue
            }
            guard let node = dereferenced(entry.value, pointer: pointer)?.node,
                let media = self.object(node, .mediaType)
            else { continue }
            let schema = media.node("schema").flatMap { schemaUse($0, pointer: pointer.appending("schema")) }
            var type = MediaType(
                name: Located(name, at: entry.keyLocation), text: entry.key.text, pointer: pointer, schema: schema)
            type.itemSchema = media.node("itemSchema").flatMap {
                schemaUse($0, pointer: pointer.appending("itemSchema"))
            }
            type.example = example(media)
            for entry in media.map("encoding")?.entries ?? [] {
                let pointer = pointer.appending("encoding").appending(entry.key)
                if let encoding = encoding(entry, pointer: pointer) { type.encodings.append(encoding) }
            }
            content.append(type)
        }
        return content
    }

    private func encoding(_ entry: Mapping.Entry, pointer: JSONPointer) -> MediaType.Encoding? {
        guard let object = object(entry.value, .encoding) else { return nil }
        var encoding = MediaType.Encoding(name: entry.key, contentType: object.string("contentType")?.value)
        if let style = object.string("style") {
            encoding.style = self.style(style, allowed: Parameter.Place.query.styles)
        }
        encoding.isExploded = object.boolean("explode")?.value
        _ = object.boolean("allowReserved")
        for entry in object.map("headers")?.entries ?? [] where entry.key.text.lowercased() != "content-type" {
            let pointer = pointer.appending("headers").appending(entry.key)
            if let header = header(entry, pointer: pointer) { encoding.headers.append(header) }
        }
        return encoding
    }
}

extension MediaType {
    /// The type and subtype in lower case, without parameters; nil for what is no media type. Ranges such as `text/*`
    /// stay as they are.
    static func essence(of text: String) -> Name? {
        let bytes = text.utf8.prefix { $0 != UInt8(ascii: ";") }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // The text becomes a header field, parameters and all.
        guard parts.count == 2, parts.allSatisfy(\.isHTTPToken), text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else { return nil }
        let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return Name(String(decoding: lower, as: UTF8.self))
    }
}
