/// Duration expressions to text.
enum DurationPrinter {
    static func print(_ root: Int32, _ tree: Tree, _ style: PrintStyle, to output: inout [UInt8]) {
        var stack: [(node: Int32, stage: Int)] = [(root, 0)]
        while let (index, stage) = stack.popLast() {
            let node = tree.durations[Int(index)]
            if stage == 0, node.isWrapped { output.append(UInt8(ascii: "(")) }
            var isDone = true
            switch node.kind {
            case .literal, .wrappedLiteral:
                if node.isDuration {
                    output.append(durationLiteral: node.value, style: style)
                } else {
                    output.append(number: node.value, style: style)
                }
            case .step: output.append("step()")
            case .range: output.append("range()")
            case .negation:
                if stage == 0 {
                    output.append(UInt8(ascii: "-"))
                    stack.append((index, 1))
                    stack.append((node.first, 0))
                    isDone = false
                }
            case .minimum, .maximum:
                switch stage {
                case 0:
                    output.append(node.kind == .minimum ? "min_of(" : "max_of(")
                    stack.append((index, 1))
                    stack.append((node.first, 0))
                    isDone = false
                case 1:
                    output.append(", ")
                    stack.append((index, 2))
                    stack.append((node.second, 0))
                    isDone = false
                default:
                    output.append(UInt8(ascii: ")"))
                }
            case .add, .subtract, .multiply, .divide, .modulo, .power:
                switch stage {
                case 0:
                    stack.append((index, 1))
                    stack.append((node.first, 0))
                    isDone = false
                case 1:
                    output.append(operatorText(node.kind))
                    stack.append((index, 2))
                    stack.append((node.second, 0))
                    isDone = false
                default: break
                }
            }
            if isDone, node.isWrapped { output.append(UInt8(ascii: ")")) }
        }
    }

    private static func operatorText(_ kind: DurationKind) -> StaticString {
        switch kind {
        case .add: " + "
        case .subtract: " - "
        case .multiply: " * "
        case .divide: " / "
        case .modulo: " % "
        case .power: " ^ "
        case .literal, .wrappedLiteral, .negation, .step, .range, .minimum, .maximum: ""
        }
    }
}
