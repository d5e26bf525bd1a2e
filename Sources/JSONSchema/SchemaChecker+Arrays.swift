import JSON

/// Arrays.
extension SchemaChecker {
    mutating func checkArray(_ value: inout JSONValue, _ node: SchemaNode) {
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
}
