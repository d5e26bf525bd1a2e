import EventLoop
import HTTP1

/// Bytes to an answer.
extension ClientConnection {
    private var isPaused: Bool {
        (exchange?.bufferedBytes ?? 0) >= pool.configuration.highWatermark
    }

    func read() {
        while mayRead, state == .busy || state == .idle, !isPaused {
            switch session?.read(into: loop.readBuffer) ?? socket.read(into: loop.readBuffer) {
            case .bytes(let count):
                // A short read has emptied the socket; only the end of the stream may still be behind it. A session
                // gives record by record.
                if count < ShardLoop.readBufferSize, !endMayFollow, session == nil { mayRead = false }
                received(UnsafeRawBufferPointer(rebasing: loop.readBuffer[..<count]))
            case .wouldBlock:
                mayRead = false
            case .closed:
                mayRead = false
                endMayFollow = true
                ended()
            case .failed:
                // A reset is never the proper end of a body, not even of one that ends with the connection.
                guard let exchange else { return close() }
                return fail(exchange.hasHead ? .cut : .connectionClosed)
            }
        }
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        guard let exchange else { return close() }
        exchange.bytesArrived()
        if input.isEmpty {
            keep(bytes, from: parse(bytes))
        } else {
            input.append(contentsOf: bytes)
            parseHeld()
        }
        settle()
    }

    private func keep(_ bytes: UnsafeRawBufferPointer, from consumed: Int) {
        guard consumed < bytes.count, state != .closed else { return }
        input = loop.takeBuffer()
        input.append(contentsOf: bytes[consumed...])
    }

    func parseHeld() {
        var held: [UInt8] = []
        swap(&held, &input)
        held.withUnsafeBytes { keep($0, from: parse($0)) }
        loop.recycle(held)
        settle()
    }

    /// Parses until more input is needed, the answer is complete, or the caller has enough to take.
    private func parse(_ bytes: UnsafeRawBufferPointer) -> Int {
        var offset = 0
        inputIsHeld = false
        while let exchange, !answerIsComplete {
            guard exchange.bufferedBytes < pool.configuration.highWatermark else {
                // Even with nothing left: that the answer is complete is known only when the parser is asked again.
                inputIsHeld = true
                break
            }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
            let progress: HTTP1Progress<HTTP1ResponseHead>
            do throws(HTTP1Error) {
                progress = try parser.next(rest)
            } catch {
                fail(.malformedAnswer(error.detail))
                return bytes.count
            }
            switch progress.event {
            case nil: return offset + progress.consumed
            case .head(let head):
                answerKeepsAlive = head.keepAlive
                exchange.headArrived(head)
            case .body(let range):
                exchange.bodyArrived(UnsafeRawBufferPointer(rebasing: rest[range]))
            case .end:
                answerIsComplete = true
            }
            offset += progress.consumed
        }
        return offset
    }

    /// What follows from the parsed input, now that what is left of it has been kept.
    private func settle() {
        if answerIsComplete {
            answerIsComplete = false
            finishExchange()
        } else if let exchange, exchange.hasHead {
            exchange.heardFrom()
        }
    }

    /// The upstream has finished sending.
    private func ended() {
        guard let exchange else { return close() }
        do throws(HTTP1Error) {
            guard try parser.finish() == nil else {
                answerKeepsAlive = false
                return finishExchange()
            }
            fail(.connectionClosed)
        } catch {
            fail(exchange.hasHead ? .cut : .connectionClosed)
        }
    }
}
