// Times the filter of traces by tenant: JSON as Tempo answers with it, and Protobuf.
//
// usage: TraceBenchmark [megabytes] [rounds]
//        TraceBenchmark --write FILE [megabytes]    writes the JSON that it measures with, for other tools

import Foundation
import OTLP

/// As a network hands it over.
let chunkBytes = 64 << 10

func chunks(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: chunkBytes).map { Array(bytes[$0..<min($0 + chunkBytes, bytes.count)]) }
}

/// Prints the median of the rounds.
func report(_ name: String, _ bytes: [UInt8], rounds: Int, _ filter: ([[UInt8]]) throws -> FilteredTrace) throws {
    let input = chunks(bytes)
    var seconds: [Double] = []
    var kept = 0
    for _ in 0..<rounds {
        let start = ContinuousClock.now
        kept = try filter(input).keptResourceSpans
        let elapsed = (ContinuousClock.now - start).components
        seconds.append(Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
    }
    let median = seconds.sorted()[rounds / 2]
    let size = Double(bytes.count) / 1e6
    print(
        String(
            format: "%@: %.1f MB, %d resource spans kept, %.1f ms, %.0f MB/s", name, size, kept, median * 1e3,
            size / median))
}

func measure(megabytes: Int, rounds: Int) throws {
    let json = SampleTrace.json(byteCount: megabytes * 1_000_000)
    func filter(_ form: ResourceSpansFilter.Form) -> ([[UInt8]]) throws -> FilteredTrace {
        { chunks in
            var filter = ResourceSpansFilter(
                attribute: "tenant_id", values: ["acme"], as: form, in: .traceByIDResponse, maximumBytes: 1 << 30)
            for chunk in chunks { try filter.append(chunk) }
            return try filter.finish()
        }
    }
    try report("JSON, as received", json, rounds: rounds, filter(.asReceived))
    try report("JSON, to OTLP's form", json, rounds: rounds, filter(.otlp))
    var protobuf: [UInt8] = []
    for element in SampleTrace.elements(byteCount: megabytes * 1_000_000) {
        protobuf += try protobufField(ResourceSpans.protobuf(json: element))
    }
    try report("Protobuf", protobuf, rounds: rounds) { chunks in
        var filter = ProtobufResourceSpansFilter(
            attribute: "tenant_id", values: ["acme"], in: .tracesData, maximumBytes: 1 << 30)
        for chunk in chunks { try filter.append(chunk) }
        return try filter.finish()
    }
}

/// Field 1 of the message around it.
func protobufField(_ bytes: [UInt8]) -> [UInt8] {
    var prefix: [UInt8] = [0x0A]
    var length = bytes.count
    while length >= 0x80 {
        prefix.append(UInt8(truncatingIfNeeded: length) | 0x80)
        length >>= 7
    }
    return prefix + [UInt8(length)] + bytes
}

let arguments = CommandLine.arguments
if arguments.count > 2, arguments[1] == "--write" {
    let megabytes = arguments.count > 3 ? Int(arguments[3]) ?? 10 : 10
    try Data(SampleTrace.json(byteCount: megabytes * 1_000_000)).write(to: URL(fileURLWithPath: arguments[2]))
} else {
    try measure(
        megabytes: arguments.count > 1 ? Int(arguments[1]) ?? 10 : 10,
        rounds: max(1, arguments.count > 2 ? Int(arguments[2]) ?? 9 : 9))
}
