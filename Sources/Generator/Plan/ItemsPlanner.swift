/// Bodies of items that follow each other. https://spec.openapis.org/oas/v3.2.0#sequential-media-types
extension Planner {
    /// The schema of each item: `itemSchema`, or since 3.2, where the whole is an array of items, that of its elements.
    /// Earlier versions do not say what a schema of the whole means for its items.
    func itemSchema(_ media: MediaType) -> SchemaUse? {
        if let item = media.itemSchema { return item }
        guard document.version == .v32, let whole = media.schema.flatMap({ resolved($0) }), whole.type == .array else {
            return nil
        }
        return whole.items
    }

    /// `isRead` is whether generated code reads the items, and has to know what they are held to.
    func items(
        _ media: MediaType, _ format: MediaType.ItemFormat, typeName: String, host: Host, isRead: Bool
    ) -> ItemsPlan? {
        var plan = ItemsPlan(format: format)
        let known = itemSchema(media)
        // An event that nothing is said of is an event all the same, and a line is some JSON.
        if known == nil, case .events = format { return plan }
        let item = known ?? anything(media)
        if case .events = format { checkEvent(item) }
        guard let type = type(of: item, named: "\(typeName)Item", in: host) else { return nil }
        plan.type = isNullable(item) ? .nullable(type) : type
        if isRead { plan.schema = table.entry(item) }
        if configuration.modes.contains(.server) { plan.outputSchema = known.map(outputTable.entry) }
        return plan
    }

    /// An event has four fields; what else there is to say stands in its data.
    private func checkEvent(_ use: SchemaUse, _ depth: Int = 0) {
        guard depth < 20, let schema = resolved(use).flatMap({ merged($0) }) else { return }
        for property in schema.properties where !["event", "data", "id", "retry"].contains(property.name.value) {
            diagnostics.report(
                .invalidValue, at: property.name.location,
                "an event has the fields event, data, id and retry, and none that is called `\(property.name.value)`",
                advice: "describe what is in `data` by its `contentMediaType` and `contentSchema`")
        }
        for alternative in schema.alternatives { checkEvent(alternative, depth + 1) }
    }
}
