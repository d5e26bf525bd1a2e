/// Duration expressions to numbers, as the server computes them.
enum DurationValue {
    /// The value in seconds, where `step()` and `range()` are the query's own.
    static func seconds(of root: Int32, in tree: Tree, step: Double, range: Double) -> Double {
        var values: [Double] = []
        var pending: [(node: Int32, isReady: Bool)] = [(root, false)]
        while let (index, isReady) = pending.popLast() {
            let node = tree.durations[Int(index)]
            if !isReady {
                switch node.kind {
                case .literal, .wrappedLiteral: values.append(node.value)
                case .step: values.append(step)
                case .range: values.append(range)
                case .negation:
                    pending.append((index, true))
                    pending.append((node.first, false))
                case .add, .subtract, .multiply, .divide, .modulo, .power, .minimum, .maximum:
                    pending.append((index, true))
                    pending.append((node.second, false))
                    pending.append((node.first, false))
                }
                continue
            }
            let second = node.kind == .negation ? 0 : values.popLast() ?? 0
            let first = values.popLast() ?? 0
            values.append(apply(node.kind, first, second))
        }
        return values.last ?? 0
    }

    private static func apply(_ kind: DurationKind, _ first: Double, _ second: Double) -> Double {
        switch kind {
        case .negation: -first
        case .add: first + second
        case .subtract: first - second
        case .multiply: first * second
        case .divide: first / second
        case .modulo: first.truncatingRemainder(dividingBy: second)
        case .power: power(first, second)
        case .minimum: min(first, second)
        case .maximum: max(first, second)
        case .literal, .wrappedLiteral, .step, .range: first
        }
    }

    /// Exact for whole exponents, which is what people write; for others the larger of the two whole neighbours, since
    /// what is computed here is compared with a limit.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        guard exponent.isFinite, exponent.magnitude < 1_024 else { return .infinity }
        let below = wholePower(base, Int(exponent))
        guard Double(Int(exponent)) != exponent else { return below }
        return max(below, wholePower(base, Int(exponent) + (exponent < 0 ? -1 : 1)))
    }

    private static func wholePower(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<abs(exponent) { result *= base }
        return exponent < 0 ? 1 / result : result
    }
}
