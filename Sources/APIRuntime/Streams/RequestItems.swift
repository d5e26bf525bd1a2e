import JSON
public import JSONSchema

/// The items of a request's body as they arrive, each held to its schema. They are read once, by whoever has the request.
///
/// What is wrong with an item is told with its line; no item is read after it.
public struct RequestItems<Item: Decodable>: AsyncSequence {
    private let reader: Reader

    /// - Parameter limit: the most bytes of one item.
    init(_ body: RequestBody, _ format: ItemFormat, _ schemas: SchemaSet, schema: Int, limit: Int) {
        let stream: any ByteStream
        if case .stream(let body) = body { stream = body } else { stream = PieceStream([], length: 0) }
        reader = Reader(stream, format, limit: limit) { value, direction in
            schemas.check(value, against: schema, direction: direction)
        }
    }

    /// The next item; `nil` at the end.
    ///
    /// - Throws: ``APIFailure`` for an item that is none, ``RequestBodyError`` where the body breaks off or one item is too
    ///   large.
    public nonisolated(nonsending) func next() async throws -> Item? {
        guard let (value, line) = try await reader.next() else { return nil }
        do {
            return try JSONValueDecoder(value).decode(Item.self)
        } catch {
            // Only numbers beyond the range of their type get here.
            let (pointer, message) = InputDecoder.place(of: error)
            throw APIFailure.invalidInput([Violation(.body, pointer, rule: "type", message: message, line: line)])
        }
    }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { reader.cancel() }

    /// The items.
    public func makeAsyncIterator() -> Iterator { Iterator(items: self) }

    /// The items, one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let items: RequestItems

        /// The next item.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Item? {
            try await items.next()
        }
    }

    fileprivate final class Reader {
        private enum Source {
            case records(RecordReader)
            case events(EventReader)
        }

        private let source: Source
        private let check: (JSONValue, SchemaDirection) -> SchemaOutcome

        init(
            _ stream: any ByteStream, _ format: ItemFormat, limit: Int,
            check: @escaping (JSONValue, SchemaDirection) -> SchemaOutcome
        ) {
            switch format {
            case .lines, .sequence: source = .records(RecordReader(stream, format, limit: limit))
            case .events: source = .events(EventReader(stream, limit: limit))
            }
            self.check = check
        }

        func cancel() {
            switch source {
            case .records(let reader): reader.cancel()
            case .events(let reader): reader.cancel()
            }
        }

        /// The next value that fits its schema, with its line.
        nonisolated(nonsending) func next() async throws -> (JSONValue, Int)? {
            do {
                switch source {
                case .records(let reader):
                    guard let value = try await reader.next() else { return nil }
                    return (try held(check(value, .request), reader.line), reader.line)
                case .events(let reader):
                    guard let event = try await reader.next() else { return nil }
                    return (try held(event.outcome { check($0, .request) }, reader.line), reader.line)
                }
            } catch let problem as ItemStreamProblem {
                throw APIFailure.invalidInput([problem.violation])
            } catch let error as ItemTooLarge {
                throw RequestBodyError.tooLarge(limit: error.limit)
            }
        }

        private func held(_ outcome: SchemaOutcome, _ line: Int) throws(APIFailure) -> JSONValue {
            guard outcome.violations.isEmpty else {
                cancel()
                throw .invalidInput(
                    outcome.violations.map {
                        Violation(.body, $0.pointer, rule: $0.rule, message: $0.message, line: line)
                    })
            }
            return outcome.value
        }
    }
}

extension EventReader.Event {
    /// What becomes of the event where its data is text, or else where it is the JSON that the text is.
    func outcome(_ check: (JSONValue) -> SchemaOutcome) -> SchemaOutcome {
        let asText = check(value(data: .string(data)))
        guard let first = asText.violations.first, let structuredData else { return asText }
        let asJSON = check(value(data: structuredData))
        return asJSON.violations.isEmpty || first.pointer == "/data" && first.rule == "type" ? asJSON : asText
    }
}

extension InputDecoder {
    /// The most bytes of one item of a body.
    static let maximumItemBytes = 16 << 20

    /// The items of the body as they arrive.
    public func items<Item: Decodable>(
        _ type: Item.Type, _ format: ItemFormat, _ schemas: SchemaSet, schema: Int
    ) -> RequestItems<Item>? {
        RequestItems(request.body, format, schemas, schema: schema, limit: Self.maximumItemBytes)
    }
}
