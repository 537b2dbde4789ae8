import ServiceModel

/// What a definition may hold, as one more table over ECS's: a container is ECS's container definition, the scheduler is all that CreateService,
/// RunTask and RegisterTaskDefinition take, and both have hako's own keys besides. The checks and the editors' schema read it.
enum DefinitionModel {
    static let model = ServiceModel.ecs.extended(by: table)

    /// hako's keys for parts of AWS that jubako does not manage yet.
    static let unsupported = ["scripts"]
    static let unsupportedInScheduler = [
        "autoscaling", "service_discovery", "elb", "oneshot_notification_prefix", "autoscaling_group_for_oneshot", "autoscaling_topic_for_oneshot",
    ]

    /// Fields of ECS that a definition says in another way.
    static let decidedElsewhere = [
        "service_name": "the service is named after the file",
        "family": "the task definition is named after the file",
        "task_definition": "jubako registers the task definition that this file describes",
        "container_definitions": "containers are written as app and sidecars",
        "volumes": "volumes stand at the top of the definition, beside app",
        "client_token": "jubako sets it", "count": "write desired_count", "started_by": "jubako sets it",
        "overrides": "jubako oneshot takes them as options",
    ]

    private static let objectives = """
        list Objectives Objective
        structure Objective
         name string!
         description string
         availability RequestIndicator
         latency LatencyIndicator
         ratio RatioIndicator
         uptime UptimeIndicator
         composite CompositeIndicator
         objective double!
         window string
         time_zone string
         environment string
         no_data MissingData
         low_traffic LowTraffic
         alerts BurnAlerts
         cost_per_minute MinuteCost
        enum MissingData ignore bad hold-last
        enum RequestSource haproxy alb app
        structure RequestIndicator
         source RequestSource
         match Texts
        structure LatencyIndicator RequestIndicator
         within string!
        structure RatioIndicator
         bad string
         good string
         total string!
        structure UptimeIndicator
         series string
        structure CompositeIndicator
         product StringList
         weights Weights
        map Weights integer
        structure LowTraffic
         events integer
         failures integer
        list BurnAlerts BurnAlert
        enum BurnSeverity page ticket
        structure BurnAlert
         severity BurnSeverity!
         window string!
         budget double!
        structure MinuteCost
         amount integer!
         currency string!
        """

    private static let table = """
        structure Definition
         scheduler Scheduler!
         app App!
         sidecars Sidecars
         additional_containers Sidecars
         volumes NamedVolumes
         owner string
         project string
         monitoring Monitoring
         alerts AlertRules
         objectives Objectives
        map Sidecars Sidecar
        map NamedVolumes NamedVolume
        map Env string
        map Labels document
        map Attributes string
        structure App ContainerDefinition -name -image
         image string!
         tag string
         env Env
        structure Sidecar ContainerDefinition -name -image
         image_tag string
         image string
         tag string
         env Env
        structure Monitoring
         port integer
         path string
         container string
         channel string
         url string
         rules GenericRules
         thresholds Thresholds
        map Thresholds double
        list AlertRules AlertRule
        map Texts string
        structure AlertRule
         alert string!
         expr string!
         for string
         keep_firing_for string
         labels Texts
         annotations Texts
        \(objectives)
        structure NamedVolume Volume -name
         source_path string
        enum SchedulerKind ecs
        structure Scheduler CreateServiceRequest RunTaskRequest RegisterTaskDefinitionRequest -serviceName -taskDefinition -clientToken -tags -count \
        -overrides -startedBy -referenceId -family -containerDefinitions -volumes
         type SchedulerKind!
         region string
         tags Labels
         service_tags Labels
         task_placement_constraints TaskDefinitionPlacementConstraints
         dynamic_port_mapping boolean
         elb_v2 LoadBalancing
        enum LoadBalancerKind application network
        enum LoadBalancerScheme internet-facing internal
        enum ListenerProtocol HTTP HTTPS TCP TLS UDP TCP_UDP
        enum TargetKind instance ip
        enum TargetProtocolVersion HTTP1 HTTP2 GRPC
        structure LoadBalancing
         type LoadBalancerKind
         vpc_id string
         subnets StringList
         security_groups StringList
         scheme LoadBalancerScheme
         tags Labels
         listeners LoadBalancingListeners
         load_balancer_name string
         target_group_name string
         target_type TargetKind
         health_check_path string
         protocol_version TargetProtocolVersion
         matcher LoadBalancingMatcher
         load_balancer_attributes Attributes
         target_group_attributes Attributes
         container_name string
         container_port integer
        list LoadBalancingListeners LoadBalancingListener
        structure LoadBalancingListener
         port integer!
         protocol ListenerProtocol!
         certificate_arn string
         ssl_policy string
        structure LoadBalancingMatcher
         http_code string
         grpc_code string
        """
}
