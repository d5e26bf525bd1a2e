/// Multipart forms. https://spec.openapis.org/oas/v3.1.0#special-considerations-for-multipart-content
extension Planner {
    /// The structure of a form whose schema is an object with properties; nil for a body that is to be read part by part.
    func multipartForm(_ media: MediaType, _ use: SchemaUse, host: Host) -> MultipartPlan? {
        // Styles split and join parts, which is left to whoever reads them one by one.
        guard media.name.value == "multipart/form-data", let schema = resolved(use).flatMap({ merged($0) }),
            isObject(schema), schema.alternatives.isEmpty,
            media.encodings.allSatisfy({ $0.style == nil && $0.isExploded == nil })
        else { return nil }
        let members = NameScope(taken: NameScope.reservedMembers.union(["fields", "write"]))
        let required = Set(schema.required.map(\.value))
        var plan = MultipartPlan(
            name: host.names.claim("Form", suffix: "Value"),
            documentation: schema.description ?? "The parts of the form.", schema: table.entry(use), properties: [])
        for property in schema.properties {
            let name = property.name.value
            guard let whole = resolved(property.schema).flatMap({ merged($0) }) else { return nil }
            let encoding = media.encodings.first { $0.name == name }
            let kind = partKind(whole, encoding)
            host.documentation = "The part `\(name)`."
            var type: TypeReference?
            if kind != .file {
                type = self.type(of: property.schema, named: SwiftName.type(name.text), in: host)
                guard type != nil else { return nil }
            }
            plan.properties.append(
                MultipartPlan.Property(
                    wireName: name,
                    name: overrides.name(at: property.name.location).map { claimed($0, in: members) }
                        ?? members.claim(SwiftName.member(name.text), suffix: "Part"),
                    kind: kind, type: type,
                    isOptional: !required.contains(name) || whole.isReadOnly || isNullable(property.schema),
                    isRepeated: whole.type == .array, contentTypes: encoding?.contentTypes ?? [],
                    headers: (encoding?.headers ?? []).map {
                        MultipartPlan.Header(
                            name: $0.name.value, isRequired: $0.isRequired, schema: table.entry($0.schema))
                    },
                    documentation: documentation(of: property.schema, fallback: "The part `\(name)`.")))
        }
        return plan
    }

    /// What a part holds: what its encoding says, else what its schema means by default.
    private func partKind(_ schema: Schema, _ encoding: MediaType.Encoding?) -> MultipartPlan.Kind {
        let item = schema.type == .array ? schema.items.flatMap { resolved($0) }.flatMap { merged($0) } : schema
        if let type = encoding?.contentTypes.first.flatMap(MediaType.essence) {
            if type == "application/json" || type.text.utf8.suffix(5).elementsEqual("+json".utf8) { return .json }
            return type.hasPrefix("text/") && item.map { isScalar($0) } ?? false ? .text : .file
        }
        guard let item else { return .json }
        if isBinary(item) { return .file }
        return isScalar(item) ? .text : .json
    }

    private func isBinary(_ schema: Schema) -> Bool {
        guard schema.hasShape else { return true }
        guard schema.type == .string, schema.enumeration == nil, schema.constant == nil else { return false }
        let keywords = schema.node?.mapping
        return schema.format?.value == "binary"
            || keywords?["contentMediaType"] != nil && keywords?["contentEncoding"] == nil && schema.content == nil
    }

    private func isScalar(_ schema: Schema, _ depth: Int = 0) -> Bool {
        guard depth < 20 else { return false }
        switch schema.type {
        case .string, .integer, .number, .boolean: return true
        case .object, .array: return false
        case .any:
            if isAnyEnumeration(schema) { return true }
            if !schema.alternatives.isEmpty {
                return schema.alternatives.allSatisfy { use in
                    resolved(use).flatMap { merged($0) }.map { $0.isNull || isScalar($0, depth + 1) } ?? false
                }
            }
            return !schema.types.isEmpty && !schema.types.contains(.object) && !schema.types.contains(.array)
        }
    }
}

extension MediaType.Encoding {
    /// The media types that a part may have, of which there can be several.
    var contentTypes: [String] {
        (contentType ?? "").utf8.split(separator: UInt8(ascii: ",")).compactMap { part in
            let trimmed = part.drop { $0 == 0x20 }
            let text = String(Substring(trimmed))
            return MediaType.essence(of: text) == nil ? nil : text
        }
    }
}
