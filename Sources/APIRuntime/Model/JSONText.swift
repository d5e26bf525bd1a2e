import FoundationEssentials
import JSON

/// A text that is JSON itself, by `contentMediaType` and `contentSchema`
/// ([JSON Schema §8](https://json-schema.org/draft/2020-12/json-schema-validation#section-8)).
public struct JSONText<Value: Codable & Sendable>: Codable, Sendable {
    /// What the text stands for.
    public var value: Value

    /// A text from what it stands for.
    public init(_ value: Value) { self.value = value }

    /// Reads the text and what is in it.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONParser.parse(Array(text.utf8))
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be JSON: \(error.message)"))
        }
        let depth = (decoder as? JSONValueDecoder)?.depth ?? 0
        value = try Value(from: JSONValueDecoder(json, path: decoder.codingPath, depth: depth + 1))
    }

    /// Writes the value as text.
    public func encode(to encoder: any Encoder) throws {
        let json = JSONEncoder()
        json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var container = encoder.singleValueContainer()
        try container.encode(String(decoding: try json.encode(value), as: UTF8.self))
    }
}
