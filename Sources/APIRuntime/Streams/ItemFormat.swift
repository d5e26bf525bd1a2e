/// How values follow each other in a body
/// ([OpenAPI 3.2, sequential media types](https://spec.openapis.org/oas/v3.2.0#sequential-media-types)).
public enum ItemFormat: Sendable {
    /// A line of JSON each: `application/jsonl`, `application/x-ndjson`.
    case lines
    /// A record separator, JSON and a line feed: `application/json-seq`
    /// ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).
    case sequence
    /// Events: `text/event-stream`
    /// ([HTML, server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)). An item is an object
    /// with the members `event`, `data`, `id` and `retry`.
    case events
}

/// Why a body of items cannot be read any further.
struct ItemStreamProblem: Error {
    /// The rule for a violation.
    let rule: String
    /// One sentence for people.
    let message: String
    /// The line of the body, counted from 1.
    var line: Int?
    /// The byte within the line, counted from 1.
    var column: Int?

    var violation: Violation {
        Violation(.body, "", rule: rule, message: message, line: line, column: column)
    }
}

/// One item has more bytes than its reader holds.
struct ItemTooLarge: Error {
    let limit: Int
}
