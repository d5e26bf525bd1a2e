extension LintRule {
    static let parameterRules: [LintRule] = [
        LintRule(
            "path-parameters-defined", .error, .warn, .error,
            "The parameters in a path are declared, and those that are declared stand in it."
        ) { context in
            let document = context.document
            let operations = Dictionary(grouping: document.operations, by: \.pathItem.node.location)
            for item in document.all(.pathItem) where item.origin == .paths {
                guard let path = item.key, path.hasPrefix("/") else { continue }
                let inPath = templateNames(path.text)
                let common = declared(in: document.parameters(item.mapping))
                for (name, location) in common where !inPath.contains(name) {
                    context.report(location, "the path `\(path)` has no `{\(name)}`")
                }
                for operation in operations[item.node.location] ?? [] {
                    let own = declared(in: document.parameters(operation.mapping))
                    for (name, location) in own where !inPath.contains(name) {
                        context.report(location, "the path `\(path)` has no `{\(name)}`")
                    }
                    for name in inPath where !(own + common).contains(where: { $0.name == name }) {
                        context.report(
                            operation.mapping["parameters"]?.keyLocation ?? operation.method.keyLocation,
                            "\(operation.title) does not declare the parameter `{\(name)}` of its path",
                            advice: "add `- {name: \(name), in: path, required: true, schema: {…}}` to `parameters`")
                    }
                }
            }
        },
        LintRule(
            "operation-parameters-unique", .error, .warn, .error,
            "No two parameters of an operation, or of a path item, have one name and place."
        ) { context in
            let document = context.document
            let lists =
                document.all(.pathItem).map { document.parameters($0.mapping) }
                + document.all(.operation).map { document.parameters($0.mapping) }
            for parameters in lists {
                var first: [String: Location] = [:]
                for (parameter, location) in parameters {
                    guard let name = parameter["name"]?.value.string, let place = parameter["in"]?.value.string else {
                        continue
                    }
                    if let other = first["\(place) \(name)"] {
                        context.report(
                            location, "there is a \(place) parameter `\(name)` already",
                            notes: [.init(location: other, message: "the first is here")])
                    } else {
                        first["\(place) \(name)"] = location
                    }
                }
            }
        },
        LintRule("parameter-description", .off, .off, .off, "Every parameter has a description.") { context in
            for parameter in context.document.all(.parameter) {
                let name = parameter.mapping["name"]?.value.string ?? ""
                context.checkPresent(
                    "description", in: parameter.mapping, at: parameter.keyLocation, "the parameter `\(name)`")
            }
        },
        LintRule(
            "spec-querystring-parameters", .error, .error, .error, versions: [.v32],
            "At most one parameter is the whole query string, and then there are no query parameters."
        ) { context in
            let document = context.document
            let operations = Dictionary(grouping: document.operations, by: \.pathItem.node.location)
            for item in document.all(.pathItem) {
                let common = document.parameters(item.mapping)
                checkQueryString(common, context)
                for operation in operations[item.node.location] ?? [] {
                    let own = document.parameters(operation.mapping)
                    if !own.isEmpty { checkQueryString(common + own, context) }
                }
            }
        },
    ]

    /// The path parameters of a list, with the places of their references.
    private static func declared(
        in parameters: [(parameter: Mapping, location: Location)]
    ) -> [(name: Name, location: Location)] {
        parameters.compactMap { parameter, location in
            guard parameter["in"]?.value.string == "path", let name = parameter["name"]?.value.string else {
                return nil
            }
            return (Name(name), location)
        }
    }

    private static func checkQueryString(
        _ parameters: [(parameter: Mapping, location: Location)], _ context: LintContext
    ) {
        let whole = parameters.filter { $0.parameter["in"]?.value.string == "querystring" }
        for (_, location) in whole.dropFirst() {
            context.report(location, "there is another parameter that is the whole query string")
        }
        guard let first = whole.first else { return }
        for (parameter, location) in parameters where parameter["in"]?.value.string == "query" {
            context.report(
                location, "a query parameter cannot stand beside one that is the whole query string",
                notes: [.init(location: first.location, message: "this one")])
        }
    }
}
