public import JSONSchema

/// A body of items that are written one after another, as they come: values of an async sequence, or bytes that are the
/// items' already and pass through as they are.
///
/// The next item is asked for when there is room for it. Where the sequence throws, or an item cannot be written, the body
/// breaks off without an end that could be taken for one.
public enum ItemContent<Item: Encodable & Sendable> {
    /// Items as they come.
    case source(ItemSource<Item>)
    /// The whole body.
    case bytes([UInt8])
    /// A body that arrives over time.
    case stream(any ByteStream)

    /// The items of an async sequence, such as an `AsyncStream`. What ends it by cancelling the task is no end.
    public static func items<Items: AsyncSequence>(_ items: Items) -> ItemContent where Items.Element == Item {
        .source(ItemSource(items))
    }

    /// Items that are there already.
    public static func items(_ items: [Item]) -> ItemContent { .source(ItemSource(items)) }

    /// Text in UTF-8.
    public static func text(_ text: String) -> ItemContent { .bytes(Array(text.utf8)) }

    /// The content as a body.
    public func responseBody(_ format: ItemFormat) -> ResponseBody {
        body { source in ItemWriter(source, format, check: nil) }
    }

    /// The content as a body whose items are held to their schema, as generated code has it in debug builds. One that
    /// breaks it breaks the body off with an ``APIFailure``; what is wrong stands in its `logDetail`, without the item.
    public func responseBody(_ format: ItemFormat, _ schemas: SchemaSet, schema: Int) -> ResponseBody {
        body { source in
            ItemWriter(source, format) { value in
                try JSONContent<Item>.hold(value, to: schemas, schema: schema, "an item of the answer")
            }
        }
    }

    func body(_ writer: (ItemSource<Item>) -> ItemWriter<Item>) -> ResponseBody {
        switch self {
        case .source(let source): .stream(writer(source))
        case .bytes(let bytes): .bytes(bytes)
        case .stream(let stream): .stream(stream)
        }
    }
}

/// Items of whatever sequence, one at a time. It belongs to whoever made it and is deliberately not `Sendable`.
public final class ItemSource<Item> {
    private let pull: nonisolated(nonsending) () async throws -> Item?

    /// The items of an async sequence.
    public init<Items: AsyncSequence>(_ items: Items) where Items.Element == Item {
        var iterator = items.makeAsyncIterator()
        pull = { () async throws -> Item? in try await iterator.next(isolation: #isolation) }
    }

    /// Items that are there already.
    public init(_ items: [Item]) {
        var rest = items[...]
        pull = { () async throws -> Item? in rest.popFirst() }
    }

    nonisolated(nonsending) func next() async throws -> Item? { try await pull() }
}
