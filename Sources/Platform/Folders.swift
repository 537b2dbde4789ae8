/// Where Jubako keeps things, by the XDG base directories.
public enum Folders {
    /// The engine's state: `$JUBAKO_DATA_DIR`, else `jubako/engine` in the user's state folder.
    public static func state(_ environment: [String: String]) -> String {
        if let folder = environment["JUBAKO_DATA_DIR"], !folder.isEmpty { return folder }
        let base = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(environment["HOME"] ?? "/tmp")/.local/state"
        return "\(base)/jubako/engine"
    }
}
