/// Makes a ``Plan`` of a document that was read without errors, and reports what cannot be planned.
final class Planner {
    let document: Document
    let configuration: Configuration
    let diagnostics: Diagnostics
    /// Names of types at the top of the generated module.
    let topLevel: NameScope
    /// The names that the configuration gives.
    let overrides: NameTable
    /// The Swift names of the schemas that have a place of their own.
    var modelNames: [JSONPointer: String] = [:]
    /// Models in the order of the document.
    var models: [(pointer: JSONPointer?, model: Model)] = []
    var responseNames: [JSONPointer: String] = [:]
    /// Schemas whose `allOf` has been merged, and those where it could not be.
    var mergedSchemas: [JSONPointer: Schema?] = [:]
    var aliasCache: [JSONPointer: TypeReference]?
    /// The schemas that inputs are held to.
    let table: SchemaTable
    /// The schemas that answers are held to in debug builds.
    let outputTable: SchemaTable
    /// What is wrong with those alone.
    private let outputDiagnostics = Diagnostics()
    /// Where extensions stand that have been understood.
    var understoodExtensions: Set<Location> = []

    private init(_ document: Document, _ configuration: Configuration, _ diagnostics: Diagnostics) {
        self.document = document
        self.configuration = configuration
        self.diagnostics = diagnostics
        overrides = NameTable(configuration.names, document, diagnostics: diagnostics)
        table = SchemaTable(document, diagnostics: diagnostics)
        outputTable = SchemaTable(document, diagnostics: outputDiagnostics)
        var taken = NameScope.reservedTypes
        if configuration.formats == .types { taken.formUnion(FormatType.allCases.map(\.rawValue)) }
        if configuration.modes.contains(.client) { taken.formUnion(NameScope.reservedClientTypes) }
        // Types that the configuration names are used unqualified.
        let types =
            configuration.inputExtensions.flatMap { $0.values.map(\.type.value.text) }
            + configuration.outputWrappers.map(\.type.value.text)
            + (configuration.routers?.values ?? []).flatMap {
                [$0.type.value.text, Self.operationsName(of: $0.type.value.text)]
            }
            + [configuration.credential?.value.text ?? ""] + configuration.imports.map(\.value.text)
        for type in types {
            for word in type.utf8.split(whereSeparator: { "<>., ".utf8.contains($0) }) {
                taken.insert(String(Substring(word)))
            }
        }
        topLevel = NameScope(taken: taken)
    }

    static func plan(_ document: Document, _ configuration: Configuration, diagnostics: Diagnostics) -> Plan {
        Planner(document, configuration, diagnostics).plan()
    }

    private func plan() -> Plan {
        var plan = Plan(title: document.title.value, apiVersion: document.apiVersion.value)
        if document.operations.isEmpty, document.outgoing.isEmpty, document.schemas.isEmpty,
            let paths = document.root.mapping?["paths"]
        {
            diagnostics.warn(.unsupportedValue, at: paths.keyLocation, "there are no operations to generate code for")
        }
        plan.imports = configuration.imports.map(\.value.text)
        plan.modes = configuration.modes
        plan.groups = groups()
        let names = operationNames()
        nameModels()
        planModels()
        planOutgoing()
        checkRecursion()
        // Without operations no value is held to a schema but those of unions.
        let modelSchemas = configuration.modes == [.types] ? table.finished() : nil
        plan.sharedResponses = sharedResponses()
        for (operation, name) in zip(document.operations, names) {
            guard let planned = self.operation(operation, name: name.member, typeName: name.type) else { continue }
            if let group = plan.groups.firstIndex(where: { $0.tag == planned.tag }) {
                plan.groups[group].operations.append(plan.operations.count)
            }
            plan.operations.append(planned)
        }
        plan.routers = routers(plan.operations)
        // A tag without operations needs no protocol.
        plan.groups.removeAll { $0.operations.isEmpty }
        let used = Set(plan.operations.flatMap { $0.security.flatMap { $0.map(\.name) } })
        plan.hasScopes = plan.operations.contains { $0.security.contains { $0.contains { !$0.scopes.isEmpty } } }
        let methods = NameScope(taken: ["scopes"])
        for scheme in document.securitySchemes where used.contains(scheme.name.value) {
            plan.schemes.append(
                Plan.SchemePlan(
                    name: scheme.name.value,
                    method: methods.claim(SwiftName.member(scheme.name.value.text), suffix: "Scheme"),
                    kind: scheme.kind,
                    documentation: scheme.description ?? "The security scheme `\(scheme.name.value)`."))
        }
        if plan.operations.contains(where: \.hasCredential) {
            plan.credential = configuration.credential?.value.text ?? "AuthenticatedCaller"
        }
        checkRoutes()
        checkFailureFormats()
        checkExtensionSites()
        plan.models = models.map(\.model)
        plan.servers = servers()
        plan.schemaTable = modelSchemas ?? table.finished()
        plan.outputTable = outputTable.finished()
        // What an answer cannot be held to is left out of a check that only debug builds have.
        for problem in outputDiagnostics.all
        where !diagnostics.all.contains(where: { $0.location == problem.location && $0.rule == problem.rule }) {
            diagnostics.warn(
                problem.rule, at: problem.location, problem.message, advice: "answers are not held to this")
        }
        return plan
    }

    /// One group a tag: the declared tags in their order, then those that only operations name.
    private func groups() -> [Plan.Group] {
        var tags = document.tags.map { (Name($0.name.value), $0.description) }
        var known = Set(tags.map(\.0))
        for operation in document.operations {
            let tag = tag(of: operation)
            guard known.insert(tag).inserted else { continue }
            tags.append((tag, operation.tags.isEmpty ? "The operations without a tag." : nil))
        }
        let labels = NameScope(taken: NameScope.reservedLabels.union(NameScope.reservedMembers))
        return tags.map { tag, description in
            let base = SwiftName.type(tag.text)
            return Plan.Group(
                tag: tag, protocolName: topLevel.claim(base.isEmpty ? "TagAPI" : "\(base)API", suffix: "Operations"),
                label: labels.claim(SwiftName.member(tag.text), suffix: "API", fallback: "tag"),
                documentation: description ?? "The operations of the tag \(tag).")
        }
    }

    private func operationNames() -> [(member: String, type: String)] {
        let members = NameScope(
            taken: NameScope.reservedMembers.union(
                configuration.modes.contains(.client) ? NameScope.reservedClientMembers : []))
        // What the configuration names gets that name, whatever stands before it in the document.
        let given = document.operations.map { operation in
            overrides.operation(operation).map { override in
                let member = claimed(override, in: members)
                return (member: member, type: operationType(member, member: member))
            }
        }
        return zip(document.operations, given).map { operation, given in
            if let given { return given }
            let id = operation.id?.value ?? Self.identifier(of: operation)
            let member = members.claim(SwiftName.member(id), suffix: "Operation", fallback: "operation")
            return (member, operationType(id, member: member))
        }
    }

    /// In a client the type stands beside the method, from which capitals tell it apart where there are any.
    private func operationType(_ id: String, member: String) -> String {
        let type = SwiftName.type(id)
        return topLevel.claim(type == member ? "\(type)Operation" : type, suffix: "Operation", fallback: "Operation")
    }

    /// `GET /pets/{pet_id}/toys` without an id is `getPetsByPetIDToys`: it stays the same as long as the path does.
    private static func identifier(of operation: Operation) -> String {
        "\(operation.method.rawValue) \(operation.path.words)"
    }

    /// What callbacks and webhooks carry gets types like any other body: models of inline schemas.
    private func planOutgoing() {
        for outgoing in document.outgoing {
            let operation = outgoing.operation
            let name = operation.id?.value ?? outgoing.name
            var bodies = (operation.requestBody?.content ?? []).map { ("request", $0) }
            for response in operation.responses {
                bodies += response.content.map { ("\(response.status.value.text) response", $0) }
            }
            for (kind, media) in bodies where media.isJSON {
                guard case .inline(let schema)? = media.schema, schema.hasShape else { continue }
                let host = Host(inside: topLevel)
                host.documentation = "The \(kind) of the callback or webhook `\(outgoing.name)`."
                let typeName = SwiftName.type("\(name) \(kind)")
                let count = models.count
                guard let type = type(of: .inline(schema), named: typeName, in: nil) else { continue }
                // A type of Swift gets a name, too, so that it is found.
                if models.count == count {
                    models.append(
                        (
                            nil,
                            Model(
                                name: topLevel.claim(typeName, suffix: "Body"), documentation: host.documentation ?? "",
                                location: schema.location, shape: .alias(type))
                        ))
                }
            }
        }
    }

    /// `AdminRouter` has the operations `AdminOperationID`.
    private static func operationsName(of router: String) -> String {
        let suffix = "Router"
        let isSuffixed = router.utf8.count > suffix.utf8.count && router.utf8.suffix(6).elementsEqual(suffix.utf8)
        return (isSuffixed ? String(router.dropLast(suffix.count)) : router) + "OperationID"
    }

    /// Each router that has operations; a router without any could not be written.
    private func routers(_ operations: [OperationPlan]) -> [Plan.RouterPlan] {
        let configured: [String?] = (configuration.routers?.values ?? []).map(\.type.value.text)
        return ([nil] + configured).compactMap { router in
            let positions = operations.indices.filter { operations[$0].router == router }
            guard !positions.isEmpty else { return nil }
            return Plan.RouterPlan(
                typeName: router ?? "Router", operationsName: router.map(Self.operationsName) ?? "OperationID",
                operations: positions)
        }
    }

    /// Two routes that the same path can match are told apart by literals before parameters; two that match exactly the
    /// same paths cannot be.
    private func checkRoutes() {
        struct Shape: Hashable {
            var router: String?
            var method: Operation.Method
            var path: Name
        }
        var first: [Shape: Operation] = [:]
        for operation in document.operations {
            let shape = Shape(
                router: router(of: operation), method: operation.method, path: operation.path.shape)
            if let other = first[shape], operation.path.hasFragment || other.path.hasFragment {
                diagnostics.warn(
                    .unreachableOperation, at: operation.location,
                    "no request reaches this operation: `\(other.path.text)` matches the same, and comes first",
                    notes: [.init(location: other.location, message: "the other operation")],
                    advice: "fragments are never sent; give the operations paths that differ")
            } else if let other = first[shape] {
                diagnostics.report(
                    .ambiguousPath, at: operation.location,
                    "`\(operation.path.text)` matches the same paths as `\(other.path.text)`",
                    notes: [.init(location: other.location, message: "the other operation")])
            } else {
                first[shape] = operation
            }
        }
    }
}
