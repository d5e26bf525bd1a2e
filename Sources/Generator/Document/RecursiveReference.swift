/// `$recursiveRef: "#"`, which JSON Schema had before `$dynamicRef`: a reference to the schema around it that has
/// `$recursiveAnchor`. OpenAPI 3.1 knows neither, but what is meant is plain, and to ignore it would let anything pass.
/// https://json-schema.org/draft/2019-09/json-schema-core#recursive-ref
enum RecursiveReference {
    /// The schema that is meant by the one at a pointer; nil where it has no such reference.
    static func target(_ mapping: Mapping, at pointer: JSONPointer, in root: Node) -> JSONPointer? {
        guard mapping["$recursiveRef"]?.value.string == "#" else { return nil }
        var tokens = pointer.tokens
        while tokens.popLast() != nil {
            let enclosing = JSONPointer(tokens: tokens)
            if root.member(at: enclosing)?.mapping?["$recursiveAnchor"]?.value.boolean == true { return enclosing }
        }
        return nil
    }
}
