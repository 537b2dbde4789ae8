import ServiceModel

/// The CPU and memory of a whole task, divided among its containers so that together they keep within it.
struct TaskBounds: Sendable, Hashable {
    /// In bytes; the bound of each container that has none of its own.
    let memory: Int?
    /// In billionths of a CPU, by container name; empty if the task has no bound.
    let nanoCPUs: [String: Int]

    init(_ spec: TaskSpec) {
        memory = Self.mebibytes(spec.overrides["memory"].string ?? spec.taskDefinition["memory"].string).map { $0 << 20 }
        guard let units = Self.cpuUnits(spec.overrides["cpu"].string ?? spec.taskDefinition["cpu"].string), units > 0 else {
            nanoCPUs = [:]
            return
        }
        let asked = spec.taskDefinition["containerDefinitions"].array.map { container in
            let name = container["name"].string ?? ""
            return (name: name, units: ContainerTranslation.override(spec, name)["cpu"].int ?? container["cpu"].int ?? 0)
        }
        nanoCPUs = Self.divide(units, among: asked).mapValues { $0 * 1_000_000_000 / 1024 }
    }

    /// Each gets what it asks for; the rest goes to those who ask for nothing, or else to all in proportion. Nobody gets less than a sixteenth
    /// of the task, since Docker's bound is hard where ECS's `cpu` is only a weight.
    static func divide(_ units: Int, among asked: [(name: String, units: Int)]) -> [String: Int] {
        let sum = asked.reduce(0) { $0 + $1.units }
        let silent = asked.count { $0.units == 0 }
        let rest = max(0, units - sum)
        var shares: [String: Int] = [:]
        for (name, own) in asked {
            let share: Int
            if own == 0 {
                share = rest / max(1, silent)
            } else {
                share = silent == 0 ? own * units / max(sum, 1) : own
            }
            shares[name] = min(units, max(share, units / 16, 11))  // Docker wants at least a hundredth of a CPU
        }
        return shares
    }

    /// CPU units of `"512"`, `"0.5 vCPU"`.
    static func cpuUnits(_ text: String?) -> Int? {
        quantity(text, unit: "vcpu", factor: 1024)
    }

    /// MiB of `"1024"`, `"0.5GB"`.
    static func mebibytes(_ text: String?) -> Int? {
        quantity(text, unit: "gb", factor: 1024)
    }

    private static func quantity(_ text: String?, unit: String, factor: Double) -> Int? {
        guard let text else { return nil }
        let plain = text.lowercased().filter { $0 != " " }
        if plain.hasSuffix(unit) { return Double(plain.dropLast(unit.count)).flatMap { Int(exactly: ($0 * factor).rounded()) } }
        return Int(plain)
    }
}
