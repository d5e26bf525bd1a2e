/// `type: array` of a repeated parameter (`style: form`, `explode: true`).
public struct ArraySchema<Element: ValueSchema>: Sendable {
    private let element: Element
    private let minimumCount: Int
    private let maximumCount: Int

    /// A schema with the given keywords.
    public init(_ element: Element, minItems: Int = 0, maxItems: Int = .max) {
        self.element = element
        minimumCount = minItems
        maximumCount = maxItems
    }

    /// The values, or `nil` after every broken rule was reported, with the index of the value that breaks it.
    public func decode(
        _ texts: [String], report: (_ index: Int?, _ rule: String, _ message: String) -> Void
    ) -> [Element.Value]? {
        if texts.count < minimumCount { report(nil, "minItems", "must be given at least \(minimumCount) times") }
        if texts.count > maximumCount { report(nil, "maxItems", "must be given at most \(maximumCount) times") }
        guard texts.count >= minimumCount, texts.count <= maximumCount else { return nil }
        var values: [Element.Value] = []
        values.reserveCapacity(texts.count)
        for (index, text) in texts.enumerated() {
            if let value = element.decode(text, report: { report(index, $0, $1) }) { values.append(value) }
        }
        return values.count == texts.count ? values : nil
    }
}
