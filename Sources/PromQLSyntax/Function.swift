/// The functions of Prometheus 3.14, experimental ones included, with their types.
/// See https://prometheus.io/docs/prometheus/latest/querying/functions/.
struct Function {
    let name: StaticString
    /// The types of the arguments; further arguments have the last one's.
    let arguments: [PromQLType]
    /// How many arguments there may be beyond all but the last type: 0 exactly as many as types, -1 any number.
    let variadic: Int
    let result: PromQLType

    init(_ name: StaticString, _ arguments: [PromQLType], variadic: Int = 0, _ result: PromQLType = .vector) {
        self.name = name
        self.arguments = arguments
        self.variadic = variadic
        self.result = result
    }

    var minimumArguments: Int { variadic == 0 ? arguments.count : arguments.count - 1 }
    var maximumArguments: Int? {
        if variadic == 0 { return arguments.count }
        return variadic > 0 ? arguments.count - 1 + variadic : nil
    }

    /// All functions; a call keeps the index.
    static let all: [Function] = {
        var all: [Function] = []
        let instant: [StaticString] = [
            "abs", "ceil", "floor", "exp", "sqrt", "ln", "log2", "log10", "sgn", "sort", "sort_desc", "deg", "rad",
            "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "sin", "sinh", "tan", "tanh",
            "timestamp", "histogram_avg", "histogram_count", "histogram_sum", "histogram_stddev", "histogram_stdvar",
            "absent", "start_timestamp",
        ]
        all += instant.map { Function($0, [.vector]) }
        let calendar: [StaticString] = [
            "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year",
        ]
        all += calendar.map { Function($0, [.vector], variadic: 1) }
        let range: [StaticString] = [
            "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "last_over_time",
            "first_over_time", "present_over_time", "stddev_over_time", "stdvar_over_time", "absent_over_time",
            "changes", "delta", "deriv", "idelta", "increase", "irate", "rate", "resets", "mad_over_time",
            "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time",
        ]
        all += range.map { Function($0, [.matrix]) }
        let constants: [StaticString] = ["time", "pi", "start", "end", "step", "range"]
        all += constants.map { Function($0, [], .scalar) }
        all += [
            Function("clamp", [.vector, .scalar, .scalar]),
            Function("clamp_min", [.vector, .scalar]),
            Function("clamp_max", [.vector, .scalar]),
            Function("round", [.vector, .scalar], variadic: 1),
            Function("scalar", [.vector], .scalar),
            Function("vector", [.scalar]),
            Function("predict_linear", [.matrix, .scalar]),
            Function("quantile_over_time", [.scalar, .matrix]),
            Function("histogram_quantile", [.scalar, .vector]),
            Function("histogram_fraction", [.scalar, .scalar, .vector]),
            Function("histogram_quantiles", [.vector, .string, .scalar, .scalar], variadic: 9),
            Function("double_exponential_smoothing", [.matrix, .scalar, .scalar]),
            Function("label_replace", [.vector, .string, .string, .string, .string]),
            Function("label_join", [.vector, .string, .string, .string], variadic: -1),
            Function("sort_by_label", [.vector, .string], variadic: -1),
            Function("sort_by_label_desc", [.vector, .string], variadic: -1),
            Function("info", [.vector, .vector], variadic: 1),
            Function("max_of", [.scalar, .scalar], .scalar),
            Function("min_of", [.scalar, .scalar], .scalar),
        ]
        return all
    }()

    /// The index of a function by its name, whose case matters.
    static func index(named name: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = hash(name)
        while true {
            let entry = Int(slots[slot & slotMask])
            if entry == 0 { return nil }
            let candidate = all[entry - 1].name
            if candidate.utf8CodeUnitCount == name.count {
                let letters = candidate.utf8Start
                var index = 0
                while index < name.count, letters[index] == name[index] { index += 1 }
                if index == name.count { return entry - 1 }
            }
            slot += 1
        }
    }

    private static let slotMask = 511

    /// An open hash table of indexes plus one.
    private static let slots: [UInt8] = {
        var slots = [UInt8](repeating: 0, count: slotMask + 1)
        for (index, function) in all.enumerated() {
            let name = function.name
            var slot = hash(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
            while slots[slot & slotMask] != 0 { slot += 1 }
            slots[slot & slotMask] = UInt8(index + 1)
        }
        return slots
    }()

    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(truncatingIfNeeded: hash ^ hash >> 15)
    }

    /// The one function that selects series its arguments do not show.
    static let info = all.firstIndex { $0.name.description == "info" } ?? -1
}
