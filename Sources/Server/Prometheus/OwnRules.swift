import APIRuntime
import GeneratedAPI
import HTTPClient
import JSON
import Tenancy

/// The rule groups of everybody, as they come in.
struct EveryRule: Ownable {
    let body: UpstreamBody
    /// Which of the principal's groups are wanted.
    let page: RulePage
    /// The most bytes of the principal's own.
    let maximumBytes: Int

    /// The principal's own groups, in Prometheus' envelope.
    ///
    /// - Throws: ``UpstreamFailure``; ``APIFailure`` if the page's token names a group that is not there any more.
    consuming func part(of principal: Principal) async throws -> JSONContent<RulesResponse> {
        let ownership = RuleOwnership(principal)
        var collector = RulePageCollector(page)
        var answer = OwnElements(name: "groups", maximumBytes: maximumBytes)
        try await answer.read(body.stream) { group in
            guard let own = ownership.part(of: group), collector.takes(own) else { return [] }
            return [.object(own)]
        }
        let next = try collector.finish()
        return .bytes(answer.envelope(next.map { ("groupNextToken", $0) }))
    }
}

/// The alerts of everybody, in their rules' groups, as they come in.
struct EveryAlert: Ownable {
    let body: UpstreamBody
    /// The most bytes of the principal's own.
    let maximumBytes: Int

    /// The principal's own alerts, in Prometheus' envelope.
    ///
    /// - Throws: ``UpstreamFailure``.
    consuming func part(of principal: Principal) async throws -> JSONContent<AlertsResponse> {
        let ownership = RuleOwnership(principal)
        var answer = OwnElements(name: "alerts", maximumBytes: maximumBytes)
        try await answer.read(body.stream) { group in
            let rules = ownership.part(of: group)?["rules"]?.arrayValue ?? []
            return rules.flatMap { $0["alerts"]?.arrayValue ?? [] }
        }
        return .bytes(answer.envelope(nil))
    }
}

/// What belongs to a principal in the rule groups in Prometheus' envelope, and the answer made of it.
private struct OwnElements {
    let maximumBytes: Int
    private var writer = JSONWriter()

    /// - Parameter name: The array's name in the answer.
    init(name: String, maximumBytes: Int) {
        self.maximumBytes = maximumBytes
        writer.beginObject()
        writer.name("status")
        writer.string("success")
        writer.name("data")
        writer.beginObject()
        writer.name(name)
        writer.beginArray()
    }

    /// Reads an answer to its end and keeps what `own` makes of its groups.
    mutating func read(_ stream: any ByteStream, _ own: (JSONValue) -> [JSONValue]) async throws {
        // One element is held at a time, whoever's it is; how large others' are must not be the caller's business.
        var elements = ArrayElements(at: ["data", "groups"], maximumBytes: max(maximumBytes, 16 << 20))
        do {
            while let piece = try await stream.next() { try elements.append(piece) { try keep(own($0)) } }
            try elements.finish { try keep(own($0)) }
        } catch let error as HTTPClientError {
            throw UpstreamFailure(error)
        } catch let error as ArrayElements.Failure {
            stream.cancel()
            throw UpstreamFailure.unreadable("\(error)")
        } catch {
            stream.cancel()
            throw error
        }
    }

    private mutating func keep(_ elements: [JSONValue]) throws(UpstreamFailure) {
        for element in elements {
            writer.value(element)
            guard writer.bytes.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        }
    }

    /// The whole answer, with one more member beside the array.
    consuming func envelope(_ more: (name: String, value: String)?) -> [UInt8] {
        writer.endArray()
        if let more {
            writer.name(more.name)
            writer.string(more.value)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
