/// Request bodies. https://spec.openapis.org/oas/v3.1.0#request-body-object
extension Planner {
    /// Whether the body is one form whose fields can stand side by side with the other inputs.
    func isPlainForm(_ body: RequestBody) -> Bool {
        guard body.content.count == 1, let media = body.content.first,
            media.name.value == "application/x-www-form-urlencoded",
            let schema = media.schema.flatMap({ resolved($0) }).flatMap({ merged($0) }), schema.type == .object,
            !schema.properties.isEmpty, schema.alternatives.isEmpty, !schema.hasConditions, !schema.isNullable,
            schema.patternProperties.isEmpty, schema.constraints.minimumProperties == nil,
            schema.constraints.maximumProperties == nil
        else { return false }
        switch schema.additionalProperties {
        case .any, .free: break
        case .none, .schema: return false
        }
        let names = Set(schema.properties.map(\.name.value))
        return schema.required.allSatisfy { names.contains($0.value) } && (body.isRequired || schema.required.isEmpty)
    }

    /// How a field of a form is written: objects are JSON unless the encoding says otherwise.
    func serialization(of name: Name, _ media: MediaType) -> ValueSchema.Serialization {
        let encoding = media.encodings.first { $0.name == name }
        var serialization = ValueSchema.Serialization(
            style: encoding?.style ?? .form,
            isExploded: encoding?.isExploded ?? ((encoding?.style ?? .form) == .form))
        serialization.isJSON = isJSON(encoding?.contentType) && encoding?.style == nil
        return serialization
    }

    private func isJSON(_ mediaType: String?) -> Bool {
        mediaType.flatMap(MediaType.essence).map { $0 == "application/json" || $0.text.hasSuffix("+json") } ?? false
    }

    func body(_ body: RequestBody) -> BodyPlan? {
        let host = Host(inside: topLevel)
        host.documentation = body.description ?? "The request's body."
        var plan = BodyPlan(
            isRequired: body.isRequired, documentation: body.description ?? "The request's body.", contents: [],
            nested: [])
        let cases = NameScope(taken: NameScope.reservedCases)
        for media in body.content {
            let name = caseName(of: media, in: cases)
            let typeName = body.content.count == 1 ? "Body" : SwiftName.type(name) + "Body"
            checkExtensions(of: media)
            guard let kind = kind(media, typeName: typeName, host: host) else { return nil }
            plan.contents.append(.init(mediaType: media.text, name: name, kind: kind, example: media.example))
        }
        plan.nested = host.models
        // Several have theirs at their cases.
        if let only = plan.contents.first, plan.contents.count == 1 {
            plan.documentation = only.documented(plan.documentation)
        }
        return plan.contents.isEmpty ? nil : plan
    }

    /// What would be confined in a plain form must not pass unconfined in another body.
    private func checkExtensions(of media: MediaType) {
        guard media.name.value == "application/x-www-form-urlencoded",
            let schema = media.schema.flatMap({ resolved($0) }).flatMap({ merged($0) })
        else { return }
        for property in schema.properties
        where inputExtension(extensions(of: property.schema), schema: property.schema) != nil {
            diagnostics.report(
                .extensionInput, at: property.name.location,
                "the field `\(property.name.value)` can only be confined in a form that is the only media type, required if "
                    + "one of its fields is, and without conditions")
        }
    }

    func extensions(of use: SchemaUse) -> [Mapping.Entry] {
        switch use {
        case .inline(let inline): inline.extensions
        case .reference(let reference): reference.extensions
        }
    }

    private func kind(_ media: MediaType, typeName: String, host: Host) -> BodyPlan.Kind? {
        let use = media.schema ?? anything(media)
        func type() -> TypeReference? {
            self.type(of: use, named: typeName, in: host).map { isNullable(use) ? .nullable($0) : $0 }
        }
        if media.isJSON { return type().map { .json($0, schema: table.entry(use)) } }
        if media.name.value == "application/x-www-form-urlencoded" {
            return type().map { .form($0, schema: table.entry(use), media.encodings) }
        }
        if let format = media.itemFormat, itemSchema(media) != nil {
            return items(media, format, typeName: typeName, host: host, isRead: true).map { .items($0) }
        }
        guard media.name.value.hasPrefix("multipart/") else { return .bytes }
        let form = multipartForm(media, use, host: host)
        guard let schema = resolved(use).flatMap({ merged($0) }) else { return nil }
        let required = Set(schema.required.map(\.value))
        return .multipart(
            schema.properties.map { property in
                let type = resolved(property.schema)?.type
                return BodyPlan.Part(
                    name: property.name.value, isRequired: required.contains(property.name.value),
                    isRepeated: type == .array)
            }, form: form)
    }
}
