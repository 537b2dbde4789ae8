import AWS
import Definitions
import Deployments
import Foundation
import Monitoring
import ServiceModel

/// `/apps/{app}/tasks`, `/logs`, `/config`: what runs, what it writes, and what it was given.
struct TaskPages: Sendable {
    let fleet: Fleet
    private let logs = SharedReadings<[LogLine]>(age: .seconds(2))

    init(fleet: Fleet) { self.fleet = fleet }

    static let templates = ["tasks": tasks, "logs": logLines, "config": config]

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/tasks", template: "tasks", title: "tasks", "Read an app's tasks, those that failed first",
                returns: FleetSchemas.tasks
            ) { visit in
                .show(try await tasks(visit))
            },
            .page(
                "/apps/{app}/logs", template: "logs", title: "logs", "Read what an app's tasks wrote last",
                query: [
                    .init(name: "task", about: "The id of one task, or its beginning"), .init(name: "container", about: "One container"),
                    .init(name: "lines", about: "How many", schema: ["type": "integer", "minimum": 1, "maximum": 2000]),
                ], returns: FleetSchemas.logs
            ) { visit in .show(try await logLines(visit)) },
            .page(
                "/apps/{app}/config", template: "config", title: "config",
                "Read what an app is given: names and sources of its variables, never their values", returns: FleetSchemas.config
            ) { visit in .show(try await config(visit)) },
        ]
    }

    // MARK: Tasks

    private func tasks(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        var answer: JSON = ["app": .string(app.name), "tasks": []]
        guard let state = await fleet.app(app.name) else { return answer }
        do {
            let tasks = try await fleet.tasks(of: state).map(Self.task)
            answer["tasks"] = .array(tasks.sorted { Self.rank($0) < Self.rank($1) })
            let facts = state.service.map { !$0.isNull } ?? false ? try await reader(state)?.read(app: state.name, cluster: state.cluster) : nil
            if let facts { answer["verdict"] = Autopsy.verdict(facts).json }
        } catch let error as AWSError {
            answer["problem"] = .string("\(error)")
        }
        return answer
    }

    private func reader(_ state: FleetApp) async -> FactReader? { await fleet.calls(of: state).map { FactReader(Calls($0)) } }

    private static func task(_ task: JSON) -> JSON {
        let status = task["lastStatus"].string ?? ""
        let exit = task["containers"].array.compactMap { $0["exitCode"].int }.first { $0 != 0 }
        let health = task["healthStatus"].string
        let state =
            status == "STOPPED"
            ? (exit == nil || task["stopCode"] == "ServiceSchedulerInitiated" ? "idle" : "bad")
            : status == "RUNNING" ? (health == "UNHEALTHY" ? "bad" : "good") : "busy"
        return .compact([
            "id": JSON(task["taskArn"].string?.split(separator: "/").last.map(String.init)), "state": .string(state), "status": .string(status),
            "health": JSON(health == "UNKNOWN" ? nil : health), "started_at": JSON(AppPages.time(task["startedAt"])),
            "stopped_at": JSON(AppPages.time(task["stoppedAt"])), "reason": task["stoppedReason"], "exit_code": JSON(exit),
            "revision": JSON(task["taskDefinitionArn"].string?.split(separator: "/").last.map(String.init)),
        ])
    }

    private static func rank(_ task: JSON) -> String {
        let order = ["bad": "0", "busy": "1", "good": "2", "idle": "3"][task["state"].string ?? ""] ?? "4"
        return order
            + (task["started_at"].string.map { String(9_999_999_999 - Int((TimeText.parse($0) ?? .distantPast).timeIntervalSince1970)) } ?? "")
    }

    // MARK: Logs

    private func logLines(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        let count = try visit.number("lines", default: 200, in: 1...2000)
        var answer: JSON = [
            "app": .string(app.name), "lines": [], "limit": .integer(count), "task": JSON(visit.query["task"]),
            "container": JSON(visit.query["container"]),
        ]
        guard let state = await fleet.app(app.name), let calls = await fleet.calls(of: state), state.service?.isNull == false else { return answer }
        do {
            let tasks = try await fleet.tasks(of: state).map(Self.task).sorted { Self.rank($0) < Self.rank($1) }
            answer["tasks"] = .array(tasks.map { ["id": $0["id"], "state": $0["state"], "status": $0["status"]] })
            answer["containers"] = JSON(Set(app.definition.taskDefinition["containerDefinitions"].array.compactMap { $0["name"].string }).sorted())
            var options = LogReader.Options()
            options.tail = count
            options.container = visit.query["container"].flatMap { $0.isEmpty ? nil : $0 }
            // Whoever comes here after a failure wants to read the task that failed.
            let failed = tasks.first { $0["state"] == "bad" }?["id"].string
            options.task = visit.query["task"].flatMap { $0.isEmpty ? nil : $0 } ?? (visit.query["task"] == nil ? failed : nil)
            answer["task"] = JSON(options.task)
            let key = "\(app.name) \(options.task ?? "") \(options.container ?? "") \(count)"
            let (cluster, name, chosen) = (state.cluster, state.name, options)
            let lines = try await logs.value(key) {
                let reader = LogReader(app: name, cluster: cluster, options: chosen, session: Session(calls: Calls(calls), polling: .aws))
                var all: [LogLine] = []
                try await reader.read { all += $0 }
                return all
            }
            answer["lines"] = .array(lines.map(Self.line))
            answer["is_cut"] = .bool(lines.count >= count)
        } catch let error as AWSError {
            answer["problem"] = .string("\(error)")
        } catch let error as DeployError {
            answer["problem"] = .string("\(error)")
        }
        return answer
    }

    private static func line(_ line: LogLine) -> JSON {
        [
            "id": .string("\(line.task.prefix(8))-\(Int(line.time * 1000))"),
            "at": .string(TimeText.machine(Date(timeIntervalSince1970: line.time))),
            "task": .string(String(line.task.prefix(8))), "container": .string(line.container), "message": .string(line.message),
        ]
    }

    // MARK: Configuration

    private func config(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        let containers = app.definition.taskDefinition["containerDefinitions"].array.map { container -> JSON in
            let variables = container["environment"].array.map { variable -> JSON in
                let isProvided = variable["value"].string?.contains("#{") ?? false
                return ["name": variable["name"], "source": .string(isProvided ? "source_provider" : "source_definition")]
            }
            let secrets = container["secrets"].array.map { ["name": $0["name"], "source": $0["valueFrom"]] as JSON }
            return .compact([
                "name": container["name"], "image": container["image"], "cpu": container["cpu"], "memory": container["memory"],
                "variables": .array(variables), "secrets": .array(secrets),
                "ports": JSON(container["portMappings"].array.compactMap { $0["containerPort"].int.map(String.init) }),
            ])
        }
        return [
            "app": .string(app.name), "file": .string(app.definition.file), "sources": JSON(app.definition.sources),
            "cluster": .string(app.definition.cluster), "containers": .array(containers),
        ]
    }

    // MARK: Templates

    private static let tasks = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        {{#problem}}<div class="notice bad" role="alert">{{problem}}</div>{{/problem}}
        <div id="tasks" data-live>
        {{#verdict}}<div class="notice"><p>{{summary}}</p><ul class="evidence">{{#evidence}}<li>{{.}}</li>{{/evidence}}</ul></div>{{/verdict}}
        <div class="scroll" tabindex="0" role="region" aria-label="{{t.tasks}}"><table class="stack"><caption class="hidden">{{t.tasks}}</caption>
        <thead><tr><th scope="col">{{t.task}}</th><th scope="col">{{t.health}}</th><th scope="col">{{t.revision}}</th>
        <th scope="col">{{t.started}}</th><th scope="col">{{t.reason}}</th></tr></thead>
        <tbody>{{#tasks}}<tr><th scope="row"><a class="mono" href="/apps/{{path(app)}}/logs?task={{id}}">{{id}}</a></th>
        <td><span class="state {{state}}">{{word(status)}}</span> {{health}}</td><td>{{revision}}</td>
        <td>{{#started_at}}<time datetime="{{started_at}}" title="{{time(started_at)}}">{{ago(started_at)}}</time>{{/started_at}}</td>
        <td>{{reason}} {{#exit_code}}<small>{{t.exit_code}} {{exit_code}}</small>{{/exit_code}}</td></tr>{{/tasks}}
        {{^tasks}}<tr><td colspan="5">{{t.none}}</td></tr>{{/tasks}}</tbody></table></div></div>
        {{/content}}{{/layout}}
        """#

    private static let logLines = #"""
        {{<layout}}{{$topics}}app:{{app}} logs:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        {{#problem}}<div class="notice warn" role="alert">{{problem}}</div>{{/problem}}
        <form class="filters"><div><label for="task">{{t.task}}</label><input id="task" name="task" list="tasks" value="{{task}}">
        <datalist id="tasks">{{#tasks}}<option value="{{id}}">{{word(status)}}</option>{{/tasks}}</datalist></div>
        <div><label for="container">{{t.container}}</label><input id="container" name="container" list="containers" value="{{container}}">
        <datalist id="containers">{{#containers}}<option value="{{.}}"></option>{{/containers}}</datalist></div>
        <button class="quiet">{{t.show}}</button></form>
        {{#is_cut}}<p class="soft">{{t.logs_cut}} {{limit}}</p>{{/is_cut}}
        <div class="log" role="log" tabindex="0" aria-label="{{t.logs}}" id="log" data-live data-follow><ol>
        {{#lines}}<li id="{{id}}"><a href="#{{id}}" aria-label="{{at}}">{{task}} {{container}}</a>{{message}}</li>
        {{/lines}}{{^lines}}<li>{{t.logs_none}}</li>{{/lines}}</ol></div>
        {{/content}}{{/layout}}
        """#

    private static let config = #"""
        {{<layout}}{{$content}}
        {{>app-head}}
        <p>{{t.definition}}: {{#sources}}<code>{{.}}</code> {{/sources}} · {{t.cluster}}: {{cluster}}</p>
        {{#containers}}<h2>{{name}}</h2>
        <dl class="facts"><dt>{{t.image}}</dt><dd class="mono">{{image}}</dd><dt>{{t.memory}}</dt><dd>{{memory}} MiB</dd>
        <dt>CPU</dt><dd>{{cpu}}</dd></dl>
        <div class="scroll" tabindex="0" role="region" aria-label="{{name}}"><table><caption>{{t.variables}}</caption>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.source}}</th></tr></thead>
        <tbody>{{#variables}}<tr><th scope="row" class="mono">{{name}}</th><td>{{word(source)}}</td></tr>{{/variables}}
        {{#secrets}}<tr><th scope="row" class="mono">{{name}}</th><td><span class="mono">{{source}}</span> ({{t.secret}})</td></tr>{{/secrets}}
        </tbody></table></div>{{/containers}}
        {{/content}}{{/layout}}
        """#
}

/// A watched cluster's connection for the flows of Deployments.
struct Calls: ServiceCalls {
    private let cluster: any ClusterCalls

    init(_ cluster: any ClusterCalls) { self.cluster = cluster }

    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON {
        try await cluster.call(model, operation, input)
    }
}

extension Words {
    static let taskWords: [String: Phrase] = [
        "task": Phrase("Task", "タスク"),
        "container": Phrase("Container", "コンテナ"),
        "started": Phrase("Started", "開始"),
        "exit_code": Phrase("exit code", "終了コード"),
        "show": Phrase("Show", "表示"),
        "logs_none": Phrase("Nothing has been written.", "出力はありません。"),
        "logs_cut": Phrase("Only the last lines are shown:", "表示しているのは直近の行のみ:"),
        "image": Phrase("Image", "イメージ"),
        "variables": Phrase("Variables and secrets: their names and where they come from", "環境変数とシークレット（名前と設定元のみ）"),
        "secret": Phrase("secret", "シークレット"),
        "source_definition": Phrase("Definition", "定義"),
        "source_provider": Phrase("Environment provider", "環境変数プロバイダー"),
        "RUNNING": Phrase("Running", "稼働中"),
        "STOPPED": Phrase("Stopped", "停止"),
        "PENDING": Phrase("Starting", "起動中"),
        "PROVISIONING": Phrase("Starting", "起動中"),
        "DEPROVISIONING": Phrase("Stopping", "停止処理中"),
    ]
}
