/// Whether a resource, a message in Protobuf, is one of those to be kept: it has exactly one attribute of the given key,
/// whose value is a string, nothing beside it, with the bytes of one of the given values.
///
/// As ``ResourceOwnership`` does for JSON, it holds whatever readers could understand in two ways for foreign.
struct ProtobufResourceOwnership: Sendable {
    let key: String
    let values: [String]

    /// Whether the resource is one of them; one that cannot be read is not.
    func isOwn(_ resource: ArraySlice<UInt8>) -> Bool {
        do {
            var matches = 0
            var reader = ProtobufReader(resource)
            while let field = try reader.next() {
                guard field.number == 1 else { continue }
                guard case .bytes(let attribute) = field.value else { return false }
                switch try reading(attribute) {
                case .otherKey: break
                case .own: matches += 1
                case .foreign: return false
                }
            }
            return matches == 1
        } catch {
            return false
        }
    }

    private enum Reading {
        case otherKey, own, foreign
    }

    private func reading(_ attribute: ArraySlice<UInt8>) throws(ProtobufError) -> Reading {
        var foundKeys = 0
        var isKey = false
        var found: [ArraySlice<UInt8>] = []
        var isOdd = false
        var reader = ProtobufReader(attribute)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let name)):
                foundKeys += 1
                isKey = isKey || name.elementsEqual(key.utf8)
            case (2, .bytes(let value)): found.append(value)
            default: isOdd = true
            }
        }
        // Which of two keys counts depends on the reader.
        guard foundKeys <= 1 else { return .foreign }
        guard isKey else { return .otherKey }
        guard !isOdd, found.count == 1 else { return .foreign }
        return try isOwnValue(found[0]) ? .own : .foreign
    }

    private func isOwnValue(_ value: ArraySlice<UInt8>) throws(ProtobufError) -> Bool {
        var reader = ProtobufReader(value)
        guard let field = try reader.next(), field.number == 1, case .bytes(let text) = field.value,
            try reader.next() == nil
        else { return false }
        return values.contains { text.elementsEqual($0.utf8) }
    }
}
