import ServiceModel

extension StatusReport {
    /// The status for people.
    ///
    /// - Parameter now: seconds since 1970; ages are counted from it.
    public func text(now: Double, paint: Paint) -> String {
        let snapshot = snapshot
        let name = service["serviceName"].string ?? ""
        let isUp = snapshot.running == snapshot.desired && snapshot.desired > 0
        let count = "\(snapshot.running)/\(snapshot.desired) running" + (snapshot.pending > 0 ? ", \(snapshot.pending) pending" : "")
        var lines = [
            "\(paint.bold(name))  \(snapshot.status)  \(isUp ? paint.green(count) : paint.yellow(count))  "
                + Revision.name(of: service["taskDefinition"].string ?? "")
        ]
        func section(_ title: String, _ rows: [[String]]) {
            guard !rows.isEmpty else { return }
            lines += ["", paint.bold(title)] + Table.lines(rows).map { "  " + $0 }
        }
        section("addresses", addresses.map { [$0.url, "→ \($0.target)"] })
        section("targets", targetHealth.isEmpty ? [] : [targetHealth.map { "\($0.count) \($0.state)" }])
        section(
            "deployments",
            snapshot.deployments.map {
                [
                    $0.status, $0.taskDefinition, "\($0.running)/\($0.desired) running" + ($0.pending > 0 ? ", \($0.pending) pending" : ""),
                    $0.rolloutState ?? "", $0.failed > 0 ? "\($0.failed) failed" : "", Self.age($0.createdAt, now), $0.id,
                ]
            })
        section(
            "tasks",
            tasks.map {
                [
                    String($0.id.prefix(12)), $0.lastStatus, $0.health ?? "", $0.taskDefinition, Self.age($0.startedAt, now),
                    $0.ports.joined(separator: ", "),
                ]
            })
        section("events", snapshot.events.suffix(10).reversed().map { [Self.age($0.time, now), $0.message] })
        return lines.joined(separator: "\n")
    }

    /// `5 m ago`.
    static func age(_ time: Double?, _ now: Double) -> String {
        guard let time else { return "" }
        let seconds = max(0, Int(now - time))
        switch seconds {
        case ..<60: return "\(seconds) s ago"
        case ..<3600: return "\(seconds / 60) m ago"
        case ..<86_400: return "\(seconds / 3600) h ago"
        default: return "\(seconds / 86_400) d ago"
        }
    }
}

/// Rows as columns of equal width; a column without any text takes no room.
enum Table {
    static func lines(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, text) in row.enumerated() where widths[column] > 0 {
                line += text + String(repeating: " ", count: widths[column] - text.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
