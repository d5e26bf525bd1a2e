/// Changes to a document that stand in a file of their own. https://spec.openapis.org/overlay/v1.1.0.html
struct Overlay: Sendable {
    /// The document that it is for, relative to the overlay.
    var extends: Located<String>?
    /// In their order: each works on what those before it made.
    var actions: [Action] = []

    struct Action: Sendable {
        enum Change: Sendable {
            case update(Node)
            case copy(Located<JSONPath>)
            case remove
        }

        var target: Located<JSONPath>
        var change: Change
    }
}
