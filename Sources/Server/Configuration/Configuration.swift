import JSON

/// Everything `palisade serve` is told, checked.
struct Configuration: Sendable {
    let server: ServerSettings
    let tls: TLSSettings
    let upstreams: UpstreamSettings
    let identity: IdentitySettings
    let limits: LimitSettings
    let documentation: DocumentationSettings
    let tracing: TracingSettings
    let log: LogSettings

    /// What is wrong, every mistake at once.
    struct Invalid: Error {
        let messages: [String]
    }

    /// Reads and checks every setting and the files that they name.
    ///
    /// - Throws: ``Invalid`` with every mistake there is.
    init(
        _ source: SettingSource,
        readFile: @escaping @Sendable (String) throws -> [UInt8] = { try readSmallFile($0) }
    ) throws(Invalid) {
        var reader = SettingReader(source)
        // All of them are read before the first missing one ends it.
        let server = ServerSettings(&reader)
        let tls = TLSSettings(&reader, readFile: readFile)
        let upstreams = UpstreamSettings(&reader, readFile: readFile)
        let identity = IdentitySettings(&reader, tempoTenancy: upstreams?.tempoTenancy, readFile: readFile)
        let limits = LimitSettings(&reader)
        let documentation = DocumentationSettings(&reader)
        let tracing = TracingSettings(&reader, readFile: readFile)
        let log = LogSettings(&reader)
        guard reader.messages.isEmpty, let server, let tls, let upstreams, let identity, let limits, let documentation,
            let tracing, let log
        else { throw Invalid(messages: reader.messages) }
        self.server = server
        self.tls = tls
        self.upstreams = upstreams
        self.identity = identity
        self.limits = limits
        self.documentation = documentation
        self.tracing = tracing
        self.log = log
    }
}

extension Configuration {
    /// What input is held to, for people.
    var inputLimits: [String: JSONValue] {
        var values: [String: JSONValue] = [
            "max_body_bytes": .number(JSONNumber(server.maximumBodyBytes)),
            "max_header_bytes": .number(JSONNumber(server.maximumHeaderBytes)),
            "max_query_bytes": .number(JSONNumber(limits.queries.bytes)),
        ]
        if let range = limits.queries.range { values["max_query_range_ms"] = .number(JSONNumber(Int(range))) }
        if let points = limits.queries.points { values["max_query_points"] = .number(JSONNumber(Int(points))) }
        return values
    }
}
