import APIRuntime
import JSON

/// Which of a caller's rule groups an answer is to hold.
struct RulePage: Sendable {
    /// How many groups at most; `nil` for all.
    let limit: Int?
    /// Behind which group it begins; `nil` for the first page.
    let after: RuleGroupName?
    /// Makes the token of the next page, which begins behind a group.
    let token: @Sendable (RuleGroupName) throws -> String

    /// All groups.
    static let all = RulePage(limit: nil, after: nil) { _ in "" }
}

/// What tells a rule group from all others: its file, and its name in that.
struct RuleGroupName: Sendable, Equatable {
    let file: String
    let name: String

    init(file: String, name: String) {
        self.file = file
        self.name = name
    }

    init(_ group: JSONObject) {
        self.init(file: group["file"]?.stringValue ?? "", name: group["name"]?.stringValue ?? "")
    }

    static func == (left: RuleGroupName, right: RuleGroupName) -> Bool {
        left.file.utf8.elementsEqual(right.file.utf8) && left.name.utf8.elementsEqual(right.name.utf8)
    }
}

/// Picks a page out of the groups as they come, in the upstream's order.
struct RulePageCollector {
    private let page: RulePage
    private var hasBegun: Bool
    private var taken = 0
    private var last: RuleGroupName?
    private var hasMore = false

    init(_ page: RulePage) {
        self.page = page
        hasBegun = page.after == nil
    }

    /// Whether the next of the caller's own groups is on the page.
    mutating func takes(_ group: JSONObject) -> Bool {
        guard hasBegun else {
            hasBegun = RuleGroupName(group) == page.after
            return false
        }
        guard let limit = page.limit else { return true }
        guard taken < limit else {
            hasMore = true
            return false
        }
        taken += 1
        last = RuleGroupName(group)
        return true
    }

    /// The token of the next page; `nil` if this is the last one.
    ///
    /// - Throws: ``APIFailure`` if the group that the page should begin behind is not there.
    func finish() throws -> String? {
        guard hasBegun else { throw RulePageTokens.invalid("the rule groups have changed; begin with the first page") }
        guard hasMore, let last else { return nil }
        return try page.token(last)
    }
}
