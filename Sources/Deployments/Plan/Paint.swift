/// Colours for a terminal, or none.
public struct Paint: Sendable {
    public let isColoured: Bool

    public init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    public func green(_ text: String) -> String { paint(text, 32) }
    public func red(_ text: String) -> String { paint(text, 31) }
    public func yellow(_ text: String) -> String { paint(text, 33) }
    public func bold(_ text: String) -> String { paint(text, 1) }
    public func dim(_ text: String) -> String { paint(text, 2) }

    private func paint(_ text: String, _ code: Int) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
