import PromQLSyntax
import Testing

@Suite("Functions")
struct FunctionTests {
    /// Arguments by type: v an instant vector, m a range vector, s a scalar, t a string.
    private func call(_ name: String, _ arguments: String) -> String {
        let values: [Character: String] = ["v": "x", "m": "x[5m]", "s": "1", "t": "\"a\""]
        return name + "(" + arguments.compactMap { values[$0] }.joined(separator: ", ") + ")"
    }

    private static let vectorFunctions = """
        abs ceil floor exp sqrt ln log2 log10 sgn sort sort_desc deg rad acos acosh asin asinh atan atanh cos cosh sin sinh \
        tan tanh timestamp histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar absent \
        start_timestamp
        """.split(separator: " ").map(String.init)

    private static let rangeFunctions = """
        avg_over_time min_over_time max_over_time sum_over_time count_over_time last_over_time first_over_time \
        present_over_time stddev_over_time stdvar_over_time absent_over_time changes delta deriv idelta increase irate rate \
        resets mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time
        """.split(separator: " ").map(String.init)

    @Test("Functions of one instant vector", arguments: vectorFunctions)
    func vectorFunction(name: String) throws {
        #expect(try PromQLExpression.parse(call(name, "v")).type == .vector)
        #expect(refusal(call(name, "m"))?.contains("expected type instant vector") == true)
        #expect(refusal(call(name, "")) == "1:1: parse error: expected 1 argument(s) in call to \"\(name)\", got 0")
        #expect(refusal(call(name, "vv")) == "1:1: parse error: expected 1 argument(s) in call to \"\(name)\", got 2")
    }

    @Test("Functions of one range vector", arguments: rangeFunctions)
    func rangeFunction(name: String) throws {
        #expect(try PromQLExpression.parse(call(name, "m")).type == .vector)
        #expect(refusal(call(name, "v"))?.contains("expected type range vector") == true)
        #expect(refusal(call(name, "mm")) == "1:1: parse error: expected 1 argument(s) in call to \"\(name)\", got 2")
    }

    @Test(
        "Functions of the calendar take an instant vector or nothing",
        arguments: [
            "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year",
        ])
    func calendarFunction(name: String) throws {
        #expect(try PromQLExpression.parse(call(name, "")).type == .vector)
        #expect(try PromQLExpression.parse(call(name, "v")).type == .vector)
        #expect(refusal(call(name, "vv"))?.contains("expected at most 1 argument(s)") == true)
    }

    @Test("Constants take nothing and are scalars", arguments: ["time", "pi", "start", "end", "step", "range"])
    func constant(name: String) throws {
        #expect(try PromQLExpression.parse(call(name, "")).type == .scalar)
        #expect(refusal(call(name, "s"))?.contains("expected 0 argument(s)") == true)
    }

    @Test(
        "The other functions",
        arguments: [
            ("clamp", "vss", PromQLType.vector), ("clamp_min", "vs", .vector), ("clamp_max", "vs", .vector),
            ("round", "v", .vector), ("round", "vs", .vector), ("scalar", "v", .scalar), ("vector", "s", .vector),
            ("predict_linear", "ms", .vector), ("quantile_over_time", "sm", .vector),
            ("histogram_quantile", "sv", .vector),
            ("histogram_fraction", "ssv", .vector), ("histogram_quantiles", "vts", .vector),
            ("histogram_quantiles", "vtssssssssss", .vector), ("double_exponential_smoothing", "mss", .vector),
            ("label_replace", "vtttt", .vector), ("label_join", "vtt", .vector), ("label_join", "vtttttttt", .vector),
            ("sort_by_label", "v", .vector), ("sort_by_label_desc", "vttt", .vector), ("max_of", "ss", .scalar),
            ("min_of", "ss", .scalar), ("info", "v", .vector),
        ])
    func other(name: String, arguments: String, type: PromQLType) throws {
        #expect(try PromQLExpression.parse(call(name, arguments)).type == type)
    }

    @Test(
        "Too few and too many arguments",
        arguments: [
            ("clamp", "vs"), ("round", ""), ("round", "vss"), ("histogram_quantiles", "vt"),
            ("histogram_quantiles", "vtsssssssssss"),
            ("label_join", "vt"), ("label_replace", "vttt"), ("sort_by_label", ""), ("max_of", "s"), ("info", ""),
            ("vector", ""),
        ])
    func counts(name: String, arguments: String) {
        #expect(refusal(call(name, arguments))?.contains("argument(s) in call to \"\(name)\"") == true)
    }

    @Test("Names that are no functions", arguments: ["holt_winters", "RATE", "Abs", "union", "a", "x_over_time"])
    func unknown(name: String) {
        #expect(refusal(call(name, "v")) == "1:1: parse error: unknown function with name \"\(name)\"")
    }
}
