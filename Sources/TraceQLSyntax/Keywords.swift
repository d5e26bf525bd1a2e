extension TokenKind {
    /// The keyword that `word` is; nil if it is none. Case counts.
    init?(keyword word: UnsafeBufferPointer<UInt8>) {
        func reads(_ text: StaticString) -> Bool {
            let letters = text.utf8Start
            for index in 0..<word.count where word[index] != letters[index] { return false }
            return true
        }
        switch word.count {
        case 2:
            if reads("ok") {
                self = .ok
            } else if reads("id") {
                self = .id
            } else if reads("by") {
                self = .by
            } else {
                return nil
            }
        case 3:
            if reads("nil") {
                self = .nilWord
            } else if reads("avg") {
                self = .average
            } else if reads("max") {
                self = .maximum
            } else if reads("min") {
                self = .minimum
            } else if reads("sum") {
                self = .sum
            } else {
                return nil
            }
        case 4:
            if reads("true") {
                self = .trueWord
            } else if reads("name") {
                self = .name
            } else if reads("kind") {
                self = .kind
            } else if reads("rate") {
                self = .rate
            } else if reads("topk") {
                self = .topK
            } else if reads("with") {
                self = .with
            } else {
                return nil
            }
        case 5:
            if reads("false") {
                self = .falseWord
            } else if reads("error") {
                self = .error
            } else if reads("unset") {
                self = .unset
            } else if reads("count") {
                self = .count
            } else {
                return nil
            }
        case 6:
            if reads("server") {
                self = .server
            } else if reads("client") {
                self = .client
            } else if reads("status") {
                self = .status
            } else if reads("parent") {
                self = .parent
            } else if reads("spanID") {
                self = .spanID
            } else if reads("select") {
                self = .select
            } else {
                return nil
            }
        case 7:
            if reads("traceID") {
                self = .traceID
            } else if reads("version") {
                self = .version
            } else if reads("compare") {
                self = .compare
            } else if reads("bottomk") {
                self = .bottomK
            } else {
                return nil
            }
        case 8:
            if reads("internal") {
                self = .internal
            } else if reads("producer") {
                self = .producer
            } else if reads("consumer") {
                self = .consumer
            } else if reads("duration") {
                self = .durationWord
            } else if reads("rootName") {
                self = .rootName
            } else if reads("parentID") {
                self = .parentID
            } else if reads("coalesce") {
                self = .coalesce
            } else {
                return nil
            }
        case 10:
            if reads("childCount") {
                self = .childCount
            } else {
                return nil
            }
        case 11:
            if reads("unspecified") {
                self = .unspecified
            } else if reads("rootService") {
                self = .rootService
            } else {
                return nil
            }
        case 13:
            if reads("statusMessage") {
                self = .statusMessage
            } else if reads("traceDuration") {
                self = .traceDuration
            } else if reads("nestedSetLeft") {
                self = .nestedSetLeft
            } else if reads("min_over_time") {
                self = .minimumOverTime
            } else if reads("max_over_time") {
                self = .maximumOverTime
            } else if reads("avg_over_time") {
                self = .averageOverTime
            } else if reads("sum_over_time") {
                self = .sumOverTime
            } else {
                return nil
            }
        case 14:
            if reads("nestedSetRight") {
                self = .nestedSetRight
            } else if reads("timeSinceStart") {
                self = .timeSinceStart
            } else {
                return nil
            }
        case 15:
            if reads("rootServiceName") {
                self = .rootServiceName
            } else if reads("nestedSetParent") {
                self = .nestedSetParent
            } else if reads("count_over_time") {
                self = .countOverTime
            } else {
                return nil
            }
        case 18:
            if reads("quantile_over_time") {
                self = .quantileOverTime
            } else {
                return nil
            }
        case 19:
            if reads("histogram_over_time") {
                self = .histogramOverTime
            } else {
                return nil
            }
        default:
            return nil
        }
    }
}
