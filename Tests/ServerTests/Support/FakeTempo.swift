import APIRuntime
import HTTPClient
import JSON

/// A Tempo in-process: traces by id as the test says, and one answer for each other path.
struct FakeTempo {
    static let id = "35bed2f1a3c94d5e8f7061728394a5b6"
    static let base64ID = "Nb7S8aPJTV6PcGFyg5Sltg=="

    /// A resource-spans element as Tempo writes it. `tenant` is the whole value of the attribute.
    static func resourceSpans(
        tenant: String?, service: String, span: String = "4+f3q38d43g=", parent: String? = nil, start: Int = 5,
        end: Int = 6, failed: Bool = false
    ) -> String {
        let attribute = tenant.map { #",{"key":"tenant_id","value":\#($0)}"# } ?? ""
        let parent = parent.map { #""parentSpanId":"\#($0)","# } ?? ""
        let status = failed ? #","status":{"code":"STATUS_CODE_ERROR"}"# : ""
        return
            #"{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"\#(service)"}}\#(attribute)]},"scopeSpans":[{"scope":{"name":"t"},"spans":[{"traceId":"\#(base64ID)","spanId":"\#(span)",\#(parent)"name":"\#(service)-call","kind":"SPAN_KIND_SERVER","startTimeUnixNano":"\#(start)000000000","endTimeUnixNano":"\#(end)000000000"\#(status)}]}]}"#
    }

    static func text(_ tenant: String) -> String { #"{"stringValue":"\#(tenant)"}"# }

    /// Its answer to a trace by id.
    static func trace(_ elements: [String]) -> String {
        #"{"trace":{"resourceSpans":[\#(elements.joined(separator: ","))]},"metrics":{"inspectedBytes":"24016"}}"#
    }

    /// A found trace as Tempo's search gives it, with what it says of everybody's spans.
    static func found(_ spans: [String], id: String = id, matched: Int? = nil) -> String {
        let set = #"{"spans":[\#(spans.joined(separator: ","))],"matched":\#(matched ?? spans.count)}"#
        return
            #"{"traceID":"\#(id)","rootServiceName":"secret-root","rootTraceName":"secret-name","startTimeUnixNano":"1000000000","durationMs":99000,"spanSet":\#(set),"spanSets":[\#(set)],"serviceStats":{"secret-db":{"spanCount":7,"errorCount":3}}}"#
    }

    /// A span in it.
    static func foundSpan(_ id: String, tenant: String = text("acme")) -> String {
        #"{"spanID":"\#(id)","name":"call","startTimeUnixNano":"5000000000","durationNanos":"1000000000","attributes":[{"key":"tenant_id","value":\#(tenant)}]}"#
    }

    static func search(_ traces: [String]) -> String {
        #"{"traces":[\#(traces.joined(separator: ","))],"metrics":{"inspectedTraces":99,"inspectedBytes":"1234"}}"#
    }

    /// An upstream that gives `trace` for every trace by id and `answer` for everything else.
    static func upstream(
        trace: String = #"{"trace":{},"metrics":{}}"#, answer: String = #"{"metrics":{}}"#
    ) -> FakeUpstream {
        FakeUpstream { (request) throws(HTTPClientError) in
            FakeUpstream.Answer(pieces: [request.target.contains("/traces/") ? trace : answer])
        }
    }
}

extension FakeUpstream {
    /// The targets that were asked for.
    var targets: [String] { received.map(\.target) }

    /// The parameters of the request number `index`, by name; a repeated name would trap the test's eye.
    func parameters(_ index: Int = 0) throws -> [String: String] {
        guard received.indices.contains(index), let mark = received[index].target.firstIndex(of: "?") else {
            return [:]
        }
        let text = received[index].target[received[index].target.index(after: mark)...]
        let fields = try decodeForm(Array(text.utf8))
        return Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first + " AND ANOTHER" }
    }
}
