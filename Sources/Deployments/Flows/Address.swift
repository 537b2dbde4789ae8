/// Where an app answers.
public enum Address {
    /// The port that all load balancers of the local engine share: 80 needs root.
    public static let entryPort = 7780

    /// The URL of a listener.
    static func url(protocol name: String, host: String, port: Int, entryPort: Int) -> String {
        if host.hasSuffix(".localhost"), port == 80 { return "http://\(host):\(entryPort)" }
        switch name.uppercased() {
        case "HTTP": return port == 80 ? "http://\(host)" : "http://\(host):\(port)"
        case "HTTPS": return port == 443 ? "https://\(host)" : "https://\(host):\(port)"
        default: return "\(name.lowercased())://\(host):\(port)"
        }
    }
}
