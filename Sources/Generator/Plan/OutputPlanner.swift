/// Responses become the cases of an operation's output.
extension Planner {
    /// Responses of `components` that operations use, once each.
    func sharedResponses() -> [ResponsePlan] {
        var plans: [ResponsePlan] = []
        let names = NameScope(inside: topLevel)
        var planned: [JSONPointer: Response] = [:]
        var order: [JSONPointer] = []
        for response in document.operations.flatMap(\.responses) where isShared(response) {
            if planned.updateValue(response, forKey: response.pointer) == nil { order.append(response.pointer) }
        }
        // By the document's order, not by that of their first use.
        let components = document.root.member(at: JSONPointer.root.appending("components").appending("responses"))
        let positions = Dictionary(
            (components?.mapping?.entries ?? []).enumerated().map { ($1.key, $0) },
            uniquingKeysWith: { first, _ in first })
        order.sort { positions[$0.tokens.last ?? ""] ?? 0 < positions[$1.tokens.last ?? ""] ?? 0 }
        for pointer in order {
            guard let response = planned[pointer] else { continue }
            let name = names.claim(
                SwiftName.type(pointer.tokens.last?.text ?? ""), suffix: "Response", fallback: "Response")
            responseNames[pointer] = name
            if let plan = self.response(response, name: name, scope: names) { plans.append(plan) }
        }
        return plans
    }

    func outputs(_ operation: Operation) -> [OutputCase] {
        let types = NameScope(inside: topLevel)
        var cases: [OutputCase] = []
        let wrapper = outputWrapper(operation)
        var isWrapped = false
        for response in operation.responses {
            let status = response.status.value
            // The server's connection sends interim answers, no operation does.
            guard !status.isIn(1) else { continue }
            let name = Self.caseName(of: status)
            let type: OutputCase.ResponseType
            let needsWrapper = wrapper != nil && !status.isError && !status.isIn(3) && !response.content.isEmpty
            isWrapped = isWrapped || needsWrapper
            if isShared(response), let shared = responseNames[response.pointer] {
                if needsWrapper {
                    diagnostics.report(
                        .extensionOutput, at: response.status.location,
                        "a good answer of this operation is wrapped, so it cannot be one that operations share",
                        advice: "write the answer out here instead of referring to `components/responses`")
                }
                type = .shared(shared)
            } else {
                let typeName = types.claim(name == "ok" ? "OK" : SwiftName.type(name), suffix: "Response")
                guard var plan = self.response(response, name: typeName, scope: types) else { continue }
                if needsWrapper { plan.wrapper = wrapper?.type }
                type = .nested(plan)
            }
            if [.exactly(204), .exactly(205), .exactly(304)].contains(status), let media = response.content.first {
                diagnostics.report(
                    .invalidValue, at: media.name.location,
                    "an answer with status \(response.status.value.text) has no content")
            }
            cases.append(
                OutputCase(
                    status: status, name: name, documentation: "\(status.text): \(response.description ?? "")",
                    type: type))
        }
        if let wrapper, !isWrapped {
            diagnostics.report(
                .extensionOutput, at: wrapper.location, "this operation needs a good answer with content to wrap")
        }
        return cases
    }

    private func isShared(_ response: Response) -> Bool {
        let tokens = response.pointer.tokens
        return tokens.count == 3 && tokens[0] == "components" && tokens[1] == "responses"
    }

    private func response(_ response: Response, name: String, scope: NameScope) -> ResponsePlan? {
        let host = Host(inside: scope)
        host.documentation = response.description
        var plan = ResponsePlan(name: name, documentation: response.description ?? "")
        let members = NameScope(taken: NameScope.reservedMembers.union(["body", "response", "headers", "status"]))
        for header in response.headers where Name(header.name.value.text.lowercased()) != "content-type" {
            if let header = self.header(header, members: members, host: host) { plan.headers.append(header) }
        }
        let cases = NameScope(taken: NameScope.reservedCases)
        for media in response.content {
            let name = caseName(of: media, in: cases)
            let typeName = response.content.count == 1 ? "Body" : SwiftName.type(name) + "Body"
            if var content = content(media, name: name, typeName: typeName, in: host) {
                content.example = media.example
                plan.contents.append(content)
            }
        }
        plan.nested = host.models
        return plan.contents.count == response.content.count ? plan : nil
    }

    private func content(_ media: MediaType, name: String, typeName: String, in host: Host) -> ResponsePlan.Content? {
        let isForClients = configuration.modes.contains(.client)
        guard media.isJSON else {
            var content = ResponsePlan.Content(mediaType: media.text, name: name, body: .bytes)
            guard let format = media.itemFormat else { return content }
            guard let items = items(media, format, typeName: typeName, host: host, isRead: isForClients) else {
                return nil
            }
            content.items = items
            return content
        }
        let schema = media.schema ?? anything(media)
        guard let type = type(of: schema, named: typeName, in: host) else { return nil }
        return .init(
            mediaType: media.text, name: name, body: .json(isNullable(schema) ? .nullable(type) : type),
            schema: isForClients ? table.entry(schema) : nil,
            outputSchema: configuration.modes.contains(.server) ? media.schema.map(outputTable.entry) ?? nil : nil)
    }

    /// The schema of what the document says nothing about.
    func anything(_ media: MediaType) -> SchemaUse {
        .inline(Schema(location: media.name.location, pointer: media.pointer.appending("schema"), type: .any))
    }

    /// The case of a media type among several: its subtype, with the parameters where that is taken already.
    func caseName(of media: MediaType, in cases: NameScope) -> String {
        let essence = media.name.value.text
        let subtype = essence.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1).last.map { Substring($0) } ?? ""
        let name =
            switch essence {
            case "text/plain": "plainText"
            case "application/octet-stream": "binary"
            case "application/x-www-form-urlencoded": "form"
            case "multipart/form-data": "multipart"
            case "*/*": "any"
            case _ where subtype == "*": SwiftName.member(String(essence.dropLast(2)))
            default:
                SwiftName.member(subtype.utf8.starts(with: "x-".utf8) ? String(subtype.dropFirst(2)) : String(subtype))
            }
        let parameters = media.text.utf8.dropFirst(essence.utf8.count)
        return cases.claim(name, suffix: SwiftName.type(String(Substring(parameters))), fallback: "content")
    }

    private func header(_ header: Header, members: NameScope, host: Host) -> ResponsePlan.HeaderPlan? {
        let text = header.name.value.text
        guard let schema = resolved(header.schema) else { return nil }
        let conversion: ResponsePlan.HeaderPlan.Conversion
        switch schema.type {
        // What is JSON is written and read by who knows what is in it.
        case _ where header.isJSON: conversion = .none
        case _ where isIntegerEnumeration(schema): conversion = .rawDescription
        case _ where mixedValues(schema) != nil: conversion = .description
        case .string where isEnumeration(schema), .any where isEnumeration(schema): conversion = .rawValue
        case .string where formatType(schema) != nil: conversion = .description
        case .string: conversion = .none
        case .integer, .number, .boolean: conversion = .description
        case .object, .array, .any: conversion = .none
        }
        // What is no scalar is the text that is sent.
        let isText = if case .none = conversion { true } else { false }
        guard
            let type = isText ? .string : type(of: header.schema, named: SwiftName.type(text), in: host)
        else { return nil }
        return ResponsePlan.HeaderPlan(
            wireName: header.name.value, name: members.claim(SwiftName.member(text), suffix: "Header"), type: type,
            isRequired: header.isRequired, conversion: conversion,
            documentation: ExampleText.appended(
                to: header.description ?? description(of: header.schema, fallback: "The header field `\(text)`."),
                header.example ?? resolved(header.schema)?.example))
    }

    private static func caseName(of status: Status) -> String {
        switch status {
        case .exactly(let status): caseNames[status] ?? "status\(status)"
        case .range(2): "success"
        case .range(3): "redirection"
        case .range(4): "clientError"
        case .range: "serverError"
        case .default: "default"
        }
    }

    private static let caseNames: [Int: String] = [
        200: "ok", 201: "created", 202: "accepted", 204: "noContent", 304: "notModified", 400: "badRequest",
        401: "unauthorized", 403: "forbidden", 404: "notFound", 405: "methodNotAllowed", 406: "notAcceptable",
        409: "conflict", 410: "gone", 413: "contentTooLarge", 415: "unsupportedMediaType",
        422: "unprocessableContent", 429: "tooManyRequests", 500: "internalServerError", 501: "notImplemented",
        502: "badGateway", 503: "serviceUnavailable", 504: "gatewayTimeout",
    ]
}
