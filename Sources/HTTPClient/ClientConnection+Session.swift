import EventLoop

/// Setting up a session through libcurl.
extension ClientConnection {
    /// What the connection's socket is registered for when nothing else is said.
    private static let allChanges: ReadyEvents = [.readable, .writable, .peerFinished, .edgeTriggered]

    func beginSession() {
        guard let settings = pool.session, let session = CurlSession(settings, to: address, on: socket, loop: loop)
        else {
            return fail(.cannotConnect("\(address): no memory for a session"))
        }
        self.session = session
        session.advanced = { [unowned(unsafe) self] in sessionAdvanced($0) }
        advanceSession([])
    }

    func advanceSession(_ events: ReadyEvents) {
        guard let session else { return }
        sessionAdvanced(session.advance(events))
    }

    private func sessionAdvanced(_ progress: CurlSession.Progress) {
        guard state == .connecting else { return }
        switch progress {
        case .awaiting(let events):
            // Not by changes: libcurl does not say that it has read all there is.
            loop.setInterest(events, of: socket.descriptor)
        case .established:
            // Set anew, it reports what is there already.
            loop.setInterest(Self.allChanges, of: socket.descriptor)
            established()
        case .failed(let reason):
            fail(.cannotConnect("\(address): \(reason)"))
        }
    }
}
