/// What follows each other in a body of many items.
struct ItemsPlan: Sendable {
    var format: MediaType.ItemFormat
    /// Nil for events that the document says nothing of.
    var type: TypeReference?
    /// The place of its schema in the table, for whoever reads it.
    var schema: Int?
    /// Where the schema is among those of answers.
    var outputSchema: Int?

    /// The type as Swift writes it.
    func text(_ enclosing: String = "") -> String { type?.qualified(enclosing) ?? "ServerSentEvent" }
}
