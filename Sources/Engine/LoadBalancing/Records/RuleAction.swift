/// What happens to a request that a rule takes.
enum RuleAction: Codable, Sendable, Equatable {
    case forward([WeightedGroup])
    case redirect(Redirect)
    case fixedResponse(FixedResponse)

    /// A target group's share of the requests.
    struct WeightedGroup: Codable, Sendable, Equatable {
        let arn: String
        /// 0 to 999; the share is this weight divided by the sum of all.
        let weight: Int
    }

    /// Each part may hold `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`, which stand for the request's own.
    struct Redirect: Codable, Sendable, Equatable {
        var scheme = "#{protocol}"
        var host = "#{host}"
        var port = "#{port}"
        var path = "/#{path}"
        var query = "#{query}"
        /// 301 or 302.
        let status: Int
    }

    struct FixedResponse: Codable, Sendable, Equatable {
        /// 2xx, 4xx or 5xx.
        let status: Int
        let contentType: String?
        let body: String?
    }

    /// The ARNs of the target groups it forwards to.
    var targetGroups: [String] {
        if case .forward(let groups) = self { groups.map(\.arn) } else { [] }
    }
}
