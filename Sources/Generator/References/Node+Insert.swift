extension Node {
    /// Adds a member to an object within this one, whose way there is made where it is missing.
    mutating func insert(_ entry: Mapping.Entry, into path: ArraySlice<Name>) {
        guard case .mapping(var mapping) = content else { return }
        if let key = path.first {
            let index = mapping.entries.firstIndex { $0.key == key }
            if index == nil {
                let empty = Node(content: .mapping(Mapping(entries: [])), location: location)
                mapping.entries.append(Mapping.Entry(key: key, keyLocation: location, value: empty))
            }
            // Freed first, so that what is within is changed in place.
            content = .sequence([])
            mapping.entries[index ?? mapping.entries.count - 1].value.insert(entry, into: path.dropFirst())
        } else {
            mapping.entries.append(entry)
        }
        content = .mapping(mapping)
    }
}
