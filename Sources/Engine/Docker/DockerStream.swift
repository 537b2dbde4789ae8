import AsyncHTTPClient
import NIOCore

/// Turns the bytes of an answer into values, in whatever pieces they arrive.
protocol StreamDecoder: Sendable {
    associatedtype Output: Sendable

    mutating func decode(_ chunk: ByteBuffer) throws -> [Output]
    /// What is left when the answer is over.
    mutating func finish() -> [Output]
}

/// An answer of Docker's that arrives bit by bit. It can be read once; to stop reading is to close the connection.
struct DockerStream<Decoder: StreamDecoder>: AsyncSequence, Sendable {
    typealias Element = Decoder.Output

    let body: HTTPClientResponse.Body
    let decoder: Decoder
    let failure: @Sendable (any Error) -> any Error

    func makeAsyncIterator() -> Iterator {
        Iterator(chunks: body.makeAsyncIterator(), decoder: decoder, failure: failure)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var chunks: HTTPClientResponse.Body.AsyncIterator
        fileprivate var decoder: Decoder
        fileprivate let failure: @Sendable (any Error) -> any Error
        private var ready: ArraySlice<Element> = []
        private var isOver = false

        fileprivate init(chunks: HTTPClientResponse.Body.AsyncIterator, decoder: Decoder, failure: @escaping @Sendable (any Error) -> any Error) {
            self.chunks = chunks
            self.decoder = decoder
            self.failure = failure
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> Element? {
            while ready.isEmpty, !isOver {
                do {
                    if let chunk = try await chunks.next(isolation: actor) {
                        ready = try decoder.decode(chunk)[...]
                    } else {
                        try Task.checkCancellation()
                        isOver = true
                        ready = decoder.finish()[...]
                    }
                } catch {
                    isOver = true
                    throw failure(error)
                }
            }
            return ready.popFirst()
        }

        mutating func next() async throws -> Element? {
            try await next(isolation: nil)
        }
    }
}
