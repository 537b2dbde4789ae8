import Foundation

/// A definition of an app of the test image.
struct AppFile {
    let path: String

    /// - Parameters:
    ///   - app: more lines of the app container, indented by two.
    ///   - balanced: behind a load balancer `hako-NAME`.
    static func write(
        _ name: String = "web", in directory: String, desired: Int = 2, tag: String = "1", healthPath: String = "/healthz", balanced: Bool = true,
        app: String = "", image: String = "jubako-test-web"
    ) throws -> AppFile {
        let balancing = """
              elb_v2:
                vpc_id: vpc-1
                subnets: [subnet-1, subnet-2]
                listeners: [{port: 80, protocol: HTTP}]
                health_check_path: \(healthPath)
                container_name: app
                container_port: 8080
                target_group_attributes: {deregistration_delay.timeout_seconds: '2'}

            """
        let text = """
            scheduler:
              type: ecs
              region: us-east-1
              cluster: default
              desired_count: \(desired)
              health_check_grace_period_seconds: 1
              deployment_configuration:
                minimum_healthy_percent: 100
                maximum_percent: 200
                deployment_circuit_breaker: {enable: true, rollback: true, threshold_configuration: {type: COUNT, value: 1}}
            \(balanced ? balancing : "")app:
              image: \(image)
              tag: '\(tag)'
              memory: 64
              stop_timeout: 5
              port_mappings: [{container_port: 8080, host_port: 0}]
            \(app)

            """
        let file = AppFile(path: "\(directory)/\(name).yml")
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try (balanced ? text : text.replacing("  health_check_grace_period_seconds: 1\n", with: ""))
            .write(toFile: file.path, atomically: true, encoding: .utf8)
        return file
    }
}
