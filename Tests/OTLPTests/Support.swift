import JSON
import OTLP

/// The document that a filter gives for a text that arrives in these pieces.
func filtered(
    _ chunks: [[UInt8]], key: String = "tenant_id", values: [String] = ["acme"], maximumBytes: Int = 1 << 20
) throws(ResourceSpansFilterError) -> FilteredTrace {
    var filter = ResourceSpansFilter(attribute: key, values: values, maximumBytes: maximumBytes)
    for chunk in chunks { try filter.append(chunk) }
    return try filter.finish()
}

/// The same for a text that arrives at once.
func filtered(
    _ text: String, key: String = "tenant_id", values: [String] = ["acme"], maximumBytes: Int = 1 << 20
) throws(ResourceSpansFilterError) -> FilteredTrace {
    try filtered([Array(text.utf8)], key: key, values: values, maximumBytes: maximumBytes)
}

extension FilteredTrace {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// One attribute with a string, as JSON.
func attribute(_ key: String, _ value: String) -> String {
    #"{"key":"\#(key)","value":{"stringValue":"\#(value)"}}"#
}

/// A resource-spans element whose resource has these attributes, as JSON, and one span of that name.
func resourceSpans(_ attributes: String, span: String = "GET /") -> String {
    #"{"resource":{"attributes":[\#(attributes)]},"scopeSpans":[{"spans":[{"name":"\#(span)"}]}]}"#
}

/// An answer of Tempo's API, version 2.
func answer(_ elements: String...) -> String {
    #"{"trace":{"resourceSpans":[\#(elements.joined(separator: ","))]},"metrics":{"inspectedBytes":"24016"}}"#
}
