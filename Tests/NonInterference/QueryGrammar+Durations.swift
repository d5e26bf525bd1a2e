// Durations, and the expressions that newer versions take in their place.
extension QueryGrammar {
    /// One of the durations; an expression at times.
    mutating func duration(_ choices: [String]) -> QueryNode {
        if allowsNewer, chance(25) {
            return QueryNode(.scalar, "duration expression", "\(durationExpression(inRange: true))")
        }
        return QueryNode(.scalar, "duration", .init(stringLiteral: pick(choices)))
    }

    /// A computed duration. Outside of brackets a leading parenthesis would swallow what follows, so a sign leads.
    mutating func durationExpression(inRange: Bool) -> String {
        let expression = pick([
            "(5m + 1m)", "(2 * 1m)", "(10m - 30)", "(1h / 6)", "(7m % 4m)", "(2 ^ 6)", "min_of(5m, 10m)",
            "max_of(1m, 30s)", "(step() + 1m)", "(range() + 5m)", "max_of(step(), 1m)",
        ])
        return inRange ? expression : pick(["+", "-", "+ "]) + expression
    }
}
