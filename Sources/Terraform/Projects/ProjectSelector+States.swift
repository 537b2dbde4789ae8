extension ProjectSelector {
    /// Who reads the state of a project that may change may change, too.
    mutating func states() {
        let addresses = map.projects.map { ($0, map.facts[$0]?.state) }
        var readers: [String: [(reader: String, place: String)]] = [:]
        var unsure: [(reader: String, place: String)] = []
        for project in map.projects {
            let folders = [project] + map.modules(of: project).reached.map(\.path)
            for reading in folders.flatMap({ map.facts[$0]?.readings ?? [] }) {
                guard reading.state.isKnown else {
                    unsure.append((project, reading.place))
                    continue
                }
                for (writer, state) in addresses where writer != project {
                    guard let state, resolved(state, writer).mayBe(resolved(reading.state, project)), state.isKnown || state.values.isEmpty == false
                    else { continue }
                    readers[writer, default: []].append((project, reading.place))
                }
            }
        }
        var waiting = reasons.keys.sorted()
        var done = Set(waiting)
        if !waiting.isEmpty {
            for (reader, place) in unsure {
                note(reader, .unsure, "\(place): which state it reads is computed, so it is planned when any project is")
                if done.insert(reader).inserted { waiting.append(reader) }
            }
        }
        while let writer = waiting.popLast() {
            let name = map.name(writer)
            for (reader, place) in readers[writer] ?? [] {
                note(reader, .state, "it reads the state of \(name) in \(place)")
                if done.insert(reader).inserted { waiting.append(reader) }
            }
        }
    }

    /// A local state's path is relative to its project.
    private func resolved(_ state: StateAddress, _ project: String) -> StateAddress {
        guard state.type == "local" else { return state }
        let path = (state.values["path"] ?? nil) ?? "terraform.tfstate"
        return StateAddress(type: "local", ["path": .some(ConfigurationFolder.join(project, path))])
    }
}
