/// An object: members in the order they were written, no two of one name. Names are compared as UTF-8 bytes, so that
/// canonically equivalent spellings are different names.
public struct JSONObject: Sendable, Equatable {
    /// A name and its value.
    public struct Member: Sendable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public var value: JSONValue
    }

    /// The members in order.
    public private(set) var members: [Member] = []

    /// Where each name stands, once there are too many to look through.
    private var indices: [NameBytes: Int] = [:]
    private static let mostWithoutIndices = 12

    /// An object without members.
    public init() {}

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there are none.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of the member of this name, or nil if there is none. Assigning replaces it in its place, appends a new
    /// member, or, with nil, removes it.
    public subscript(name: String) -> JSONValue? {
        get { index(of: name).map { members[$0].value } }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (nil, let value?): appendNew(name, value)
            case (let index?, nil): remove(at: index)
            case (nil, nil): break
            }
        }
    }

    /// Whether there is a member of this name.
    public func contains(_ name: String) -> Bool {
        index(of: name) != nil
    }

    /// Appends a member whose name is known to be new.
    mutating func appendNew(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
        if members.count == JSONObject.mostWithoutIndices + 1 {
            reindex()
        } else if members.count > JSONObject.mostWithoutIndices {
            indices[NameBytes(name)] = members.count - 1
        }
    }

    private mutating func remove(at index: Int) {
        members.remove(at: index)
        reindex()
    }

    private mutating func reindex() {
        indices.removeAll(keepingCapacity: true)
        guard members.count > JSONObject.mostWithoutIndices else { return }
        for (index, member) in members.enumerated() { indices[NameBytes(member.name)] = index }
    }

    private func index(of name: String) -> Int? {
        if members.count > JSONObject.mostWithoutIndices { return indices[NameBytes(name)] }
        return members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Whether both have the same names with equal values; the order does not matter.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object with these members; of two with one name the last counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (name, value) in elements { self[name] = value }
    }
}

/// A name whose equality and hash are those of its bytes.
private struct NameBytes: Hashable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    func hash(into hasher: inout Hasher) {
        let isHashed: Void? = name.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isHashed == nil {
            Array(name.utf8).withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    static func == (left: NameBytes, right: NameBytes) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8)
    }
}
