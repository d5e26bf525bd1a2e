import APIRuntime
import GeneratedAPI
import JSON
import Tenancy
import TraceQLSyntax

/// Tempo's names of attributes by scope, as they come: of own spans, as far as Tempo tells them apart.
struct TagNamesAnswer<Schema: Encodable & Sendable>: Ownable {
    /// In which form of Tempo's API they are given.
    enum Form { case names, scopes }

    let body: UpstreamBody
    let form: Form
    let maximumBytes: Int

    /// The names, without what Tempo counts beside them.
    ///
    /// - Throws: ``UpstreamFailure``.
    consuming func part(of principal: Principal) async throws -> JSONContent<Schema> {
        let answer = try await body.object(having: ["scopes", "metrics"], limit: maximumBytes)
        var scopes: [(name: String, tags: [String])] = []
        for scope in answer["scopes"]?.arrayValue ?? [] {
            guard let name = scope["name"]?.stringValue else { throw UpstreamFailure.unreadable("a scope has no name") }
            var tags = (scope["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
            // What may not stand in a query is no help to know.
            if principal.policy.attribute != nil, name == "intrinsic" {
                tags.removeAll { (try? TagName.parse($0)) == nil }
            }
            scopes.append((name, tags))
        }
        var writer = JSONWriter()
        writer.beginObject()
        switch form {
        case .scopes:
            writer.name("scopes")
            writer.beginArray()
            for scope in scopes {
                writer.beginObject()
                writer.name("name")
                writer.string(scope.name)
                writer.name("tags")
                writer.strings(scope.tags)
                writer.endObject()
            }
            writer.endArray()
        case .names:
            // As Tempo's first version does: no intrinsics among the others, and each name once.
            let isAll = scopes.count > 1
            var seen: Set<[UInt8]> = []
            let names = scopes.filter { !isAll || $0.name != "intrinsic" }.flatMap(\.tags)
                .filter { seen.insert(Array($0.utf8)).inserted }
            writer.name("tagNames")
            writer.strings(names)
        }
        writer.endTempoAnswer()
        return .bytes(writer.bytes)
    }
}

/// Tempo's values of an attribute, as they come: of own spans.
struct TagValuesAnswer<Schema: Encodable & Sendable>: Ownable {
    /// In which form of Tempo's API they are given.
    enum Form { case texts, typed }

    let body: UpstreamBody
    let form: Form
    let maximumBytes: Int

    /// The values, without what Tempo counts beside them.
    ///
    /// - Throws: ``UpstreamFailure``.
    consuming func part(of principal: Principal) async throws -> JSONContent<Schema> {
        let answer = try await body.object(having: ["tagValues", "metrics"], limit: maximumBytes)
        var values: [(type: String, value: String)] = []
        for value in answer["tagValues"]?.arrayValue ?? [] {
            guard let object = value.objectValue else { throw UpstreamFailure.unreadable("a value is no object") }
            values.append((object["type"]?.stringValue ?? "", object["value"]?.stringValue ?? ""))
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("tagValues")
        switch form {
        case .texts:
            var seen: Set<[UInt8]> = []
            writer.strings(values.map(\.value).filter { seen.insert(Array($0.utf8)).inserted })
        case .typed:
            writer.beginArray()
            for value in values {
                writer.beginObject()
                writer.name("type")
                writer.string(value.type)
                writer.name("value")
                writer.string(value.value)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endTempoAnswer()
        return .bytes(writer.bytes)
    }
}

extension JSONWriter {
    fileprivate mutating func strings(_ texts: [String]) {
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// Ends an answer with what Tempo's clients expect where Tempo counts what it has looked at: nothing, for it counts
    /// everybody's.
    mutating func endTempoAnswer() {
        name("metrics")
        beginObject()
        endObject()
        endObject()
    }
}
