public import Definitions

extension DesiredState {
    /// What `definition` asks for.
    public init(_ definition: Definition) {
        self.init(
            app: definition.appID, cluster: definition.cluster, region: definition.region, taskDefinition: definition.taskDefinition,
            service: definition.service, loadBalancing: definition.loadBalancing)
    }
}
