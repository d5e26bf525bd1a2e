import JSONSchema

/// The schemas that values are held to at run time, in the form that `JSONSchema.SchemaSet` reads: without what is for
/// people only, in the terms of JSON Schema 2020-12 whatever the version of the document.
final class SchemaTable {
    private let document: Document
    private let diagnostics: Diagnostics
    private var positions: [JSONPointer: Int] = [:]
    private var pending: [(pointer: JSONPointer, source: Source)] = []
    private var texts: [[UInt8]] = []
    /// For each schema those that hold for the same value, to find what would hold itself forever.
    private var inPlace: [Int: [Int]] = [:]
    private var locations: [Location] = []

    private enum Source {
        case node(Node)
        case schema(Schema)
    }

    init(_ document: Document, diagnostics: Diagnostics) {
        self.document = document
        self.diagnostics = diagnostics
    }

    /// The place of a schema in the table.
    func entry(_ use: SchemaUse) -> Int {
        switch use {
        case .reference(let reference): entry(at: reference.target)
        case .inline(let schema):
            entry(schema.pointer, schema.node.map { .node($0) } ?? .schema(schema), schema.location)
        }
    }

    private func entry(_ pointer: JSONPointer, _ source: Source, _ location: Location) -> Int {
        if let known = positions[pointer] { return known }
        let position = pending.count
        positions[pointer] = position
        pending.append((pointer, source))
        locations.append(location)
        return position
    }

    private func entry(at pointer: JSONPointer) -> Int {
        guard let node = document.nodes[pointer] ?? document.root.member(at: pointer) else {
            // Reported where the reference was read.
            return 0
        }
        return entry(pointer, .node(node), node.location)
    }

    /// The whole table as JSON; empty where nothing has a place in it.
    func finished() -> [UInt8] {
        while texts.count < pending.count {
            let (pointer, source) = pending[texts.count]
            var text: [UInt8] = []
            switch source {
            case .node(let node): append(node, pointer, to: &text, isEntry: true, holder: texts.count)
            case .schema(let schema): append(schema, to: &text, holder: texts.count)
            }
            texts.append(text)
        }
        for cycle in cycles(in: Array(pending.indices), edges: { self.inPlace[$0] ?? [] }) {
            diagnostics.report(
                .referenceCycle, at: locations[cycle[0]],
                "whether a value fits this schema depends on whether it fits this schema")
        }
        return texts.isEmpty ? [] : [0x5B] + Array(texts.joined(separator: [0x2C, 0x0A])) + [0x5D]
    }

    /// What was put together of several schemas holds what all of them do.
    private func append(_ schema: Schema, to text: inout [UInt8], holder: Int) {
        let parts = schema.allOf.map { reference(to: entry($0), from: holder) }
        text += "{\"allOf\":[\(parts.joined(separator: ","))]}".utf8
    }

    private func reference(to position: Int, from holder: Int?) -> String {
        if let holder { inPlace[holder, default: []].append(position) }
        return "\(position)"
    }

    /// `holder` is the entry whose value the schema holds for; nil for values within it.
    private func append(
        _ node: Node, _ pointer: JSONPointer, to text: inout [UInt8], isEntry: Bool = false, holder: Int?
    ) {
        guard var mapping = node.mapping else {
            text += (node.boolean == false ? "false" : "true").utf8
            return
        }
        for index in mapping.entries.indices {
            // As the reader has it.
            guard let key = ObjectKind.camelCase(mapping.entries[index].key), ObjectKind.schema31.read.contains(key),
                mapping[key] == nil
            else { continue }
            mapping.entries[index].key = key
        }
        if !isEntry, let known = positions[pointer] {
            text += reference(to: known, from: holder).utf8
            return
        }
        if mapping.entries.count == 1 || onlyAnnotated(mapping), let target = target(mapping, pointer), !isEntry {
            text += reference(to: entry(at: target), from: holder).utf8
            return
        }
        var members: [String] = []
        let isNullable = document.version == .v30 && mapping["nullable"]?.value.boolean == true
        for entry in mapping.entries {
            let pointer = pointer.appending(entry.key)
            if let value = value(entry, mapping, pointer, isNullable: isNullable, holder: holder) {
                members.append("\"\(entry.key)\":\(value)")
            }
        }
        if isEntry, mapping["title"]?.value.string == nil, pointer.tokens.first == "components",
            let name = pointer.tokens.last
        {
            members.append("\"title\":\(JSONText.quoted(name.text))")
        }
        // Null gets past everything that stands beside it.
        if isNullable { members.append("\"nullable\":true") }
        let object = "{\(members.joined(separator: ","))}"
        text += object.utf8
    }

    private func onlyAnnotated(_ mapping: Mapping) -> Bool {
        mapping.entries.allSatisfy { entry in
            entry.key == "$ref" || entry.key == "description" || ObjectKind.referenceDocumentation.contains(entry.key)
                || entry.key.hasPrefix("x-")
        }
    }

    private func target(_ mapping: Mapping, _ pointer: JSONPointer) -> JSONPointer? {
        if let target = RecursiveReference.target(mapping, at: pointer, in: document.root) { return target }
        guard let text = mapping["$ref"]?.value.string, text.utf8.first == UInt8(ascii: "#") else { return nil }
        return JSONPointer(fragment: Substring(text).utf8.dropFirst())
    }

    private func json(_ node: Node) -> String { String(decoding: JSONText.text(of: node), as: UTF8.self) }

    /// The value of a keyword, or nil for one that says nothing here.
    private func value(
        _ entry: Mapping.Entry, _ mapping: Mapping, _ pointer: JSONPointer, isNullable: Bool, holder: Int?
    ) -> String? {
        func schema(_ node: Node, _ pointer: JSONPointer, _ holder: Int?) -> String {
            var text: [UInt8] = []
            append(node, pointer, to: &text, holder: holder)
            return String(decoding: text, as: UTF8.self)
        }
        switch entry.key {
        case "$ref":
            return target(mapping, pointer).map { reference(to: self.entry(at: $0), from: holder) }
        case "type":
            return json(entry.value)
        case "title", "enum", "const", "default", "minLength", "maxLength", "minimum", "maximum", "multipleOf",
            "minItems",
            "maxItems", "uniqueItems", "minProperties", "maxProperties", "required", "readOnly", "writeOnly",
            "dependentRequired", "minContains", "maxContains":
            if Self.isReplaced(entry.key, mapping) { return nil }
            return json(entry.value)
        case "exclusiveMinimum", "exclusiveMaximum":
            guard let isExclusive = entry.value.boolean else { return json(entry.value) }
            guard isExclusive else { return nil }
            return mapping[entry.key == "exclusiveMinimum" ? "minimum" : "maximum"].map { json($0.value) }
        case "format":
            guard let name = entry.value.string else { return nil }
            let isKnown = Format(rawValue: name) != nil || SchemaSet.ranges.contains { $0.format == name }
            return isKnown ? JSONText.quoted(name) : nil
        case "contentSchema":
            return Schema.holdsJSON(mapping) ? schema(entry.value, pointer, nil) : nil
        case "pattern":
            guard let text = entry.value.string, check(text, at: entry.value.location) else { return nil }
            return JSONText.quoted(text)
        case "not", "if", "then", "else":
            return schema(entry.value, pointer, holder)
        case "items", "additionalProperties", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties":
            return schema(entry.value, pointer, nil)
        case "allOf", "oneOf", "anyOf", "prefixItems":
            let parts = (entry.value.sequence ?? []).enumerated().map { index, node in
                schema(node, pointer.appending(index), entry.key == "prefixItems" ? nil : holder)
            }
            return "[\(parts.joined(separator: ","))]"
        case "properties", "patternProperties", "dependentSchemas":
            let isPattern = entry.key == "patternProperties"
            let members = (entry.value.mapping?.entries ?? []).compactMap { member -> String? in
                if isPattern, !check(member.key.text, at: member.keyLocation) { return nil }
                let holder = entry.key == "dependentSchemas" ? holder : nil
                return
                    "\(JSONText.quoted(member.key.text)):\(schema(member.value, pointer.appending(member.key), holder))"
            }
            return "{\(members.joined(separator: ","))}"
        case "discriminator": return discriminator(entry.value, mapping, pointer)
        default: return nil
        }
    }

    /// In 3.0 a flag turns an inclusive bound into an exclusive one.
    private static func isReplaced(_ key: Name, _ mapping: Mapping) -> Bool {
        switch key {
        case "minimum": mapping["exclusiveMinimum"]?.value.boolean == true
        case "maximum": mapping["exclusiveMaximum"]?.value.boolean == true
        default: false
        }
    }

    private func check(_ pattern: String, at location: Location) -> Bool {
        do throws(Pattern.Problem) {
            _ = try Pattern(pattern)
            return true
        } catch {
            diagnostics.report(
                error.isUnsupported ? .unsupportedValue : .invalidValue, at: location,
                "the pattern cannot be used: \(error.message) (at character \(error.offset + 1))")
            return false
        }
    }

    /// The alternative that each value of the property chooses: by `mapping`, and by the names of schemas.
    private func discriminator(_ node: Node, _ mapping: Mapping, _ pointer: JSONPointer) -> String? {
        guard let property = node.mapping?["propertyName"]?.value.string,
            let parts = (mapping["oneOf"] ?? mapping["anyOf"])?.value.sequence
        else { return nil }
        // Only how deep it stands matters for what is around it.
        let targets = parts.map { $0.mapping.flatMap { target($0, pointer) } }
        guard targets.allSatisfy({ $0 != nil }) else { return nil }
        var branches: [(String, Int)] = []
        var mapped: Set<Int> = []
        /// The place of a schema among the alternatives.
        func place(_ value: Node) -> Int? {
            guard let text = value.string else { return nil }
            // A name of a schema, or a reference to one.
            let pointer =
                text.utf8.first == UInt8(ascii: "#")
                ? JSONPointer(fragment: Substring(text).utf8.dropFirst())
                : JSONPointer.root.appending("components").appending("schemas").appending(Name(text))
            if let index = targets.firstIndex(where: { $0 == pointer }) { return index }
            diagnostics.report(
                .invalidValue, at: value.location,
                "`\(text)` is none of the alternatives that the discriminator chooses from")
            return nil
        }
        for entry in node.mapping?["mapping"]?.value.mapping?.entries ?? [] {
            guard let index = place(entry.value) else { continue }
            branches.append((entry.key.text, index))
            mapped.insert(index)
        }
        for (index, target) in targets.enumerated() where !mapped.contains(index) {
            if let name = target?.tokens.last { branches.append((name.text, index)) }
        }
        let members = branches.map { "\(JSONText.quoted($0.0)):\($0.1)" }.joined(separator: ",")
        let fallback =
            node.mapping?["defaultMapping"].flatMap { place($0.value) }.map { ",\"defaultMapping\":\($0)" } ?? ""
        return "{\"propertyName\":\(JSONText.quoted(property)),\"mapping\":{\(members)}\(fallback)}"
    }
}
