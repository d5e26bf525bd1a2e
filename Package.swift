// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    // Async helpers stay on the caller's shard instead of hopping to the global executor.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
        swiftSettings: settings)
}

let package = Package(
    name: "palisade",
    products: [
        .executable(name: "palisade", targets: ["Server"]),
        .executable(name: "mini-tempo", targets: ["MiniTempo"]),
        // A build-tool plugin finds its tool by a product whose name is the target's.
        .executable(name: "Generator", targets: ["Generator"]),
        .executable(name: "Embedder", targets: ["Embedder"]),
        // Generates code in other packages as well.
        .plugin(name: "GenerateAPI", targets: ["GenerateAPI"]),
        // What generated code stands on, and what serves and calls over HTTP.
        .library(name: "APIRuntime", targets: ["APIRuntime", "JSON", "JSONSchema"]),
        .library(name: "HTTPServer", targets: ["HTTPServer", "EventLoop"]),
        .library(name: "HTTPClient", targets: ["HTTPClient", "EventLoop"]),
    ],
    targets: [
        // System libraries
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CGnuTLS", pkgConfig: "gnutls", providers: [.apt(["libgnutls28-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CLinux"),
        // Debian has libcurl with OpenSSL and with GnuTLS under one name; whichever is installed is used.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),

        // Languages and formats: text in, values out
        library("JSON"),
        library("JSONSchema", ["JSON"]),
        library("PromQLSyntax"),
        library("TraceQLSyntax"),
        library("OTLP", ["JSON"]),
        library("HTTP1"),
        library("Compression", ["CZlib"]),

        // Network
        library("EventLoop", ["CLinux"]),
        library("TLS", ["CGnuTLS"]),
        library("HTTPServer", ["EventLoop", "HTTP1", "APIRuntime", "TLS"]),
        library("HTTPClient", ["CCurl", "EventLoop", "HTTP1", "APIRuntime"]),

        // Identity and tenancy
        library("JOSE", ["CGnuTLS", "JSON"]),
        library("Tenancy", ["JOSE", "JSON", "PromQLSyntax", "TraceQLSyntax"]),

        // The contract
        library("APIRuntime", ["JSON", "JSONSchema"]),
        .target(
            name: "GeneratedAPI", dependencies: ["APIRuntime", "PromQLSyntax", "Tenancy", "TraceQLSyntax"],
            swiftSettings: settings,
            plugins: ["GenerateAPI"]),
        .plugin(name: "GenerateAPI", capability: .buildTool(), dependencies: ["Generator"]),
        .executableTarget(name: "Generator", dependencies: ["CYAML", "JSON", "JSONSchema"], swiftSettings: settings),

        // The page /dashboard
        .target(
            name: "Dashboard", exclude: ["Page"], swiftSettings: settings, plugins: ["EmbedFiles"]),
        .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["Embedder"]),
        .executableTarget(name: "Embedder", swiftSettings: settings),

        // The gateway
        library("Telemetry", ["APIRuntime", "Compression", "EventLoop", "HTTPClient", "JSON", "OTLP"]),
        .executableTarget(
            name: "Server",
            dependencies: [
                "APIRuntime", "Compression", "Dashboard", "EventLoop", "GeneratedAPI", "HTTPClient", "HTTPServer",
                "JOSE", "JSON", "OTLP", "PromQLSyntax", "TLS", "Telemetry", "Tenancy", "TraceQLSyntax",
            ],
            swiftSettings: settings),

        // A stand-in for Tempo, for demos and tests
        .executableTarget(
            name: "MiniTempo",
            dependencies: ["APIRuntime", "EventLoop", "HTTPServer", "JSON", "OTLP", "TraceQLSyntax"],
            swiftSettings: settings),

        .executableTarget(
            name: "PromQLBenchmark", dependencies: ["PromQLSyntax"], path: "Benchmarks/PromQL",
            swiftSettings: settings),

        .executableTarget(
            name: "TraceQLBenchmark", dependencies: ["TraceQLSyntax"], path: "Benchmarks/TraceQL",
            swiftSettings: settings),

        .executableTarget(
            name: "TokenBenchmark", dependencies: ["JOSE", "JSON"], path: "Benchmarks/Tokens",
            swiftSettings: settings),

        .executableTarget(
            name: "TraceBenchmark", dependencies: ["OTLP"], path: "Benchmarks/Traces", exclude: ["run"],
            swiftSettings: settings),

        // Asks two gateways the same: scripts/noninterference
        .executableTarget(
            name: "NonInterference", dependencies: ["APIRuntime", "EventLoop", "HTTPClient", "JSON", "TestSupport"],
            path: "Tests/NonInterference", exclude: ["serve-targets.py"], swiftSettings: settings),

        // What the tests share
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        tests("JSON"),
        tests("JSONSchema", ["JSON"]),
        tests("PromQLSyntax"),
        tests("TraceQLSyntax"),
        tests("OTLP", ["JSON"]),
        tests("HTTP1"),
        tests("Compression"),
        tests("EventLoop"),
        tests("HTTPServer", ["APIRuntime", "EventLoop", "TLS"]),
        tests("HTTPClient", ["APIRuntime", "CGnuTLS", "EventLoop", "HTTPServer", "JSONSchema"]),
        tests("JOSE", ["JSON"]),
        tests("Tenancy", ["JOSE", "JSON", "PromQLSyntax", "TraceQLSyntax"]),
        tests("APIRuntime", ["JSON", "JSONSchema"]),
        .testTarget(
            name: "GeneratorTests", dependencies: ["Generator", "JSONSchema", "TestSupport"],
            exclude: ["Coverage/Reports"], swiftSettings: settings),
        tests("Embedder"),
        tests("Telemetry", ["APIRuntime", "EventLoop", "HTTPClient", "JSON", "OTLP"]),
        tests("MiniTempo", ["EventLoop", "JSON", "OTLP", "TraceQLSyntax"]),
        tests(
            "Server",
            [
                "APIRuntime", "CGnuTLS", "Compression", "Dashboard", "EventLoop", "GeneratedAPI", "HTTPClient",
                "HTTPServer", "JOSE", "JSON",
                "OTLP", "PromQLSyntax", "Telemetry", "Tenancy", "TraceQLSyntax",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
