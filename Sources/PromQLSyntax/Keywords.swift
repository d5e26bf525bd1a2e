extension TokenKind {
    /// The keyword that `word` is, in any case; nil if it is none. `inf` and `nan` are numbers.
    init?(keyword word: UnsafeBufferPointer<UInt8>) {
        func reads(_ text: StaticString) -> Bool {
            let letters = text.utf8Start
            for index in 0..<word.count {
                let byte = word[index]
                let lower = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
                if lower != letters[index] { return false }
            }
            return true
        }
        switch word.count {
        case 2:
            if reads("by") {
                self = .by
            } else if reads("or") {
                self = .or
            } else if reads("on") {
                self = .on
            } else {
                return nil
            }
        case 3:
            if reads("sum") {
                self = .sum
            } else if reads("max") {
                self = .maximum
            } else if reads("min") {
                self = .minimum
            } else if reads("avg") {
                self = .average
            } else if reads("and") {
                self = .and
            } else if reads("inf") || reads("nan") {
                self = .number
            } else if reads("end") {
                self = .endWord
            } else {
                return nil
            }
        case 4:
            if reads("topk") {
                self = .topK
            } else if reads("bool") {
                self = .bool
            } else if reads("step") {
                self = .stepWord
            } else if reads("fill") {
                self = .fill
            } else {
                return nil
            }
        case 5:
            if reads("count") {
                self = .count
            } else if reads("group") {
                self = .group
            } else if reads("start") {
                self = .startWord
            } else if reads("range") {
                self = .rangeWord
            } else if reads("atan2") {
                self = .atan2
            } else {
                return nil
            }
        case 6:
            if reads("offset") {
                self = .offset
            } else if reads("stddev") {
                self = .standardDeviation
            } else if reads("stdvar") {
                self = .standardVariance
            } else if reads("unless") {
                self = .unless
            } else if reads("limitk") {
                self = .limitK
            } else if reads("max_of") {
                self = .maximumOf
            } else if reads("min_of") {
                self = .minimumOf
            } else {
                return nil
            }
        case 7:
            if reads("without") { self = .without } else if reads("bottomk") { self = .bottomK } else { return nil }
        case 8:
            if reads("quantile") {
                self = .quantile
            } else if reads("ignoring") {
                self = .ignoring
            } else if reads("anchored") {
                self = .anchored
            } else if reads("smoothed") {
                self = .smoothed
            } else {
                return nil
            }
        case 9:
            if reads("fill_left") { self = .fillLeft } else { return nil }
        case 10:
            if reads("group_left") {
                self = .groupLeft
            } else if reads("fill_right") {
                self = .fillRight
            } else {
                return nil
            }
        case 11:
            if reads("group_right") {
                self = .groupRight
            } else if reads("limit_ratio") {
                self = .limitRatio
            } else {
                return nil
            }
        case 12:
            if reads("count_values") { self = .countValues } else { return nil }
        default:
            return nil
        }
    }
}
