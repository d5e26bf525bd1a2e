/// https://spec.openapis.org/oas/v3.1.0#paths-object
extension DocumentReader {
    func operations(_ paths: Node, commonSecurity: [Located<Name>]) -> [Operation] {
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
                switch error {
                case .invalid(let message): diagnostics.report(.invalidValue, at: entry.keyLocation, message)
                case .unsupported(let message): diagnostics.report(.unsupportedValue, at: entry.keyLocation, message)
                }
                continue
            }
            operations += self.operations(
                entry, path: path, pointer: pointer.appending(entry.key), commonSecurity: commonSecurity)
        }
        checkOperationIds(operations)
        return operations
    }

    private func operations(
        _ entry: Mapping.Entry, path: PathTemplate, pointer: JSONPointer, commonSecurity: [Located<Name>]
    ) -> [Operation] {
        guard let (node, pointer) = dereferenced(entry.value, pointer: pointer), let item = object(node, .pathItem)
        else { return [] }
        let common = parameters(item, pointer: pointer)
        var operations: [Operation] = []
        for entry in item.mapping.entries {
            guard let method = Operation.Method(rawValue: entry.key.text) else { continue }
            let pointer = pointer.appending(entry.key)
            if let operation = operation(
                entry, method: method, path: path, pointer: pointer, common: common, commonSecurity: commonSecurity)
            {
                operations.append(operation)
            }
        }
        return operations
    }

    private func operation(
        _ entry: Mapping.Entry, method: Operation.Method, path: PathTemplate, pointer: JSONPointer,
        common: [Parameter], commonSecurity: [Located<Name>]
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
            if method == .get || method == .head || method == .delete || method == .trace {
                diagnostics.report(
                    .unsupportedValue, at: node.location,
                    "a body of a \(method.rawValue.uppercased()) request has no defined meaning",
                    advice: "use POST, or send the values as query parameters")
            }
        }
        operation.security = object.entry("security").map { securityRequirement($0.value) } ?? commonSecurity
        operation.responses = responses(object, pointer: pointer)
        return operation
    }

    private func responses(_ operation: ObjectReader, pointer: JSONPointer) -> [Response] {
        guard let node = operation.required("responses") else { return [] }
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
            if entry.key == "default" || entry.key.text.utf8.dropFirst().elementsEqual("XX".utf8) {
                diagnostics.report(
                    .unsupportedKeyword, at: entry.keyLocation,
                    "the response `\(entry.key)`, for more than one status, is not supported yet",
                    advice: "write a response for each status")
                continue
            }
            guard entry.key.text.utf8.count == 3, let status = Int(entry.key.text), (100...599).contains(status) else {
                diagnostics.report(
                    .invalidValue, at: entry.keyLocation, "`\(entry.key)` is no status code",
                    advice: "status codes are three digits, 100 to 599")
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
            guard let id = operation.id else {
                diagnostics.report(
                    .missingOperationId, at: operation.location,
                    "\(operation.method.rawValue.uppercased()) \(operation.path.text) has no `operationId`",
                    advice: "the operation's Swift name comes from it")
                continue
            }
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
