import APIRuntime

/// Why a request gets no good answer: plain text, as Tempo has it.
struct Refusal: Error, Equatable {
    let status: Int
    let message: String

    init(status: Int, message: String) {
        self.status = status
        self.message = message
    }

    /// A request that is wrong in itself.
    init(_ message: String) {
        self.init(status: 400, message: message)
    }

    /// A query that failed on what it met.
    init(_ error: EvaluationError) {
        self.init(status: 500, message: error.message)
    }

    var response: Response { .text(status, message) }
}

extension Response {
    /// The answer, or the refusal.
    static func answering(_ answer: () throws(Refusal) -> Response) -> Response {
        do throws(Refusal) {
            return try answer()
        } catch {
            return error.response
        }
    }
}
