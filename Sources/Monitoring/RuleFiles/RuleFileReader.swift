import Foundation
import ServiceModel

/// Reads rule files.
struct RuleFileReader {
    private var problems: [RuleFileProblem] = []
    private var hasAliases = false
    private let source: SourceText
    private let comments: SilenceComments

    static func read(_ source: SourceText) -> RuleFile {
        var reader = RuleFileReader(source)
        return reader.file()
    }

    private init(_ source: SourceText) {
        self.source = source
        comments = SilenceComments(source)
    }

    private mutating func file() -> RuleFile {
        var groups: [RuleFile.Group] = []
        do {
            let (root, hasAliases) = try YAMLTreeReader.read(source)
            self.hasAliases = hasAliases
            if let root, !root.isNull { groups = self.groups(root) }
        } catch {
            refuse("this is not YAML: \(error.message)", at: error.position)
        }
        let used = Set(groups.flatMap { $0.rules.flatMap(\.silences) })
        return RuleFile(
            path: source.file, source: source, groups: groups, silences: comments.forFile,
            strayedSilences: problems.isEmpty ? comments.unattached(besides: used) : [], hasAliases: hasAliases, problems: problems)
    }

    private mutating func groups(_ root: YAMLTree) -> [RuleFile.Group] {
        guard let members = root.map else {
            refuse("a rule file is a map with the key groups", at: root.start)
            return []
        }
        check(members, known: ["groups"], of: "a rule file")
        guard let list = members.first(where: { $0.key.text == "groups" })?.value else { return [] }
        if list.isNull { return [] }
        guard let groups = list.list else {
            refuse("groups is a list", at: list.start)
            return []
        }
        var result: [RuleFile.Group] = []
        var names: [String: Int] = [:]
        for item in groups {
            guard let group = group(item) else { continue }
            if let first = names[group.name] {
                refuse("the group \(group.name) is already in line \(first): give it a name of its own", at: group.start)
            }
            names[group.name] = group.start.line
            result.append(group)
        }
        return result
    }

    private mutating func group(_ item: YAMLTree) -> RuleFile.Group? {
        guard let members = item.map else {
            refuse("a group is a map with name and rules", at: item.start)
            return nil
        }
        check(members, known: ["name", "interval", "query_offset", "limit", "rules", "labels", "partial_response_strategy"], of: "a group")
        let name = scalar("name", in: members)
        if name?.text.isEmpty ?? true { refuse("the group has no name", at: item.start) }
        let interval = duration("interval", in: members)
        var rules: [RuleFile.Rule] = []
        if let list = members.first(where: { $0.key.text == "rules" })?.value, !list.isNull {
            if let items = list.list { rules = items.compactMap { rule($0) } } else { refuse("rules is a list", at: list.start) }
        }
        return RuleFile.Group(
            name: name?.text ?? "", start: name?.start ?? item.start, interval: interval, rules: rules,
            lines: item.start.line..<max(item.start.line, item.lastLine) + 1)
    }

    private mutating func rule(_ item: YAMLTree) -> RuleFile.Rule? {
        guard let members = item.map else {
            refuse("a rule is a map with alert or record, and expr", at: item.start)
            return nil
        }
        check(members, known: ["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"], of: "a rule")
        let alert = scalar("alert", in: members)
        let record = scalar("record", in: members)
        if alert != nil, record != nil { refuse("a rule is an alert or a record, not both", at: item.start) }
        guard let name = alert ?? record, !name.text.isEmpty else {
            refuse("the rule has neither alert nor record: one of them names it", at: item.start)
            return nil
        }
        guard let expression = scalar("expr", in: members), !expression.text.isEmpty else {
            refuse("\(name.text) has no expr: write the PromQL that it evaluates", at: name.start)
            return nil
        }
        if alert == nil {
            for key in ["for", "keep_firing_for", "annotations"] {
                guard let member = members.first(where: { $0.key.text == key }) else { continue }
                refuse("a recording rule has no \(key): remove it", at: member.key.start)
            }
        }
        _ = duration("for", in: members)
        _ = duration("keep_firing_for", in: members)
        var query: PromQL.Node?
        var syntaxError: PromQL.SyntaxError?
        do { query = try PromQL.parse(expression.text) } catch { syntaxError = error }
        return RuleFile.Rule(
            kind: alert == nil ? .recording : .alert, name: name, expression: expression, query: query, syntaxError: syntaxError,
            hold: scalar("for", in: members), keepFiring: scalar("keep_firing_for", in: members), labels: pairs("labels", in: members),
            annotations: pairs("annotations", in: members), start: item.start, lastLine: item.lastLine,
            silences: comments.forRule(from: item.start.line, through: item.lastLine))
    }

    private mutating func pairs(_ key: String, in members: [YAMLTree.Member]) -> [RuleFile.Rule.Pair] {
        guard let value = members.first(where: { $0.key.text == key })?.value, !value.isNull else { return [] }
        guard let map = value.map else {
            refuse("\(key) is a map of texts", at: value.start)
            return []
        }
        return map.compactMap { member in
            guard let text = member.value.scalar else {
                refuse("\(member.key.text) must be a text", at: member.value.start)
                return nil
            }
            return .init(key: member.key, value: text)
        }
    }

    private mutating func scalar(_ key: String, in members: [YAMLTree.Member]) -> SourceScalar? {
        guard let value = members.first(where: { $0.key.text == key })?.value else { return nil }
        if let scalar = value.scalar { return scalar }
        refuse("\(key) must be a text", at: value.start)
        return nil
    }

    private mutating func duration(_ key: String, in members: [YAMLTree.Member]) -> Double? {
        guard let scalar = scalar(key, in: members), !scalar.text.isEmpty else { return nil }
        if let seconds = PromQLDuration.seconds(scalar.text) { return seconds }
        refuse("\(scalar.text) is no duration: write a number and a unit, such as 5m", at: scalar.start)
        return nil
    }

    private mutating func check(_ members: [YAMLTree.Member], known: [String], of what: String) {
        var seen: Set<String> = []
        for member in members {
            let key = member.key.text
            if !known.contains(key) {
                let hint = Naming.nearest(to: key, among: known).map { ", perhaps \($0) was meant" } ?? ""
                refuse("\(what) has no field \(key)\(hint)", at: member.key.start)
            } else if !seen.insert(key).inserted {
                refuse("\(key) is written twice", at: member.key.start)
            }
        }
    }

    private mutating func refuse(_ message: String, at position: SourcePosition) {
        problems.append(RuleFileProblem(message: message, position: position))
    }
}

extension RuleFile {
    /// Reads the text of a rule file. What is wrong with it is in ``problems``.
    public init(_ bytes: [UInt8], path: String) {
        self = RuleFileReader.read(SourceText(bytes, file: path))
    }
}

extension RuleFile {
    /// Reads the rule file at `path`.
    ///
    /// - Throws: ``RulesError`` when it cannot be read, or is not what Prometheus expects.
    public init(readable path: String) throws(RulesError) {
        self.init(try RulePaths.read(path), path: path)
        if let problem = problems.first { throw RulesError("\(path):\(problem.position.line):\(problem.position.column): \(problem.message)") }
        if let rule = rules.first(where: { $0.syntaxError != nil }), let error = rule.syntaxError {
            let place = rule.expression.position(at: error.offset)
            throw RulesError("\(path):\(place.line):\(place.column): \(error.message)")
        }
    }
}
