import APIRuntime
import EventLoop
import HTTP1

/// Bytes to requests.
extension ServerConnection {
    /// How much of an unread body, or after the last answer, is read and dropped before the connection is closed.
    private static let dropLimit = 262_144

    func received(_ bytes: UnsafeRawBufferPointer) {
        if phase == .linger {
            bytesDropped += bytes.count
            if bytesDropped > Self.dropLimit { close() }
            return
        }
        if input.isEmpty {
            let consumed = parse(bytes)
            hold(bytes.count - consumed)
            if consumed < bytes.count, phase != .closed, phase != .linger {
                input = loop.takeBuffer()
                input.append(contentsOf: bytes[consumed...])
            }
        } else {
            input.append(contentsOf: bytes)
            parseInput()
        }
        advance()
    }

    /// Goes on with what was read before. There may be no bytes left of it, and still the end of a body to be told.
    func resumeInput() {
        if !input.isEmpty || inputIsHeld { parseInput() }
        advance()
    }

    private func parseInput() {
        // Parsing may look at the connection's other parts, so the bytes are taken out meanwhile.
        var held: [UInt8] = []
        swap(&held, &input)
        let consumed = held.withUnsafeBytes { parse($0) }
        hold(held.count - consumed)
        guard consumed < held.count, phase != .closed, phase != .linger else { return loop.recycle(held) }
        held.removeFirst(consumed)
        input = held
    }

    /// Where a body is held back, its end may have to be parsed yet although no bytes are left.
    private func hold(_ unparsedBytes: Int) {
        inputIsHeld = !mayParse && (unparsedBytes > 0 || bodyIsPaused)
    }

    /// Parses until more input is needed or a request must be answered first. No other code is called from here, as
    /// the bytes may stand in the shard's buffer.
    private func parse(_ bytes: UnsafeRawBufferPointer) -> Int {
        var offset = 0
        while mayParse {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
            let progress: HTTP1Progress<HTTP1RequestHead>
            do throws(HTTP1Error) {
                progress = try parser.next(rest)
            } catch {
                malformed(error)
                return bytes.count
            }
            switch progress.event {
            case nil: return offset + progress.consumed
            case .head(let head): begin(head)
            case .body(let range): bodyArrived(UnsafeRawBufferPointer(rebasing: rest[range]))
            case .end: bodyEnded()
            }
            offset += progress.consumed
        }
        return offset
    }

    private var mayParse: Bool {
        switch phase {
        case .head: !inputIsBroken
        case .exchange: !bodyIsComplete && !inputIsBroken && !bodyIsPaused
        case .drain: !inputIsBroken
        case .linger, .closed: false
        }
    }

    /// What follows from the parsed input, now that no bytes are held.
    private func advance() {
        switch phase {
        case .head:
            if inputEnded {
                close()
            } else if inputIsBroken {
                break
            } else if !input.isEmpty || !parser.isBetweenMessages {
                headBegins()
            }
        case .exchange:
            if let request = pendingRequest {
                pendingRequest = nil
                if !bodyIsComplete { setReadDeadline(shard.deadlines.body) } else { setReadDeadline(nil) }
                startTask(for: request)
            }
        case .drain:
            if inputIsBroken { close() }
        case .linger, .closed: break
        }
        if let failure = pendingFailure {
            pendingFailure = nil
            refuse(failure)
        }
    }

    private func begin(_ head: HTTP1RequestHead) {
        shard.cells.requests.add(1, ordering: .relaxed)
        phase = .exchange
        answer = AnswerState(
            isHead: head.method.utf8.elementsEqual("HEAD".utf8), minorVersion: head.minorVersion,
            keepAlive: head.keepAlive)
        bodyIsComplete = false
        bodyBytesRead = 0
        bytesDropped = 0
        awaitsContinue = head.expectsContinue
        let length: Int? =
            switch head.framing {
            case .none: 0
            case .length(let length): length
            case .chunked, .untilClose: nil
            }
        if let length, length > shard.configuration.maximumBodyBytes {
            inputIsBroken = true
            pendingFailure = ProtocolFailure(
                status: 413,
                detail: "The request's body is larger than \(shard.configuration.maximumBodyBytes) bytes.",
                path: head.path)
            return
        }
        var requestBody = RequestBody.none
        if length != 0 {
            let stream = RequestBodyStream(length: length, connection: self)
            body = stream
            requestBody = .stream(stream)
        }
        var fields: [HeaderFields.Field] = []
        fields.reserveCapacity(head.fields.count)
        for field in head.fields { fields.append(HeaderFields.Field(name: field.name, value: field.value)) }
        pendingRequest = Request(
            method: HTTPMethod(rawValue: head.method), path: head.path, query: head.query,
            headers: HeaderFields(fields), body: requestBody,
            context: RequestContext(peer: peer, receivedAt: loop.now))
    }

    private func bodyArrived(_ bytes: UnsafeRawBufferPointer) {
        awaitsContinue = false
        bodyBytesRead += bytes.count
        if phase == .drain {
            bytesDropped += bytes.count
            if bytesDropped > Self.dropLimit { inputIsBroken = true }
        } else if bodyBytesRead > shard.configuration.maximumBodyBytes {
            inputIsBroken = true
            body?.fail(.tooLarge(limit: shard.configuration.maximumBodyBytes))
        } else {
            body?.append(bytes)
        }
    }

    private func bodyEnded() {
        bodyIsComplete = true
        awaitsContinue = false
        body?.finish()
        body = nil
        if phase == .drain {
            phase = .head
            becameIdle()
        } else if pendingRequest == nil {
            setReadDeadline(nil)
        }
    }

    private func malformed(_ error: HTTP1Error) {
        inputIsBroken = true
        switch phase {
        case .head: pendingFailure = ProtocolFailure(status: error.status, detail: error.detail)
        case .exchange: body?.fail(.malformed(error.detail))
        case .drain, .linger, .closed: break
        }
    }

    /// Answers bytes that are no acceptable request; the connection ends with this answer.
    func refuse(_ failure: ProtocolFailure) {
        inputIsBroken = true
        if phase == .head { answer = AnswerState(isHead: false, minorVersion: 1, keepAlive: false) }
        phase = .exchange
        bodyIsComplete = false
        answer.keepAlive = false
        setReadDeadline(nil)
        let context = RequestContext(peer: peer, receivedAt: loop.now)
        let response = shard.responder.refuse(failure, context: context)
        startTask { connection in await connection.deliver(response) }
    }

    /// Whether the connection can be used for a further request once the present one's body has been read.
    var inputCanContinue: Bool {
        guard !inputIsBroken, !inputEnded || bodyIsComplete else { return false }
        if bodyIsComplete { return true }
        // A client that still waits for 100 Continue may send the body or not: its next bytes would be ambiguous.
        guard !awaitsContinue else { return false }
        guard let length = body?.length else { return true }
        return length - bodyBytesRead <= Self.dropLimit
    }

    /// The handler took what had arrived of the body.
    func bodyTaken() {
        guard phase == .exchange, !bodyIsComplete else { return }
        scheduleTurnEnd()
    }

    /// The handler waits for more of the body.
    func bodyAwaited() {
        guard awaitsContinue, phase == .exchange, !answer.hasBegun else { return }
        awaitsContinue = false
        writeContinue()
    }

    func writeContinue() {
        output.withTail {
            try? HTTP1Writer.responseHead(
                status: 100, fields: EmptyCollection<HTTP1Field>(), framing: .none, keepAlive: true, into: &$0)
        }
        scheduleTurnEnd()
    }
}
