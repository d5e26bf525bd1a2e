import APIRuntime
import OTLP
import Testing

@testable import Telemetry

/// The cases of the standard's own test suite (https://github.com/w3c/trace-context/tree/main/test), and B3's.
@Suite("Trace context")
struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"
    private static let valid = "00-\(trace)-\(span)-01"

    @Test("a valid traceparent is read, sampled or not")
    func valid() throws {
        let context = try #require(TraceContext(["traceparent": Self.valid]))
        #expect(context.traceID.hexadecimal == Self.trace)
        #expect(context.spanID.hexadecimal == Self.span)
        #expect(context.isSampled)
        #expect(context.traceParent == Self.valid)
        #expect(TraceContext(["traceparent": "00-\(Self.trace)-\(Self.span)-00"])?.isSampled == false)
        // Only the lowest bit says that it is sampled.
        #expect(TraceContext(["traceparent": "00-\(Self.trace)-\(Self.span)-02"])?.isSampled == false)
        #expect(TraceContext(["traceparent": "00-\(Self.trace)-\(Self.span)-ff"])?.isSampled == true)
    }

    @Test(
        "a later version is read as far as it is known",
        arguments: ["cc-\(trace)-\(span)-01", "cc-\(trace)-\(span)-01-what-the-future-will-be-like"])
    func laterVersions(_ text: String) {
        #expect(TraceContext(["traceparent": text])?.traceID.hexadecimal == Self.trace)
    }

    @Test(
        "a malformed traceparent is ignored",
        arguments: [
            "", "00-\(trace)-\(span)-01.", "00-\(trace)-\(span)-01-what-the-future-will-be-like",
            "cc-\(trace)-\(span)-01.what-the-future-will-not-be-like", "ff-\(trace)-\(span)-01",
            ".0-\(trace)-\(span)-01", "0.-\(trace)-\(span)-01", "000-\(trace)-\(span)-01", "0-\(trace)-\(span)-01",
            "00-00000000000000000000000000000000-\(span)-01", "00-.234567890abcdef1234567890abcdef-\(span)-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-\(span)-01", "00-\(trace)a-\(span)-01",
            "00-4bf92f3577b34da6-\(span)-01",
            "00-\(trace)-0000000000000000-01", "00-\(trace)-.0f067aa0ba902b7-01", "00-\(trace)-00F067AA0BA902B7-01",
            "00-\(trace)-\(span)a-01", "00-\(trace)-00f067aa-01", "00-\(trace)-\(span)-.0", "00-\(trace)-\(span)-0.",
            "00-\(trace)-\(span)-001", "00-\(trace)-\(span)-1", "00-\(trace)-\(span)-", "00-\(trace)-\(span)",
            "00-\(trace)-\(span)-01 -", "00--\(span)-01", "00-\(trace)--01", "00\(trace)\(span)01", "00-01-02-03",
            "cc-\(trace)-\(span)-01x", "00_\(trace)_\(span)_01", "é0-\(trace)-\(span)-01",
        ])
    func malformed(_ text: String) {
        #expect(TraceContext(["traceparent": text]) == nil)
    }

    @Test("two traceparents, and one under another name, are none")
    func several() {
        #expect(TraceContext(["traceparent": Self.valid, "Traceparent": Self.valid]) == nil)
        #expect(TraceContext(["trace-parent": Self.valid]) == nil)
        #expect(TraceContext(["TraceParent": Self.valid]) != nil)
    }

    @Test(
        "a valid tracestate is kept",
        arguments: [
            (["foo=1"], "foo=1"), (["foo=1,bar=2"], "foo=1,bar=2"), (["foo=1", "bar=2"], "foo=1,bar=2"),
            (["foo=1 \t , \t bar=2, \t baz=3"], "foo=1,bar=2,baz=3"), (["foo=1,"], "foo=1"), ([""], ""),
            (["foo=1", ""], "foo=1"), (["", "foo=1"], "foo=1"), (["foo=1", "", "bar=2"], "foo=1,bar=2"),
            ([" foo=1"], "foo=1"), (["\tfoo=1"], "foo=1"), (["foo=1 "], "foo=1"), (["foo=1\t"], "foo=1"),
            ([",foo=1,,bar=2"], "foo=1,bar=2"),
            // A key that stands twice may be kept so.
            (["foo=1,foo=1"], "foo=1,foo=1"), (["foo=1,foo=2"], "foo=1,foo=2"), (["foo=1", "foo=2"], "foo=1,foo=2"),
            (
                [
                    ##"foo= !"#$%&'()*+-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~"##
                ],
                ##"foo= !"#$%&'()*+-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~"##
            ),
            (["foo@bar=1,0a@b=2"], "foo@bar=1,0a@b=2"), (["a_-*/=~!#"], "a_-*/=~!#"),
            ([String(repeating: "z", count: 256) + "=1"], String(repeating: "z", count: 256) + "=1"),
            (
                [String(repeating: "t", count: 241) + "@" + String(repeating: "v", count: 14) + "=1"],
                String(repeating: "t", count: 241) + "@" + String(repeating: "v", count: 14) + "=1"
            ),
        ])
    func states(_ values: [String], _ state: String) {
        var headers: HeaderFields = ["traceparent": Self.valid]
        for value in values { headers.add(name: "tracestate", value: value) }
        #expect(TraceContext(headers)?.state == state)
    }

    @Test(
        "a malformed tracestate is dropped, and the traceparent stays",
        arguments: [
            "foo", "foo =1", "FOO=1", "foo.bar=1", "foo@=1,bar=2", "@foo=1,bar=2", "foo@@bar=1,bar=2",
            "foo@bar@baz=1,bar=2", "0foo=1", "foo=bar=baz", "foo=,bar=3", "foo=é",
            String(repeating: "z", count: 257) + "=1",
            String(repeating: "t", count: 242) + "@v=1", "t@" + String(repeating: "v", count: 15) + "=1",
            "a=" + String(repeating: "x", count: 257),
            (0..<33).map { "k\($0)=1" }.joined(separator: ","),
        ])
    func malformedStates(_ state: String) throws {
        let context = try #require(TraceContext(["traceparent": Self.valid, "tracestate": state]))
        #expect(context.state == "")
        #expect(context.traceID.hexadecimal == Self.trace)
    }

    @Test("32 members are the most")
    func thirtyTwoMembers() {
        let state = (0..<32).map { "k\($0)=1" }.joined(separator: ",")
        #expect(TraceContext(["traceparent": Self.valid, "tracestate": state])?.state == state)
    }

    @Test("a tracestate without a traceparent says nothing")
    func stateAlone() {
        #expect(TraceContext(["tracestate": "foo=1"]) == nil)
    }

    @Test(
        "B3 in one field is read",
        arguments: [
            ("\(trace)-\(span)", false), ("\(trace)-\(span)-1", true), ("\(trace)-\(span)-0", false),
            ("\(trace)-\(span)-d", true), ("\(trace)-\(span)-1-05e3ac9a4f6e3b90", true),
        ])
    func singleB3(_ text: String, _ isSampled: Bool) throws {
        let context = try #require(TraceContext(["b3": text]))
        #expect(context.traceID.hexadecimal == Self.trace)
        #expect(context.spanID.hexadecimal == Self.span)
        #expect(context.isSampled == isSampled)
    }

    @Test(
        "malformed B3 is ignored, and a decision without identifiers is no context",
        arguments: [
            "", "0", "1", "d", "\(trace)", "\(trace)-", "\(trace)-\(span)-2", "\(trace)-\(span)-1-1", "x-\(span)",
        ])
    func malformedB3(_ text: String) {
        #expect(TraceContext(["b3": text]) == nil)
    }

    @Test("B3 in several fields is read, with 64 or 128 bits")
    func multipleB3() throws {
        let long = try #require(
            TraceContext(["x-b3-traceid": Self.trace, "x-b3-spanid": Self.span, "x-b3-sampled": "1"]))
        #expect(long.traceID.hexadecimal == Self.trace)
        #expect(long.isSampled)
        let short = try #require(TraceContext(["X-B3-TraceId": "a3ce929d0e0e4736", "X-B3-SpanId": Self.span]))
        #expect(short.traceID.hexadecimal == "0000000000000000a3ce929d0e0e4736")
        #expect(!short.isSampled)
        #expect(
            TraceContext(["x-b3-traceid": Self.trace, "x-b3-spanid": Self.span, "x-b3-flags": "1"])?.isSampled == true)
        #expect(TraceContext(["x-b3-traceid": Self.trace]) == nil)
        #expect(
            TraceContext(["x-b3-traceid": Self.trace, "x-b3-traceid": Self.trace, "x-b3-spanid": Self.span]) == nil)
    }

    @Test("traceparent counts before B3")
    func precedence() {
        let context = TraceContext([
            "traceparent": Self.valid, "b3": "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
        ])
        #expect(context?.traceID.hexadecimal == Self.trace)
    }
}

@Suite("Sampling")
struct SamplingTests {
    @Test("the rates 0 and 1 are exact")
    func exact() {
        for _ in 0..<10_000 {
            let id = TraceID.random()
            #expect(Sampler(ratio: 1).samples(id, parent: nil))
            #expect(!Sampler(ratio: 0).samples(id, parent: nil))
        }
        #expect(Sampler(ratio: 1).samples(TraceID(.max), parent: nil))
        #expect(!Sampler(ratio: 0).samples(TraceID(1), parent: nil))
    }

    @Test("a rate between is the share that is recorded, and the same traces at every service")
    func share() {
        let ids = (0..<20_000).map { _ in TraceID.random() }
        let quarter = ids.filter { Sampler(ratio: 0.25).samples($0, parent: nil) }
        #expect((4_500...5_500).contains(quarter.count))
        // Whoever records a smaller share records none that others with a larger one do not.
        #expect(ids.allSatisfy { Sampler(ratio: 0.1).samples($0, parent: nil) ? quarter.contains($0) : true })
    }

    @Test("a trusted parent decides, unless the sampler does not follow parents")
    func parents() {
        let parent = TraceContext(traceID: .random(), spanID: .random(), isSampled: true)
        let other = TraceContext(traceID: .random(), spanID: .random(), isSampled: false)
        #expect(Sampler(ratio: 0).samples(parent.traceID, parent: parent))
        #expect(!Sampler(ratio: 1).samples(other.traceID, parent: other))
        #expect(!Sampler(ratio: 0, followsParent: false).samples(parent.traceID, parent: parent))
    }
}

@Suite("Random request ids")
struct RandomRequestIDTests {
    @Test("an id tells nothing of how many requests came before it")
    func unrelated() {
        // A counter behind an invertible mix would differ by one between two ids in a row.
        func unmixed(_ text: String) -> UInt64? {
            guard var number = UInt64(String(String(text.suffix(16)).reversed()), radix: 16) else { return nil }
            func unshifted(_ value: UInt64, _ shift: UInt64) -> UInt64 {
                var result = value
                for _ in 0..<(64 / shift + 1) { result = value ^ (result >> shift) }
                return result
            }
            number = unshifted(number, 31)
            number = number &* 0x3196_42b2_d24d_8ec3
            number = unshifted(number, 27)
            number = number &* 0x96de_1b17_3f11_9089
            return unshifted(number, 30)
        }
        let ids = (0..<100).map { _ in RequestID.make() }
        #expect(Set(ids).count == 100)
        let steps = zip(ids, ids.dropFirst()).compactMap { one, next in
            unmixed(next).flatMap { after in unmixed(one).map { after &- $0 } }
        }
        #expect(steps.count == 99)
        #expect(!steps.contains(1))
        #expect(Set(ids.map { $0.prefix(16) }).count == 100)
    }
}
