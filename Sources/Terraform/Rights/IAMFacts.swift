/// Which actions of AWS can be allowed by tag: from the service authorization reference, through `script/generate-iam-facts`.
struct IAMFacts: Sendable {
    struct Service: Sendable {
        let prefix: String
        let name: String
        var see: [String] = []
        var make: [String] = []
        var born: [String] = []
        var tag: [String] = []
        var blind: [String] = []
        var untag: [String] = []
        var ignore: [String] = []
        var uses: [(actions: [String], resources: [String])] = []
    }

    let services: [String: Service]

    init() {
        var services: [String: Service] = [:]
        var current: Service?
        for line in Self.table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let kind = words.first else { continue }
            let rest = Array(words.dropFirst())
            switch kind {
            case "service":
                if let current { services[current.prefix] = current }
                current = Service(prefix: rest.first ?? "", name: rest.dropFirst().joined(separator: " "))
            case "see": current?.see += rest
            case "make": current?.make += rest
            case "born": current?.born += rest
            case "tag": current?.tag += rest
            case "blind": current?.blind += rest
            case "untag": current?.untag += rest
            case "ignore": current?.ignore += rest
            default:
                guard let on = rest.firstIndex(of: "ON") else { continue }
                current?.uses.append((Array(rest[..<on]), Array(rest[(on + 1)...])))
            }
        }
        if let current { services[current.prefix] = current }
        self.services = services
    }

    /// The service that a resource type of Terraform belongs to; nil for none that is known.
    static func service(of type: String) -> String? {
        guard type.hasPrefix("aws_") else { return nil }
        let name = type.dropFirst(4)
        let prefixes = prefixes.filter { name == $0.0 || name.hasPrefix("\($0.0)_") }
        return prefixes.max { $0.0.count < $1.0.count }?.1 ?? name.split(separator: "_").first.map(String.init)
    }

    /// Where the first word of a type is not the service's prefix.
    private static let prefixes: [(String, String)] =
        [
            (
                "ec2",
                [
                    "instance", "ami", "default", "ebs", "eip", "key_pair", "launch_template", "nat_gateway", "internet_gateway", "egress_only",
                    "network",
                    "placement_group", "route", "route_table", "security_group", "snapshot", "spot", "subnet", "volume", "vpc", "vpn",
                    "customer_gateway",
                    "flow_log", "main_route_table_association", "ec2",
                ]
            ),
            ("rds", ["db", "rds"]), ("elasticloadbalancing", ["lb", "alb", "elb"]), ("logs", ["cloudwatch_log"]), ("events", ["cloudwatch_event"]),
            ("cloudwatch", ["cloudwatch"]), ("states", ["sfn"]), ("apigateway", ["api_gateway", "apigatewayv2"]), ("elasticfilesystem", ["efs"]),
            ("es", ["elasticsearch", "opensearch"]), ("servicediscovery", ["service_discovery"]), ("kafka", ["msk"]), ("elasticmapreduce", ["emr"]),
            ("application-autoscaling", ["appautoscaling"]), ("cognito-idp", ["cognito"]), ("airflow", ["mwaa"]), ("firehose", ["kinesis_firehose"]),
            ("route53resolver", ["route53_resolver"]), ("ds", ["directory_service"]), ("dynamodb", ["dynamodb"]),
            ("autoscaling", ["autoscaling", "launch_configuration"]),
        ].flatMap { service, words in words.map { ($0, service) } }
}
