import APIRuntime
import EventLoop
import HTTP1

/// Requests to answers.
extension ServerConnection {
    func startTask(for request: Request) {
        startTask { connection in
            let response = await connection.shard.responder.respond(to: request)
            await connection.deliver(response)
        }
    }

    func startTask(_ work: nonisolated(nonsending) @escaping (ServerConnection) async -> Void) {
        taskIsRunning = true
        let started = loop.start { [self] in
            await work(self)
            taskIsRunning = false
            task = nil
        }
        if taskIsRunning { task = started }
    }

    /// Writes a response.
    nonisolated(nonsending) func deliver(_ response: consuming Response) async {
        guard phase == .exchange else { return giveUp(response, .clientLeft) }
        let framing = ResponseFraming(response, isHead: answer.isHead, minorVersion: answer.minorVersion)
        answer.keepAlive =
            answer.keepAlive && framing.canKeepAlive && inputCanContinue && !shard.isDraining
        answer.hasBegun = true
        do {
            try writeHead(of: response, framing: framing)
        } catch {
            // A head that would break the framing is a mistake of our own; nothing of it may go out.
            giveUp(response, .bodyFailed)
            answer.keepAlive = false
            writeInternalError()
            return finishQueue()
        }
        answer.onEnd = response.onEnd
        switch response.body {
        case .none: break
        case .bytes(let bytes):
            if framing.sendsBody {
                answer.bodyBytes = bytes.count
                output.append(bytes)
            }
        case .stream(let stream):
            if framing.sendsBody {
                answer.source = stream
                guard await forward(stream, framing: framing.wire) else { return }
                answer.source = nil
            } else {
                stream.cancel()
            }
        }
        finishQueue()
    }

    private func finishQueue() {
        answer.isQueued = true
        scheduleTurnEnd()
    }

    /// Sends a body piece by piece, as fast as the client takes it; false if the connection is gone after it.
    nonisolated(nonsending) private func forward(_ stream: any ByteStream, framing: HTTP1Framing) async -> Bool {
        scheduleTurnEnd()
        do {
            while true {
                while output.count >= shard.configuration.highWatermark, phase == .exchange {
                    scheduleTurnEnd()
                    _ = await room.wait()
                    if Task.isCancelled, phase == .exchange { abort(.bodyFailed) }
                }
                // From here on `end` has cancelled the stream.
                guard phase == .exchange else { return false }
                guard let piece = try await stream.next() else { break }
                guard phase == .exchange else { return false }
                if case .length(let length) = framing, piece.count > length - answer.bodyBytes {
                    abort(.bodyFailed)
                    return false
                }
                answer.bodyBytes += piece.count
                if framing == .chunked { output.appendChunk(piece) } else { output.append(piece) }
                scheduleTurnEnd()
            }
        } catch {
            abort(.bodyFailed)
            return false
        }
        switch framing {
        case .length(let length):
            guard answer.bodyBytes == length else {
                abort(.bodyFailed)
                return false
            }
        case .chunked: output.withTail { HTTP1Writer.lastChunk(into: &$0) }
        case .none, .untilClose: break
        }
        return true
    }

    /// The whole answer has been handed to the network.
    func answerSent() {
        answer.isQueued = false
        endAnswer(.complete, unsent: 0)
        guard phase == .exchange else { return }
        guard answer.keepAlive, !inputIsBroken else { return beginLinger() }
        body?.cancel()
        if bodyIsComplete {
            guard !shard.isDraining || !input.isEmpty else { return beginLinger() }
            phase = .head
            becameIdle()
        } else {
            phase = .drain
            setReadDeadline(shard.deadlines.linger)
        }
        resumeInput()
    }

    /// Lets go of what the answer holds and reports how it ended; does nothing the second time.
    ///
    /// - Parameter unsent: Bytes that were in the output and did not get out. Framing among them counts as body here.
    func endAnswer(_ outcome: ResponseEnd.Outcome, unsent: Int) {
        let source = answer.source
        let onEnd = answer.onEnd
        answer.source = nil
        answer.onEnd = nil
        source?.cancel()
        onEnd?(ResponseEnd(outcome: outcome, bodyBytes: max(0, answer.bodyBytes - unsent)))
    }

    private func giveUp(_ response: borrowing Response, _ outcome: ResponseEnd.Outcome) {
        if case .stream(let stream) = response.body { stream.cancel() }
        response.onEnd?(ResponseEnd(outcome: outcome, bodyBytes: 0))
    }

    private func writeHead(of response: borrowing Response, framing: ResponseFraming) throws(HTTP1Error) {
        let fields = ResponseFields(fields: response.headers.fields, date: shard.date.value())
        let status = response.status
        let keepAlive = answer.keepAlive
        let minorVersion = answer.minorVersion
        try output.withTail { buffer throws(HTTP1Error) in
            try HTTP1Writer.responseHead(
                status: status, fields: fields, framing: framing.wire, keepAlive: keepAlive,
                requestMinorVersion: minorVersion, into: &buffer)
        }
    }

    private func writeInternalError() {
        let fields = ResponseFields(fields: [], date: shard.date.value())
        output.withTail { buffer in
            try? HTTP1Writer.responseHead(
                status: 500, fields: fields, framing: .length(0), keepAlive: false, into: &buffer)
        }
    }
}
