/// https://spec.openapis.org/oas/v3.1.0#paths-object
extension DocumentReader {
    func operations(_ paths: Node, commonSecurity: [SecurityRequirement]) -> [Operation] {
        guard let mapping = paths.mapping else {
            diagnostics.report(
                .unexpectedType, at: paths.location, "`paths` has to be an object, not \(paths.kindDescription)")
            return []
        }
        let pointer = JSONPointer.root.appending("paths")
        var operations: [Operation] = []
        for entry in mapping.entries {
            if entry.key.hasPrefix("x-") {
                extensionSites.append(.init(name: entry.key, location: entry.keyLocation, kind: "the paths object"))
                continue
            }
            let path: PathTemplate
            do throws(PathTemplate.Problem) {
                path = try PathTemplate(entry.key)
            } catch {
                diagnostics.report(.invalidValue, at: entry.keyLocation, error.message)
                continue
            }
            if path.isOdd {
                diagnostics.warn(
                    .pathQuery, at: entry.keyLocation,
                    "OpenAPI has no paths with `?` or `#`: requests are led here by the path"
                        + (path.query.isEmpty ? " alone" : " and the pairs of the query"),
                    advice: path.query.isEmpty ? "remove the fragment" : "declare a query parameter instead")
            }
            operations += self.operations(
                entry, path: path, pointer: pointer.appending(entry.key), commonSecurity: commonSecurity)
        }
        checkOperationIds(operations)
        return operations
    }

    private func operations(
        _ entry: Mapping.Entry, path: PathTemplate, pointer: JSONPointer, commonSecurity: [SecurityRequirement]
    ) -> [Operation] {
        guard let (node, pointer) = dereferenced(entry.value, pointer: pointer, as: .pathItemReference),
            let item = object(node, .pathItem)
        else { return [] }
        let common = parameters(item, pointer: pointer)
        let servers = servers(item)
        var operations: [Operation] = []
        for entry in item.map("additionalOperations")?.entries ?? [] {
            diagnostics.report(
                .unsupportedValue, at: entry.keyLocation, "the method `\(entry.key)` is not supported",
                advice: "those of a path item's own keywords are")
        }
        for entry in item.mapping.entries {
            guard let method = Operation.Method(rawValue: entry.key.text) else { continue }
            if method == .query, version != .v32 {
                diagnostics.report(
                    .unknownKeyword, at: entry.keyLocation, "a path item has no keyword `query` before OpenAPI 3.2")
                continue
            }
            let pointer = pointer.appending(entry.key)
            if var operation = operation(
                entry, method: method, path: path, pointer: pointer, common: common, commonSecurity: commonSecurity)
            {
                if operation.servers.isEmpty { operation.servers = servers }
                operations.append(operation)
            }
        }
        return operations
    }

    private func operation(
        _ entry: Mapping.Entry, method: Operation.Method, path: PathTemplate, pointer: JSONPointer,
        common: [Parameter], commonSecurity: [SecurityRequirement]
    ) -> Operation? {
        guard let object = object(entry.value, .operation) else { return nil }
        var operation = Operation(method: method, path: path, location: entry.keyLocation)
        operation.id = object.string("operationId")
        operation.tags = object.strings("tags")
        operation.summary = object.string("summary")?.value
        operation.description = object.string("description")?.value
        operation.isDeprecated = object.boolean("deprecated")?.value ?? false
        operation.extensions = object.extensions
        let own = parameters(object, pointer: pointer)
        operation.parameters =
            common.filter { parameter in
                !own.contains { $0.name.value == parameter.name.value && $0.place == parameter.place }
            } + own
        checkPathParameters(operation)
        if let node = object.node("requestBody") {
            operation.requestBody = requestBody(node, pointer: pointer.appending("requestBody"))
            checkBody(node, of: &operation)
        }
        operation.security = object.entry("security").map { securityRequirements($0.value) } ?? commonSecurity
        operation.servers = servers(object)
        operation.responses = responses(object, pointer: pointer)
        for entry in object.map("callbacks")?.entries ?? [] {
            readCallback(
                entry.value, name: entry.key.text, pointer: pointer.appending("callbacks").appending(entry.key))
        }
        return operation
    }

    /// What a body of these methods means is not defined: 3.0 has it ignored, since 3.1 it is permitted.
    /// https://spec.openapis.org/oas/v3.1.0#operation-object
    private func checkBody(_ node: Node, of operation: inout Operation) {
        let method = operation.method.rawValue.uppercased()
        let advice = "use POST, or send the values as query parameters"
        switch operation.method {
        case .trace:
            // https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8
            diagnostics.report(.unsupportedValue, at: node.location, "a TRACE request has no body")
        case .get, .head, .delete:
            if version == .v30 {
                operation.requestBody = nil
                diagnostics.warn(
                    .bodyWithoutMeaning, at: node.location,
                    "a body of a \(method) request has no defined meaning, and is ignored as OpenAPI 3.0 has it",
                    advice: advice)
            } else {
                diagnostics.warn(
                    .bodyWithoutMeaning, at: node.location, "a body of a \(method) request has no defined meaning",
                    advice: advice)
            }
        case .put, .post, .options, .patch, .query: break
        }
    }

    /// The operations of a path item that is called and not served.
    func readOutgoing(_ node: Node, name: String, pointer: JSONPointer) {
        guard let path = try? PathTemplate("/"),
            let (node, pointer) = dereferenced(node, pointer: pointer, as: .pathItemReference),
            let item = object(node, .pathItem)
        else { return }
        let common = parameters(item, pointer: pointer)
        for entry in item.mapping.entries {
            guard let method = Operation.Method(rawValue: entry.key.text) else { continue }
            if let operation = operation(
                entry, method: method, path: path, pointer: pointer.appending(entry.key), common: common,
                commonSecurity: [])
            {
                outgoing.append(.init(name: name, operation: operation))
            }
        }
    }

    private func responses(_ operation: ObjectReader, pointer: JSONPointer) -> [Response] {
        // Since 3.1 an operation need not say what it answers.
        guard let node = version == .v30 ? operation.required("responses") : operation.node("responses") else {
            return []
        }
        guard let mapping = node.mapping else {
            diagnostics.report(
                .unexpectedType, at: node.location, "`responses` has to be an object, not \(node.kindDescription)")
            return []
        }
        var responses: [Response] = []
        for entry in mapping.entries {
            if entry.key.hasPrefix("x-") {
                extensionSites.append(.init(name: entry.key, location: entry.keyLocation, kind: "the responses object"))
                continue
            }
            guard let status = Self.status(entry.key) else {
                diagnostics.report(
                    .invalidValue, at: entry.keyLocation, "`\(entry.key)` is no status code",
                    advice: "status codes are three digits, 100 to 599; `1XX` to `5XX` and `default` stand for many")
                continue
            }
            let pointer = pointer.appending("responses").appending(entry.key)
            let located = Located(status, at: entry.keyLocation)
            if let response = response(entry.value, pointer: pointer, status: located) { responses.append(response) }
        }
        if responses.isEmpty, mapping.entries.isEmpty {
            diagnostics.report(.invalidValue, at: node.location, "an operation needs at least one response")
        }
        return responses.sorted { $0.status.value < $1.status.value }
    }

    private static func status(_ key: Name) -> Status? {
        if key == "default" { return .default }
        let bytes = Array(key.text.utf8)
        guard bytes.count == 3, (0x31...0x35).contains(bytes[0]) else { return nil }
        if bytes[1...].elementsEqual("XX".utf8) { return .range(Int(bytes[0] - 0x30)) }
        return bytes.allSatisfy { (0x30...0x39).contains($0) } ? Int(key.text).map { .exactly($0) } : nil
    }

    private func checkPathParameters(_ operation: Operation) {
        let declared = operation.parameters.filter { $0.place == .path }
        for name in operation.path.parameters where !declared.contains(where: { $0.name.value == name }) {
            diagnostics.report(
                .pathParameter, at: operation.location,
                "the path `\(operation.path.text)` has a parameter `{\(name)}` that is not declared",
                advice: "add `- {name: \(name), in: path, required: true, schema: {…}}` to `parameters`")
        }
        for parameter in declared where !operation.path.parameters.contains(parameter.name.value) {
            diagnostics.report(
                .pathParameter, at: parameter.name.location,
                "the path `\(operation.path.text)` has no `{\(parameter.name.value)}`")
        }
    }

    private func checkOperationIds(_ operations: [Operation]) {
        var first: [Name: Location] = [:]
        for operation in operations {
            guard let id = operation.id else { continue }
            if let location = first[Name(id.value)] {
                diagnostics.report(
                    .duplicateOperationId, at: id.location, "another operation has the id `\(id.value)`",
                    notes: [.init(location: location, message: "first used here")])
            } else {
                first[Name(id.value)] = id.location
            }
        }
    }
}
