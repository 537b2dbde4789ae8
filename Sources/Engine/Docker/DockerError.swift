/// What the Docker Engine could not do, with words that say what to do about it.
struct DockerError: Error, Sendable, Hashable, CustomStringConvertible {
    enum Kind: Sendable, Hashable {
        /// Nobody answers on the socket.
        case notRunning
        /// The socket is there, but this user may not use it.
        case notPermitted
        case noSuchImage
        case noSuchContainer
        /// The name is taken, or the container is in the wrong state.
        case conflict
        /// Another process or container holds the host port.
        case portTaken
        case diskFull
        /// Docker did not answer within the time the call has.
        case timeout
        case other
    }

    let kind: Kind
    /// The HTTP status of Docker's answer, if there was one.
    let status: Int?
    let message: String

    init(_ kind: Kind, status: Int? = nil, _ message: String) {
        self.kind = kind
        self.status = status
        self.message = message
    }

    var description: String { message }

    /// The error that an answer of Docker's stands for. Docker tells a full disk and a taken port by text only, so this is the one place that
    /// reads its texts.
    init(status: Int, message: String) {
        let text = message.lowercased()
        let kind: Kind
        if text.contains("no space left on device") {
            kind = .diskFull
        } else if text.contains("port is already allocated") || text.contains("address already in use") {
            kind = .portTaken
        } else if status == 404, text.contains("no such image") || text.contains("manifest") || text.contains("pull access denied") {
            kind = .noSuchImage
        } else if status == 404, text.contains("no such container") {
            kind = .noSuchContainer
        } else if status == 409 {
            kind = .conflict
        } else {
            kind = .other
        }
        self.init(kind, status: status, message)
    }
}
