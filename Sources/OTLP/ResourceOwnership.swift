import JSON

/// Finds out whether a resource-spans element is one of those to be kept: its one resource has exactly one attribute of
/// the given key, and that attribute's value is `{"stringValue": …}`, nothing beside it, with one of the given texts.
///
/// It reads the element's tokens as they come, needs the same few bytes for elements of any size, and holds whatever
/// readers could understand in two ways for foreign: that is the safe mistake.
struct ResourceOwnership: Sendable {
    enum Verdict: Sendable {
        case undecided, own, foreign
    }

    /// What is known so far. Own can still become foreign by a second resource; at the element's end undecided means that
    /// there was no resource.
    private(set) var verdict = Verdict.undecided

    private let key: String
    private let values: [String]

    /// How many containers are open directly within the element; the resource is one deeper and so on.
    private let elementDepth: Int
    private var resourceDepth: Int { elementDepth + 1 }
    private var listDepth: Int { elementDepth + 2 }
    private var attributeDepth: Int { elementDepth + 3 }
    private var valueDepth: Int { elementDepth + 4 }

    private enum Member {
        case other, resource, attributes, key, value
    }

    /// The member whose value is being read, at the element's level and at those below it.
    private var elementMember = Member.other
    private var resourceMember = Member.other
    private var attributeMember = Member.other

    private var hasResource = false
    private var hasAttributes = false
    /// Attributes with the key so far; the one of an own resource is good.
    private var matches = 0
    private var attribute = Attribute()

    /// The attribute that is being read.
    private struct Attribute {
        var hasKey = false
        var keyMatches = false
        var hasValue = false
        var hasStringValue = false
        var valueMatches = false
        /// Something that cannot belong to a plain string attribute.
        var isOdd = false
    }

    /// `elementDepth`: the tokenizer's depth after the token that begins the element.
    init(key: String, values: [String], elementDepth: Int) {
        self.key = key
        self.values = values
        self.elementDepth = elementDepth
    }

    /// Takes the next token after the one that began the element, up to the one that ends it, not included; `depth` is
    /// the tokenizer's.
    mutating func observe(_ token: JSONToken, depth: Int, _ tokenizer: borrowing JSONTokenizer) {
        // A container's tokens belong to the level around it.
        let isBegin = token.kind == .beginObject || token.kind == .beginArray
        let level = isBegin ? depth - 1 : depth
        guard verdict != .foreign, level <= valueDepth else { return }
        if level == elementDepth {
            inElement(token, tokenizer)
        } else if elementMember == .resource {
            if level == resourceDepth {
                inResource(token, tokenizer)
            } else if resourceMember == .attributes {
                inAttributes(token, level, tokenizer)
            }
        }
    }

    private mutating func inElement(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) {
        if token.kind == .name {
            elementMember = tokenizer.content(of: token, equals: "resource") ? .resource : .other
            guard elementMember == .resource else { return }
            if hasResource { verdict = .foreign }
            hasResource = true
        } else if elementMember == .resource {
            switch token.kind {
            case .beginObject: break
            case .endObject: verdict = matches == 1 ? .own : .foreign
            default: verdict = .foreign
            }
        }
    }

    private mutating func inResource(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) {
        if token.kind == .name {
            resourceMember = tokenizer.content(of: token, equals: "attributes") ? .attributes : .other
            guard resourceMember == .attributes else { return }
            if hasAttributes { verdict = .foreign }
            hasAttributes = true
        } else if resourceMember == .attributes {
            switch token.kind {
            case .beginArray, .endArray, .null: break
            default: verdict = .foreign
            }
        }
    }

    private mutating func inAttributes(_ token: JSONToken, _ level: Int, _ tokenizer: borrowing JSONTokenizer) {
        if level == listDepth {
            switch token.kind {
            case .beginObject: attribute = Attribute()
            case .endObject: endAttribute()
            default: verdict = .foreign
            }
        } else if level == attributeDepth {
            inAttribute(token, tokenizer)
        } else if level == valueDepth, attributeMember == .value {
            inValue(token, tokenizer)
        }
    }

    private mutating func inAttribute(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) {
        switch (token.kind, attributeMember) {
        case (.name, _):
            attributeMember = member(token, tokenizer)
            switch attributeMember {
            case .key:
                // Which of two keys counts depends on the reader.
                if attribute.hasKey { verdict = .foreign }
                attribute.hasKey = true
            case .value:
                if attribute.hasValue { attribute.isOdd = true }
                attribute.hasValue = true
            default: attribute.isOdd = true
            }
        case (.string, .key): attribute.keyMatches = tokenizer.content(of: token, equals: key)
        // An empty key, as Protobuf's JSON has it.
        case (.null, .key): break
        case (_, .key): verdict = .foreign
        case (.beginObject, .value), (.endObject, .value): break
        case (_, .value): attribute.isOdd = true
        default: break
        }
    }

    private func member(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) -> Member {
        if tokenizer.content(of: token, equals: "key") { return .key }
        return tokenizer.content(of: token, equals: "value") ? .value : .other
    }

    private mutating func inValue(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) {
        switch token.kind {
        case .name:
            if attribute.hasStringValue || !tokenizer.content(of: token, equals: "stringValue") {
                attribute.isOdd = true
            }
            attribute.hasStringValue = true
        case .string: attribute.valueMatches = values.contains { tokenizer.content(of: token, equals: $0) }
        default: attribute.isOdd = true
        }
    }

    private mutating func endAttribute() {
        guard attribute.keyMatches else { return }
        matches += 1
        if attribute.isOdd || !attribute.valueMatches { verdict = .foreign }
    }
}
