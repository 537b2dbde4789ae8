import Deployments
import Foundation

/// Where output goes and what it may look like. Data goes to stdout, everything else to stderr, both unbuffered.
enum Terminal {
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb" }
    /// Somebody sits there who can answer a question.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isErrorTerminal }

    static var outputPaint: Paint { Paint(isColoured: isOutputTerminal && allowsColour) }
    static var errorPaint: Paint { Paint(isColoured: isErrorTerminal && allowsColour) }

    /// The columns of the terminal, 80 when it does not say.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    static func output(_ text: String) { write(text + "\n", to: .standardOutput) }
    static func error(_ text: String) { write(text + "\n", to: .standardError) }

    /// Writes without an end of line.
    static func errorRaw(_ text: String) { write(text, to: .standardError) }

    private static var allowsColour: Bool { environment["NO_COLOR"]?.isEmpty ?? true }
    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static func write(_ text: String, to handle: FileHandle) {
        // A reader that has gone away is no error of ours.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
