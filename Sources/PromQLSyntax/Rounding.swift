// Rounding by conversion to integers: the standard library's `rounded()` calls libm, which a module that imports
// nothing is not linked with.

/// The whole number nearest to `value`, halves away from zero, as Go's `math.Round`; nil beyond 63 bits.
func roundedAwayFromZero(_ value: Double) -> Int64? {
    guard value.magnitude < 0x1p63 else { return nil }
    let whole = Int64(value)
    let rest = value - Double(whole)
    if rest >= 0.5 { return whole + 1 }
    if rest <= -0.5 { return whole - 1 }
    return whole
}

/// The whole number nearest to `value`, halves to the even one; `value` is below 2^52 and not negative.
func roundedToEven(_ value: Double) -> UInt64 {
    let whole = UInt64(value)
    let rest = value - Double(whole)
    if rest > 0.5 || rest == 0.5 && whole % 2 == 1 { return whole + 1 }
    return whole
}

/// A number that, multiplied by `scale` and rounded, gives `target`: `target / scale`, or a close neighbour where
/// that one is off by a bit. Every target that came from a number has one.
func scaledDown(_ target: Int64, by scale: Double) -> Double {
    let quotient = Double(target) / scale
    var below = quotient
    var above = quotient
    for _ in 0..<4 {
        if roundedAwayFromZero(below * scale) == target { return below }
        if roundedAwayFromZero(above * scale) == target { return above }
        below = below.nextDown
        above = above.nextUp
    }
    return quotient
}
