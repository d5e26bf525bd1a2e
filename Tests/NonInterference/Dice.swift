import TestSupport

/// What draws its choices from a seeded generator.
protocol Dice {
    var random: SeededGenerator { get set }
}

extension Dice {
    mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func chance(_ percent: Int) -> Bool { number(in: 0...99) < percent }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(in: 0...(choices.count - 1))] }

    /// One of the makers, each as often as its weight says.
    mutating func oneOf<Value>(_ makers: [(weight: Int, make: (inout Self) -> Value)]) -> Value {
        var left = number(in: 0...(makers.reduce(0) { $0 + $1.weight } - 1))
        for maker in makers {
            left -= maker.weight
            if left < 0 { return maker.make(&self) }
        }
        return makers[0].make(&self)
    }
}
