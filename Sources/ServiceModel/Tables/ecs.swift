// Written by script/generate-service-model from botocore 1.44.5. Do not edit.

extension ServiceModel {
    static let ecsTable = #"""
        service ecs json 2014-11-13 AmazonEC2ContainerServiceV20141113
        operation AssociateGatewayWithCluster AssociateGatewayWithClusterRequest AssociateGatewayWithClusterResponse
        operation ContinueServiceDeployment ContinueServiceDeploymentRequest ContinueServiceDeploymentResponse
        operation CreateCapacityProvider CreateCapacityProviderRequest CreateCapacityProviderResponse
        operation CreateCluster CreateClusterRequest CreateClusterResponse
        operation CreateDaemon CreateDaemonRequest CreateDaemonResponse
        operation CreateExpressGatewayService CreateExpressGatewayServiceRequest CreateExpressGatewayServiceResponse
        operation CreateGateway CreateGatewayRequest CreateGatewayResponse
        operation CreateService CreateServiceRequest CreateServiceResponse
        operation CreateTaskSet CreateTaskSetRequest CreateTaskSetResponse
        operation DeleteAccountSetting DeleteAccountSettingRequest DeleteAccountSettingResponse
        operation DeleteAttributes DeleteAttributesRequest DeleteAttributesResponse
        operation DeleteCapacityProvider DeleteCapacityProviderRequest DeleteCapacityProviderResponse
        operation DeleteCluster DeleteClusterRequest DeleteClusterResponse
        operation DeleteDaemon DeleteDaemonRequest DeleteDaemonResponse
        operation DeleteDaemonTaskDefinition DeleteDaemonTaskDefinitionRequest DeleteDaemonTaskDefinitionResponse
        operation DeleteExpressGatewayService DeleteExpressGatewayServiceRequest DeleteExpressGatewayServiceResponse
        operation DeleteGateway DeleteGatewayRequest DeleteGatewayResponse
        operation DeleteService DeleteServiceRequest DeleteServiceResponse
        operation DeleteTaskDefinitions DeleteTaskDefinitionsRequest DeleteTaskDefinitionsResponse
        operation DeleteTaskSet DeleteTaskSetRequest DeleteTaskSetResponse
        operation DeregisterContainerInstance DeregisterContainerInstanceRequest DeregisterContainerInstanceResponse
        operation DeregisterTaskDefinition DeregisterTaskDefinitionRequest DeregisterTaskDefinitionResponse
        operation DescribeCapacityProviders DescribeCapacityProvidersRequest DescribeCapacityProvidersResponse
        operation DescribeClusters DescribeClustersRequest DescribeClustersResponse
        operation DescribeContainerInstances DescribeContainerInstancesRequest DescribeContainerInstancesResponse
        operation DescribeDaemon DescribeDaemonRequest DescribeDaemonResponse
        operation DescribeDaemonDeployments DescribeDaemonDeploymentsRequest DescribeDaemonDeploymentsResponse
        operation DescribeDaemonRevisions DescribeDaemonRevisionsRequest DescribeDaemonRevisionsResponse
        operation DescribeDaemonTaskDefinition DescribeDaemonTaskDefinitionRequest DescribeDaemonTaskDefinitionResponse
        operation DescribeExpressGatewayService DescribeExpressGatewayServiceRequest DescribeExpressGatewayServiceResponse
        operation DescribeGateway DescribeGatewayRequest DescribeGatewayResponse
        operation DescribeGatewayResources DescribeGatewayResourcesRequest DescribeGatewayResourcesResponse
        operation DescribeGatewayRoute DescribeGatewayRouteRequest DescribeGatewayRouteResponse
        operation DescribeServiceDeployments DescribeServiceDeploymentsRequest DescribeServiceDeploymentsResponse
        operation DescribeServiceRevisions DescribeServiceRevisionsRequest DescribeServiceRevisionsResponse
        operation DescribeServices DescribeServicesRequest DescribeServicesResponse
        operation DescribeTaskDefinition DescribeTaskDefinitionRequest DescribeTaskDefinitionResponse
        operation DescribeTaskSets DescribeTaskSetsRequest DescribeTaskSetsResponse
        operation DescribeTasks DescribeTasksRequest DescribeTasksResponse
        operation DisassociateGatewayFromCluster DisassociateGatewayFromClusterRequest DisassociateGatewayFromClusterResponse
        operation DiscoverPollEndpoint DiscoverPollEndpointRequest DiscoverPollEndpointResponse
        operation ExecuteCommand ExecuteCommandRequest ExecuteCommandResponse
        operation GetTaskProtection GetTaskProtectionRequest GetTaskProtectionResponse
        operation ListAccountSettings ListAccountSettingsRequest ListAccountSettingsResponse
        operation ListAttributes ListAttributesRequest ListAttributesResponse
        operation ListClusters ListClustersRequest ListClustersResponse
        operation ListContainerInstances ListContainerInstancesRequest ListContainerInstancesResponse
        operation ListDaemonDeployments ListDaemonDeploymentsRequest ListDaemonDeploymentsResponse
        operation ListDaemonTaskDefinitions ListDaemonTaskDefinitionsRequest ListDaemonTaskDefinitionsResponse
        operation ListDaemons ListDaemonsRequest ListDaemonsResponse
        operation ListGatewayClusterAssociations ListGatewayClusterAssociationsRequest ListGatewayClusterAssociationsResponse
        operation ListGatewayRoutes ListGatewayRoutesRequest ListGatewayRoutesResponse
        operation ListGateways ListGatewaysRequest ListGatewaysResponse
        operation ListServiceDeployments ListServiceDeploymentsRequest ListServiceDeploymentsResponse
        operation ListServices ListServicesRequest ListServicesResponse
        operation ListServicesByNamespace ListServicesByNamespaceRequest ListServicesByNamespaceResponse
        operation ListTagsForResource ListTagsForResourceRequest ListTagsForResourceResponse
        operation ListTaskDefinitionFamilies ListTaskDefinitionFamiliesRequest ListTaskDefinitionFamiliesResponse
        operation ListTaskDefinitions ListTaskDefinitionsRequest ListTaskDefinitionsResponse
        operation ListTasks ListTasksRequest ListTasksResponse
        operation PutAccountSetting PutAccountSettingRequest PutAccountSettingResponse
        operation PutAccountSettingDefault PutAccountSettingDefaultRequest PutAccountSettingDefaultResponse
        operation PutAttributes PutAttributesRequest PutAttributesResponse
        operation PutClusterCapacityProviders PutClusterCapacityProvidersRequest PutClusterCapacityProvidersResponse
        operation RegisterContainerInstance RegisterContainerInstanceRequest RegisterContainerInstanceResponse
        operation RegisterDaemonTaskDefinition RegisterDaemonTaskDefinitionRequest RegisterDaemonTaskDefinitionResponse
        operation RegisterTaskDefinition RegisterTaskDefinitionRequest RegisterTaskDefinitionResponse
        operation RunTask RunTaskRequest RunTaskResponse
        operation StartTask StartTaskRequest StartTaskResponse
        operation StopServiceDeployment StopServiceDeploymentRequest StopServiceDeploymentResponse
        operation StopTask StopTaskRequest StopTaskResponse
        operation SubmitAttachmentStateChanges SubmitAttachmentStateChangesRequest SubmitAttachmentStateChangesResponse
        operation SubmitContainerStateChange SubmitContainerStateChangeRequest SubmitContainerStateChangeResponse
        operation SubmitTaskStateChange SubmitTaskStateChangeRequest SubmitTaskStateChangeResponse
        operation TagResource TagResourceRequest TagResourceResponse
        operation UntagResource UntagResourceRequest UntagResourceResponse
        operation UpdateCapacityProvider UpdateCapacityProviderRequest UpdateCapacityProviderResponse
        operation UpdateCluster UpdateClusterRequest UpdateClusterResponse
        operation UpdateClusterSettings UpdateClusterSettingsRequest UpdateClusterSettingsResponse
        operation UpdateContainerAgent UpdateContainerAgentRequest UpdateContainerAgentResponse
        operation UpdateContainerInstancesState UpdateContainerInstancesStateRequest UpdateContainerInstancesStateResponse
        operation UpdateDaemon UpdateDaemonRequest UpdateDaemonResponse
        operation UpdateExpressGatewayService UpdateExpressGatewayServiceRequest UpdateExpressGatewayServiceResponse
        operation UpdateGateway UpdateGatewayRequest UpdateGatewayResponse
        operation UpdateService UpdateServiceRequest UpdateServiceResponse
        operation UpdateServicePrimaryTaskSet UpdateServicePrimaryTaskSetRequest UpdateServicePrimaryTaskSetResponse
        operation UpdateTaskProtection UpdateTaskProtectionRequest UpdateTaskProtectionResponse
        operation UpdateTaskSet UpdateTaskSetRequest UpdateTaskSetResponse
        structure AcceleratorCountRequest
         min integer
         max integer
        enum AcceleratorManufacturer amazon-web-services amd nvidia xilinx habana
        list AcceleratorManufacturerSet AcceleratorManufacturer
        enum AcceleratorName a100 inferentia k520 k80 m60 radeon-pro-v520 t4 vu9p v100 a10g h100 t4g l40s l4
        list AcceleratorNameSet AcceleratorName
        structure AcceleratorTotalMemoryMiBRequest
         min integer
         max integer
        enum AcceleratorType gpu fpga inference
        list AcceleratorTypeSet AcceleratorType
        exception AccessDeniedException AccessDeniedException
        enum AccessType PUBLIC PRIVATE
        list AccessTypeList AccessType
        structure AdvancedConfiguration
         alternateTargetGroupArn string
         productionListenerRule string
         testListenerRule string
         roleArn string
        enum AgentUpdateStatus PENDING STAGING STAGED UPDATING UPDATED FAILED
        list AllowedInstanceTypeSet string
        enum ApplicationProtocol http http2 grpc
        enum AssignPublicIp ENABLED DISABLED
        structure AssociateGatewayWithClusterRequest
         gateway string!
         cluster string!
        structure AssociateGatewayWithClusterResponse
         gatewayArn string
         clusterArn string
         status GatewayClusterAssociationStatus
        structure Attachment
         id string
         type string
         status string
         details AttachmentDetails
        list AttachmentDetails KeyValuePair
        structure AttachmentStateChange
         attachmentArn string!
         status string!
        list AttachmentStateChanges AttachmentStateChange
        list Attachments Attachment
        enum AttestationPolicyStatus CONFIGURED
        structure Attribute
         name string!
         value string
         targetType TargetType
         targetId string
        exception AttributeLimitExceededException AttributeLimitExceededException
        list Attributes Attribute
        enum AutoRepairActionsStatus ENABLED DISABLED
        structure AutoRepairConfiguration
         actionsStatus AutoRepairActionsStatus
        structure AutoScalingGroupProvider
         autoScalingGroupArn string!
         managedScaling ManagedScaling
         managedTerminationProtection ManagedTerminationProtection
         managedDraining ManagedDraining
        structure AutoScalingGroupProviderUpdate
         managedScaling ManagedScaling
         managedTerminationProtection ManagedTerminationProtection
         managedDraining ManagedDraining
        enum AvailabilityZoneRebalancing ENABLED DISABLED
        structure AwsVpcConfiguration
         subnets StringList!~
         securityGroups StringList~=[]
         assignPublicIp AssignPublicIp="DISABLED"
        enum BareMetal included required excluded
        structure BaselineEbsBandwidthMbpsRequest
         min integer
         max integer
        exception BlockedException BlockedException
        enum BurstablePerformance included required excluded
        enum CPUArchitecture X86_64 ARM64
        structure CanaryConfiguration
         canaryPercent double
         canaryBakeTimeInMinutes integer
        enum CapacityOptionType ON_DEMAND SPOT RESERVED
        structure CapacityProvider
         capacityProviderArn string
         name string
         cluster string
         status CapacityProviderStatus
         autoScalingGroupProvider AutoScalingGroupProvider
         managedInstancesProvider ManagedInstancesProvider
         updateStatus CapacityProviderUpdateStatus
         updateStatusReason string
         tags Tags
         type CapacityProviderType
        enum CapacityProviderField TAGS
        list CapacityProviderFieldList CapacityProviderField
        enum CapacityProviderStatus PROVISIONING ACTIVE DEPROVISIONING INACTIVE
        list CapacityProviderStrategy CapacityProviderStrategyItem
        structure CapacityProviderStrategyItem
         capacityProvider string!
         weight integer=0
         base integer=0
        enum CapacityProviderType EC2_AUTOSCALING MANAGED_INSTANCES FARGATE FARGATE_SPOT
        enum CapacityProviderUpdateStatus CREATE_IN_PROGRESS CREATE_COMPLETE CREATE_FAILED DELETE_IN_PROGRESS DELETE_COMPLETE DELETE_FAILED UPDATE_IN_PROGRESS UPDATE_COMPLETE UPDATE_FAILED
        list CapacityProviders CapacityProvider
        enum CapacityReservationPreference RESERVATIONS_ONLY RESERVATIONS_FIRST RESERVATIONS_EXCLUDED
        structure CapacityReservationRequest
         reservationGroupArn string
         reservationPreference CapacityReservationPreference
        exception ClientException ClientException
        structure Cluster
         clusterArn string
         clusterName string
         configuration ClusterConfiguration
         status string
         registeredContainerInstancesCount integer
         runningTasksCount integer
         pendingTasksCount integer
         activeServicesCount integer
         statistics Statistics
         tags Tags
         settings ClusterSettings
         capacityProviders StringList
         defaultCapacityProviderStrategy CapacityProviderStrategy
         attachments Attachments
         attachmentsStatus string
         serviceConnectDefaults ClusterServiceConnectDefaults
        structure ClusterConfiguration
         executeCommandConfiguration ExecuteCommandConfiguration
         managedStorageConfiguration ManagedStorageConfiguration
        exception ClusterContainsCapacityProviderException ClusterContainsCapacityProviderException
        exception ClusterContainsContainerInstancesException ClusterContainsContainerInstancesException
        exception ClusterContainsServicesException ClusterContainsServicesException
        exception ClusterContainsTasksException ClusterContainsTasksException
        enum ClusterField ATTACHMENTS CONFIGURATIONS SETTINGS STATISTICS TAGS
        list ClusterFieldList ClusterField
        exception ClusterNotFoundException ClusterNotFoundException
        structure ClusterServiceConnectDefaults
         namespace string
        structure ClusterServiceConnectDefaultsRequest
         namespace string!
        structure ClusterSetting
         name ClusterSettingName
         value string
        enum ClusterSettingName containerInsights
        list ClusterSettings ClusterSetting
        list Clusters Cluster
        enum Compatibility EC2 FARGATE EXTERNAL MANAGED_INSTANCES
        list CompatibilityList Compatibility
        exception ConflictException ConflictException
        enum Connectivity CONNECTED DISCONNECTED
        structure Container
         containerArn string
         taskArn string
         name string
         image string
         imageDigest string
         runtimeId string
         lastStatus string
         exitCode integer
         reason string
         networkBindings NetworkBindings
         networkInterfaces NetworkInterfaces
         healthStatus HealthStatus
         managedAgents ManagedAgents
         cpu string
         memory string
         memoryReservation string
         gpuIds GpuIds
         neuronDeviceIds NeuronDeviceIds
         gpuSharingStrategy SharingStrategy
        enum ContainerCondition START COMPLETE SUCCESS HEALTHY
        structure ContainerDefinition
         name string
         image string
         repositoryCredentials RepositoryCredentials
         cpu integer=0
         memory integer
         memoryReservation integer
         links StringList~
         portMappings PortMappingList~
         essential boolean=true
         restartPolicy ContainerRestartPolicy
         entryPoint StringList
         command StringList
         environment EnvironmentVariables~
         environmentFiles EnvironmentFiles~
         mountPoints MountPointList~
         volumesFrom VolumeFromList~
         linuxParameters LinuxParameters
         secrets SecretList~
         dependsOn ContainerDependencies~
         startTimeout integer
         stopTimeout integer
         versionConsistency VersionConsistency
         hostname string
         user string
         workingDirectory string
         disableNetworking boolean
         privileged boolean
         readonlyRootFilesystem boolean
         dnsServers StringList
         dnsSearchDomains StringList
         extraHosts HostEntryList~
         dockerSecurityOptions StringList~
         interactive boolean
         pseudoTerminal boolean
         dockerLabels DockerLabelsMap
         ulimits UlimitList~
         logConfiguration LogConfiguration
         healthCheck HealthCheck
         systemControls SystemControls~
         resourceRequirements ResourceRequirements~
         firelensConfiguration FirelensConfiguration
         credentialSpecs StringList
        list ContainerDefinitions ContainerDefinition
        list ContainerDependencies ContainerDependency
        structure ContainerDependency
         containerName string!
         condition ContainerCondition!
        structure ContainerImage
         containerName string
         imageDigest string
         image string
        list ContainerImages ContainerImage
        structure ContainerInstance
         containerInstanceArn string
         ec2InstanceId string
         capacityProviderName string
         version long
         versionInfo VersionInfo
         remainingResources Resources
         registeredResources Resources
         status string
         statusReason string
         agentConnected boolean
         runningTasksCount integer
         pendingTasksCount integer
         agentUpdateStatus AgentUpdateStatus
         attributes Attributes
         registeredAt timestamp
         attachments Attachments
         tags Tags
         healthStatus ContainerInstanceHealthStatus
         gpuDevices GpuDevices
        enum ContainerInstanceField TAGS CONTAINER_INSTANCE_HEALTH
        list ContainerInstanceFieldList ContainerInstanceField
        structure ContainerInstanceHealthStatus
         overallStatus InstanceHealthCheckState
         details InstanceHealthCheckResultList
        enum ContainerInstanceStatus ACTIVE DRAINING REGISTERING DEREGISTERING REGISTRATION_FAILED
        list ContainerInstances ContainerInstance
        structure ContainerOverride
         name string
         command StringList
         environment EnvironmentVariables
         environmentFiles EnvironmentFiles
         cpu integer
         memory integer
         memoryReservation integer
         resourceRequirements ResourceRequirements
        list ContainerOverrides ContainerOverride
        structure ContainerRestartPolicy
         enabled boolean!
         ignoredExitCodes IntegerList~
         restartAttemptPeriod integer=300
        structure ContainerStateChange
         containerName string
         imageDigest string
         runtimeId string
         exitCode integer
         networkBindings NetworkBindings
         reason string
         status string
        list ContainerStateChanges ContainerStateChange
        list Containers Container
        structure ContinueServiceDeploymentRequest
         serviceDeploymentArn string!
         hookId string!
         action DeploymentLifecycleHookAction
        structure ContinueServiceDeploymentResponse
         serviceDeploymentArn string
        enum CpuManufacturer intel amd amazon-web-services
        list CpuManufacturerSet CpuManufacturer
        structure CreateCapacityProviderRequest
         name string!
         cluster string
         autoScalingGroupProvider AutoScalingGroupProvider
         managedInstancesProvider CreateManagedInstancesProviderConfiguration
         tags Tags
        structure CreateCapacityProviderResponse
         capacityProvider CapacityProvider
        structure CreateClusterRequest
         clusterName string
         tags Tags
         settings ClusterSettings
         configuration ClusterConfiguration
         capacityProviders StringList
         defaultCapacityProviderStrategy CapacityProviderStrategy
         serviceConnectDefaults ClusterServiceConnectDefaultsRequest
        structure CreateClusterResponse
         cluster Cluster
        structure CreateDaemonRequest
         daemonName string!
         clusterArn string
         daemonTaskDefinitionArn string!
         capacityProviderArns StringList!
         deploymentConfiguration DaemonDeploymentConfiguration
         tags Tags
         propagateTags DaemonPropagateTags
         enableECSManagedTags boolean
         enableExecuteCommand boolean
         clientToken string
         critical boolean
        structure CreateDaemonResponse
         daemonArn string
         status DaemonStatus
         createdAt timestamp
         deploymentArn string
        structure CreateExpressGatewayServiceRequest
         executionRoleArn string
         infrastructureRoleArn string!
         serviceName string
         cluster string
         healthCheckPath string
         primaryContainer ExpressGatewayContainer
         taskRoleArn string
         networkConfiguration ExpressGatewayServiceNetworkConfiguration
         cpu string
         memory string
         cpuArchitecture ExpressCpuArchitecture
         scalingTarget ExpressGatewayScalingTarget
         tags Tags
         taskDefinitionArn string
        structure CreateExpressGatewayServiceResponse
         service ECSExpressGatewayService
        structure CreateGatewayRequest
         name string!
         infrastructureRoleArn string!
         clientToken string
         deletionProtection boolean
         configuration GatewayConfiguration!
         tags Tags
         propagateTags PropagateGatewayTags
        structure CreateGatewayResponse
         gatewayArn string
         name string
         status GatewayStatus
        structure CreateManagedInstancesProviderConfiguration
         infrastructureRoleArn string!
         instanceLaunchTemplate InstanceLaunchTemplate!
         propagateTags PropagateMITags
         infrastructureOptimization InfrastructureOptimization
         autoRepairConfiguration AutoRepairConfiguration
        structure CreateServiceRequest
         cluster string
         serviceName string!
         taskDefinition string
         availabilityZoneRebalancing AvailabilityZoneRebalancing="DISABLED"
         loadBalancers LoadBalancers~
         serviceRegistries ServiceRegistries~
         desiredCount integer
         clientToken string
         launchType LaunchType
         capacityProviderStrategy CapacityProviderStrategy~
         platformVersion string="LATEST"
         role string
         deploymentConfiguration DeploymentConfiguration
         placementConstraints PlacementConstraints~
         placementStrategy PlacementStrategies
         networkConfiguration NetworkConfiguration
         healthCheckGracePeriodSeconds integer=0
         schedulingStrategy SchedulingStrategy="REPLICA"
         deploymentController DeploymentController
         tags Tags~
         enableECSManagedTags boolean=false
         propagateTags PropagateTags="NONE"
         enableExecuteCommand boolean=false
         serviceConnectConfiguration ServiceConnectConfiguration
         volumeConfigurations ServiceVolumeConfigurations~
         vpcLatticeConfigurations VpcLatticeConfigurations~
         gatewayConnectors GatewayConnectorList
         monitoring MonitoringConfiguration
        structure CreateServiceResponse
         service Service
        structure CreateTaskSetRequest
         service string!
         cluster string!
         externalId string
         taskDefinition string!
         networkConfiguration NetworkConfiguration
         loadBalancers LoadBalancers
         serviceRegistries ServiceRegistries
         launchType LaunchType
         capacityProviderStrategy CapacityProviderStrategy
         platformVersion string
         scale Scale
         clientToken string
         tags Tags
        structure CreateTaskSetResponse
         taskSet TaskSet
        structure CreatedAt
         before timestamp
         after timestamp
        structure DaemonAlarmConfiguration
         alarmNames StringList
         enable boolean
        structure DaemonCapacityProvider
         arn string
         runningCount integer
         withoutDaemonCount integer
        list DaemonCapacityProviderList DaemonCapacityProvider
        structure DaemonCircuitBreaker
         failureCount integer
         status DaemonDeploymentRollbackMonitorsStatus
         threshold integer
        structure DaemonContainerDefinition
         name string
         image string!
         memory integer
         memoryReservation integer
         repositoryCredentials RepositoryCredentials
         healthCheck HealthCheck
         cpu integer
         essential boolean
         entryPoint StringList
         command StringList
         workingDirectory string
         environmentFiles EnvironmentFiles
         environment EnvironmentVariables
         secrets SecretList
         readonlyRootFilesystem boolean
         mountPoints MountPointList
         logConfiguration LogConfiguration
         firelensConfiguration FirelensConfiguration
         privileged boolean
         user string
         ulimits UlimitList
         linuxParameters DaemonLinuxParameters
         dependsOn ContainerDependencies
         startTimeout integer
         stopTimeout integer
         systemControls SystemControls
         interactive boolean
         pseudoTerminal boolean
         restartPolicy ContainerRestartPolicy
        list DaemonContainerDefinitionList DaemonContainerDefinition
        structure DaemonContainerImage
         containerName string
         imageDigest string
         image string
        list DaemonContainerImages DaemonContainerImage
        structure DaemonDeployment
         daemonDeploymentArn string
         clusterArn string
         status DaemonDeploymentStatus
         statusReason string
         targetDaemonRevision DaemonDeploymentRevisionDetail
         sourceDaemonRevisions DaemonDeploymentRevisionDetailList
         circuitBreaker DaemonCircuitBreaker
         alarms DaemonDeploymentAlarms
         rollback DaemonRollback
         deploymentConfiguration DaemonDeploymentConfiguration
         createdAt timestamp
         startedAt timestamp
         stoppedAt timestamp
         finishedAt timestamp
        structure DaemonDeploymentAlarms
         status DaemonDeploymentRollbackMonitorsStatus
         alarmNames StringList
         triggeredAlarmNames StringList
        structure DaemonDeploymentCapacityProvider
         arn string
         runningInstanceCount integer
         withoutDaemonInstanceCount integer
         drainingInstanceCount integer
        list DaemonDeploymentCapacityProviderList DaemonDeploymentCapacityProvider
        structure DaemonDeploymentConfiguration
         drainPercent double
         alarms DaemonAlarmConfiguration
         bakeTimeInMinutes integer
        list DaemonDeploymentList DaemonDeployment
        structure DaemonDeploymentRevisionDetail
         arn string
         capacityProviders DaemonDeploymentCapacityProviderList
         totalRunningInstanceCount integer
         totalWithoutDaemonInstanceCount integer
         totalDrainingInstanceCount integer
        list DaemonDeploymentRevisionDetailList DaemonDeploymentRevisionDetail
        enum DaemonDeploymentRollbackMonitorsStatus TRIGGERED MONITORING MONITORING_COMPLETE DISABLED
        enum DaemonDeploymentStatus PENDING SUCCESSFUL STOPPED STOP_REQUESTED IN_PROGRESS ROLLBACK_IN_PROGRESS ROLLBACK_SUCCESSFUL ROLLBACK_FAILED
        list DaemonDeploymentStatusList DaemonDeploymentStatus
        structure DaemonDeploymentSummary
         daemonDeploymentArn string
         daemonArn string
         clusterArn string
         status DaemonDeploymentStatus
         statusReason string
         targetDaemonRevisionArn string
         createdAt timestamp
         startedAt timestamp
         stoppedAt timestamp
         finishedAt timestamp
        list DaemonDeploymentSummaryList DaemonDeploymentSummary
        structure DaemonDetail
         daemonArn string
         clusterArn string
         status DaemonStatus
         currentRevisions DaemonRevisionDetailList
         deploymentArn string
         createdAt timestamp
         updatedAt timestamp
        enum DaemonIpcMode none shared
        structure DaemonLinuxParameters
         capabilities KernelCapabilities
         devices DevicesList
         initProcessEnabled boolean
         tmpfs TmpfsList
        exception DaemonNotActiveException DaemonNotActiveException
        exception DaemonNotFoundException DaemonNotFoundException
        enum DaemonPidMode none shared
        enum DaemonPropagateTags DAEMON NONE
        structure DaemonRevision
         daemonRevisionArn string
         clusterArn string
         daemonArn string
         daemonTaskDefinitionArn string
         createdAt timestamp
         containerImages DaemonContainerImages
         propagateTags DaemonPropagateTags
         enableECSManagedTags boolean
         enableExecuteCommand boolean
         critical boolean
        structure DaemonRevisionDetail
         arn string
         capacityProviders DaemonCapacityProviderList
         totalRunningCount integer
         totalWithoutDaemonCount integer
        list DaemonRevisionDetailList DaemonRevisionDetail
        list DaemonRevisions DaemonRevision
        structure DaemonRollback
         reason string
         startedAt timestamp
         rollbackTargetDaemonRevisionArn string
         rollbackCapacityProviders StringList
        enum DaemonStatus ACTIVE DELETE_IN_PROGRESS
        list DaemonSummariesList DaemonSummary
        structure DaemonSummary
         daemonArn string
         status DaemonStatus
         createdAt timestamp
         updatedAt timestamp
        structure DaemonTaskDefinition
         daemonTaskDefinitionArn string
         family string
         revision integer
         taskRoleArn string
         executionRoleArn string
         containerDefinitions DaemonContainerDefinitionList
         volumes DaemonVolumeList
         cpu string
         memory string
         status DaemonTaskDefinitionStatus
         registeredAt timestamp
         deleteRequestedAt timestamp
         registeredBy string
         pidMode DaemonPidMode
         ipcMode DaemonIpcMode
        enum DaemonTaskDefinitionRevisionFilter LAST_REGISTERED
        enum DaemonTaskDefinitionStatus ACTIVE DELETE_IN_PROGRESS DELETED
        enum DaemonTaskDefinitionStatusFilter ACTIVE DELETE_IN_PROGRESS ALL
        list DaemonTaskDefinitionSummaries DaemonTaskDefinitionSummary
        structure DaemonTaskDefinitionSummary
         arn string
         registeredAt timestamp
         registeredBy string
         deleteRequestedAt timestamp
         status DaemonTaskDefinitionStatus
        structure DaemonVolume
         name string
         host HostVolumeProperties
         logDriverVolumeConfiguration LogDriverVolumeConfiguration
        list DaemonVolumeList DaemonVolume
        structure DeleteAccountSettingRequest
         name SettingName!
         principalArn string
        structure DeleteAccountSettingResponse
         setting Setting
        structure DeleteAttributesRequest
         cluster string
         attributes Attributes!
        structure DeleteAttributesResponse
         attributes Attributes
        structure DeleteCapacityProviderRequest
         capacityProvider string!
         cluster string
        structure DeleteCapacityProviderResponse
         capacityProvider CapacityProvider
        structure DeleteClusterRequest
         cluster string!
        structure DeleteClusterResponse
         cluster Cluster
        structure DeleteDaemonRequest
         daemonArn string!
        structure DeleteDaemonResponse
         daemonArn string
         status DaemonStatus
         createdAt timestamp
         updatedAt timestamp
         deploymentArn string
        structure DeleteDaemonTaskDefinitionRequest
         daemonTaskDefinition string!
        structure DeleteDaemonTaskDefinitionResponse
         daemonTaskDefinitionArn string
        structure DeleteExpressGatewayServiceRequest
         serviceArn string!
        structure DeleteExpressGatewayServiceResponse
         service ECSExpressGatewayService
        structure DeleteGatewayRequest
         gateway string!
        structure DeleteGatewayResponse
         gatewayArn string
         name string
         status GatewayStatus
        structure DeleteServiceRequest
         cluster string
         service string!
         force boolean
        structure DeleteServiceResponse
         service Service
        structure DeleteTaskDefinitionsRequest
         taskDefinitions StringList!
        structure DeleteTaskDefinitionsResponse
         taskDefinitions TaskDefinitionList
         failures Failures
        structure DeleteTaskSetRequest
         cluster string!
         service string!
         taskSet string!
         force boolean
        structure DeleteTaskSetResponse
         taskSet TaskSet
        structure Deployment
         id string
         status string
         taskDefinition string
         desiredCount integer
         pendingCount integer
         runningCount integer
         failedTasks integer
         createdAt timestamp
         updatedAt timestamp
         capacityProviderStrategy CapacityProviderStrategy
         launchType LaunchType
         platformVersion string
         platformFamily string
         networkConfiguration NetworkConfiguration
         rolloutState DeploymentRolloutState
         rolloutStateReason string
         serviceConnectConfiguration ServiceConnectConfiguration
         serviceConnectResources ServiceConnectServiceResourceList
         volumeConfigurations ServiceVolumeConfigurations
         fargateEphemeralStorage DeploymentEphemeralStorage
         vpcLatticeConfigurations VpcLatticeConfigurations
        structure DeploymentAlarms
         alarmNames StringList!~
         rollback boolean!
         enable boolean!
        structure DeploymentCircuitBreaker
         enable boolean!
         rollback boolean!=false
         resetOnHealthyTask boolean=true
         thresholdConfiguration ThresholdConfiguration={"type":"BOUNDED_PERCENT","value":50}
        structure DeploymentConfiguration
         deploymentCircuitBreaker DeploymentCircuitBreaker
         maximumPercent integer=200
         minimumHealthyPercent integer=100
         alarms DeploymentAlarms
         strategy DeploymentStrategy="ROLLING"
         bakeTimeInMinutes integer=0
         lifecycleHooks DeploymentLifecycleHookList
         linearConfiguration LinearConfiguration
         canaryConfiguration CanaryConfiguration
         earlySuccessCriteria DeploymentEarlySuccessCriteria
        structure DeploymentController
         type DeploymentControllerType!
        enum DeploymentControllerType ECS CODE_DEPLOY EXTERNAL
        structure DeploymentEarlySuccessCriteria
         enable boolean!
         healthyPercent integer
         sourceServiceRevisionCleanup ServiceRevisionCleanup
        structure DeploymentEphemeralStorage
         kmsKeyId string
        structure DeploymentLifecycleHook
         targetType DeploymentLifecycleHookTargetType
         hookTargetArn string
         roleArn string
         lifecycleStages DeploymentLifecycleHookStageList
         hookDetails document
         timeoutConfiguration DeploymentLifecycleHookTimeoutConfiguration
        enum DeploymentLifecycleHookAction ROLLBACK CONTINUE
        structure DeploymentLifecycleHookDetail
         hookId string
         targetType DeploymentLifecycleHookTargetType
         targetArn string
         status DeploymentLifecycleHookStatus
         expiresAt timestamp
         timeoutAction DeploymentLifecycleHookAction
        list DeploymentLifecycleHookDetailList DeploymentLifecycleHookDetail
        list DeploymentLifecycleHookList DeploymentLifecycleHook
        enum DeploymentLifecycleHookStage RECONCILE_SERVICE PRE_SCALE_UP POST_SCALE_UP TEST_TRAFFIC_SHIFT POST_TEST_TRAFFIC_SHIFT PRE_PRODUCTION_TRAFFIC_SHIFT PRODUCTION_TRAFFIC_SHIFT POST_PRODUCTION_TRAFFIC_SHIFT
        list DeploymentLifecycleHookStageList DeploymentLifecycleHookStage
        enum DeploymentLifecycleHookStatus AWAITING_ACTION IN_PROGRESS SUCCEEDED FAILED TIMED_OUT
        enum DeploymentLifecycleHookTargetType AWS_LAMBDA PAUSE
        structure DeploymentLifecycleHookTimeoutConfiguration
         timeoutInMinutes integer
         action DeploymentLifecycleHookAction
        enum DeploymentRolloutState COMPLETED FAILED IN_PROGRESS
        enum DeploymentStrategy ROLLING BLUE_GREEN LINEAR CANARY
        list Deployments Deployment
        structure DeregisterContainerInstanceRequest
         cluster string
         containerInstance string!
         force boolean
        structure DeregisterContainerInstanceResponse
         containerInstance ContainerInstance
        structure DeregisterTaskDefinitionRequest
         taskDefinition string!
        structure DeregisterTaskDefinitionResponse
         taskDefinition TaskDefinition
        structure DescribeCapacityProvidersRequest
         capacityProviders StringList
         cluster string
         include CapacityProviderFieldList
         maxResults integer
         nextToken string
        structure DescribeCapacityProvidersResponse
         capacityProviders CapacityProviders
         failures Failures
         nextToken string
        structure DescribeClustersRequest
         clusters StringList
         include ClusterFieldList
        structure DescribeClustersResponse
         clusters Clusters
         failures Failures
        structure DescribeContainerInstancesRequest
         cluster string
         containerInstances StringList!
         include ContainerInstanceFieldList
        structure DescribeContainerInstancesResponse
         containerInstances ContainerInstances
         failures Failures
        structure DescribeDaemonDeploymentsRequest
         daemonDeploymentArns StringList!
        structure DescribeDaemonDeploymentsResponse
         failures Failures
         daemonDeployments DaemonDeploymentList
        structure DescribeDaemonRequest
         daemonArn string!
        structure DescribeDaemonResponse
         daemon DaemonDetail
        structure DescribeDaemonRevisionsRequest
         daemonRevisionArns StringList!
        structure DescribeDaemonRevisionsResponse
         daemonRevisions DaemonRevisions
         failures Failures
        structure DescribeDaemonTaskDefinitionRequest
         daemonTaskDefinition string!
        structure DescribeDaemonTaskDefinitionResponse
         daemonTaskDefinition DaemonTaskDefinition
        structure DescribeExpressGatewayServiceRequest
         serviceArn string!
         include ExpressGatewayServiceIncludeList
        structure DescribeExpressGatewayServiceResponse
         service ECSExpressGatewayService
        structure DescribeGatewayAlbConfiguration
         networkConfiguration GatewayElbNetworkConfiguration
         scheme GatewayElbScheme
         accessLogs GatewayElbAccessLogConfiguration
         webACLArn string
         port integer
         protocol GatewayAlbProtocol
         maxAlbCount integer
         currentAlbCount integer
         httpDesync GatewayAlbDesyncMitigationMode
         testTrafficRules GatewayAlbTestTrafficRules
        structure DescribeGatewayConfiguration
         hostSharedAlb DescribeGatewayAlbConfiguration
        structure DescribeGatewayRequest
         gateway string!
        structure DescribeGatewayResourcesRequest
         gateway string!
         maxResults integer
         nextToken string
        structure DescribeGatewayResourcesResponse
         gatewayResources GatewayResources
         nextToken string
        structure DescribeGatewayResponse
         gateway Gateway
        structure DescribeGatewayRouteRequest
         gatewayRouteArn string!
        structure DescribeGatewayRouteResponse
         gatewayRoute GatewayRoute
        structure DescribeServiceDeploymentsRequest
         serviceDeploymentArns StringList!
        structure DescribeServiceDeploymentsResponse
         serviceDeployments ServiceDeployments
         failures Failures
        structure DescribeServiceRevisionsRequest
         serviceRevisionArns StringList!
        structure DescribeServiceRevisionsResponse
         serviceRevisions ServiceRevisions
         failures Failures
        structure DescribeServicesRequest
         cluster string
         services StringList!
         include ServiceFieldList
        structure DescribeServicesResponse
         services Services
         failures Failures
        structure DescribeTaskDefinitionRequest
         taskDefinition string!
         include TaskDefinitionFieldList
        structure DescribeTaskDefinitionResponse
         taskDefinition TaskDefinition
         tags Tags
        structure DescribeTaskSetsRequest
         cluster string!
         service string!
         taskSets StringList
         include TaskSetFieldList
        structure DescribeTaskSetsResponse
         taskSets TaskSets
         failures Failures
        structure DescribeTasksRequest
         cluster string
         tasks StringList!
         include TaskFieldList
        structure DescribeTasksResponse
         tasks Tasks
         failures Failures
        enum DesiredStatus RUNNING PENDING STOPPED
        structure Device
         hostPath string!
         containerPath string
         permissions DeviceCgroupPermissions~
        enum DeviceCgroupPermission read write mknod
        list DeviceCgroupPermissions DeviceCgroupPermission
        list DevicesList Device
        structure DisassociateGatewayFromClusterRequest
         gateway string!
         cluster string!
        structure DisassociateGatewayFromClusterResponse
         gatewayArn string
         clusterArn string
         status GatewayClusterAssociationStatus
        structure DiscoverPollEndpointRequest
         containerInstance string
         cluster string
        structure DiscoverPollEndpointResponse
         endpoint string
         telemetryEndpoint string
         serviceConnectEndpoint string
        map DockerLabelsMap string
        structure DockerVolumeConfiguration
         scope Scope="task"
         autoprovision boolean
         driver string="local"
         driverOpts StringMap
         labels StringMap
        enum EBSResourceType volume
        structure EBSTagSpecification
         resourceType EBSResourceType!
         tags Tags
         propagateTags PropagateTags
        list EBSTagSpecifications EBSTagSpecification
        structure ECSExpressGatewayService
         cluster string
         serviceName string
         serviceArn string
         infrastructureRoleArn string
         status ExpressGatewayServiceStatus
         currentDeployment string
         activeConfigurations ExpressGatewayServiceConfigurations
         tags Tags
         createdAt timestamp
         updatedAt timestamp
        structure ECSManagedResources
         ingressPaths ManagedIngressPaths
         autoScaling ManagedAutoScaling
         metricAlarms ManagedMetricAlarms
         serviceSecurityGroups ManagedSecurityGroups
         logGroups ManagedLogGroups
         gatewayConnections GatewayConnectionList
        structure EFSAuthorizationConfig
         accessPointId string
         iam EFSAuthorizationConfigIAM="DISABLED"
        enum EFSAuthorizationConfigIAM ENABLED DISABLED
        enum EFSTransitEncryption ENABLED DISABLED
        structure EFSVolumeConfiguration
         fileSystemId string!
         rootDirectory string="/"
         transitEncryption EFSTransitEncryption="DISABLED"
         transitEncryptionPort integer
         authorizationConfig EFSAuthorizationConfig
        structure ElbGatewayResources
         loadBalancerArn string
         listenerArn string
         securityGroup string
         gatewayRouteArns StringList
        list ElbGatewayResourcesList ElbGatewayResources
        structure EnvironmentFile
         value string!
         type EnvironmentFileType!
        enum EnvironmentFileType s3
        list EnvironmentFiles EnvironmentFile
        list EnvironmentVariables KeyValuePair
        structure EphemeralStorage
         sizeInGiB integer!
        list ExcludedInstanceTypeSet string
        structure ExecuteCommandConfiguration
         kmsKeyId string
         logging ExecuteCommandLogging
         logConfiguration ExecuteCommandLogConfiguration
        structure ExecuteCommandLogConfiguration
         cloudWatchLogGroupName string
         cloudWatchEncryptionEnabled boolean
         s3BucketName string
         s3EncryptionEnabled boolean
         s3KeyPrefix string
        enum ExecuteCommandLogging NONE DEFAULT OVERRIDE
        structure ExecuteCommandRequest
         cluster string
         container string
         command string!
         interactive boolean!
         task string!
        structure ExecuteCommandResponse
         clusterArn string
         containerArn string
         containerName string
         interactive boolean
         session Session
         taskArn string
        enum ExpressCpuArchitecture X86_64 ARM64
        structure ExpressGatewayContainer
         image string!
         containerPort integer
         awsLogsConfiguration ExpressGatewayServiceAwsLogsConfiguration
         repositoryCredentials ExpressGatewayRepositoryCredentials
         command StringList
         environment EnvironmentVariables
         secrets SecretList
        structure ExpressGatewayRepositoryCredentials
         credentialsParameter string
        structure ExpressGatewayScalingTarget
         minTaskCount integer
         maxTaskCount integer
         autoScalingMetric ExpressGatewayServiceScalingMetric
         autoScalingTargetValue integer
        structure ExpressGatewayServiceAwsLogsConfiguration
         logGroup string!
         logStreamPrefix string!
        structure ExpressGatewayServiceConfiguration
         serviceRevisionArn string
         executionRoleArn string
         taskRoleArn string
         taskDefinitionArn string
         cpu string
         memory string
         cpuArchitecture ExpressCpuArchitecture
         networkConfiguration ExpressGatewayServiceNetworkConfiguration
         healthCheckPath string
         primaryContainer ExpressGatewayContainer
         scalingTarget ExpressGatewayScalingTarget
         ingressPaths IngressPathSummaries
         createdAt timestamp
        list ExpressGatewayServiceConfigurations ExpressGatewayServiceConfiguration
        enum ExpressGatewayServiceInclude TAGS
        list ExpressGatewayServiceIncludeList ExpressGatewayServiceInclude
        structure ExpressGatewayServiceNetworkConfiguration
         securityGroups StringList
         subnets StringList
        enum ExpressGatewayServiceScalingMetric AVERAGE_CPU AVERAGE_MEMORY REQUEST_COUNT_PER_TARGET
        structure ExpressGatewayServiceStatus
         statusCode ExpressGatewayServiceStatusCode
         statusReason string
        enum ExpressGatewayServiceStatusCode ACTIVE DRAINING INACTIVE
        structure FSxWindowsFileServerAuthorizationConfig
         credentialsParameter string!
         domain string!
        structure FSxWindowsFileServerVolumeConfiguration
         fileSystemId string!
         rootDirectory string!
         authorizationConfig FSxWindowsFileServerAuthorizationConfig!
        structure Failure
         arn string
         reason string
         detail string
        list Failures Failure
        structure FirelensConfiguration
         type FirelensConfigurationType!
         options FirelensConfigurationOptionsMap
        map FirelensConfigurationOptionsMap string
        enum FirelensConfigurationType fluentd fluentbit
        structure Gateway
         gatewayArn string
         name string
         status GatewayStatus
         statusReason string
         failures GatewayResourceFailureList
         infrastructureRoleArn string
         deletionProtection boolean
         configuration DescribeGatewayConfiguration
         accessType AccessType
         propagateTags PropagateGatewayTags
         tags Tags
         createdAt timestamp
         updatedAt timestamp
        enum GatewayAlbDesyncMitigationMode monitor defensive strictest
        enum GatewayAlbProtocol HTTP HTTPS
        structure GatewayAlbTestTrafficRules
         header GatewayTestTrafficHeader
        enum GatewayClusterAssociationStatus ACTIVE DISASSOCIATING INACTIVE
        list GatewayClusterAssociationStatusList GatewayClusterAssociationStatus
        structure GatewayClusterAssociationSummary
         gatewayArn string
         clusterArn string
         status GatewayClusterAssociationStatus
        list GatewayClusterAssociationSummaryList GatewayClusterAssociationSummary
        structure GatewayConfiguration
         hostSharedAlb HostSharedAlbConfiguration
        structure GatewayConnection
         gatewayArn string
         gatewayRouteArn string
         portName string
         serviceUrl string
         accessType AccessType
         status GatewayRouteStatus
         resources GatewayConnectionResources
        structure GatewayConnectionAlbResources
         acmCertificateArn string
         loadBalancerArn string
         loadBalancerSecurityGroupArns StringList
         listenerArn string
         listenerRuleArn string
         testListenerRuleArn string
         targetGroupArn string
         alternateTargetGroupArn string
        list GatewayConnectionAlbResourcesList GatewayConnectionAlbResources
        list GatewayConnectionList GatewayConnection
        structure GatewayConnectionResources
         hostSharedAlb GatewayConnectionAlbResourcesList
        structure GatewayConnector
         portName string!
         healthCheck GatewayConnectorHealthCheck
         filters GatewayConnectorFilters
         deregistrationDelay GatewayConnectorDeregistrationDelay
        structure GatewayConnectorDeregistrationDelay
         timeoutSeconds integer
        structure GatewayConnectorFilters
         accessTypes AccessTypeList
        structure GatewayConnectorHealthCheck
         healthCheckProtocol GatewayConnectorHealthCheckProtocol
         healthCheckPort integer
         healthCheckPath string
         healthCheckTimeoutSeconds integer
         healthCheckIntervalSeconds integer
         healthyThresholdCount integer
         unhealthyThresholdCount integer
         matcher GatewayConnectorHealthCheckMatcher
        structure GatewayConnectorHealthCheckMatcher
         httpCode string
         grpcCode string
        enum GatewayConnectorHealthCheckProtocol HTTP HTTPS
        list GatewayConnectorList GatewayConnector
        structure GatewayElbAccessLogConfiguration
         destination GatewayElbAccessLogDestination
        structure GatewayElbAccessLogDestination
         s3 GatewayElbAccessLogS3Destination
        structure GatewayElbAccessLogS3Destination
         bucket string!
         prefix string
        enum GatewayElbIpAddressType ipv4 dualstack dualstack-without-public-ipv4
        structure GatewayElbNetworkConfiguration
         inboundSecurityGroup string
         subnets StringList
         ipAddressType GatewayElbIpAddressType
        enum GatewayElbScheme internet-facing internal
        structure GatewayInfrastructureResources
         hostSharedAlb ElbGatewayResourcesList
        exception GatewayNotFoundException GatewayNotFoundException
        structure GatewayOperationError
         operation string
         code string
         message string
        list GatewayOperationErrorList GatewayOperationError
        structure GatewayResourceFailure
         arn string
         errors GatewayOperationErrorList
        list GatewayResourceFailureList GatewayResourceFailure
        structure GatewayResources
         gatewayArn string
         resources GatewayInfrastructureResources
        structure GatewayRoute
         gatewayRouteArn string
         serviceArn string
         serviceContainerPortName string
         status GatewayRouteStatus
         serviceUrl string
         resources GatewayRouteResources
        structure GatewayRouteAlbResources
         acmCertificateArn string
         loadBalancerArn string
         listenerArn string
         listenerRuleArn string
         testListenerRuleArns StringList
         loadBalancerSecurityGroups GatewayRouteLoadBalancerSecurityGroupList
         serviceSecurityGroupArn string
        list GatewayRouteAlbResourcesList GatewayRouteAlbResources
        structure GatewayRouteLoadBalancerSecurityGroup
         arn string
         ruleArns StringList
        list GatewayRouteLoadBalancerSecurityGroupList GatewayRouteLoadBalancerSecurityGroup
        structure GatewayRouteResources
         hostSharedAlb GatewayRouteAlbResourcesList
        enum GatewayRouteStatus ACTIVE CREATE_IN_PROGRESS CREATE_FAILED UPDATE_IN_PROGRESS UPDATE_FAILED DELETE_IN_PROGRESS DELETE_FAILED
        list GatewayRouteStatusList GatewayRouteStatus
        structure GatewayRouteSummary
         gatewayRouteArn string
         gatewayArn string
         clusterArn string
         serviceArn string
         serviceContainerPortName string
         status GatewayRouteStatus
        list GatewayRouteSummaryList GatewayRouteSummary
        enum GatewayStatus ACTIVE UPDATE_IN_PROGRESS UPDATE_COMPLETE UPDATE_FAILED DELETED
        list GatewayStatusList GatewayStatus
        structure GatewaySummary
         gatewayArn string
         name string
         status GatewayStatus
         createdAt timestamp
        list GatewaySummaryList GatewaySummary
        structure GatewayTestTrafficHeader
         name string!
         values StringList!
        structure GetTaskProtectionRequest
         cluster string!
         tasks StringList
        structure GetTaskProtectionResponse
         protectedTasks ProtectedTasks
         failures Failures
        structure GpuDevice
         gpuId string
         sharingMode GpuSharingMode
         totalMemoryInMiB integer
         remainingMemoryInMiB integer
         containerCount integer
        list GpuDevices GpuDevice
        list GpuIds string
        enum GpuSharingMode IDLE NVIDIA_MPS DEDICATED
        structure HealthCheck
         command StringList!
         interval integer=30
         timeout integer=5
         retries integer=3
         startPeriod integer=0
        enum HealthStatus HEALTHY UNHEALTHY UNKNOWN
        structure HostEntry
         hostname string!
         ipAddress string!
        list HostEntryList HostEntry
        structure HostSharedAlbConfiguration
         networkConfiguration GatewayElbNetworkConfiguration
         scheme GatewayElbScheme
         webACLArn string
         accessLogs GatewayElbAccessLogConfiguration
         port integer
         protocol GatewayAlbProtocol
         maxAlbCount integer
         httpDesync GatewayAlbDesyncMitigationMode
         testTrafficRules GatewayAlbTestTrafficRules
        structure HostVolumeProperties
         sourcePath string
        structure InferenceAccelerator
         deviceName string!
         deviceType string!
        structure InferenceAcceleratorOverride
         deviceName string
         deviceType string
        list InferenceAcceleratorOverrides InferenceAcceleratorOverride
        list InferenceAccelerators InferenceAccelerator
        structure InfrastructureOptimization
         scaleInAfter integer
        list IngressPathSummaries IngressPathSummary
        structure IngressPathSummary
         accessType AccessType!
         endpoint string!
        enum InstanceGeneration current previous
        list InstanceGenerationSet InstanceGeneration
        structure InstanceHealthCheckResult
         type InstanceHealthCheckType
         status InstanceHealthCheckState
         statusReason string
         lastUpdated timestamp
         lastStatusChange timestamp
        list InstanceHealthCheckResultList InstanceHealthCheckResult
        enum InstanceHealthCheckState OK IMPAIRED INSUFFICIENT_DATA INITIALIZING
        enum InstanceHealthCheckType CONTAINER_RUNTIME ACCELERATED_COMPUTE DAEMON AGENT_CONNECTIVITY
        structure InstanceLaunchTemplate
         ec2InstanceProfileArn string!
         networkConfiguration ManagedInstancesNetworkConfiguration!
         storageConfiguration ManagedInstancesStorageConfiguration
         localStorageConfiguration ManagedInstancesLocalStorageConfiguration
         monitoring ManagedInstancesMonitoringOptions
         capacityOptionType CapacityOptionType
         instanceMetadataTagsPropagation boolean
         instanceRequirements InstanceRequirementsRequest
         fipsEnabled boolean
         capacityReservations CapacityReservationRequest
         nitroEnclavesEnabled boolean
        structure InstanceLaunchTemplateUpdate
         ec2InstanceProfileArn string
         networkConfiguration ManagedInstancesNetworkConfiguration
         storageConfiguration ManagedInstancesStorageConfiguration
         instanceMetadataTagsPropagation boolean
         localStorageConfiguration ManagedInstancesLocalStorageConfiguration
         monitoring ManagedInstancesMonitoringOptions
         instanceRequirements InstanceRequirementsRequest
         capacityReservations CapacityReservationRequest
        structure InstanceRequirementsRequest
         vCpuCount VCpuCountRangeRequest!
         memoryMiB MemoryMiBRequest!
         cpuManufacturers CpuManufacturerSet
         memoryGiBPerVCpu MemoryGiBPerVCpuRequest
         excludedInstanceTypes ExcludedInstanceTypeSet
         instanceGenerations InstanceGenerationSet
         spotMaxPricePercentageOverLowestPrice integer
         onDemandMaxPricePercentageOverLowestPrice integer
         bareMetal BareMetal
         burstablePerformance BurstablePerformance
         requireHibernateSupport boolean
         networkInterfaceCount NetworkInterfaceCountRequest
         localStorage LocalStorage
         localStorageTypes LocalStorageTypeSet
         totalLocalStorageGB TotalLocalStorageGBRequest
         baselineEbsBandwidthMbps BaselineEbsBandwidthMbpsRequest
         acceleratorTypes AcceleratorTypeSet
         acceleratorCount AcceleratorCountRequest
         acceleratorManufacturers AcceleratorManufacturerSet
         acceleratorNames AcceleratorNameSet
         acceleratorTotalMemoryMiB AcceleratorTotalMemoryMiBRequest
         networkBandwidthGbps NetworkBandwidthGbpsRequest
         allowedInstanceTypes AllowedInstanceTypeSet
         maxSpotPriceAsPercentageOfOptimalOnDemandPrice integer
        list IntegerList integer
        exception InvalidParameterException InvalidParameterException
        enum IpcMode host task none
        enum IsolationMode SHARED ISOLATED_SANDBOX CONFIDENTIAL_SANDBOX
        structure KernelCapabilities
         add StringList~
         drop StringList~
        structure KeyValuePair
         name string
         value string
        enum LaunchType EC2 FARGATE EXTERNAL MANAGED_INSTANCES
        exception LimitExceededException LimitExceededException
        structure LinearConfiguration
         stepPercent double
         stepBakeTimeInMinutes integer
        structure LinuxParameters
         capabilities KernelCapabilities
         devices DevicesList~
         initProcessEnabled boolean
         sharedMemorySize integer
         tmpfs TmpfsList~
         maxSwap integer
         swappiness integer
        structure ListAccountSettingsRequest
         name SettingName
         value string
         principalArn string
         effectiveSettings boolean
         nextToken string
         maxResults integer
        structure ListAccountSettingsResponse
         settings Settings
         nextToken string
        structure ListAttributesRequest
         cluster string
         targetType TargetType!
         attributeName string
         attributeValue string
         nextToken string
         maxResults integer
        structure ListAttributesResponse
         attributes Attributes
         nextToken string
        structure ListClustersRequest
         nextToken string
         maxResults integer
        structure ListClustersResponse
         clusterArns StringList
         nextToken string
        structure ListContainerInstancesRequest
         cluster string
         filter string
         nextToken string
         maxResults integer
         status ContainerInstanceStatus
        structure ListContainerInstancesResponse
         containerInstanceArns StringList
         nextToken string
        structure ListDaemonDeploymentsRequest
         daemonArn string!
         status DaemonDeploymentStatusList
         createdAt CreatedAt
         maxResults integer
         nextToken string
        structure ListDaemonDeploymentsResponse
         nextToken string
         daemonDeployments DaemonDeploymentSummaryList
        structure ListDaemonTaskDefinitionsRequest
         familyPrefix string
         family string
         revision DaemonTaskDefinitionRevisionFilter
         status DaemonTaskDefinitionStatusFilter
         sort SortOrder
         nextToken string
         maxResults integer
        structure ListDaemonTaskDefinitionsResponse
         daemonTaskDefinitions DaemonTaskDefinitionSummaries
         nextToken string
        structure ListDaemonsRequest
         clusterArn string
         capacityProviderArns StringList
         maxResults integer
         nextToken string
        structure ListDaemonsResponse
         daemonSummariesList DaemonSummariesList
         nextToken string
        structure ListGatewayClusterAssociationsRequest
         gateway string
         cluster string
         status GatewayClusterAssociationStatusList
         maxResults integer
         nextToken string
        structure ListGatewayClusterAssociationsResponse
         gatewayClusterAssociations GatewayClusterAssociationSummaryList
         nextToken string
        structure ListGatewayRoutesRequest
         gateway string
         cluster string
         service string
         serviceContainerPortName string
         status GatewayRouteStatusList
         maxResults integer
         nextToken string
        structure ListGatewayRoutesResponse
         gatewayRoutes GatewayRouteSummaryList
         nextToken string
        structure ListGatewaysRequest
         names StringList
         status GatewayStatusList
         maxResults integer
         nextToken string
        structure ListGatewaysResponse
         gateways GatewaySummaryList
         nextToken string
        structure ListServiceDeploymentsRequest
         service string!
         cluster string
         status ServiceDeploymentStatusList
         createdAt CreatedAt
         nextToken string
         maxResults integer
        structure ListServiceDeploymentsResponse
         serviceDeployments ServiceDeploymentsBrief
         nextToken string
        structure ListServicesByNamespaceRequest
         namespace string!
         nextToken string
         maxResults integer
        structure ListServicesByNamespaceResponse
         serviceArns StringList
         nextToken string
        structure ListServicesRequest
         cluster string
         nextToken string
         maxResults integer
         launchType LaunchType
         schedulingStrategy SchedulingStrategy
         resourceManagementType ResourceManagementType
        structure ListServicesResponse
         serviceArns StringList
         nextToken string
        structure ListTagsForResourceRequest
         resourceArn string!
        structure ListTagsForResourceResponse
         tags Tags
        structure ListTaskDefinitionFamiliesRequest
         familyPrefix string
         status TaskDefinitionFamilyStatus
         nextToken string
         maxResults integer
        structure ListTaskDefinitionFamiliesResponse
         families StringList
         nextToken string
        structure ListTaskDefinitionsRequest
         familyPrefix string
         status TaskDefinitionStatus
         sort SortOrder
         nextToken string
         maxResults integer
        structure ListTaskDefinitionsResponse
         taskDefinitionArns StringList
         nextToken string
        structure ListTasksRequest
         cluster string
         containerInstance string
         family string
         nextToken string
         maxResults integer
         startedBy string
         serviceName string
         desiredStatus DesiredStatus
         launchType LaunchType
         daemonName string
        structure ListTasksResponse
         taskArns StringList
         nextToken string
        structure LoadBalancer
         targetGroupArn string
         loadBalancerName string
         containerName string
         containerPort integer
         advancedConfiguration AdvancedConfiguration
        list LoadBalancers LoadBalancer
        enum LocalStorage included required excluded
        enum LocalStorageType hdd ssd
        list LocalStorageTypeSet LocalStorageType
        structure LogConfiguration
         logDriver LogDriver!
         options LogConfigurationOptionsMap
         secretOptions SecretList~
        map LogConfigurationOptionsMap string
        enum LogDriver json-file syslog journald gelf fluentd awslogs splunk awsfirelens
        structure LogDriverVolumeConfiguration
         driver LogDriver!
        structure ManagedAgent
         lastStartedAt timestamp
         name ManagedAgentName
         reason string
         lastStatus string
        enum ManagedAgentName ExecuteCommandAgent
        structure ManagedAgentStateChange
         containerName string!
         managedAgentName ManagedAgentName!
         status string!
         reason string
        list ManagedAgentStateChanges ManagedAgentStateChange
        list ManagedAgents ManagedAgent
        list ManagedApplicationAutoScalingPolicies ManagedApplicationAutoScalingPolicy
        structure ManagedApplicationAutoScalingPolicy
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
         policyType string!
         targetValue double!
         metric string!
        structure ManagedAutoScaling
         scalableTarget ManagedScalableTarget
         applicationAutoScalingPolicies ManagedApplicationAutoScalingPolicies
        structure ManagedCertificate
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
         domainName string!
        enum ManagedDraining ENABLED DISABLED
        structure ManagedIngressPath
         accessType AccessType!
         endpoint string!
         loadBalancer ManagedLoadBalancer
         loadBalancerSecurityGroups ManagedSecurityGroups
         certificate ManagedCertificate
         listener ManagedListener
         rule ManagedListenerRule
         targetGroups ManagedTargetGroups
        list ManagedIngressPaths ManagedIngressPath
        structure ManagedInstancesLocalStorageConfiguration
         useLocalStorage boolean
        enum ManagedInstancesMonitoringOptions BASIC DETAILED
        structure ManagedInstancesNetworkConfiguration
         subnets StringList
         securityGroups StringList
        structure ManagedInstancesProvider
         infrastructureRoleArn string
         instanceLaunchTemplate InstanceLaunchTemplate
         propagateTags PropagateMITags
         infrastructureOptimization InfrastructureOptimization
         autoRepairConfiguration AutoRepairConfiguration
        structure ManagedInstancesStorageConfiguration
         storageSizeGiB integer
        structure ManagedListener
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
        structure ManagedListenerRule
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
        structure ManagedLoadBalancer
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
         scheme string!
         subnetIds StringList
         securityGroupIds StringList
        structure ManagedLogGroup
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
         logGroupName string!
        list ManagedLogGroups ManagedLogGroup
        structure ManagedMetricAlarm
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
        list ManagedMetricAlarms ManagedMetricAlarm
        enum ManagedResourceStatus PROVISIONING ACTIVE DEPROVISIONING DELETED FAILED
        structure ManagedScalableTarget
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
         minCapacity integer!
         maxCapacity integer!
        structure ManagedScaling
         status ManagedScalingStatus
         targetCapacity integer
         minimumScalingStepSize integer
         maximumScalingStepSize integer
         instanceWarmupPeriod integer
        enum ManagedScalingStatus ENABLED DISABLED
        structure ManagedSecurityGroup
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
        list ManagedSecurityGroups ManagedSecurityGroup
        structure ManagedStorageConfiguration
         kmsKeyId string
         fargateEphemeralStorageKmsKeyId string
        structure ManagedTargetGroup
         arn string
         status ManagedResourceStatus!
         statusReason string
         updatedAt timestamp!
         healthCheckPath string!
         healthCheckPort integer!
         port integer!
        list ManagedTargetGroups ManagedTargetGroup
        enum ManagedTerminationProtection ENABLED DISABLED
        structure MemoryGiBPerVCpuRequest
         min double
         max double
        structure MemoryMiBRequest
         min integer!
         max integer
        structure MetricConfiguration
         metricNames MetricNamesList!
         resolutionSeconds integer!
        list MetricConfigurationList MetricConfiguration
        list MetricNamesList string
        exception MissingVersionException MissingVersionException
        structure MonitoringConfiguration
         metricConfigurations MetricConfigurationList
        structure MountPoint
         sourceVolume string
         containerPath string
         readOnly boolean=false
        list MountPointList MountPoint
        exception NamespaceNotFoundException NamespaceNotFoundException
        structure NetworkBandwidthGbpsRequest
         min double
         max double
        structure NetworkBinding
         bindIP string
         containerPort integer
         hostPort integer
         protocol TransportProtocol
         containerPortRange string
         hostPortRange string
        list NetworkBindings NetworkBinding
        structure NetworkConfiguration
         awsvpcConfiguration AwsVpcConfiguration
        structure NetworkInterface
         attachmentId string
         privateIpv4Address string
         ipv6Address string
        structure NetworkInterfaceCountRequest
         min integer
         max integer
        list NetworkInterfaces NetworkInterface
        enum NetworkMode bridge host awsvpc none
        list NeuronDeviceIds string
        exception NoUpdateAvailableException NoUpdateAvailableException
        structure NvidiaMpsAllocation
         memory integer!
         maxComputePercent integer
        enum OSFamily WINDOWS_SERVER_2019_FULL WINDOWS_SERVER_2019_CORE WINDOWS_SERVER_2016_FULL WINDOWS_SERVER_2004_CORE WINDOWS_SERVER_2022_CORE WINDOWS_SERVER_2022_FULL WINDOWS_SERVER_2025_CORE WINDOWS_SERVER_2025_FULL WINDOWS_SERVER_20H2_CORE LINUX
        enum PidMode host task
        structure PlacementConstraint
         type PlacementConstraintType
         expression string
        enum PlacementConstraintType distinctInstance memberOf
        list PlacementConstraints PlacementConstraint
        list PlacementStrategies PlacementStrategy
        structure PlacementStrategy
         type PlacementStrategyType
         field string
        enum PlacementStrategyType random spread binpack
        structure PlatformDevice
         id string!
         type PlatformDeviceType!
        enum PlatformDeviceType GPU NEURON_DEVICE
        list PlatformDevices PlatformDevice
        exception PlatformTaskDefinitionIncompatibilityException PlatformTaskDefinitionIncompatibilityException
        exception PlatformUnknownException PlatformUnknownException
        structure PortMapping
         containerPort integer
         hostPort integer=0
         protocol TransportProtocol="tcp"
         name string
         appProtocol ApplicationProtocol
         containerPortRange string
        list PortMappingList PortMapping
        enum PropagateGatewayTags NONE GATEWAY
        enum PropagateMITags CAPACITY_PROVIDER NONE
        enum PropagateTags TASK_DEFINITION SERVICE NONE
        structure ProtectedTask
         taskArn string
         protectionEnabled boolean
         expirationDate timestamp
        list ProtectedTasks ProtectedTask
        structure ProxyConfiguration
         type ProxyConfigurationType
         containerName string!
         properties ProxyConfigurationProperties~
        list ProxyConfigurationProperties KeyValuePair
        enum ProxyConfigurationType APPMESH
        structure PutAccountSettingDefaultRequest
         name SettingName!
         value string!
        structure PutAccountSettingDefaultResponse
         setting Setting
        structure PutAccountSettingRequest
         name SettingName!
         value string!
         principalArn string
        structure PutAccountSettingResponse
         setting Setting
        structure PutAttributesRequest
         cluster string
         attributes Attributes!
        structure PutAttributesResponse
         attributes Attributes
        structure PutClusterCapacityProvidersRequest
         cluster string!
         capacityProviders StringList!
         defaultCapacityProviderStrategy CapacityProviderStrategy!
        structure PutClusterCapacityProvidersResponse
         cluster Cluster
        structure RegisterContainerInstanceRequest
         cluster string
         instanceIdentityDocument string
         instanceIdentityDocumentSignature string
         totalResources Resources
         versionInfo VersionInfo
         containerInstanceArn string
         attributes Attributes
         platformDevices PlatformDevices
         tags Tags
        structure RegisterContainerInstanceResponse
         containerInstance ContainerInstance
        structure RegisterDaemonTaskDefinitionRequest
         family string!
         taskRoleArn string
         executionRoleArn string
         containerDefinitions DaemonContainerDefinitionList!
         cpu string
         memory string
         volumes DaemonVolumeList
         tags Tags
         pidMode DaemonPidMode
         ipcMode DaemonIpcMode
        structure RegisterDaemonTaskDefinitionResponse
         daemonTaskDefinitionArn string
        structure RegisterTaskDefinitionRequest
         family string!
         taskRoleArn string
         executionRoleArn string
         networkMode NetworkMode="bridge"
         containerDefinitions ContainerDefinitions!~
         volumes VolumeList~
         placementConstraints TaskDefinitionPlacementConstraints~
         requiresCompatibilities CompatibilityList~
         cpu string
         memory string
         tags Tags~
         pidMode PidMode
         ipcMode IpcMode
         proxyConfiguration ProxyConfiguration
         inferenceAccelerators InferenceAccelerators~
         ephemeralStorage EphemeralStorage
         runtimePlatform RuntimePlatform
         enableFaultInjection boolean
         trustedExecutionConfiguration TrustedExecutionConfiguration
        structure RegisterTaskDefinitionResponse
         taskDefinition TaskDefinition
         tags Tags
        structure RepositoryCredentials
         credentialsParameter string!
        list RequiresAttributes Attribute
        structure ResolvedConfiguration
         loadBalancers ServiceRevisionLoadBalancers
         vpcLatticeConfigurations ServiceRevisionVpcLatticeConfigurations
        structure Resource
         name string
         type string
         doubleValue double
         longValue long
         integerValue integer
         stringSetValue StringList
        exception ResourceInUseException ResourceInUseException
        enum ResourceManagementType CUSTOMER ECS
        exception ResourceNotFoundException ResourceNotFoundException
        structure ResourceRequirement
         value string
         type ResourceType!
         sharingStrategy SharingStrategy
        list ResourceRequirements ResourceRequirement
        enum ResourceType GPU InferenceAccelerator NeuronDevice
        list Resources Resource
        structure Rollback
         reason string
         startedAt timestamp
         serviceRevisionArn string
        structure RunTaskRequest
         capacityProviderStrategy CapacityProviderStrategy~
         cluster string
         count integer
         enableECSManagedTags boolean
         enableExecuteCommand boolean
         group string
         launchType LaunchType
         networkConfiguration NetworkConfiguration
         overrides TaskOverride
         placementConstraints PlacementConstraints~
         placementStrategy PlacementStrategies
         platformVersion string
         propagateTags PropagateTags
         referenceId string
         startedBy string
         tags Tags~
         taskDefinition string!
         clientToken string
         volumeConfigurations TaskVolumeConfigurations
        structure RunTaskResponse
         tasks Tasks
         failures Failures
        structure RuntimePlatform
         cpuArchitecture CPUArchitecture="X86_64"
         operatingSystemFamily OSFamily="LINUX"
        structure RuntimePlatformOverride
         cpuArchitecture string
        structure S3FilesVolumeConfiguration
         fileSystemArn string!
         rootDirectory string
         transitEncryptionPort integer
         accessPointArn string
        structure Scale
         value double
         unit ScaleUnit
        enum ScaleUnit PERCENT
        enum SchedulingStrategy REPLICA DAEMON
        enum Scope task shared
        structure Secret
         name string!
         valueFrom string!
        list SecretList Secret
        exception ServerException ServerException
        structure Service
         serviceArn string
         serviceName string
         clusterArn string
         loadBalancers LoadBalancers
         serviceRegistries ServiceRegistries
         status string
         desiredCount integer
         runningCount integer
         pendingCount integer
         launchType LaunchType
         capacityProviderStrategy CapacityProviderStrategy
         platformVersion string
         platformFamily string
         taskDefinition string
         deploymentConfiguration DeploymentConfiguration
         taskSets TaskSets
         deployments Deployments
         roleArn string
         events ServiceEvents
         createdAt timestamp
         currentServiceDeployment string
         currentServiceRevisions ServiceCurrentRevisionSummaryList
         placementConstraints PlacementConstraints
         placementStrategy PlacementStrategies
         networkConfiguration NetworkConfiguration
         healthCheckGracePeriodSeconds integer
         schedulingStrategy SchedulingStrategy
         deploymentController DeploymentController
         tags Tags
         createdBy string
         enableECSManagedTags boolean
         propagateTags PropagateTags
         enableExecuteCommand boolean
         availabilityZoneRebalancing AvailabilityZoneRebalancing
         resourceManagementType ResourceManagementType
        structure ServiceConnectAccessLogConfiguration
         format ServiceConnectAccessLoggingFormat!
         includeQueryParameters ServiceConnectIncludeQueryParameters
        enum ServiceConnectAccessLoggingFormat TEXT JSON
        structure ServiceConnectClientAlias
         port integer!
         dnsName string
         testTrafficRules ServiceConnectTestTrafficRules
        list ServiceConnectClientAliasList ServiceConnectClientAlias
        structure ServiceConnectConfiguration
         enabled boolean!
         namespace string
         services ServiceConnectServiceList
         logConfiguration LogConfiguration
         accessLogConfiguration ServiceConnectAccessLogConfiguration
         containerConfigurations ServiceConnectContainerConfigurations
        structure ServiceConnectContainerConfiguration
         logLevel ServiceConnectContainerLogLevel
        list ServiceConnectContainerConfigurations ServiceConnectContainerConfiguration
        enum ServiceConnectContainerLogLevel debug info
        enum ServiceConnectIncludeQueryParameters DISABLED ENABLED
        structure ServiceConnectService
         portName string!
         discoveryName string
         clientAliases ServiceConnectClientAliasList
         ingressPortOverride integer
         timeout TimeoutConfiguration
         tls ServiceConnectTlsConfiguration
        list ServiceConnectServiceList ServiceConnectService
        structure ServiceConnectServiceResource
         discoveryName string
         discoveryArn string
        list ServiceConnectServiceResourceList ServiceConnectServiceResource
        structure ServiceConnectTestTrafficHeaderMatchRules
         exact string!
        structure ServiceConnectTestTrafficHeaderRules
         name string!
         value ServiceConnectTestTrafficHeaderMatchRules
        structure ServiceConnectTestTrafficRules
         header ServiceConnectTestTrafficHeaderRules!
        structure ServiceConnectTlsCertificateAuthority
         awsPcaAuthorityArn string
        structure ServiceConnectTlsConfiguration
         issuerCertificateAuthority ServiceConnectTlsCertificateAuthority!
         kmsKey string
         roleArn string
        structure ServiceCurrentRevisionSummary
         arn string
         requestedTaskCount integer
         runningTaskCount integer
         pendingTaskCount integer
        list ServiceCurrentRevisionSummaryList ServiceCurrentRevisionSummary
        structure ServiceDeployment
         serviceDeploymentArn string
         serviceArn string
         clusterArn string
         createdAt timestamp
         startedAt timestamp
         finishedAt timestamp
         stoppedAt timestamp
         updatedAt timestamp
         sourceServiceRevisions ServiceRevisionsSummaryList
         targetServiceRevision ServiceRevisionSummary
         status ServiceDeploymentStatus
         statusReason string
         lifecycleStage ServiceDeploymentLifecycleStage
         lifecycleHookDetails DeploymentLifecycleHookDetailList
         deploymentConfiguration DeploymentConfiguration
         rollback Rollback
         deploymentCircuitBreaker ServiceDeploymentCircuitBreaker
         alarms ServiceDeploymentAlarms
        structure ServiceDeploymentAlarms
         status ServiceDeploymentRollbackMonitorsStatus
         alarmNames StringList
         triggeredAlarmNames StringList
        structure ServiceDeploymentBrief
         serviceDeploymentArn string
         serviceArn string
         clusterArn string
         startedAt timestamp
         createdAt timestamp
         finishedAt timestamp
         targetServiceRevisionArn string
         status ServiceDeploymentStatus
         statusReason string
        structure ServiceDeploymentCircuitBreaker
         status ServiceDeploymentRollbackMonitorsStatus
         failureCount integer
         threshold integer
        enum ServiceDeploymentLifecycleStage RECONCILE_SERVICE PRE_SCALE_UP SCALE_UP POST_SCALE_UP TEST_TRAFFIC_SHIFT POST_TEST_TRAFFIC_SHIFT PRODUCTION_TRAFFIC_SHIFT POST_PRODUCTION_TRAFFIC_SHIFT BAKE_TIME CLEAN_UP
        exception ServiceDeploymentNotFoundException ServiceDeploymentNotFoundException
        enum ServiceDeploymentRollbackMonitorsStatus TRIGGERED MONITORING MONITORING_COMPLETE DISABLED
        enum ServiceDeploymentStatus PENDING SUCCESSFUL STOPPED STOP_REQUESTED IN_PROGRESS ROLLBACK_REQUESTED ROLLBACK_IN_PROGRESS ROLLBACK_SUCCESSFUL ROLLBACK_FAILED
        list ServiceDeploymentStatusList ServiceDeploymentStatus
        list ServiceDeployments ServiceDeployment
        list ServiceDeploymentsBrief ServiceDeploymentBrief
        structure ServiceEvent
         id string
         createdAt timestamp
         message string
        list ServiceEvents ServiceEvent
        enum ServiceField TAGS
        list ServiceFieldList ServiceField
        structure ServiceManagedEBSVolumeConfiguration
         encrypted boolean
         kmsKeyId string
         volumeType string
         sizeInGiB integer
         snapshotId string
         volumeInitializationRate integer
         iops integer
         throughput integer
         tagSpecifications EBSTagSpecifications
         roleArn string!
         filesystemType TaskFilesystemType
        exception ServiceNotActiveException ServiceNotActiveException
        exception ServiceNotFoundException ServiceNotFoundException
        list ServiceRegistries ServiceRegistry
        structure ServiceRegistry
         registryArn string
         port integer
         containerName string
         containerPort integer
        structure ServiceRevision
         serviceRevisionArn string
         serviceArn string
         clusterArn string
         taskDefinition string
         capacityProviderStrategy CapacityProviderStrategy
         launchType LaunchType
         platformVersion string
         platformFamily string
         loadBalancers LoadBalancers
         serviceRegistries ServiceRegistries
         networkConfiguration NetworkConfiguration
         containerImages ContainerImages
         guardDutyEnabled boolean
         serviceConnectConfiguration ServiceConnectConfiguration
         volumeConfigurations ServiceVolumeConfigurations
         fargateEphemeralStorage DeploymentEphemeralStorage
         createdAt timestamp
         vpcLatticeConfigurations VpcLatticeConfigurations
         resolvedConfiguration ResolvedConfiguration
         ecsManagedResources ECSManagedResources
         overrides ServiceRevisionOverrides
         gatewayConnectors GatewayConnectorList
         monitoring MonitoringConfiguration
        enum ServiceRevisionCleanup BLOCKING DEFERRED
        structure ServiceRevisionLoadBalancer
         targetGroupArn string
         productionListenerRule string
        list ServiceRevisionLoadBalancers ServiceRevisionLoadBalancer
        structure ServiceRevisionOverrides
         runtimePlatform RuntimePlatformOverride
        structure ServiceRevisionSummary
         arn string
         requestedTaskCount integer
         runningTaskCount integer
         pendingTaskCount integer
         requestedTestTrafficWeight double
         requestedProductionTrafficWeight double
        structure ServiceRevisionVpcLatticeConfiguration
         targetGroupArn string
         productionListenerRule string
        list ServiceRevisionVpcLatticeConfigurations ServiceRevisionVpcLatticeConfiguration
        list ServiceRevisions ServiceRevision
        list ServiceRevisionsSummaryList ServiceRevisionSummary
        structure ServiceVolumeConfiguration
         name string!
         managedEBSVolume ServiceManagedEBSVolumeConfiguration
        list ServiceVolumeConfigurations ServiceVolumeConfiguration
        list Services Service
        structure Session
         sessionId string
         streamUrl string
         tokenValue string
        structure Setting
         name SettingName
         value string
         principalArn string
         type SettingType
        enum SettingName serviceLongArnFormat taskLongArnFormat containerInstanceLongArnFormat awsvpcTrunking containerInsights fargateFIPSMode tagResourceAuthorization fargateTaskRetirementWaitPeriod guardDutyActivate defaultLogDriverMode fargateEventWindows
        enum SettingType user aws_managed
        list Settings Setting
        structure SharingStrategy
         nvidiaMps NvidiaMpsAllocation
        enum SortOrder ASC DESC
        enum StabilityStatus STEADY_STATE STABILIZING
        structure StartTaskRequest
         cluster string
         containerInstances StringList!
         enableECSManagedTags boolean
         enableExecuteCommand boolean
         group string
         networkConfiguration NetworkConfiguration
         overrides TaskOverride
         propagateTags PropagateTags
         referenceId string
         startedBy string
         tags Tags
         taskDefinition string!
         volumeConfigurations TaskVolumeConfigurations
        structure StartTaskResponse
         tasks Tasks
         failures Failures
        list Statistics KeyValuePair
        structure StopServiceDeploymentRequest
         serviceDeploymentArn string!
         stopType StopServiceDeploymentStopType
        structure StopServiceDeploymentResponse
         serviceDeploymentArn string
        enum StopServiceDeploymentStopType ABORT ROLLBACK
        structure StopTaskRequest
         cluster string
         task string!
         reason string
        structure StopTaskResponse
         task Task
        list StringList string
        map StringMap string
        structure SubmitAttachmentStateChangesRequest
         cluster string
         attachments AttachmentStateChanges!
        structure SubmitAttachmentStateChangesResponse
         acknowledgment string
        structure SubmitContainerStateChangeRequest
         cluster string
         task string
         containerName string
         runtimeId string
         status string
         exitCode integer
         reason string
         networkBindings NetworkBindings
        structure SubmitContainerStateChangeResponse
         acknowledgment string
        structure SubmitTaskStateChangeRequest
         cluster string
         task string
         status string
         reason string
         containers ContainerStateChanges
         attachments AttachmentStateChanges
         managedAgents ManagedAgentStateChanges
         pullStartedAt timestamp
         pullStoppedAt timestamp
         executionStoppedAt timestamp
        structure SubmitTaskStateChangeResponse
         acknowledgment string
        structure SystemControl
         namespace string
         value string
        list SystemControls SystemControl
        structure Tag
         key string
         value string
        list TagKeys string
        structure TagResourceRequest
         resourceArn string!
         tags Tags!
        structure TagResourceResponse
        list Tags Tag
        exception TargetNotConnectedException TargetNotConnectedException
        exception TargetNotFoundException TargetNotFoundException
        enum TargetType container-instance
        structure Task
         attachments Attachments
         attributes Attributes
         availabilityZone string
         capacityProviderName string
         clusterArn string
         connectivity Connectivity
         connectivityAt timestamp
         containerInstanceArn string
         containers Containers
         cpu string
         createdAt timestamp
         desiredStatus string
         enableExecuteCommand boolean
         executionStoppedAt timestamp
         group string
         healthStatus HealthStatus
         inferenceAccelerators InferenceAccelerators
         lastStatus string
         launchType LaunchType
         memory string
         overrides TaskOverride
         platformVersion string
         platformFamily string
         pullStartedAt timestamp
         pullStoppedAt timestamp
         startedAt timestamp
         startedBy string
         stopCode TaskStopCode
         stoppedAt timestamp
         stoppedReason string
         stoppingAt timestamp
         tags Tags
         taskArn string
         taskDefinitionArn string
         version long
         ephemeralStorage EphemeralStorage
         fargateEphemeralStorage TaskEphemeralStorage
         trustedExecutionSummary TrustedExecutionSummary
        structure TaskDefinition
         taskDefinitionArn string
         containerDefinitions ContainerDefinitions
         family string
         taskRoleArn string
         executionRoleArn string
         networkMode NetworkMode
         revision integer
         volumes VolumeList
         status TaskDefinitionStatus
         requiresAttributes RequiresAttributes
         placementConstraints TaskDefinitionPlacementConstraints
         compatibilities CompatibilityList
         runtimePlatform RuntimePlatform
         requiresCompatibilities CompatibilityList
         cpu string
         memory string
         inferenceAccelerators InferenceAccelerators
         pidMode PidMode
         ipcMode IpcMode
         proxyConfiguration ProxyConfiguration
         registeredAt timestamp
         deregisteredAt timestamp
         deleteRequestedAt timestamp
         registeredBy string
         ephemeralStorage EphemeralStorage
         enableFaultInjection boolean
         trustedExecutionConfiguration TrustedExecutionConfiguration
        enum TaskDefinitionFamilyStatus ACTIVE INACTIVE ALL
        enum TaskDefinitionField TAGS
        list TaskDefinitionFieldList TaskDefinitionField
        list TaskDefinitionList TaskDefinition
        structure TaskDefinitionPlacementConstraint
         type TaskDefinitionPlacementConstraintType
         expression string
        enum TaskDefinitionPlacementConstraintType memberOf
        list TaskDefinitionPlacementConstraints TaskDefinitionPlacementConstraint
        enum TaskDefinitionStatus ACTIVE INACTIVE DELETE_IN_PROGRESS
        structure TaskEphemeralStorage
         sizeInGiB integer
         kmsKeyId string
        enum TaskField TAGS
        list TaskFieldList TaskField
        enum TaskFilesystemType ext3 ext4 xfs ntfs
        structure TaskManagedEBSVolumeConfiguration
         encrypted boolean
         kmsKeyId string
         volumeType string
         sizeInGiB integer
         snapshotId string
         volumeInitializationRate integer
         iops integer
         throughput integer
         tagSpecifications EBSTagSpecifications
         roleArn string!
         terminationPolicy TaskManagedEBSVolumeTerminationPolicy
         filesystemType TaskFilesystemType
        structure TaskManagedEBSVolumeTerminationPolicy
         deleteOnTermination boolean!
        structure TaskOverride
         containerOverrides ContainerOverrides
         cpu string
         inferenceAcceleratorOverrides InferenceAcceleratorOverrides
         executionRoleArn string
         memory string
         taskRoleArn string
         ephemeralStorage EphemeralStorage
        structure TaskSet
         id string
         taskSetArn string
         serviceArn string
         clusterArn string
         startedBy string
         externalId string
         status string
         taskDefinition string
         computedDesiredCount integer
         pendingCount integer
         runningCount integer
         createdAt timestamp
         updatedAt timestamp
         launchType LaunchType
         capacityProviderStrategy CapacityProviderStrategy
         platformVersion string
         platformFamily string
         networkConfiguration NetworkConfiguration
         loadBalancers LoadBalancers
         serviceRegistries ServiceRegistries
         scale Scale
         stabilityStatus StabilityStatus
         stabilityStatusAt timestamp
         tags Tags
         fargateEphemeralStorage DeploymentEphemeralStorage
        enum TaskSetField TAGS
        list TaskSetFieldList TaskSetField
        exception TaskSetNotFoundException TaskSetNotFoundException
        list TaskSets TaskSet
        enum TaskStopCode TaskFailedToStart EssentialContainerExited UserInitiated ServiceSchedulerInitiated SpotInterruption TerminationNotice InfrastructureHealth
        structure TaskVolumeConfiguration
         name string!
         managedEBSVolume TaskManagedEBSVolumeConfiguration
        list TaskVolumeConfigurations TaskVolumeConfiguration
        list Tasks Task
        structure ThresholdConfiguration
         type ThresholdType!
         value integer!
        enum ThresholdType COUNT BOUNDED_PERCENT UNBOUNDED_PERCENT
        structure TimeoutConfiguration
         idleTimeoutSeconds integer
         perRequestTimeoutSeconds integer
        structure Tmpfs
         containerPath string!
         size integer!
         mountOptions StringList~
        list TmpfsList Tmpfs
        structure TotalLocalStorageGBRequest
         min double
         max double
        enum TransportProtocol tcp udp
        structure TrustedExecutionConfiguration
         isolationMode IsolationMode!
         attestationPolicy string
        structure TrustedExecutionSummary
         isolationMode IsolationMode!
         attestationPolicyStatus AttestationPolicyStatus
        structure Ulimit
         name UlimitName!
         softLimit integer!
         hardLimit integer!
        list UlimitList Ulimit
        enum UlimitName core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack
        exception UnsupportedFeatureException UnsupportedFeatureException
        structure UntagResourceRequest
         resourceArn string!
         tagKeys TagKeys!
        structure UntagResourceResponse
        structure UpdateCapacityProviderRequest
         name string!
         cluster string
         autoScalingGroupProvider AutoScalingGroupProviderUpdate
         managedInstancesProvider UpdateManagedInstancesProviderConfiguration
        structure UpdateCapacityProviderResponse
         capacityProvider CapacityProvider
        structure UpdateClusterRequest
         cluster string!
         settings ClusterSettings
         configuration ClusterConfiguration
         serviceConnectDefaults ClusterServiceConnectDefaultsRequest
        structure UpdateClusterResponse
         cluster Cluster
        structure UpdateClusterSettingsRequest
         cluster string!
         settings ClusterSettings!
        structure UpdateClusterSettingsResponse
         cluster Cluster
        structure UpdateContainerAgentRequest
         cluster string
         containerInstance string!
        structure UpdateContainerAgentResponse
         containerInstance ContainerInstance
        structure UpdateContainerInstancesStateRequest
         cluster string
         containerInstances StringList!
         status ContainerInstanceStatus!
        structure UpdateContainerInstancesStateResponse
         containerInstances ContainerInstances
         failures Failures
        structure UpdateDaemonRequest
         daemonArn string!
         daemonTaskDefinitionArn string!
         capacityProviderArns StringList!
         deploymentConfiguration DaemonDeploymentConfiguration
         propagateTags DaemonPropagateTags
         enableECSManagedTags boolean
         enableExecuteCommand boolean
         critical boolean
        structure UpdateDaemonResponse
         daemonArn string
         status DaemonStatus
         createdAt timestamp
         updatedAt timestamp
         deploymentArn string
        structure UpdateExpressGatewayServiceRequest
         serviceArn string!
         executionRoleArn string
         healthCheckPath string
         primaryContainer ExpressGatewayContainer
         taskRoleArn string
         networkConfiguration ExpressGatewayServiceNetworkConfiguration
         cpu string
         memory string
         cpuArchitecture ExpressCpuArchitecture
         scalingTarget ExpressGatewayScalingTarget
         taskDefinitionArn string
        structure UpdateExpressGatewayServiceResponse
         service UpdatedExpressGatewayService
        structure UpdateGatewayAlbConfiguration
         networkConfiguration UpdateGatewayNetworkConfiguration
         maxAlbCount integer
         webACLArn string
         accessLogs GatewayElbAccessLogConfiguration
         httpDesync GatewayAlbDesyncMitigationMode
         testTrafficRules GatewayAlbTestTrafficRules
        structure UpdateGatewayConfiguration
         hostSharedAlb UpdateGatewayAlbConfiguration
        structure UpdateGatewayNetworkConfiguration
         inboundSecurityGroup string
        structure UpdateGatewayRequest
         gateway string!
         infrastructureRoleArn string
         deletionProtection boolean
         configuration UpdateGatewayConfiguration
         propagateTags PropagateGatewayTags
        structure UpdateGatewayResponse
         gatewayArn string
         name string
         status GatewayStatus
        exception UpdateInProgressException UpdateInProgressException
        structure UpdateManagedInstancesProviderConfiguration
         infrastructureRoleArn string!
         instanceLaunchTemplate InstanceLaunchTemplateUpdate!
         propagateTags PropagateMITags
         infrastructureOptimization InfrastructureOptimization
         autoRepairConfiguration AutoRepairConfiguration
        structure UpdateServicePrimaryTaskSetRequest
         cluster string!
         service string!
         primaryTaskSet string!
        structure UpdateServicePrimaryTaskSetResponse
         taskSet TaskSet
        structure UpdateServiceRequest
         cluster string
         service string!
         desiredCount integer
         taskDefinition string
         capacityProviderStrategy CapacityProviderStrategy
         deploymentConfiguration DeploymentConfiguration
         availabilityZoneRebalancing AvailabilityZoneRebalancing
         networkConfiguration NetworkConfiguration
         placementConstraints PlacementConstraints
         placementStrategy PlacementStrategies
         platformVersion string
         forceNewDeployment boolean
         healthCheckGracePeriodSeconds integer
         deploymentController DeploymentController
         enableExecuteCommand boolean
         enableECSManagedTags boolean
         loadBalancers LoadBalancers
         propagateTags PropagateTags
         serviceRegistries ServiceRegistries
         serviceConnectConfiguration ServiceConnectConfiguration
         volumeConfigurations ServiceVolumeConfigurations
         vpcLatticeConfigurations VpcLatticeConfigurations
         gatewayConnectors GatewayConnectorList
         monitoring MonitoringConfiguration
        structure UpdateServiceResponse
         service Service
        structure UpdateTaskProtectionRequest
         cluster string!
         tasks StringList!
         protectionEnabled boolean!
         expiresInMinutes integer
        structure UpdateTaskProtectionResponse
         protectedTasks ProtectedTasks
         failures Failures
        structure UpdateTaskSetRequest
         cluster string!
         service string!
         taskSet string!
         scale Scale!
        structure UpdateTaskSetResponse
         taskSet TaskSet
        structure UpdatedExpressGatewayService
         serviceArn string
         cluster string
         serviceName string
         status ExpressGatewayServiceStatus
         targetConfiguration ExpressGatewayServiceConfiguration
         createdAt timestamp
         updatedAt timestamp
        structure VCpuCountRangeRequest
         min integer!
         max integer
        enum VersionConsistency enabled disabled
        structure VersionInfo
         agentVersion string
         agentHash string
         dockerVersion string
        structure Volume
         name string
         host HostVolumeProperties
         dockerVolumeConfiguration DockerVolumeConfiguration
         efsVolumeConfiguration EFSVolumeConfiguration
         s3filesVolumeConfiguration S3FilesVolumeConfiguration
         fsxWindowsFileServerVolumeConfiguration FSxWindowsFileServerVolumeConfiguration
         configuredAtLaunch boolean
        structure VolumeFrom
         sourceContainer string
         readOnly boolean=false
        list VolumeFromList VolumeFrom
        list VolumeList Volume
        structure VpcLatticeAdvancedConfiguration
         alternateTargetGroupArn string
         productionListenerRule string
         testListenerRule string
        structure VpcLatticeConfiguration
         roleArn string!
         targetGroupArn string!
         portName string!
         advancedConfiguration VpcLatticeAdvancedConfiguration
        list VpcLatticeConfigurations VpcLatticeConfiguration
        """#
}
