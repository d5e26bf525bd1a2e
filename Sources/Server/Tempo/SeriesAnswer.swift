import APIRuntime
import GeneratedAPI
import JSON
import Tenancy

/// Tempo's series, as they come: of own spans, for the query was confined.
struct SeriesAnswer<Schema: Encodable & Sendable>: Ownable {
    let body: UpstreamBody
    let maximumBytes: Int

    /// The series, without what Tempo counts and remarks beside them.
    ///
    /// - Throws: ``UpstreamFailure``.
    consuming func part(of principal: Principal) async throws -> JSONContent<Schema> {
        var writer = JSONWriter()
        let limit = maximumBytes
        writer.beginObject()
        writer.name("series")
        writer.beginArray()
        try await body.elements(at: ["series"], maximumBytes: limit) { series throws(UpstreamFailure) in
            writer.value(series)
            guard writer.bytes.count <= limit else { throw .tooLarge(limit: limit) }
        }
        writer.endArray()
        writer.endTempoAnswer()
        return .bytes(writer.bytes)
    }
}
