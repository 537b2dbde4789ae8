import Foundation
import ServiceModel
import Testing

@testable import Monitoring

private let text = """
    groups:
    - name: a
      rules:
      - alert: Down
        expr: irate(x_total{a="%"}[5m]) > 1
        labels: {severity: page}
    """

private func report(path: String = "rules/a,b.yml") async throws -> RuleReport {
    var validator = RuleValidator()
    validator.promtool = nil
    return try await validator.validate(text, path: path)
}

@Suite struct RuleReportTests {
    @Test func `people see the line and what is meant in it`() async throws {
        let report = try await report()
        #expect(
            report.text().hasSuffix(
                """
                rules/a,b.yml:5:11: warning: irate looks at the last two samples only, so the alert flaps: use rate [alert-irate]
                  5 |     expr: irate(x_total{a="%"}[5m]) > 1
                    |           ^~~~~

                """))
        #expect(report.summary == "1 rule in 1 file: 3 warnings")
        #expect(report.text { text, severity in "<\(severity)\(text)>" }.contains("<warning^~~~~>"))
        #expect(!report.hasFindings(from: .error) && report.hasFindings(from: .warning) && report.count(.info) == 0)
    }

    @Test func `GitHub gets an annotation a finding`() async throws {
        let lines = try await report().annotations.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines.last
                == "::warning file=rules/a%2Cb.yml,line=5,endLine=5,col=11,endColumn=16,title=alert-irate::irate looks at the last two samples only, so the alert flaps: use rate"
        )
    }

    @Test func `JSON has all of it`() async throws {
        let json = try await report().json
        #expect(json["rules"].int == 1 && json["warnings"].int == 3 && json["errors"].int == 0)
        let last = json["findings"][2]
        #expect(last["check"].string == "alert-irate" && last["line"].int == 5 && last["end_column"].int == 16 && last["rule"].string == "Down")
        #expect(last["documentation"].string == "docs/checks.md#alert-irate")
    }

    /// What the schema of SARIF 2.1.0 requires, and what GitHub's code scanning asks for.
    @Test(arguments: ["rules/a,b.yml", "./rules/é.yml", "/rules/a b.yml"])
    func `SARIF has the fields that it must have`(path: String) async throws {
        let report = try await report(path: path)
        let sarif = try JSON(parsing: report.sarif(version: "1.2.3").text)
        #expect(sarif["version"].string == "2.1.0" && sarif["$schema"].string?.hasPrefix("https://") == true && sarif["runs"].array.count == 1)
        let run = sarif["runs"][0]
        let rules = run["tool"]["driver"]["rules"].array
        #expect(run["tool"]["driver"]["name"].string?.isEmpty == false && rules.count == CheckCatalog.all.count)
        let levels: Set = ["none", "note", "warning", "error"]
        #expect(
            rules.allSatisfy { rule in
                rule["id"].string?.isEmpty == false && rule["shortDescription"]["text"].string?.isEmpty == false
                    && levels.contains(rule["defaultConfiguration"]["level"].string ?? "")
            })
        let results = run["results"].array
        #expect(results.count == report.findings.count)
        for result in results {
            let region = result["locations"][0]["physicalLocation"]["region"]
            let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].string ?? ""
            #expect(result["message"]["text"].string?.isEmpty == false && levels.contains(result["level"].string ?? ""))
            #expect(rules[result["ruleIndex"].int ?? -1]["id"].string == result["ruleId"].string)
            #expect(
                (region["startLine"].int ?? 0) >= 1 && (region["startColumn"].int ?? 0) >= 1
                    && (region["endLine"].int ?? 0) >= (region["startLine"].int ?? 0))
            #expect(URL(string: uri) != nil && !uri.hasPrefix("./") && !uri.contains(" "))
        }
    }

    @Test func `a report without findings says so`() async throws {
        var validator = RuleValidator()
        validator.promtool = nil
        let report = try await validator.validate("groups: []", path: "a.yml")
        #expect(report.summary == "0 rules in 1 file: no problems" && report.text().isEmpty && report.annotations.isEmpty)
    }
}
