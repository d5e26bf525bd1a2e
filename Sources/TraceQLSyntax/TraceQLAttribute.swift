/// Where an attribute is looked for.
public enum TraceQLScope: UInt8, Sendable, Equatable {
    /// `.name`: in the span first, then in its resource.
    case none
    /// `span.name`
    case span
    /// `resource.name`
    case resource
    /// `event.name`: in each event of the span.
    case event
    /// `link.name`: in each link of the span.
    case link
    /// `instrumentation.name`: in the instrumentation scope.
    case instrumentation

    /// The word before the dot; empty for none.
    var text: StaticString {
        switch self {
        case .none: ""
        case .span: "span"
        case .resource: "resource"
        case .event: "event"
        case .link: "link"
        case .instrumentation: "instrumentation"
        }
    }
}

/// What is known of a span besides its attributes. The raw value is how it stands in a query.
///
/// See https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#intrinsic-fields.
public enum TraceQLIntrinsic: String, Sendable, Equatable, CaseIterable {
    /// The span's duration.
    case duration
    /// The span's name.
    case name
    /// The span's status.
    case status
    /// The text of the span's status.
    case statusMessage
    /// The span's kind.
    case kind
    /// The span's parent; not supported by Tempo.
    case parent
    /// The name of the trace's root span.
    case rootName
    /// The service name of the trace's root span.
    case rootServiceName
    /// The duration of the whole trace.
    case traceDuration
    /// The span's left number in the trace's nested set.
    case nestedSetLeft
    /// The span's right number in the trace's nested set.
    case nestedSetRight
    /// The left number of the span's parent.
    case nestedSetParent
    /// The trace's id, in hexadecimal digits without leading zeros.
    case traceID = "trace:id"
    /// The span's id, in hexadecimal digits.
    case spanID = "span:id"
    /// The id of the span's parent, in hexadecimal digits.
    case parentID = "span:parentID"
    /// The number of the span's children.
    case childCount = "span:childCount"
    /// The name of an event of the span.
    case eventName = "event:name"
    /// The time from the span's start to an event.
    case eventTimeSinceStart = "event:timeSinceStart"
    /// The trace that a link of the span names.
    case linkTraceID = "link:traceID"
    /// The span that a link of the span names.
    case linkSpanID = "link:spanID"
    /// The name of the instrumentation scope.
    case instrumentationName = "instrumentation:name"
    /// The version of the instrumentation scope.
    case instrumentationVersion = "instrumentation:version"

    /// How it is kept in the tree and printed.
    static let table: [(intrinsic: TraceQLIntrinsic, text: StaticString, type: FieldType)] = [
        (.duration, "duration", .duration), (.name, "name", .string), (.status, "status", .status),
        (.statusMessage, "statusMessage", .string), (.kind, "kind", .kind), (.parent, "parent", .nilType),
        (.rootName, "rootName", .string), (.rootServiceName, "rootServiceName", .string),
        (.traceDuration, "traceDuration", .duration), (.nestedSetLeft, "nestedSetLeft", .integer),
        (.nestedSetRight, "nestedSetRight", .integer), (.nestedSetParent, "nestedSetParent", .integer),
        (.traceID, "trace:id", .string), (.spanID, "span:id", .string), (.parentID, "span:parentID", .string),
        (.childCount, "span:childCount", .integer), (.eventName, "event:name", .string),
        (.eventTimeSinceStart, "event:timeSinceStart", .duration), (.linkTraceID, "link:traceID", .string),
        (.linkSpanID, "link:spanID", .string), (.instrumentationName, "instrumentation:name", .attribute),
        (.instrumentationVersion, "instrumentation:version", .attribute),
    ]

    /// Its place in the table.
    var index: Int {
        switch self {
        case .duration: 0
        case .name: 1
        case .status: 2
        case .statusMessage: 3
        case .kind: 4
        case .parent: 5
        case .rootName: 6
        case .rootServiceName: 7
        case .traceDuration: 8
        case .nestedSetLeft: 9
        case .nestedSetRight: 10
        case .nestedSetParent: 11
        case .traceID: 12
        case .spanID: 13
        case .parentID: 14
        case .childCount: 15
        case .eventName: 16
        case .eventTimeSinceStart: 17
        case .linkTraceID: 18
        case .linkSpanID: 19
        case .instrumentationName: 20
        case .instrumentationVersion: 21
        }
    }
}

/// What a field expression, `select` or a grouping reads of a span.
public enum TraceQLAttribute: Sendable, Equatable {
    /// A property that every span has.
    case intrinsic(TraceQLIntrinsic)
    /// An attribute by its name, as bytes; with `isParent` it is the parent span's, which Tempo does not support.
    case named(scope: TraceQLScope, name: [UInt8], isParent: Bool)
}
