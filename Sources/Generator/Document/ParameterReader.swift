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
            diagnostics.report(
                .invalidValue, at: text.location, "`in` cannot be `\(text.value)`",
                advice: "parameters are in path, query, header or cookie")
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
        let isExploded = explode(object, place: place)
        for key in ["allowReserved", "allowEmptyValue"] as [Name] {
            if let value = object.boolean(key), value.value {
                diagnostics.report(.unsupportedValue, at: value.location, "`\(key): true` is not supported yet")
            }
        }
        // A parameter described by `content` is reported as unsupported by the table.
        guard object.node("content") == nil, let schema = object.required("schema"),
            let use = schemaUse(schema, pointer: pointer.appending("schema"))
        else { return nil }
        return Parameter(
            name: Located(Name(name.value), at: name.location), place: place, location: node.location,
            pointer: pointer, isRequired: required?.value ?? false,
            isDeprecated: object.boolean("deprecated")?.value ?? false, isExploded: isExploded,
            description: object.string("description")?.value, schema: use, extensions: object.extensions)
    }

    /// Only each place's default style is supported: form for query and cookie, simple for path and header.
    private func explode(_ object: ObjectReader, place: Parameter.Place) -> Bool {
        let usual = place == .query || place == .cookie ? "form" : "simple"
        if let style = object.string("style"), Name(style.value) != Name(usual) {
            diagnostics.report(
                .unsupportedValue, at: style.location,
                "the style `\(style.value)` of a \(place.rawValue) parameter is not supported yet",
                advice: "`style: \(usual)` is")
        }
        return object.boolean("explode")?.value ?? (usual == "form")
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
        _ = explode(object, place: .header)
        guard object.node("content") == nil, let schema = object.required("schema"),
            let use = schemaUse(schema, pointer: pointer.appending("schema"))
        else { return nil }
        return Header(
            name: name, pointer: pointer, isRequired: object.boolean("required")?.value ?? false,
            description: object.string("description")?.value, schema: use)
    }
}
