import ArgumentParser
import Definitions
import Deployments
import Objectives
import ServiceModel

/// A decision of the gate as the command line says it.
struct GateText {
    let answer: JSON

    init(_ answer: JSON) { self.answer = answer }

    static func unreachable(_ reason: String, _ policy: GatePolicy) -> JSON { GateDecision(policy: policy, unreachable: reason).json }

    /// Green says nothing.
    ///
    /// - Throws: `ExitCode` 5 when it refuses.
    func tell() throws {
        let paint = Terminal.errorPaint
        let isAllowed = answer["allowed"].bool ?? false
        guard answer["light"] != "green" || !isAllowed else { return }
        let sentence = answer["sentence"].string ?? "the gate did not say why"
        guard isAllowed else {
            Terminal.error(paint.red("the gate is closed: ") + sentence)
            for line in details { Terminal.error(line) }
            GitHub.annotate("the gate is closed: \(sentence)")
            throw GateOptions.refused
        }
        Terminal.error(paint.yellow("warning: ") + sentence)
        for line in details { Terminal.error(line) }
    }

    /// All that there is to say below the sentence.
    var details: [String] {
        var lines: [String] = []
        if let text = answer["exception"]["text"].string { lines.append("  it passes: \(text)") }
        if let worst = answer["quote"]["sentence"].string { lines.append("  at worst it costs \(worst)") }
        if !answer["spent"].array.isEmpty { lines.append("  what spent it:") }
        lines += answer["spent"].strings.map { "    \($0)" }
        if !answer["way_out"].array.isEmpty { lines.append("  the way out:") }
        lines += answer["way_out"].strings.map { "    \($0)" }
        return lines
    }
}
