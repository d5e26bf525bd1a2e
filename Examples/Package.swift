// swift-tools-version: 6.2
import PackageDescription

// A package of its own over the libraries beside the generator. `scripts/check-generated` makes `Generated` first.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]
let runtime: Target.Dependency = .product(name: "APIRuntime", package: "palisade")
let server: Target.Dependency = .product(name: "HTTPServer", package: "palisade")
let client: Target.Dependency = .product(name: "HTTPClient", package: "palisade")

func generated(_ name: String) -> Target {
    .target(name: name, dependencies: [runtime], path: "Generated/\(name)", swiftSettings: settings)
}
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: [runtime] + dependencies, path: name, swiftSettings: settings)
}

let package = Package(
    name: "examples",
    dependencies: [.package(name: "palisade", path: "..")],
    targets: [
        generated("MuseumAPI"),
        generated("TrainTravelAPI"),
        generated("PrometheusAPI"),
        .target(name: "Support", dependencies: [runtime, server], path: "Support", swiftSettings: settings),
        program("Museum", ["MuseumAPI", "Support"]),
        program("TrainTravel", ["TrainTravelAPI", "Support"]),
        program("PrometheusQuery", ["PrometheusAPI", client]),
    ],
    swiftLanguageModes: [.v6]
)
