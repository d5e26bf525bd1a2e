import EventLoop
import Glibc
import TestSupport
import Testing

/// Accepts connections and keeps them.
private final class Acceptor: ReadinessHandler {
    let listener: Socket
    var accepted: [Socket] = []
    let wakeup = Wakeup()

    init(_ listener: Socket) { self.listener = listener }

    func ready(_ events: ReadyEvents) {
        while case .connection(let socket, _) = listener.accept() {
            accepted.append(socket)
            wakeup.wake()
        }
    }
}

/// Collects what arrives and sends what it is told to.
private final class Peer: ReadinessHandler {
    let socket: Socket
    let loop: ShardLoop
    var received: [UInt8] = []
    var hasEnded = false
    var output = WriteQueue()
    var events = 0
    let wakeup = Wakeup()

    init(_ socket: Socket, loop: ShardLoop) throws {
        self.socket = socket
        self.loop = loop
        try loop.register(socket, handler: self)
    }

    func ready(_ events: ReadyEvents) {
        self.events += 1
        if !output.isEmpty { _ = output.write(to: socket) }
        reading: while !hasEnded {
            switch socket.read(into: loop.readBuffer) {
            case .bytes(let count): received += loop.readBuffer[..<count]
            case .wouldBlock: break reading
            case .closed, .failed: hasEnded = true
            }
        }
        wakeup.wake()
    }
}

nonisolated(nonsending) private func connectedPair(_ loop: ShardLoop) async throws -> (Peer, Peer, Acceptor) {
    let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
    let acceptor = Acceptor(try Socket.listening(on: address, backlog: 16, sharedPort: false))
    try loop.registerListener(acceptor.listener, handler: acceptor)
    let client = try Peer(try Socket.connecting(to: try acceptor.listener.localAddress()), loop: loop)
    while acceptor.accepted.isEmpty { _ = await acceptor.wakeup.wait() }
    let server = try Peer(try #require(acceptor.accepted.first), loop: loop)
    return (client, server, acceptor)
}

@Suite struct SocketTests {
    @Test("pieces of all sizes arrive in order through a queue that is larger than the socket's buffers")
    func writeQueue() async throws {
        try await withShards { group in
            let (isEqual, isEmpty) = try await group.shards[0].run { () -> (Bool, Bool) in
                let loop = try #require(ShardLoop.current)
                let (client, server, acceptor) = try await connectedPair(loop)
                var expected: [UInt8] = []
                var generator = SeededGenerator(seed: 3)
                for number in 0..<400 {
                    let size = Int(generator.next() % (number.isMultiple(of: 5) ? 70_000 : 300))
                    let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0 ^ number) }
                    expected += piece
                    if number.isMultiple(of: 2) {
                        client.output.append(piece)
                    } else {
                        client.output.withTail { $0 += piece }
                    }
                    #expect(client.output.count <= expected.count)
                }
                _ = client.output.write(to: client.socket)
                while server.received.count < expected.count { _ = await server.wakeup.wait() }
                loop.close(client.socket)
                loop.close(server.socket)
                loop.close(acceptor.listener)
                return (server.received == expected, client.output.isEmpty)
            }
            #expect(isEqual)
            #expect(isEmpty)
        }
    }

    @Test("the end of the peer's stream is reported")
    func end() async throws {
        try await withShards { group in
            let hasEnded = try await group.shards[0].run { () -> Bool in
                let loop = try #require(ShardLoop.current)
                let (client, server, acceptor) = try await connectedPair(loop)
                client.socket.finishWriting()
                while !server.hasEnded { _ = await server.wakeup.wait() }
                loop.close(client.socket)
                loop.close(server.socket)
                loop.close(acceptor.listener)
                return server.hasEnded && server.received.isEmpty
            }
            #expect(hasEnded)
        }
    }

    @Test("a closed socket's handler is never called again, even when its number is used anew")
    func staleEvents() async throws {
        try await withShards { group in
            let (stale, fresh) = try await group.shards[0].run { () -> (Int, Int) in
                let loop = try #require(ShardLoop.current)
                let (client, server, acceptor) = try await connectedPair(loop)
                client.output.append([1, 2, 3])
                _ = client.output.write(to: client.socket)
                // The bytes are there, so the event is due in the next batch; by then the number belongs to another.
                let before = server.events
                loop.close(server.socket)
                let next = try Peer(try Socket.connecting(to: try acceptor.listener.localAddress()), loop: loop)
                #expect(next.socket.descriptor == server.socket.descriptor)
                _ = await next.wakeup.wait()
                loop.close(next.socket)
                loop.close(client.socket)
                loop.close(acceptor.listener)
                return (server.events - before, next.events)
            }
            #expect(stale == 0)
            #expect(fresh > 0)
        }
    }

    @Test("connecting where nobody listens fails")
    func refused() async throws {
        try await withShards { group in
            let code = try await group.shards[0].run { () -> Int32 in
                let loop = try #require(ShardLoop.current)
                let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
                let listener = try Socket.listening(on: address, backlog: 1, sharedPort: false)
                let free = try listener.localAddress()
                listener.close()
                let socket = try Socket.connecting(to: free)
                let peer = try Peer(socket, loop: loop)
                _ = await peer.wakeup.wait()
                loop.close(socket)
                return peer.hasEnded ? ECONNREFUSED : 0
            }
            #expect(code == ECONNREFUSED)
        }
    }

    @Test("two sockets share a port only where both agree to")
    func sharedPort() throws {
        let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
        let first = try Socket.listening(on: address, backlog: 1, sharedPort: true)
        defer { first.close() }
        let bound = try first.localAddress()
        let second = try Socket.listening(on: bound, backlog: 1, sharedPort: true)
        second.close()
        #expect(throws: SystemError.self) { try Socket.listening(on: bound, backlog: 1, sharedPort: false) }
    }
}
