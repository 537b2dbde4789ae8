import Deployments
import ServiceModel

/// What the server says of an app, for people.
enum ServerReports {
    static func status(_ app: JSON) -> String {
        let state = app["state"]
        var lines = [
            "\(app["app"].string ?? "") \(app["health"]["state"].string ?? "unknown"): \(state["running"].int ?? 0)/\(state["desired"].int ?? 0) tasks"
                + (state["revision"].string.map { " of \($0)" } ?? "")
        ]
        if let team = app["team"].string { lines.append("  team: \(team)") }
        if let channel = app["channel"]["channel"].string { lines.append("  channel: \(channel)") }
        if !app["release"].isNull { lines.append("  last release: \(ReleasesCommand.line(app["release"]))") }
        for alert in app["alerts"].array { lines.append("  fires: \(alert["alertname"].string ?? "") since \(alert["fired_at"].string ?? "")") }
        for deployment in app["deployments"].array {
            lines.append(
                "  \(deployment["status"].string ?? "") \(deployment["revision"].string ?? "") \(deployment["rollout_state"].string ?? "") "
                    + "\(deployment["running"].int ?? 0)/\(deployment["desired"].int ?? 0)")
        }
        for event in app["events"].array.reversed() { lines.append("  \(event["at"].string ?? "") \(event["message"].string ?? "")") }
        return lines.joined(separator: "\n")
    }

    static func line(_ line: JSON) -> String {
        let origin = "\(line["task"].string ?? "") \(line["container"].string ?? "") │"
        return "\(Terminal.outputPaint.dim(origin)) \(line["message"].string ?? "")"
    }
}
