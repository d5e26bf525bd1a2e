/// Makes a ``Plan`` of a document that was read without errors, and reports what cannot be planned.
final class Planner {
    let document: Document
    let configuration: Configuration
    let diagnostics: Diagnostics
    /// Names of types at the top of the generated module.
    let topLevel: NameScope
    /// The Swift names of the schemas that have a place of their own.
    var modelNames: [JSONPointer: String] = [:]
    /// Models in the order of the document.
    var models: [(pointer: JSONPointer?, model: Model)] = []
    var responseNames: [JSONPointer: String] = [:]
    /// Schemas whose `allOf` has been merged, and those where it could not be.
    var mergedSchemas: [JSONPointer: Schema?] = [:]
    /// Where extensions stand that have been understood.
    var understoodExtensions: Set<Location> = []

    private init(_ document: Document, _ configuration: Configuration, _ diagnostics: Diagnostics) {
        self.document = document
        self.configuration = configuration
        self.diagnostics = diagnostics
        var taken = NameScope.reservedTypes
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
        if document.operations.isEmpty, let paths = document.root.mapping?["paths"] {
            diagnostics.report(.unsupportedValue, at: paths.keyLocation, "there are no operations to generate code for")
        }
        plan.imports = configuration.imports.map(\.value.text)
        plan.groups = groups()
        let names = operationNames()
        nameModels()
        planModels()
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
        let used = Set(plan.operations.compactMap(\.scheme))
        let methods = NameScope()
        for scheme in document.securitySchemes where used.contains(scheme.name.value) {
            plan.schemes.append(
                Plan.SchemePlan(
                    name: scheme.name.value,
                    method: methods.claim(SwiftName.member(scheme.name.value.text), suffix: "Scheme"),
                    documentation: scheme.description ?? "The security scheme `\(scheme.name.value)`."))
        }
        if !used.isEmpty { plan.credential = configuration.credential?.value.text }
        checkRoutes()
        checkFailureFormats()
        checkExtensionSites()
        plan.models = models.map(\.model)
        return plan
    }

    /// One group a tag: the declared tags in their order, then those that only operations name.
    private func groups() -> [Plan.Group] {
        var tags = document.tags.map { (Name($0.name.value), $0.description) }
        for tag in document.operations.compactMap(\.tags.first) where !tags.contains(where: { $0.0 == Name(tag.value) })
        {
            tags.append((Name(tag.value), nil))
        }
        let labels = NameScope(taken: NameScope.reservedLabels)
        return tags.map { tag, description in
            let base = SwiftName.type(tag.text)
            return Plan.Group(
                tag: tag, protocolName: topLevel.claim(base.isEmpty ? "TagAPI" : "\(base)API", suffix: "Operations"),
                label: labels.claim(SwiftName.member(tag.text), suffix: "API", fallback: "tag"),
                documentation: description ?? "The operations of the tag \(tag).")
        }
    }

    private func operationNames() -> [(member: String, type: String)] {
        let members = NameScope(taken: NameScope.reservedMembers)
        return document.operations.map { operation in
            let id = operation.id?.value ?? ""
            return (
                members.claim(SwiftName.member(id), suffix: "Operation", fallback: "operation"),
                topLevel.claim(SwiftName.type(id), suffix: "Operation", fallback: "Operation")
            )
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
            var segments: [Name?]
        }
        var first: [Shape: Operation] = [:]
        for operation in document.operations {
            let segments = operation.path.segments.map { segment -> Name? in
                if case .literal(let name) = segment { name } else { nil }
            }
            let shape = Shape(router: router(of: operation), method: operation.method, segments: segments)
            if let other = first[shape] {
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
