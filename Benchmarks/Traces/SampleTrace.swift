import Foundation

/// A trace in Tempo's JSON whose resource spans belong to two tenants in turn.
enum SampleTrace {
    /// Version 2's answer of about that many bytes.
    static func json(byteCount: Int) -> [UInt8] {
        var text = #"{"trace":{"resourceSpans":["#
        var number = 0
        while text.utf8.count < byteCount {
            if number > 0 { text += "," }
            text += resourceSpans(number)
            number += 1
        }
        return Array((text + #"]},"metrics":{"inspectedBytes":"24016"}}"#).utf8)
    }

    /// The resource spans alone, each as JSON.
    static func elements(byteCount: Int) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        var total = 0
        while total < byteCount {
            elements.append(Array(resourceSpans(elements.count).utf8))
            total += elements.last?.count ?? 0
        }
        return elements
    }

    private static func resourceSpans(_ number: Int) -> String {
        let tenant = number.isMultiple(of: 2) ? "acme" : "globex"
        let spans = (0..<20).map { span(number * 20 + $0) }.joined(separator: ",")
        return #"""
            {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout-\#(number)"}},\#
            {"key":"tenant_id","value":{"stringValue":"\#(tenant)"}}]},"scopeSpans":[{"scope":{"name":"http"},\#
            "spans":[\#(spans)]}]}
            """#
    }

    private static func span(_ number: Int) -> String {
        func identifier(_ byteCount: Int, _ seed: Int) -> String {
            Data((0..<byteCount).map { UInt8(truncatingIfNeeded: seed >> (8 * ($0 % 8)) ^ $0) }).base64EncodedString()
        }
        let start = 1_767_366_245_000_000_000 + number * 1_000
        return #"""
            {"traceId":"\#(identifier(16, 7))","spanId":"\#(identifier(8, number))",\#
            "parentSpanId":"\#(identifier(8, number / 2))","name":"GET /cart/{id}","kind":"SPAN_KIND_SERVER",\#
            "startTimeUnixNano":"\#(start)","endTimeUnixNano":"\#(start + 2_500_000)","attributes":[\#
            {"key":"http.request.method","value":{"stringValue":"GET"}},\#
            {"key":"http.response.status_code","value":{"intValue":"200"}},\#
            {"key":"url.path","value":{"stringValue":"/cart/\#(number)"}}],"status":{}}
            """#
    }
}
