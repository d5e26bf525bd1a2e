import JSON

/// An OpenAPI document as pages read it: references are followed, operations come in the order of their tags.
struct DocumentView {
    /// A path and method with what the document says of it.
    struct Operation {
        /// In upper case.
        let method: String
        let path: String
        let value: JSONValue
        /// Its own parameters behind those of its path, references followed.
        let parameters: [JSONValue]

        var id: String { value["operationId"]?.stringValue ?? "\(method) \(path)" }
    }

    /// Operations under one heading.
    struct Section {
        let name: String
        let description: String?
        var operations: [Operation]
    }

    let root: JSONValue

    /// What a value refers to, or the value itself if it refers to nothing within the document.
    func resolved(_ value: JSONValue) -> JSONValue {
        var value = value
        // A chain of references that is longer goes round in a circle.
        for _ in 0..<32 {
            guard let reference = value["$ref"]?.stringValue, let target = target(of: reference) else { return value }
            value = target
        }
        return value
    }

    /// The name of a schema that is referred to.
    func schemaName(_ schema: JSONValue) -> String? {
        guard let reference = schema["$ref"]?.stringValue else { return nil }
        let prefix = "#/components/schemas/"
        guard reference.utf8.starts(with: prefix.utf8) else { return nil }
        return String(reference.utf8.dropFirst(prefix.utf8.count))
    }

    /// Every operation, by first tag in the order of the document's tags; behind them those of other tags or of none.
    var sections: [Section] {
        var sections = (root["tags"]?.arrayValue ?? []).map { tag in
            Section(name: tag["name"]?.stringValue ?? "", description: tag["description"]?.stringValue, operations: [])
        }
        var others = Section(name: "Other", description: nil, operations: [])
        for operation in operations {
            let tag = operation.value["tags"]?.arrayValue?.first?.stringValue
            if let tag, let index = sections.firstIndex(where: { $0.name.utf8.elementsEqual(tag.utf8) }) {
                sections[index].operations.append(operation)
            } else {
                others.operations.append(operation)
            }
        }
        return (sections + [others]).filter { !$0.operations.isEmpty }
    }

    private var operations: [Operation] {
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
        return (root["paths"]?.objectValue?.members ?? []).flatMap { path in
            let item = resolved(path.value)
            let shared = item["parameters"]?.arrayValue ?? []
            return methods.compactMap { method in
                item[method].map { operation in
                    Operation(
                        method: method.uppercased(), path: path.name, value: operation,
                        parameters: (shared + (operation["parameters"]?.arrayValue ?? [])).map(resolved))
                }
            }
        }
    }

    /// https://www.rfc-editor.org/rfc/rfc6901#section-6
    private func target(of reference: String) -> JSONValue? {
        guard reference.utf8.starts(with: "#/".utf8) else { return nil }
        var value = root
        for step in reference.utf8.dropFirst(2).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let next = value[unescaped(step)] else { return nil }
            value = next
        }
        return value
    }

    private func unescaped(_ step: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        for byte in step {
            switch (bytes.last, byte) {
            case (UInt8(ascii: "~"), UInt8(ascii: "1")): bytes[bytes.count - 1] = UInt8(ascii: "/")
            case (UInt8(ascii: "~"), UInt8(ascii: "0")): bytes[bytes.count - 1] = UInt8(ascii: "~")
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
