import JOSE
import OTLP
import Telemetry

/// The settings about operators and the gateway's own traces.
extension Settings {
    static let tracingEnabled = Setting(
        name: "TRACING_ENABLED", form: "true or false", defaultText: nil,
        documentation:
            "Whether the gateway records traces of its requests and sends them. If unset, `OTEL_SDK_DISABLED` decides; if that is unset too, it does not.",
        parse: SettingParsers.boolean)
    static let tracingExporter = Setting(
        name: "TRACING_EXPORTER", form: TracingSettings.Exporter.allCases.map(\.rawValue).joined(separator: ", "),
        defaultText: nil,
        documentation: "What traces are sent in; `OTEL_TRACES_EXPORTER` if unset, else `otlp`.",
        parse: SettingParsers.enumeration(TracingSettings.Exporter.self))
    static let tracingEndpoint = Setting(
        name: "TRACING_ENDPOINT", form: "URL or host:port", defaultText: nil,
        documentation:
            "Where traces are sent; without a path in it, the usual one is added. By default `http://localhost:4318/v1/traces` for otlp, or `http://localhost:4317` where it is spoken by grpc, `http://localhost:9411/api/v2/spans` for zipkin, and Jaeger's agent at `localhost:6831` (UDP); a URL such as `http://localhost:14268/api/traces` is Jaeger's collector.",
        shown: UpstreamURL.masked, parse: SettingParsers.nonEmpty)
    static let tracingServiceName = Setting(
        name: "TRACING_SERVICE_NAME", form: "text", defaultText: nil,
        documentation: "The service that spans are of; `OTEL_SERVICE_NAME` if unset, else `palisade`.",
        parse: SettingParsers.nonEmpty)
    static let tracingSampleRate = Setting(
        name: "TRACING_SAMPLE_RATE", form: "number from 0 to 1", defaultText: nil,
        documentation: "The share of requests whose traces are recorded; `OTEL_TRACES_SAMPLER` if unset, else all.",
        parse: SettingParsers.share)
    static let tracingTrustParent = Setting(
        name: "TRACING_TRUST_PARENT", form: "true or false", defaultText: "false",
        documentation:
            "Whether a caller's `traceparent` becomes the parent of the request's span and decides whether it is recorded; else it is only linked.",
        parse: SettingParsers.boolean)
    static let otelDisabled = Setting(
        name: "OTEL_SDK_DISABLED", form: "true or false", defaultText: nil,
        documentation: "The opposite of `TRACING_ENABLED`, where that is unset.", parse: SettingParsers.boolean)
    static let otelTracesExporter = Setting(
        name: "OTEL_TRACES_EXPORTER",
        form: TracingSettings.StandardExporter.allCases.map(\.rawValue).joined(separator: ", "), defaultText: nil,
        documentation: "`TRACING_EXPORTER` by its standard name; `none` sends nothing.",
        parse: SettingParsers.enumeration(TracingSettings.StandardExporter.self))
    static let otelServiceName = Setting(
        name: "OTEL_SERVICE_NAME", form: "text", defaultText: nil,
        documentation: "`TRACING_SERVICE_NAME` by its standard name.", parse: SettingParsers.nonEmpty)
    static let otelResourceAttributes = Setting(
        name: "OTEL_RESOURCE_ATTRIBUTES", form: "name=value,…", defaultText: nil,
        documentation: "What else is said of the service in its traces, such as `tenant_id=ops`.",
        parse: SettingParsers.resourceAttributes)
    static let otelTracesEndpoint = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", form: "http or https URL", defaultText: nil,
        documentation: "Where otlp traces are sent, the path included; for grpc without one.",
        shown: UpstreamURL.masked,
        parse: SettingParsers.upstreamURL)
    static let otelEndpoint = Setting(
        name: "OTEL_EXPORTER_OTLP_ENDPOINT", form: "http or https URL", defaultText: nil,
        documentation: "The same for all signals: `/v1/traces` is added, except for grpc.", shown: UpstreamURL.masked,
        parse: SettingParsers.upstreamURL)
    static let otelTracesProtocol = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", form: "grpc, http/protobuf, http/json", defaultText: nil,
        documentation: "How otlp is spoken for traces; `OTEL_EXPORTER_OTLP_PROTOCOL` if unset.",
        parse: SettingParsers.enumeration(TracingSettings.OTLPProtocol.self))
    static let otelProtocol = Setting(
        name: "OTEL_EXPORTER_OTLP_PROTOCOL", form: "grpc, http/protobuf, http/json", defaultText: "http/protobuf",
        documentation: "The same for all signals.",
        parse: SettingParsers.enumeration(TracingSettings.OTLPProtocol.self))
    static let otelTracesCompression = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", form: "gzip, none", defaultText: nil,
        documentation: "What otlp traces are compressed with; `OTEL_EXPORTER_OTLP_COMPRESSION` if unset.",
        parse: SettingParsers.enumeration(TracingSettings.Compression.self))
    static let otelCompression = Setting(
        name: "OTEL_EXPORTER_OTLP_COMPRESSION", form: "gzip, none", defaultText: nil,
        documentation: "The same for all signals; none if unset.",
        parse: SettingParsers.enumeration(TracingSettings.Compression.self))
    static let otelTracesCertificate = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", form: "file", defaultText: nil,
        documentation:
            "The certificate authorities, in PEM, that an https collector's certificate must come from; `OTEL_EXPORTER_OTLP_CERTIFICATE` if unset.",
        parse: SettingParsers.nonEmpty)
    static let otelCertificate = Setting(
        name: "OTEL_EXPORTER_OTLP_CERTIFICATE", form: "file", defaultText: nil,
        documentation: "The same for all signals; the system's if unset.",
        parse: SettingParsers.nonEmpty)
    static let otelTracesClientCertificate = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", form: "file", defaultText: nil,
        documentation:
            "The gateway's own certificate, with its chain, in PEM, for an https collector that demands one; `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE` if unset.",
        parse: SettingParsers.nonEmpty)
    static let otelClientCertificate = Setting(
        name: "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", form: "file", defaultText: nil,
        documentation: "The same for all signals.",
        parse: SettingParsers.nonEmpty)
    static let otelTracesClientKey = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", form: "file", defaultText: nil,
        documentation: "The key of that certificate, in PEM, not encrypted; `OTEL_EXPORTER_OTLP_CLIENT_KEY` if unset.",
        parse: SettingParsers.nonEmpty)
    static let otelClientKey = Setting(
        name: "OTEL_EXPORTER_OTLP_CLIENT_KEY", form: "file", defaultText: nil,
        documentation: "The same for all signals.",
        parse: SettingParsers.nonEmpty)
    static let otelTracesHeaders = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_HEADERS", form: "name=value,…", defaultText: nil,
        documentation:
            "Header fields, or metadata of grpc, that otlp traces are sent with; `OTEL_EXPORTER_OTLP_HEADERS` if unset.",
        shown: { _ in "***" }, parse: SettingParsers.secretHeaders)
    static let otelHeaders = Setting(
        name: "OTEL_EXPORTER_OTLP_HEADERS", form: "name=value,…", defaultText: nil,
        documentation: "The same for all signals.", shown: { _ in "***" }, parse: SettingParsers.secretHeaders)
    static let otelTracesTimeout = Setting(
        name: "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", form: "milliseconds", defaultText: nil,
        documentation: "How long sending a batch may take; `OTEL_EXPORTER_OTLP_TIMEOUT` if unset.",
        parse: SettingParsers.integer(1...600_000))
    static let otelTimeout = Setting(
        name: "OTEL_EXPORTER_OTLP_TIMEOUT", form: "milliseconds", defaultText: nil,
        documentation: "The same for all signals; `OTEL_BSP_EXPORT_TIMEOUT` if unset.",
        parse: SettingParsers.integer(1...600_000))
    static let otelZipkinEndpoint = Setting(
        name: "OTEL_EXPORTER_ZIPKIN_ENDPOINT", form: "http or https URL", defaultText: nil,
        documentation: "`TRACING_ENDPOINT` for zipkin, by its standard name.", shown: UpstreamURL.masked,
        parse: SettingParsers.nonEmpty)
    static let otelJaegerEndpoint = Setting(
        name: "OTEL_EXPORTER_JAEGER_ENDPOINT", form: "http or https URL", defaultText: nil,
        documentation: "`TRACING_ENDPOINT` for Jaeger's collector, by its former standard name.",
        shown: UpstreamURL.masked, parse: SettingParsers.nonEmpty)
    static let otelJaegerHost = Setting(
        name: "OTEL_EXPORTER_JAEGER_AGENT_HOST", form: "host", defaultText: nil,
        documentation: "The host of Jaeger's agent; localhost if unset.", parse: SettingParsers.nonEmpty)
    static let otelJaegerPort = Setting(
        name: "OTEL_EXPORTER_JAEGER_AGENT_PORT", form: "number", defaultText: nil,
        documentation: "The UDP port of Jaeger's agent; 6831 if unset.", parse: SettingParsers.integer(1...65_535))
    static let otelTracesSampler = Setting(
        name: "OTEL_TRACES_SAMPLER",
        form: TracingSettings.StandardSampler.allCases.map(\.rawValue).joined(separator: ", "), defaultText: nil,
        documentation: "Which traces are recorded where `TRACING_SAMPLE_RATE` is unset.",
        parse: SettingParsers.enumeration(TracingSettings.StandardSampler.self))
    static let otelTracesSamplerArgument = Setting(
        name: "OTEL_TRACES_SAMPLER_ARG", form: "number from 0 to 1", defaultText: nil,
        documentation: "The share of the `traceidratio` samplers; 1 if unset.", parse: SettingParsers.share)
    static let otelScheduleDelay = Setting(
        name: "OTEL_BSP_SCHEDULE_DELAY", form: "milliseconds", defaultText: "5000",
        documentation: "How long spans wait for others to be sent with.", parse: SettingParsers.integer(1...600_000))
    static let otelExportTimeout = Setting(
        name: "OTEL_BSP_EXPORT_TIMEOUT", form: "milliseconds", defaultText: "30000",
        documentation: "How long sending a batch may take.", parse: SettingParsers.integer(1...600_000))
    static let otelQueueSize = Setting(
        name: "OTEL_BSP_MAX_QUEUE_SIZE", form: "number", defaultText: "2048",
        documentation: "How many spans may wait to be sent; what comes beyond is dropped and counted.",
        parse: SettingParsers.integer(1...1_000_000))
    static let otelBatchSize = Setting(
        name: "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", form: "number", defaultText: nil,
        documentation: "How many spans are sent at once; 512 if unset.", parse: SettingParsers.integer(1...1_000_000))

    static let adminListen = Setting(
        name: "ADMIN_LISTEN", form: "host:port or off", defaultText: "127.0.0.1:9901",
        documentation:
            "The address of the listener for operators, with `/metrics` and `/health/detail`. It asks for no token, so nobody else must reach it.",
        parse: { (text: String) throws(InvalidSetting) -> HostAndPort? in
            text == "off" ? nil : try SettingParsers.hostAndPort(text)
        })
    static let metricsTenantLabel = Setting(
        name: "METRICS_TENANT_LABEL", form: "true or false", defaultText: "false",
        documentation: "Whether `/metrics` counts requests by tenant too, for at most 1000 tenants.",
        parse: SettingParsers.boolean)
    static let operatorClaim = Setting(
        name: "OPERATOR_CLAIM", form: "dotted path=value", defaultText: nil,
        documentation:
            "Which tokens are operators', who see the figures of all requests on the health dashboard: those with that value there, or in a list there. Nobody's if unset.",
        parse: SettingParsers.operatorClaim)

    static let auditLogFile = Setting(
        name: "AUDIT_LOG_FILE", form: "file", defaultText: nil,
        documentation:
            "A file that gets a line of JSON for each request of an operation that needs a token: who asked, for which tenants, what, and what became of it. It is appended to, made with mode 0600, and opened anew on SIGHUP.",
        parse: SettingParsers.nonEmpty)

    /// Those about operators and tracing, in the order in which people read them.
    static let tracing: [SettingRow] = [
        SettingRow(adminListen), SettingRow(metricsTenantLabel), SettingRow(operatorClaim), SettingRow(auditLogFile),
        SettingRow(tracingEnabled), SettingRow(tracingExporter), SettingRow(tracingEndpoint),
        SettingRow(tracingServiceName), SettingRow(tracingSampleRate), SettingRow(tracingTrustParent),
        SettingRow(otelDisabled), SettingRow(otelTracesExporter), SettingRow(otelServiceName),
        SettingRow(otelResourceAttributes), SettingRow(otelTracesEndpoint), SettingRow(otelEndpoint),
        SettingRow(otelTracesProtocol), SettingRow(otelProtocol),
        SettingRow(otelTracesCompression), SettingRow(otelCompression), SettingRow(otelTracesCertificate),
        SettingRow(otelCertificate), SettingRow(otelTracesClientCertificate), SettingRow(otelClientCertificate),
        SettingRow(otelTracesClientKey), SettingRow(otelClientKey), SettingRow(otelTracesHeaders),
        SettingRow(otelHeaders), SettingRow(otelTracesTimeout), SettingRow(otelTimeout),
        SettingRow(otelZipkinEndpoint), SettingRow(otelJaegerEndpoint), SettingRow(otelJaegerHost),
        SettingRow(otelJaegerPort), SettingRow(otelTracesSampler), SettingRow(otelTracesSamplerArgument),
        SettingRow(otelScheduleDelay), SettingRow(otelExportTimeout), SettingRow(otelQueueSize),
        SettingRow(otelBatchSize),
    ]
}
