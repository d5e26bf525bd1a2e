import FoundationEssentials
import JSON

/// Items on their way out, each encoded when it is asked for.
final class ItemWriter<Item: Encodable & Sendable>: ByteStream {
    let length: Int? = nil
    private var source: ItemSource<Item>?
    private var isCancelled = false
    private let format: ItemFormat
    private let check: ((JSONValue) throws -> Void)?
    private let encoder = JSONEncoder()

    /// - Parameter check: holds each item to its schema.
    init(_ source: ItemSource<Item>, _ format: ItemFormat, check: ((JSONValue) throws -> Void)?) {
        self.source = source
        self.format = format
        self.check = check
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    func next() async throws -> [UInt8]? {
        guard !isCancelled else { throw CancellationError() }
        guard let source else { return nil }
        do {
            let item = try await source.next()
            // Whoever waits for an item while the task is cancelled gets none, which is not the end.
            guard !isCancelled, item != nil || !Task.isCancelled else { throw CancellationError() }
            guard let item else {
                self.source = nil
                return nil
            }
            return try bytes(item)
        } catch {
            cancel()
            throw error
        }
    }

    /// Lets go of the source, which says to it that nobody will ask for more.
    func cancel() {
        guard source != nil else { return }
        isCancelled = true
        source = nil
    }

    private func bytes(_ item: Item) throws -> [UInt8] {
        let json = [UInt8](try encoder.encode(item))
        switch format {
        case .lines, .sequence:
            if let check { try check(try JSONParser.parse(json)) }
            let start: [UInt8] = if case .sequence = format { [0x1E] } else { [] }
            return start + json + [0x0A]
        case .events:
            let value = try JSONParser.parse(json)
            try check?(value)
            do {
                return try EventText.bytes(value)
            } catch {
                throw APIFailure(.internalError, logDetail: "an item cannot be written: \(error.message)")
            }
        }
    }
}
