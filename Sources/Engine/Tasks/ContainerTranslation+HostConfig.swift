import ServiceModel

extension ContainerTranslation {
    /// Logs are bounded whatever log driver the definition asks for: the engine serves them from Docker's own files.
    static let logConfig: JSON = ["Type": "json-file", "Config": ["max-size": "16m", "max-file": "2"]]

    /// What the container may use of the host.
    var hostConfig: JSON {
        let linux = definition["linuxParameters"]
        var config: JSON = .compact([
            "NetworkMode": .string(definition["disableNetworking"].bool == true ? "none" : networkMode),
            "RestartPolicy": ["Name": "no"],
            "LogConfig": Self.logConfig,
            "PortBindings": portBindings,
            "Binds": Self.strings(binds),
            "VolumesFrom": Self.strings(volumesFrom),
            "Links": Self.strings(links),
            "Dns": Self.strings(definition["dnsServers"].strings),
            "DnsSearch": Self.strings(definition["dnsSearchDomains"].strings),
            "ExtraHosts": Self.strings(definition["extraHosts"].array.map { "\($0["hostname"].string ?? ""):\($0["ipAddress"].string ?? "")" }),
            "ReadonlyRootfs": definition["readonlyRootFilesystem"],
            "Privileged": definition["privileged"],
            "SecurityOpt": Self.strings(definition["dockerSecurityOptions"].strings),
            "Ulimits": ulimits,
            "Sysctls": sysctls,
            "CapAdd": Self.strings(linux["capabilities"]["add"].strings),
            "CapDrop": Self.strings(linux["capabilities"]["drop"].strings),
            "Devices": devices(linux),
            "Init": linux["initProcessEnabled"],
            "ShmSize": JSON(linux["sharedMemorySize"].int.map { $0 << 20 }),
            "Tmpfs": tmpfs(linux),
        ])
        if spec.taskDefinition["pidMode"].string == "host" { config["PidMode"] = "host" }
        if let mode = spec.taskDefinition["ipcMode"].string, mode != "task" { config["IpcMode"] = .string(mode) }
        for (key, value) in resources(linux) { config[key] = value }
        return config
    }

    private func resources(_ linux: JSON) -> [(String, JSON)] {
        let units = override["cpu"].int ?? definition["cpu"].int ?? 0
        let reservation = (override["memoryReservation"].int ?? definition["memoryReservation"].int).map { $0 << 20 }
        let memory = (override["memory"].int ?? definition["memory"].int).map { $0 << 20 } ?? bounds.memory
        var resources: [(String, JSON)] = [
            ("CpuShares", .integer(max(units, 2))), ("Memory", JSON(memory)), ("MemoryReservation", JSON(reservation)),
            ("NanoCpus", JSON(bounds.nanoCPUs[name])),
        ]
        // As ECS has it: without maxSwap the instance's own setting holds and swappiness means nothing.
        if let swap = linux["maxSwap"].int, let memory {
            resources.append(("MemorySwap", .integer(memory + swap << 20)))
            resources.append(("MemorySwappiness", linux["swappiness"]))
        }
        return resources
    }

    private var portBindings: JSON {
        guard networkMode == "bridge", !ports.isEmpty else { return .null }
        var bindings: [String: [JSON]] = [:]
        for port in ports { bindings[port.key, default: []].append(["HostIp": .string(hostIP), "HostPort": .string(port.hostPort)]) }
        return Self.object(bindings.map { ($0, .array($1)) })
    }

    private var binds: [String] {
        definition["mountPoints"].array.compactMap { mount in
            guard let source = mount["sourceVolume"].string.flatMap({ sources[$0] }), let path = mount["containerPath"].string else { return nil }
            return "\(source):\(path)" + (mount["readOnly"].bool == true ? ":ro" : "")
        }
    }

    private var volumesFrom: [String] {
        definition["volumesFrom"].array.compactMap { volume in
            guard let source = volume["sourceContainer"].string else { return nil }
            return TaskPlan.dockerName(spec, source) + (volume["readOnly"].bool == true ? ":ro" : "")
        }
    }

    private var links: [String] {
        guard networkMode == "bridge" else { return [] }
        return definition["links"].strings.map { link in
            let name = String(link.prefix { $0 != ":" })
            let alias = link.contains(":") ? String(link.drop { $0 != ":" }.dropFirst()) : name
            return "\(TaskPlan.dockerName(spec, name)):\(alias)"
        }
    }

    private var ulimits: JSON {
        let limits = definition["ulimits"].array
        return limits.isEmpty ? .null : .array(limits.map { ["Name": $0["name"], "Soft": $0["softLimit"], "Hard": $0["hardLimit"]] })
    }

    private var sysctls: JSON {
        let controls = definition["systemControls"].array
        return controls.isEmpty ? .null : Self.object(controls.compactMap { control in control["namespace"].string.map { ($0, control["value"]) } })
    }

    private func devices(_ linux: JSON) -> JSON {
        let letters = ["read": "r", "write": "w", "mknod": "m"]
        let devices = linux["devices"].array.map { device -> JSON in
            let permissions = device["permissions"].strings.compactMap { letters[$0] }.joined()
            return [
                "PathOnHost": device["hostPath"], "PathInContainer": .string(device["containerPath"].string ?? device["hostPath"].string ?? ""),
                "CgroupPermissions": .string(permissions.isEmpty ? "rwm" : permissions),
            ]
        }
        return devices.isEmpty ? .null : .array(devices)
    }

    private func tmpfs(_ linux: JSON) -> JSON {
        let mounts = linux["tmpfs"].array.compactMap { mount -> (String, JSON)? in
            guard let path = mount["containerPath"].string else { return nil }
            let options = (mount["size"].int.map { ["size=\($0)m"] } ?? []) + mount["mountOptions"].strings
            return (path, .string(options.joined(separator: ",")))
        }
        return mounts.isEmpty ? .null : Self.object(mounts)
    }

    private static func strings(_ strings: [String]) -> JSON { strings.isEmpty ? .null : JSON(strings) }
}
