/// https://spec.openapis.org/oas/v3.1.0#parameter-object
extension DocumentReader {
    func parameters(_ object: ObjectReader, pointer: JSONPointer) -> [Parameter] {
        var parameters: [Parameter] = []
        for (index, node) in (object.sequence("parameters") ?? []).enumerated() {
            let place = pointer.appending("parameters").appending(index)
            guard let parameter = parameter(node, pointer: place) else { continue }
            if parameters.contains(where: { $0.name.value == parameter.name.value && $0.place == parameter.place }) {
                diagnostics.report(
                    .duplicateParameter, at: node.location,
                    "there is a \(parameter.place.rawValue) parameter `\(parameter.name.value)` already")
                continue
            }
            parameters.append(parameter)
        }
        return parameters
    }

    func parameter(_ node: Node, pointer: JSONPointer) -> Parameter? {
        guard let (node, pointer) = dereferenced(node, pointer: pointer) else { return nil }
        if let known = parameters[pointer] { return known }
        let parameter = readParameter(node, pointer: pointer)
        parameters[pointer] = .some(parameter)
        return parameter
    }

    private func readParameter(_ node: Node, pointer: JSONPointer) -> Parameter? {
        guard let object = object(node, .parameter), let name = object.requiredString("name"),
            let text = object.requiredString("in")
        else { return nil }
        guard let place = Parameter.Place(rawValue: text.value) else {
            if text.value == "querystring" {
                diagnostics.report(
                    .unsupportedValue, at: text.location, "parameters in `querystring` are not supported yet",
                    advice: "describe each parameter of the query")
            } else {
                diagnostics.report(
                    .invalidValue, at: text.location, "`in` cannot be `\(text.value)`",
                    advice: "parameters are in path, query, header or cookie")
            }
            return nil
        }
        let required = object.boolean("required")
        if place == .path, required?.value != true {
            diagnostics.report(
                .pathParameter, at: required?.location ?? node.location,
                "the path parameter `\(name.value)` has to be `required: true`")
        }
        if place == .header || place == .cookie, !Substring(name.value).utf8.isHTTPToken {
            diagnostics.report(
                .invalidValue, at: name.location, "`\(name.value)` cannot be the name of a \(place.rawValue)")
        }
        let style = style(object, place: place)
        // What is reserved needs no escape then; it is understood either way.
        _ = object.boolean("allowReserved")
        guard let (use, given) = schemaOrContent(object, pointer: pointer) else { return nil }
        var content = given
        if let mediaType = content, !MediaType.isJSON(mediaType.value) {
            guard mediaType.value.hasPrefix("text/") else {
                diagnostics.report(
                    .unsupportedValue, at: mediaType.location,
                    "`\(mediaType.value)` is not supported as `content` of a parameter",
                    advice: "JSON and text are; `schema` describes what is written in a style")
                return nil
            }
            // The text is the value.
            content = nil
        }
        return Parameter(
            name: Located(Name(name.value), at: name.location), place: place, location: node.location,
            pointer: pointer, isRequired: required?.value ?? false,
            isDeprecated: object.boolean("deprecated")?.value ?? false, style: style,
            isExploded: object.boolean("explode")?.value ?? (style == .form),
            allowsEmpty: object.boolean("allowEmptyValue")?.value ?? false, content: content,
            description: object.string("description")?.value, schema: use, extensions: object.extensions,
            example: example(object))
    }

    private func style(_ object: ObjectReader, place: Parameter.Place) -> Parameter.Style {
        object.string("style").flatMap { style($0, allowed: place.styles) } ?? place.styles[0]
    }

    /// A style that may stand where it does.
    func style(_ text: Located<String>, allowed: [Parameter.Style]) -> Parameter.Style? {
        if let style = Parameter.Style(rawValue: text.value), allowed.contains(style) { return style }
        let isUnsupported = text.value == "cookie" && allowed == Parameter.Place.cookie.styles
        diagnostics.report(
            isUnsupported ? .unsupportedValue : .invalidValue, at: text.location,
            isUnsupported ? "the style `cookie` is not supported yet" : "`style` cannot be `\(text.value)` here",
            advice: "it can be \(allowed.map { "`\($0.rawValue)`" }.joined(separator: ", "))")
        return nil
    }

    /// A parameter or header has either a schema or one media type with a schema.
    private func schemaOrContent(
        _ object: ObjectReader, pointer: JSONPointer
    ) -> (SchemaUse, content: Located<Name>?)? {
        guard let content = object.map("content") else {
            return object.required("schema").flatMap { schemaUse($0, pointer: pointer.appending("schema")) }
                .map { ($0, nil) }
        }
        guard content.entries.count == 1, let entry = content.entries.first else {
            diagnostics.report(
                .invalidValue, at: object.node("content")?.location ?? object.node.location,
                "`content` of \(object.kind.name) has to have exactly one media type")
            return nil
        }
        guard let name = MediaType.essence(of: entry.key.text) else {
            diagnostics.report(.invalidValue, at: entry.keyLocation, "`\(entry.key)` is no media type")
            return nil
        }
        let pointer = pointer.appending("content").appending(entry.key)
        guard let media = self.object(entry.value, .mediaType) else { return nil }
        let located = Located(name, at: entry.keyLocation)
        guard let schema = media.node("schema") else {
            return (.inline(Schema(location: entry.value.location, pointer: pointer, type: .any)), located)
        }
        return schemaUse(schema, pointer: pointer.appending("schema")).map { ($0, located) }
    }

    /// https://spec.openapis.org/oas/v3.1.0#header-object
    func header(_ entry: Mapping.Entry, pointer: JSONPointer) -> Header? {
        guard let (node, pointer) = dereferenced(entry.value, pointer: pointer) else { return nil }
        let header: Header?
        if let known = headers[pointer] {
            header = known
        } else {
            header = readHeader(node, name: Located(entry.key, at: entry.keyLocation), pointer: pointer)
            headers[pointer] = .some(header)
        }
        guard var header else { return nil }
        header.name = Located(entry.key, at: entry.keyLocation)
        return header
    }

    private func readHeader(_ node: Node, name: Located<Name>, pointer: JSONPointer) -> Header? {
        guard let object = object(node, .header) else { return nil }
        _ = (style(object, place: .header), object.boolean("explode"))
        guard let (use, content) = schemaOrContent(object, pointer: pointer) else { return nil }
        return Header(
            name: name, pointer: pointer, isRequired: object.boolean("required")?.value ?? false,
            description: object.string("description")?.value, schema: use,
            isJSON: content.map { !$0.value.hasPrefix("text/") } ?? false, example: example(object))
    }
}

extension Parameter.Place {
    /// The styles that a parameter here may have, the usual one first.
    var styles: [Parameter.Style] {
        switch self {
        case .path: [.simple, .label, .matrix]
        case .query: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
        case .header: [.simple]
        case .cookie: [.form]
        }
    }
}
