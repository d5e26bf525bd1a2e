import Foundation
import Telemetry
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
        "each standard sampler",
        arguments: [
            ("always_on", nil, 1, false), ("always_off", nil, 0, false), ("traceidratio", nil, 1, false),
            ("traceidratio", "0.5", 0.5, false), ("parentbased_always_on", "0.5", 1, true),
            ("parentbased_always_off", nil, 0, true), ("parentbased_traceidratio", "0.5", 0.5, true),
            (nil, "0.5", 1, true),
        ] as [(String?, String?, Double, Bool)])
    func samplers(_ name: String?, _ argument: String?, _ ratio: Double, _ followsParent: Bool) throws {
        var environment: [String: String] = [:]
        environment["OTEL_TRACES_SAMPLER"] = name
        environment["OTEL_TRACES_SAMPLER_ARG"] = argument
        #expect(try tracing(environment).sampler == Sampler(ratio: ratio, followsParent: followsParent))
    }

    @Test("batches: the standard's defaults, the limits of otlp before those of batches, those of traces before all")
    func batches() throws {
        let defaults = try tracing([:]).batching
        #expect(defaults.queueSize == 2_048)
        #expect(defaults.batchSize == 512)
        #expect(defaults.delay == .seconds(5))
        #expect(defaults.timeout == .seconds(30))
        #expect(try tracing(["OTEL_BSP_EXPORT_TIMEOUT": "700"]).batching.timeout == .milliseconds(700))
        let all = [
            "OTEL_BSP_EXPORT_TIMEOUT": "700", "OTEL_EXPORTER_OTLP_TIMEOUT": "800",
            "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT": "900", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "100",
        ]
        #expect(try tracing(all).batching.timeout == .milliseconds(900))
        #expect(try tracing(all).batching.batchSize == 100)
    }

    @Test("compression and header fields: those of traces before those of all signals")
    func otlp() throws {
        #expect(try tracing([:]).compression == .none)
        #expect(try tracing(["OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"]).compression == .gzip)
        let settings = try tracing([
            "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip", "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "none",
            "OTEL_EXPORTER_OTLP_HEADERS": "a=1", "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "b=2,c=%33",
        ])
        #expect(settings.compression == .none)
        #expect(settings.headers.map(\.name) == ["b", "c"])
        #expect(settings.headers.map { $0.value.reveal() } == ["2", "3"])
    }

    @Test("what only one exporter reads is wrong only with that one")
    func exporters() {
        let port = ["OTEL_EXPORTER_JAEGER_AGENT_PORT": "0"]
        #expect(mistakes(port) == [])
        #expect(mistakes(port.merging(["TRACING_EXPORTER": "jaeger"]) { $1 }).count == 1)
        let zipkin = ["TRACING_EXPORTER": "zipkin", "OTEL_EXPORTER_ZIPKIN_ENDPOINT": "zipkin:9411"]
        #expect(mistakes(zipkin).first?.hasPrefix("OTEL_EXPORTER_ZIPKIN_ENDPOINT ") == true)
        let jaeger = ["TRACING_EXPORTER": "jaeger", "OTEL_EXPORTER_JAEGER_ENDPOINT": "jaeger"]
        #expect(mistakes(jaeger).first?.hasPrefix("OTEL_EXPORTER_JAEGER_ENDPOINT ") == true)
    }

    @Test("grpc takes no path, wherever the endpoint comes from")
    func path() {
        let grpc = ["OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"]
        for name in ["TRACING_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] {
            let messages = mistakes(grpc.merging([name: "http://c:4317/v1/traces"]) { $1 })
            #expect(
                messages
                    == [#"\#(name) must have no path where the protocol is grpc, not "http://c:4317/v1/traces""#])
        }
    }

    @Test("files for TLS: of traces before those of all signals, checked at the start, and only where they are used")
    func files() throws {
        let endpoint = ["TRACING_ENABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "https://c:4318"]
        func read(_ settings: [String: String]) throws -> TracingSettings {
            let environment = endpoint.merging(settings) { $1 }.merging(["JWT_HS256_SECRET_FILE": "key"]) { $1 }
            return try Configuration(SettingSource(environment: environment)) { file in
                switch file {
                case "key": Array(Tokens.secretText.utf8)
                case "ca", "own", "cert": Array("-----BEGIN CERTIFICATE-----".utf8)
                case "private": Array("-----BEGIN PRIVATE KEY-----".utf8)
                default: throw FileFailure(description: "no such file")
                }
            }.tracing
        }
        func mistakes(_ settings: [String: String]) -> [String] {
            do {
                _ = try read(settings)
                return []
            } catch {
                return (error as? Configuration.Invalid)?.messages ?? ["\(error)"]
            }
        }
        let tls = try read([
            "OTEL_EXPORTER_OTLP_CERTIFICATE": "none", "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE": "own",
            "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": "cert", "OTEL_EXPORTER_OTLP_CLIENT_KEY": "private",
        ]).tls
        #expect(tls.authoritiesFile == "own")
        #expect(tls.certificateFile == "cert")
        #expect(tls.keyFile == "private")
        #expect(
            mistakes(["OTEL_EXPORTER_OTLP_CERTIFICATE": "private"])
                == ["OTEL_EXPORTER_OTLP_CERTIFICATE private: the file holds no certificate in PEM"])
        #expect(
            mistakes(["OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE": "none"])
                == ["OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE none: no such file"])
        #expect(
            mistakes(["OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": "cert"])
                == [
                    "OTEL_EXPORTER_OTLP_CLIENT_KEY must be set where OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE is; one file may hold both"
                ])
        // Who names such a file expects TLS.
        #expect(
            mistakes(["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "OTEL_EXPORTER_OTLP_CERTIFICATE": "ca"])
                == ["OTEL_EXPORTER_OTLP_CERTIFICATE is set, but traces are sent to an http:// URL"])
        #expect(mistakes(["TRACING_ENABLED": "false", "OTEL_EXPORTER_OTLP_CERTIFICATE": "none"]) == [])
    }

    @Test(
        "a bad value is named",
        arguments: [
            ("TRACING_ENABLED", "maybe"), ("TRACING_EXPORTER", "smoke"), ("TRACING_ENDPOINT", "ftp://x"),
            ("TRACING_SAMPLE_RATE", "1.1"), ("TRACING_SAMPLE_RATE", "-0.1"), ("TRACING_SAMPLE_RATE", "nan"),
            ("OTEL_SDK_DISABLED", "1"), ("OTEL_TRACES_EXPORTER", "otlp,zipkin"), ("OTEL_BSP_EXPORT_TIMEOUT", "0"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "10s"), ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "-1"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces"), ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "=x"),
            ("OTEL_TRACES_SAMPLER_ARG", "2"),
            ("OTEL_RESOURCE_ATTRIBUTES", "a=%zz"),
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
