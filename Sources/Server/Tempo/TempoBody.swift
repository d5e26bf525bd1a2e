import APIRuntime
import HTTPClient
import JSON

// How Tempo's answers are read. Protobuf's JSON leaves out what is empty: an array that is not there has no elements.

extension UpstreamBody {
    /// Hands each element of an array to `take` while the answer comes in.
    ///
    /// - Throws: ``UpstreamFailure``, also what `take` throws.
    func elements(
        at path: [String], maximumBytes: Int, _ take: (JSONValue) throws(UpstreamFailure) -> Void
    ) async throws {
        var elements = ArrayElements(at: path, companion: "metrics", maximumBytes: maximumBytes)
        do {
            while let piece = try await stream.next() { try elements.append(piece) { try take($0) } }
            try elements.finish { try take($0) }
        } catch ArrayElements.Failure.missing where elements.wasLeftOut {
            return
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

    /// The whole answer: an object that is empty or has one of the names, by which it is known.
    ///
    /// - Throws: ``UpstreamFailure``.
    func object(having names: [String], limit: Int) async throws -> JSONObject {
        let bytes = try await collect(limit: limit)
        do {
            let value = try JSONParser.parse(bytes, limits: JSONLimits(bytes: .max, members: .max))
            guard let object = value.objectValue, object.isEmpty || names.contains(where: object.contains) else {
                throw UpstreamFailure.unreadable("the answer is no object, or has none of \(names)")
            }
            return object
        } catch let error as JSONError {
            throw UpstreamFailure.unreadable("\(error)")
        }
    }
}
