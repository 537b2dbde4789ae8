import ServiceModel

/// What Terraform's event stream says went wrong. The words of a diagnostic name addresses and never a sensitive value;
/// the snippet of the configuration that comes with it is left out.
struct PlanDiagnosis: Sendable {
    /// One of Terraform's own errors.
    struct Problem: Sendable, Hashable {
        let summary: String
        let detail: String
        /// As FILE:LINE.
        let place: String?
        let address: String?
    }

    private(set) var problems: [Problem] = []

    /// In words, with what to do about those that have a known way out.
    var errors: [String] { problems.map(\.text) }

    /// - Parameters:
    ///   - stream: what `plan -json` or `init -json` wrote.
    ///   - words: what to say where the stream says nothing.
    init(_ stream: [UInt8], otherwise words: String? = nil) {
        for line in stream.split(separator: 0x0A) {
            if let event = try? JSON(parsing: line) { take(event) }
        }
        if problems.isEmpty, let words { problems = [Problem(summary: String(words.prefix(300)), detail: "", place: nil, address: nil)] }
    }

    init() {}

    /// Takes one event of the stream.
    mutating func take(_ event: JSON) {
        guard event["@level"].string == "error" else { return }
        let diagnostic = event["diagnostic"]
        guard let summary = diagnostic["summary"].string ?? event["@message"].string else { return }
        problems.append(
            Problem(
                summary: summary, detail: diagnostic["detail"].string ?? "",
                place: diagnostic["range"]["filename"].string.map { "\($0):\(diagnostic["range"]["start"]["line"].int ?? 0)" },
                address: diagnostic["address"].string))
    }
}

extension PlanDiagnosis.Problem {
    static let lock = "Error acquiring the state lock"

    /// Who holds the state's lock, since when, and its id.
    var lockHolder: (who: String, since: String?, id: String?)? {
        guard summary == Self.lock else { return nil }
        func field(_ name: String) -> String? {
            // What the backend itself said comes before and has an ID of its own.
            detail.split(separator: "\n").map { $0.drop { $0 == " " } }.first { $0.hasPrefix("\(name):") }.map { line in
                line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }.description
            }
        }
        return (field("Who") ?? "somebody", field("Created"), field("ID"))
    }

    var text: String {
        let place = place.map { " (\($0))" } ?? ""
        if let lockHolder {
            let since = lockHolder.since.map { " since \($0)" } ?? ""
            let id = lockHolder.id.map { "; if that run is dead: terraform force-unlock \($0)" } ?? ""
            return "the state is locked by \(lockHolder.who)\(since)\(id)\(place)"
        }
        if ["Inconsistent dependency lock file", "Provider dependency changes detected"].contains(summary) {
            return "\(summary): run terraform init in the project, and commit .terraform.lock.hcl\(place)"
        }
        let first = detail.split(separator: "\n").first.map { ": \($0.prefix(300))" } ?? ""
        return "\(summary)\(first)\(place)"
    }
}
