import HTTPClient
import OTLP
import Telemetry

/// Whether and where the gateway's own traces are sent: `TRACING_*`, and where those say nothing, OpenTelemetry's
/// [standard variables](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
struct TracingSettings: Sendable {
    /// What the spans are sent in.
    enum Exporter: String, CaseIterable, Sendable {
        case otlp, zipkin, jaeger, console
    }

    /// How OTLP is spoken.
    enum OTLPProtocol: String, CaseIterable, Sendable {
        case grpc
        case protobuf = "http/protobuf"
        case json = "http/json"
    }

    /// What OTLP is compressed with.
    enum Compression: String, CaseIterable, Sendable {
        case gzip, none
    }

    /// Where they are sent.
    enum Destination: Sendable, Equatable {
        case otlp(UpstreamURL, OTLPProtocol)
        case zipkin(UpstreamURL)
        case jaegerCollector(UpstreamURL)
        case jaegerAgent(HostAndPort)
        case console
    }

    /// `nil` if tracing is switched off.
    let destination: Destination?
    let headers: [Secret.Header]
    let compression: Compression
    /// For OTLP to an `https://` endpoint.
    let tls: HTTPClientTLS
    let serviceName: String
    let attributes: [Attribute]
    let sampler: Sampler
    let trustsParent: Bool
    let batching: SpanBatching

    init?(_ reader: inout SettingReader, readFile: (String) throws -> [UInt8]) {
        let before = reader.messages.count
        let isDisabled = reader.optional(Settings.otelDisabled)
        let isEnabled = reader.optional(Settings.tracingEnabled) ?? isDisabled.map { !$0 } ?? false
        trustsParent = reader.optional(Settings.tracingTrustParent) ?? false
        let attributes = reader.optional(Settings.otelResourceAttributes) ?? []
        self.attributes = attributes
        let named = attributes.last { $0.key == "service.name" }
        var name = reader.optional(Settings.tracingServiceName) ?? reader.optional(Settings.otelServiceName)
        if name == nil, case .string(let text)? = named?.value { name = text }
        serviceName = name ?? "palisade"
        sampler = Self.sampler(&reader)
        batching = Self.batching(&reader)
        headers =
            reader.optional(Settings.otelTracesHeaders) ?? reader.optional(Settings.otelHeaders) ?? []
        compression =
            reader.optional(Settings.otelTracesCompression) ?? reader.optional(Settings.otelCompression) ?? .none
        let exporter: Exporter?
        if let own = reader.optional(Settings.tracingExporter) {
            exporter = own
        } else if let standard = reader.optional(Settings.otelTracesExporter) {
            exporter = standard.exporter
        } else {
            exporter = .otlp
        }
        let destination = exporter.flatMap { Self.destination($0, &reader) }
        self.destination = isEnabled ? destination : nil
        tls = Self.tls(&reader, for: self.destination, readFile: readFile)
        guard reader.messages.count == before else { return nil }
    }

    private static func sampler(_ reader: inout SettingReader) -> Sampler {
        let kind = reader.optional(Settings.otelTracesSampler) ?? .parentBasedAlwaysOn
        let argument = reader.optional(Settings.otelTracesSamplerArgument)
        if let own = reader.optional(Settings.tracingSampleRate) { return Sampler(ratio: own) }
        return kind.sampler(argument)
    }

    private static func batching(_ reader: inout SettingReader) -> SpanBatching {
        var batching = SpanBatching()
        if let delay = reader.optional(Settings.otelScheduleDelay) { batching.delay = .milliseconds(delay) }
        let timeout =
            reader.optional(Settings.otelTracesTimeout) ?? reader.optional(Settings.otelTimeout)
            ?? reader.optional(Settings.otelExportTimeout)
        if let timeout { batching.timeout = .milliseconds(timeout) }
        if let size = reader.optional(Settings.otelQueueSize) { batching.queueSize = size }
        if let size = reader.optional(Settings.otelBatchSize) {
            batching.batchSize = size
        } else {
            batching.batchSize = min(batching.batchSize, batching.queueSize)
        }
        if batching.batchSize > batching.queueSize {
            reader.report(
                Settings.otelBatchSize.name, "must not be larger than OTEL_BSP_MAX_QUEUE_SIZE, \(batching.queueSize)")
        }
        return batching
    }

    private static func tls(
        _ reader: inout SettingReader, for destination: Destination?, readFile: (String) throws -> [UInt8]
    ) -> HTTPClientTLS {
        guard case .otlp(let url, _)? = destination else { return HTTPClientTLS() }
        func named(_ traces: Setting<String>, _ general: Setting<String>) -> UpstreamTLS.Named {
            if let file = reader.optional(traces) { return (traces.name, file) }
            return (general.name, reader.optional(general))
        }
        let authorities = named(Settings.otelTracesCertificate, Settings.otelCertificate)
        let certificate = named(Settings.otelTracesClientCertificate, Settings.otelClientCertificate)
        let key = named(Settings.otelTracesClientKey, Settings.otelClientKey)
        return UpstreamTLS.settings(
            authorities: authorities, certificate: certificate, key: key, &reader,
            unused: url.scheme == .https ? nil : "is set, but traces are sent to an http:// URL", readFile: readFile)
            ?? HTTPClientTLS()
    }

    private static func destination(_ exporter: Exporter, _ reader: inout SettingReader) -> Destination? {
        let own = reader.optional(Settings.tracingEndpoint)
        switch exporter {
        case .console: return .console
        case .otlp: return otlp(own, &reader)
        case .zipkin:
            let text = own ?? reader.optional(Settings.otelZipkinEndpoint) ?? "http://localhost:9411/api/v2/spans"
            let name = own == nil ? Settings.otelZipkinEndpoint.name : Settings.tracingEndpoint.name
            return url(text, name, path: "/api/v2/spans", &reader).map { .zipkin($0) }
        case .jaeger:
            let standard = reader.optional(Settings.otelJaegerEndpoint)
            let host = reader.optional(Settings.otelJaegerHost) ?? "localhost"
            let port = reader.optional(Settings.otelJaegerPort) ?? 6_831
            guard let text = own ?? standard else { return .jaegerAgent(HostAndPort(host: host, port: port)) }
            let name = own == nil ? Settings.otelJaegerEndpoint.name : Settings.tracingEndpoint.name
            if text.hasPrefix("http://") || text.hasPrefix("https://") {
                return url(text, name, path: "/api/traces", &reader).map { .jaegerCollector($0) }
            }
            guard let agent = HostAndPort(text), agent.port != 0 else {
                reader.report(
                    name, "must be the agent's host:port, or the collector's http:// or https:// URL, not \"\(text)\"")
                return nil
            }
            return .jaegerAgent(agent)
        }
    }

    private static func otlp(_ own: String?, _ reader: inout SettingReader) -> Destination? {
        let traces = reader.optional(Settings.otelTracesEndpoint)
        let general = reader.optional(Settings.otelEndpoint)
        let spoken =
            reader.optional(Settings.otelTracesProtocol) ?? reader.optional(Settings.otelProtocol) ?? .protobuf
        guard spoken != .grpc else { return grpc(own, traces, general, &reader) }
        if let own {
            return url(own, Settings.tracingEndpoint.name, path: "/v1/traces", &reader).map { .otlp($0, spoken) }
        }
        // The one for traces is taken as it is; to the one for all signals the signal's path is added.
        if let traces { return .otlp(traces, spoken) }
        let base = general.map { $0.appending("/v1/traces") }
        return (base ?? (try? UpstreamURL("http://localhost:4318/v1/traces"))).map { .otlp($0, spoken) }
    }

    /// The path of a call of gRPC is the method's name.
    private static func grpc(
        _ own: String?, _ traces: UpstreamURL?, _ general: UpstreamURL?, _ reader: inout SettingReader
    ) -> Destination? {
        let name: String
        let found: UpstreamURL?
        if let own {
            name = Settings.tracingEndpoint.name
            found = url(own, name, path: "", &reader)
        } else {
            name = traces == nil ? Settings.otelEndpoint.name : Settings.otelTracesEndpoint.name
            found = traces ?? general ?? (try? UpstreamURL("http://localhost:4317"))
        }
        guard let found else { return nil }
        guard found.prefix.isEmpty else {
            reader.report(name, "must have no path where the protocol is grpc, not \"\(found)\"")
            return nil
        }
        return .otlp(found, .grpc)
    }

    /// A URL; without a path it gets the usual one.
    private static func url(
        _ text: String, _ name: String, path: String, _ reader: inout SettingReader
    ) -> UpstreamURL? {
        do throws(InvalidSetting) {
            let url = try UpstreamURL(text)
            return url.prefix.isEmpty ? url.appending(path) : url
        } catch {
            reader.report(name, "\(error.message), not \"\(UpstreamURL.masked(text))\"")
            return nil
        }
    }
}

extension TracingSettings {
    /// The values of `OTEL_TRACES_EXPORTER` that mean something here.
    enum StandardExporter: String, CaseIterable, Sendable {
        case otlp, zipkin, jaeger, console, none

        var exporter: Exporter? { Exporter(rawValue: rawValue) }
    }

    /// The values of `OTEL_TRACES_SAMPLER`.
    enum StandardSampler: String, CaseIterable, Sendable {
        case alwaysOn = "always_on"
        case alwaysOff = "always_off"
        case traceIDRatio = "traceidratio"
        case parentBasedAlwaysOn = "parentbased_always_on"
        case parentBasedAlwaysOff = "parentbased_always_off"
        case parentBasedTraceIDRatio = "parentbased_traceidratio"

        func sampler(_ argument: Double?) -> Sampler {
            switch self {
            case .alwaysOn: Sampler(ratio: 1, followsParent: false)
            case .alwaysOff: Sampler(ratio: 0, followsParent: false)
            case .traceIDRatio: Sampler(ratio: argument ?? 1, followsParent: false)
            case .parentBasedAlwaysOn: Sampler(ratio: 1)
            case .parentBasedAlwaysOff: Sampler(ratio: 0)
            case .parentBasedTraceIDRatio: Sampler(ratio: argument ?? 1)
            }
        }
    }

    /// A processor that sends spans there, and is still to be started; `nil` if tracing is switched off.
    func processor(version: String, logger: Logger) -> SpanProcessor? {
        guard let destination else { return nil }
        let resource = SpanResource(serviceName: serviceName, version: version, attributes: attributes)
        let exporter: any SpanExporter =
            switch destination {
            case .otlp(let url, let spoken): otlp(url, spoken, resource)
            case .zipkin(let url): ZipkinExporter(client: url.client(), target: url.prefix, resource: resource)
            case .jaegerCollector(let url):
                JaegerCollectorExporter(client: url.client(), target: url.prefix, resource: resource)
            case .jaegerAgent(let address):
                JaegerAgentExporter(host: address.host, port: UInt16(address.port), resource: resource)
            case .console: ConsoleExporter()
            }
        return SpanProcessor(exporter: exporter, batching: batching, logger: logger)
    }

    private func otlp(_ url: UpstreamURL, _ spoken: OTLPProtocol, _ resource: SpanResource) -> any SpanExporter {
        let headers = headers.map { ($0.name, $0.value.reveal()) }
        let isCompressed = compression == .gzip
        let encoding: OTLPExporter.Encoding
        switch spoken {
        case .grpc:
            return OTLPGRPCExporter(
                client: HTTP2Client(origin: url.origin, tls: tls), headers: headers, isCompressed: isCompressed,
                resource: resource)
        case .protobuf: encoding = .protobuf
        case .json: encoding = .json
        }
        return OTLPExporter(
            client: url.client(tls: tls), target: url.prefix, headers: headers, encoding: encoding,
            isCompressed: isCompressed, resource: resource)
    }
}

extension UpstreamURL {
    /// The same with more path behind it.
    func appending(_ path: String) -> UpstreamURL {
        UpstreamURL(scheme: scheme, authority: authority, prefix: prefix + path)
    }

    fileprivate var origin: HTTPClientOrigin {
        HTTPClientOrigin(scheme: scheme, host: authority.host, port: UInt16(authority.port))
    }

    /// A client of its origin.
    fileprivate func client(tls: HTTPClientTLS = .init()) -> any HTTPClient {
        switch scheme {
        case .http: SocketHTTPClient(origin: origin)
        case .https: CurlHTTPClient(origin: origin, tls: tls)
        }
    }
}
