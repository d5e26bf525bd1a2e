public import JSON

/// One way in which a value breaks its schema.
public struct SchemaViolation: Sendable, Equatable {
    /// The place in the value, as a JSON pointer; empty for the whole.
    public let pointer: String
    /// The keyword.
    public let rule: String
    /// One sentence for people.
    public let message: String
}

/// Which way a value goes: what is `readOnly` is not demanded of requests, what is `writeOnly` not of answers.
public enum SchemaDirection: Sendable {
    /// From the caller: members that are `readOnly` are left out, and defaults are filled in.
    case request
    /// To the caller: members that are `writeOnly` are left out.
    case response
    /// Neither kind is demanded, and nothing is changed.
    case either
}

/// What became of a value that was held to its schema.
public struct SchemaOutcome: Sendable {
    /// The value as its receiver should have it.
    public let value: JSONValue
    /// Everything that is wrong with it, up to a limit.
    public let violations: [SchemaViolation]
}

extension SchemaSet {
    /// Holds a value to one of the schemas.
    public func check(_ value: JSONValue, against entry: Int, direction: SchemaDirection) -> SchemaOutcome {
        var checker = SchemaChecker(self, direction)
        guard entries.indices.contains(entry) else {
            return SchemaOutcome(
                value: value,
                violations: [SchemaViolation(pointer: "", rule: "schema", message: "its schema could not be read")])
        }
        checker.budget = max(checker.budget, 50 * value.size)
        var value = value
        checker.check(&value, against: entry)
        return SchemaOutcome(value: value, violations: checker.violations)
    }

    /// Which of the alternatives of a schema's `oneOf` or `anyOf` a value is, by the discriminator or as the first that
    /// it fits; nil if it is none of them.
    public func alternative(of value: JSONValue, in entry: Int) -> Int? {
        guard entries.indices.contains(entry), let chooser = chooser(entry, 0) else { return nil }
        let node = nodes[chooser]
        if let discriminator = node.discriminator {
            if let chosen = discriminator.branch(of: value) { return chosen }
            if value.objectValue != nil { return nil }
        }
        return node.alternatives.firstIndex { alternative in
            var checker = SchemaChecker(self, .either)
            return checker.fits(value, alternative)
        }
    }
}

extension SchemaSet {
    /// The schema itself, or the part of it that has the alternatives.
    private func chooser(_ index: Int, _ depth: Int) -> Int? {
        if !nodes[index].alternatives.isEmpty { return index }
        guard depth < 20 else { return nil }
        for part in nodes[index].allOf {
            if let found = chooser(part, depth + 1) { return found }
        }
        return nil
    }
}

extension SchemaNode.Discriminator {
    func branch(of value: JSONValue) -> Int? {
        guard let name = value[property]?.stringValue else { return nil }
        return branches.first { $0.value.utf8.elementsEqual(name.utf8) }?.index
    }
}

/// Walks a value along its schema.
struct SchemaChecker {
    private enum Step {
        case name(String)
        case index(Int)
    }

    private let set: SchemaSet
    private let direction: SchemaDirection
    private(set) var violations: [SchemaViolation] = []
    private var path: [Step] = []
    /// Schemas may send the checker over the same value again and again; a caller must not be able to make it do so
    /// forever: so many steps may be taken, or so many times the value's size.
    var budget = 100_000
    private var depth = 0

    static let maximumViolations = 100
    private static let maximumDepth = 600

    init(_ set: SchemaSet, _ direction: SchemaDirection) {
        self.set = set
        self.direction = direction
    }

    /// Whether the value fits, without a word on why not.
    mutating func fits(_ value: JSONValue, _ schema: Int) -> Bool {
        var value = value
        let (isFitting, _) = trial(&value, schema)
        return isFitting
    }

    private mutating func report(_ rule: String, _ message: String) {
        guard violations.count < Self.maximumViolations else { return }
        violations.append(SchemaViolation(pointer: pointer, rule: rule, message: message))
    }

    private var pointer: String {
        path.reduce(into: "") { text, step in
            text += "/"
            switch step {
            case .index(let index): text += "\(index)"
            case .name(let name):
                for scalar in name.unicodeScalars {
                    switch scalar {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            }
        }
    }

    /// Tries a schema; what it says stays apart, and the value is changed only if it fits.
    private mutating func trial(_ value: inout JSONValue, _ schema: Int) -> (Bool, [SchemaViolation]) {
        let before = violations
        violations = []
        var copy = value
        check(&copy, against: schema)
        let found = violations
        violations = before
        if found.isEmpty { value = copy }
        return (found.isEmpty, found)
    }

    mutating func check(_ value: inout JSONValue, against index: Int) {
        budget -= 1
        depth += 1
        defer { depth -= 1 }
        guard budget > 0, depth < Self.maximumDepth else {
            report("complexity", "takes too long to be checked")
            return
        }
        let node = set.nodes[index]
        if node.isNullable, value.isNull { return }
        if node.isNever {
            report("schema", "must not be there")
            return
        }
        let type = SchemaTypes(of: value)
        guard node.types.contains(type) else {
            report("type", "must be \(node.types.description)")
            return
        }
        if let values = node.values, !values.contains(where: { $0.isEqual(to: value) }) {
            report("enum", Self.oneOf(values))
        }
        switch value {
        case .string(let text): check(text, node)
        case .number(let number): check(number, node)
        case .array: checkArray(&value, node)
        case .object: checkObject(&value, node)
        case .null, .bool: break
        }
        for part in node.allOf { check(&value, against: part) }
        checkAlternatives(&value, node)
        if let not = node.not, trial(&value, not).0 { report("not", "must not be what the schema excludes") }
        if let condition = node.condition {
            if let next = trial(&value, condition).0 ? node.then : node.otherwise { check(&value, against: next) }
        }
        if node.unevaluatedProperties != nil || node.unevaluatedItems != nil { checkUnevaluated(&value, index) }
    }

    private static func oneOf(_ values: [JSONValue]) -> String {
        let texts = values.prefix(50).map { value in
            value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self)
        }
        return texts.count == 1 ? "must be \(texts[0])" : "must be one of \(texts.joined(separator: ", "))"
    }

    private mutating func check(_ text: String, _ node: SchemaNode) {
        if node.minimumLength != nil || node.maximumLength != nil {
            let count = text.unicodeScalars.count
            if let minimum = node.minimumLength, count < minimum {
                report("minLength", "must have at least \(minimum) \(minimum == 1 ? "character" : "characters")")
            }
            if let maximum = node.maximumLength, count > maximum {
                report("maxLength", "must have at most \(maximum) \(maximum == 1 ? "character" : "characters")")
                // What is too long is not worth any further look.
                return
            }
        }
        if let pattern = node.pattern {
            budget -= text.utf8.count / 16
            if !pattern.matches(text) { report("pattern", "must match \(pattern.text)") }
        }
        if let format = node.format, !format.accepts(text) {
            report("format", "must be of the format \(format.rawValue)")
        }
    }

    private mutating func check(_ number: JSONNumber, _ node: SchemaNode) {
        if let minimum = node.minimum, number.isLess(than: minimum) { report("minimum", "must be at least \(minimum)") }
        if let maximum = node.maximum, maximum.isLess(than: number) { report("maximum", "must be at most \(maximum)") }
        if let bound = node.exclusiveMinimum, !bound.isLess(than: number) {
            report("exclusiveMinimum", "must be greater than \(bound)")
        }
        if let bound = node.exclusiveMaximum, !number.isLess(than: bound) {
            report("exclusiveMaximum", "must be less than \(bound)")
        }
        if let divisor = node.multipleOf, !number.isMultiple(of: divisor) {
            report("multipleOf", "must be a multiple of \(divisor)")
        }
        if let range = node.range, !(number.integer.map { range.contains($0) } ?? false) {
            report("format", "must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
    }

    private mutating func checkArray(_ value: inout JSONValue, _ node: SchemaNode) {
        guard case .array(var elements) = value else { return }
        if let minimum = node.minimumItems, elements.count < minimum {
            report("minItems", "must have at least \(minimum) \(minimum == 1 ? "element" : "elements")")
        }
        if let maximum = node.maximumItems, elements.count > maximum {
            report("maxItems", "must have at most \(maximum) \(maximum == 1 ? "element" : "elements")")
            return
        }
        if node.hasUniqueItems {
            var seen: Set<[UInt8]> = []
            for element in elements {
                var key: [UInt8] = []
                element.appendKey(to: &key)
                if !seen.insert(key).inserted {
                    report("uniqueItems", "must not have equal elements")
                    break
                }
            }
        }
        if !node.prefixItems.isEmpty || node.items != nil {
            for index in elements.indices {
                guard let schema = index < node.prefixItems.count ? node.prefixItems[index] : node.items else { break }
                path.append(.index(index))
                check(&elements[index], against: schema)
                path.removeLast()
            }
            value = .array(elements)
        }
        if let contains = node.contains {
            let count = elements.count { fits($0, contains) }
            let minimum = node.minimumContains ?? 1
            if count < minimum { report("contains", "must have at least \(minimum) of the elements that are demanded") }
            if let maximum = node.maximumContains, count > maximum {
                report("maxContains", "must have at most \(maximum) of the elements that are limited")
            }
        }
    }

    private mutating func checkObject(_ value: inout JSONValue, _ node: SchemaNode) {
        guard case .object(var object) = value else { return }
        var isChanged = false
        for (name, schema) in node.properties {
            let property = set.nodes[set.resolved(schema)]
            let isLeftOut =
                direction == .request && property.isReadOnly || direction == .response && property.isWriteOnly
            guard var member = object[name] else {
                if let value = property.defaultValue, direction == .request, !isLeftOut {
                    object[name] = value
                    isChanged = true
                } else if node.required.contains(where: { $0.utf8.elementsEqual(name.utf8) }),
                    !isLeftOut, direction != .either || !(property.isReadOnly || property.isWriteOnly)
                {
                    report("required", "needs `\(name)`")
                }
                continue
            }
            if isLeftOut {
                object[name] = nil
                isChanged = true
                continue
            }
            path.append(.name(name))
            check(&member, against: schema)
            path.removeLast()
            object[name] = member
            isChanged = true
        }
        for name in node.required where !node.names.contains(name) && !object.contains(name) {
            report("required", "needs `\(name)`")
        }
        checkNames(&object, node)
        if isChanged || !node.patternProperties.isEmpty || node.additionalProperties != nil { value = .object(object) }
        for (name, names) in node.dependentRequired where object.contains(name) {
            for other in names where !object.contains(other) {
                report("dependentRequired", "needs `\(other)` beside `\(name)`")
            }
        }
        for (name, schema) in node.dependentSchemas where object.contains(name) { check(&value, against: schema) }
    }

    private mutating func checkNames(_ object: inout JSONObject, _ node: SchemaNode) {
        if let minimum = node.minimumProperties, object.count < minimum {
            report("minProperties", "must have at least \(minimum) \(minimum == 1 ? "member" : "members")")
        }
        if let maximum = node.maximumProperties, object.count > maximum {
            report("maxProperties", "must have at most \(maximum) \(maximum == 1 ? "member" : "members")")
        }
        guard !node.patternProperties.isEmpty || node.additionalProperties != nil || node.propertyNames != nil else {
            return
        }
        for member in object.members {
            var value = member.value
            var isMatched = node.names.contains(member.name)
            path.append(.name(member.name))
            defer { path.removeLast() }
            if let names = node.propertyNames {
                var name = JSONValue.string(member.name)
                if !trial(&name, names).0 { report("propertyNames", "is no name that is allowed here") }
            }
            for (pattern, schema) in node.patternProperties where pattern.matches(member.name) {
                isMatched = true
                check(&value, against: schema)
            }
            if !isMatched, let additional = node.additionalProperties {
                if set.nodes[additional].isNever {
                    report("additionalProperties", "is no member that is allowed here")
                } else {
                    check(&value, against: additional)
                }
            }
            object[member.name] = value
        }
    }

    private mutating func checkAlternatives(_ value: inout JSONValue, _ node: SchemaNode) {
        if !node.anyOf.isEmpty { checkAlternatives(&value, node, node.anyOf, isExclusive: false) }
        if !node.oneOf.isEmpty { checkAlternatives(&value, node, node.oneOf, isExclusive: true) }
    }

    private mutating func checkAlternatives(
        _ value: inout JSONValue, _ node: SchemaNode, _ alternatives: [Int], isExclusive: Bool
    ) {
        if let discriminator = node.discriminator, value.objectValue != nil {
            guard let branch = discriminator.branch(of: value), alternatives.indices.contains(branch) else {
                path.append(.name(discriminator.property))
                report("discriminator", Self.oneOf(discriminator.branches.map { .string($0.value) }))
                path.removeLast()
                return
            }
            check(&value, against: alternatives[branch])
            return
        }
        let original = value
        var failures: [(Int, [SchemaViolation])] = []
        var fitting: [Int] = []
        for alternative in alternatives {
            var candidate = original
            let (isFitting, found) = trial(&candidate, alternative)
            if isFitting {
                if fitting.isEmpty { value = candidate }
                fitting.append(alternative)
                if !isExclusive { break }
            } else {
                failures.append((alternative, found))
            }
        }
        if fitting.isEmpty {
            explain(failures, isExclusive ? "oneOf" : "anyOf")
        } else if fitting.count > 1 {
            let names = fitting.map { name(of: $0) }.joined(separator: " and ")
            report("oneOf", "must be only one of the alternatives, but is \(names)")
        }
    }

    /// Why none of the alternatives fits; where only one is of the value's type, just what is wrong with that one.
    private mutating func explain(_ failures: [(alternative: Int, violations: [SchemaViolation])], _ rule: String) {
        let here = pointer
        let near = failures.filter { failure in
            !failure.violations.contains { $0.pointer == here && ($0.rule == "type" || $0.rule == "enum") }
        }
        if near.count == 1 {
            for violation in near[0].violations where violations.count < Self.maximumViolations {
                violations.append(violation)
            }
            return
        }
        let reasons = failures.map { failure in
            let first = failure.violations.first
            let place = first.map { String($0.pointer.dropFirst(here.count)) } ?? ""
            return "\(name(of: failure.alternative)): \(place.isEmpty ? "" : "\(place) ")\(first?.message ?? "")"
        }
        report(rule, "fits none of the alternatives (\(reasons.joined(separator: "; ")))")
    }

    private func name(of schema: Int) -> String {
        let node = set.nodes[set.resolved(schema)]
        return node.title ?? node.types.description
    }

    // MARK: Unevaluated members and elements

    private mutating func checkUnevaluated(_ value: inout JSONValue, _ index: Int) {
        let node = set.nodes[index]
        if case .object(let object) = value, let schema = node.unevaluatedProperties {
            for member in object.members where !isEvaluated(member.name, in: value, by: index) {
                path.append(.name(member.name))
                var copy = member.value
                if set.nodes[schema].isNever {
                    report("unevaluatedProperties", "is no member that is allowed here")
                } else {
                    check(&copy, against: schema)
                }
                path.removeLast()
            }
        }
        if case .array(let elements) = value, let schema = node.unevaluatedItems {
            for position in evaluatedCount(in: value, by: index)..<max(elements.count, 0) {
                path.append(.index(position))
                var copy = elements[position]
                check(&copy, against: schema)
                path.removeLast()
            }
        }
    }

    /// The schemas that a value is held to beside a schema, in place.
    private mutating func inPlace(_ value: JSONValue, _ node: SchemaNode) -> [Int] {
        var schemas = node.allOf
        for alternative in node.anyOf + node.oneOf where fits(value, alternative) { schemas.append(alternative) }
        if let condition = node.condition {
            if fits(value, condition) {
                schemas.append(condition)
                if let then = node.then { schemas.append(then) }
            } else if let otherwise = node.otherwise {
                schemas.append(otherwise)
            }
        }
        for (name, schema) in node.dependentSchemas where value[name] != nil { schemas.append(schema) }
        return schemas
    }

    private mutating func isEvaluated(_ name: String, in value: JSONValue, by index: Int, isTop: Bool = true) -> Bool {
        budget -= 1
        guard budget > 0 else { return true }
        let node = set.nodes[index]
        if node.names.contains(name) || node.additionalProperties != nil
            || !isTop && node.unevaluatedProperties != nil
            || node.patternProperties.contains(where: { $0.pattern.matches(name) })
        {
            return true
        }
        for schema in inPlace(value, node) where isEvaluated(name, in: value, by: schema, isTop: false) { return true }
        return false
    }

    private mutating func evaluatedCount(in value: JSONValue, by index: Int, isTop: Bool = true) -> Int {
        budget -= 1
        let count = value.arrayValue?.count ?? 0
        let node = set.nodes[index]
        guard budget > 0, node.items == nil, isTop || node.unevaluatedItems == nil else { return count }
        var evaluated = min(count, node.prefixItems.count)
        for schema in inPlace(value, node) {
            evaluated = max(evaluated, evaluatedCount(in: value, by: schema, isTop: false))
        }
        return evaluated
    }
}
