/// What `deprecated` does beyond its word in the doc comment.
extension Planner {
    /// Whether the compiler is to warn whoever uses the property. Callers are to leave deprecated members alone; a
    /// server has to go on reading and writing them, and gets its types without the warning.
    func warnsOfUse(_ use: SchemaUse) -> Bool {
        guard !configuration.modes.contains(.server) else { return false }
        switch use {
        case .inline(let schema): return schema.isDeprecated
        case .reference(let reference): return reference.isDeprecated
        }
    }
}
