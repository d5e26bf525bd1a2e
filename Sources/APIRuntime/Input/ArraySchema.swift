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

    /// The values, or `nil` after every broken rule was reported.
    public func decode(
        _ texts: [String], report: (_ rule: String, _ message: String) -> Void
    ) -> [Element.Value]? {
        if texts.count < minimumCount { report("minItems", "must be given at least \(minimumCount) times") }
        if texts.count > maximumCount { report("maxItems", "must be given at most \(maximumCount) times") }
        guard (minimumCount...maximumCount).contains(texts.count) else { return nil }
        let values = texts.map { element.decode($0, report: report) }
        return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
    }
}
