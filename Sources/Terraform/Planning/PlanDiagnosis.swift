import ServiceModel

/// What Terraform's event stream says went wrong, in its own words. The words of a diagnostic name addresses and never a sensitive value;
/// the snippet of the configuration that comes with it is left out.
struct PlanDiagnosis: Sendable {
    private(set) var errors: [String] = []

    /// - Parameter stream: what `plan -json` or `init -json` wrote.
    init(_ stream: [UInt8]) {
        for line in stream.split(separator: 0x0A) {
            guard let event = try? JSON(parsing: line), event["@level"].string == "error" else { continue }
            let diagnostic = event["diagnostic"]
            let summary = diagnostic["summary"].string ?? event["@message"].string ?? ""
            let place = diagnostic["range"]["filename"].string.map { " (\($0):\(diagnostic["range"]["start"]["line"].int ?? 0))" } ?? ""
            let detail = diagnostic["detail"].string ?? ""
            errors.append(Self.explained(summary, detail) + place)
        }
    }

    /// What to do about the errors that have a known way out.
    private static func explained(_ summary: String, _ detail: String) -> String {
        switch summary {
        case "Error acquiring the state lock":
            func field(_ name: String) -> String? {
                detail.split(separator: "\n").first { $0.contains("\(name):") }.map { line in
                    line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }.description
                }
            }
            let who = field("Who") ?? "somebody"
            let since = field("Created").map { " since \($0)" } ?? ""
            let id = field("ID").map { "; if that run is dead: terraform force-unlock \($0)" } ?? ""
            return "the state is locked by \(who)\(since)\(id)"
        case "Inconsistent dependency lock file", "Provider dependency changes detected":
            return "\(summary): run terraform init in the project, and commit .terraform.lock.hcl"
        default:
            let first = detail.split(separator: "\n").first.map { ": \($0.prefix(300))" } ?? ""
            return "\(summary)\(first)"
        }
    }
}
