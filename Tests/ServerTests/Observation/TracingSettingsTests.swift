import Foundation
import Testing

@testable import Server

@Suite("Settings of tracing")
struct TracingSettingsTests {
    private func tracing(_ environment: [String: String]) throws -> TracingSettings {
        try Configuration(
            SettingSource(environment: environment.merging(["JWT_HS256_SECRET_FILE": "key"]) { $1 })
        ) { _ in Array(Tokens.secretText.utf8) }.tracing
    }

    private func mistakes(_ environment: [String: String]) -> [String] {
        do {
            _ = try tracing(environment)
            return []
        } catch {
            return (error as? Configuration.Invalid)?.messages ?? ["\(error)"]
        }
    }

    @Test("tracing is off unless TRACING_ENABLED, or OTEL_SDK_DISABLED in its absence, says otherwise")
    func enabled() throws {
        #expect(try tracing([:]).destination == nil)
        #expect(try tracing(["TRACING_ENABLED": "true"]).destination != nil)
        #expect(try tracing(["OTEL_SDK_DISABLED": "false"]).destination != nil)
        #expect(try tracing(["OTEL_SDK_DISABLED": "true"]).destination == nil)
        #expect(try tracing(["TRACING_ENABLED": "true", "OTEL_SDK_DISABLED": "true"]).destination != nil)
        #expect(try tracing(["TRACING_ENABLED": "false", "OTEL_SDK_DISABLED": "false"]).destination == nil)
        #expect(try tracing(["TRACING_ENABLED": "true", "OTEL_TRACES_EXPORTER": "none"]).destination == nil)
    }

    @Test(
        "where traces go: own settings before the standard ones, each exporter with its usual place",
        arguments: [
            ([:], "otlp http/protobuf to http://localhost:4318/v1/traces"),
            (["OTEL_EXPORTER_OTLP_ENDPOINT": "https://c:1/x/"], "otlp http/protobuf to https://c:1/x/v1/traces"),
            (
                [
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "https://c:1", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://t:2/a",
                    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
                ], "otlp http/json to http://t:2/a"
            ),
            (
                ["TRACING_ENDPOINT": "http://own:4318", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://t:2/a"],
                "otlp http/protobuf to http://own:4318/v1/traces"
            ),
            (["OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"], "otlp grpc to http://localhost:4317"),
            (
                [
                    "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "grpc",
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "https://c:1/",
                ], "otlp grpc to https://c:1"
            ),
            (
                ["OTEL_EXPORTER_OTLP_PROTOCOL": "grpc", "TRACING_ENDPOINT": "http://own:4317"],
                "otlp grpc to http://own:4317"
            ),
            (["TRACING_EXPORTER": "zipkin"], "zipkin to http://localhost:9411/api/v2/spans"),
            (
                ["OTEL_TRACES_EXPORTER": "zipkin", "OTEL_EXPORTER_ZIPKIN_ENDPOINT": "http://z:9411/spans"],
                "zipkin to http://z:9411/spans"
            ),
            (["TRACING_EXPORTER": "jaeger"], "jaeger by UDP to localhost:6831"),
            (["TRACING_EXPORTER": "jaeger", "TRACING_ENDPOINT": "agent:1"], "jaeger by UDP to agent:1"),
            (
                ["TRACING_EXPORTER": "jaeger", "TRACING_ENDPOINT": "http://j:14268/api/traces"],
                "jaeger to http://j:14268/api/traces"
            ),
            (["TRACING_EXPORTER": "jaeger", "OTEL_EXPORTER_JAEGER_AGENT_HOST": "h"], "jaeger by UDP to h:6831"),
            (["TRACING_EXPORTER": "console", "OTEL_TRACES_EXPORTER": "otlp"], "console"),
        ])
    func destinations(_ environment: [String: String], _ summary: String) throws {
        #expect(try tracing(environment.merging(["TRACING_ENABLED": "true"]) { $1 }).summary == summary)
    }

    @Test("names, samplers and batches from the standard's variables")
    func standard() throws {
        let settings = try tracing([
            "OTEL_SERVICE_NAME": "s", "OTEL_RESOURCE_ATTRIBUTES": "service.name=r,a=b%2Cc",
            "OTEL_TRACES_SAMPLER": "traceidratio",
            "OTEL_TRACES_SAMPLER_ARG": "0.25", "OTEL_BSP_SCHEDULE_DELAY": "100", "OTEL_BSP_MAX_QUEUE_SIZE": "64",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "1500",
        ])
        #expect(settings.serviceName == "s")
        #expect(settings.attributes.last?.value == .string("b,c"))
        #expect(settings.sampler.ratio == 0.25)
        #expect(!settings.sampler.followsParent)
        #expect(settings.batching.delay == .milliseconds(100))
        #expect(settings.batching.queueSize == 64)
        #expect(settings.batching.batchSize == 64)
        #expect(settings.batching.timeout == .milliseconds(1_500))
        #expect(try tracing(["OTEL_RESOURCE_ATTRIBUTES": "service.name=r"]).serviceName == "r")
        #expect(try tracing(["TRACING_SERVICE_NAME": "own", "OTEL_SERVICE_NAME": "s"]).serviceName == "own")
        let own = try tracing(["TRACING_SAMPLE_RATE": "0.5", "OTEL_TRACES_SAMPLER": "always_off"])
        #expect(own.sampler.ratio == 0.5)
    }

    @Test(
        "a bad value is named",
        arguments: [
            ("TRACING_ENABLED", "maybe"), ("TRACING_EXPORTER", "smoke"), ("TRACING_ENDPOINT", "ftp://x"),
            ("TRACING_SAMPLE_RATE", "1.1"), ("TRACING_SAMPLE_RATE", "-0.1"), ("TRACING_SAMPLE_RATE", "nan"),
            ("TRACING_TRUST_PARENT", "2"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "GRPC"), ("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "deflate"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"), ("OTEL_EXPORTER_OTLP_HEADERS", "no-value"),
            ("OTEL_RESOURCE_ATTRIBUTES", "a"), ("OTEL_TRACES_SAMPLER", "sometimes"), ("OTEL_TRACES_SAMPLER_ARG", "x"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "0"), ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4096"),
            ("OTEL_BSP_SCHEDULE_DELAY", "5s"), ("ADMIN_LISTEN", "9901"), ("METRICS_TENANT_LABEL", "1"),
            ("OPERATOR_CLAIM", "roles"), ("OPERATOR_CLAIM", "=x"),
        ])
    func bad(_ name: String, _ text: String) {
        let messages = mistakes([name: text])
        #expect(messages.count == 1, "\(messages)")
        #expect(messages.first?.hasPrefix("\(name) ") == true, "\(messages)")
    }

    @Test("header fields of the exporter are shown nowhere")
    func secrets() throws {
        let environment = ["OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20hush", "TRACING_ENABLED": "true"]
        let settings = try tracing(environment)
        #expect(settings.headers.first?.value.reveal() == "Bearer hush")
        #expect(!"\(settings)".contains("hush"))
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("hush"))
        #expect(!ConfigurationText.effective(SettingSource(environment: environment)).contains("hush"))
        #expect(!mistakes(["OTEL_EXPORTER_OTLP_HEADERS": "hush"]).joined().contains("hush"))
    }

    @Test("ADMIN_LISTEN=off switches the operators' listener off")
    func off() throws {
        func listen(_ environment: [String: String]) throws -> HostAndPort? {
            try Configuration(
                SettingSource(environment: environment.merging(["JWT_HS256_SECRET_FILE": "key"]) { $1 })
            ) { _ in Array(Tokens.secretText.utf8) }.server.adminListen
        }
        #expect(try listen([:])?.description == "127.0.0.1:9901")
        #expect(try listen(["ADMIN_LISTEN": "off"]) == nil)
    }

    @Test(".env.template has every setting")
    func template() throws {
        let text = try String(contentsOf: repositoryFile(".env.template"), encoding: .utf8)
        #expect(text == ConfigurationText.template + "\n", "run: swift run palisade config --template > .env.template")
    }
}
