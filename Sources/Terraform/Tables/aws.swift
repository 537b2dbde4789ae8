// Written by script/generate-taggable-types from cdktf-cdktf-provider-aws 21.22.1. Do not edit.

extension TaggableTypes {
    static let awsWithTags = """
        accessanalyzer_analyzer acm_certificate acmpca_certificate_authority alb alb_listener alb_listener_rule alb_target_group ami
        ami_copy ami_from_instance amplify_app amplify_branch api_gateway_api_key api_gateway_client_certificate api_gateway_domain_name
        api_gateway_domain_name_access_association api_gateway_rest_api api_gateway_stage api_gateway_usage_plan api_gateway_vpc_link
        apigatewayv2_api apigatewayv2_domain_name apigatewayv2_stage apigatewayv2_vpc_link appautoscaling_target appconfig_application
        appconfig_configuration_profile appconfig_deployment appconfig_deployment_strategy appconfig_environment appconfig_extension
        appfabric_app_authorization appfabric_app_bundle appfabric_ingestion appfabric_ingestion_destination appflow_flow
        appintegrations_data_integration appintegrations_event_integration applicationinsights_application appmesh_gateway_route
        appmesh_mesh appmesh_route appmesh_virtual_gateway appmesh_virtual_node appmesh_virtual_router appmesh_virtual_service
        apprunner_auto_scaling_configuration_version apprunner_connection apprunner_observability_configuration apprunner_service
        apprunner_vpc_connector apprunner_vpc_ingress_connection appstream_fleet appstream_image_builder appstream_stack appsync_api
        appsync_channel_namespace appsync_graphql_api athena_capacity_reservation athena_data_catalog athena_workgroup
        auditmanager_assessment auditmanager_control auditmanager_framework autoscaling_group backup_framework
        backup_logically_air_gapped_vault backup_plan backup_report_plan backup_restore_testing_plan backup_vault
        batch_compute_environment batch_job_definition batch_job_queue batch_scheduling_policy bcmdataexports_export bedrock_custom_model
        bedrock_guardrail bedrock_inference_profile bedrock_provisioned_model_throughput bedrockagent_agent bedrockagent_agent_alias
        bedrockagent_flow bedrockagent_knowledge_base bedrockagent_prompt bedrockagentcore_agent_runtime
        bedrockagentcore_agent_runtime_endpoint bedrockagentcore_browser bedrockagentcore_code_interpreter bedrockagentcore_gateway
        bedrockagentcore_memory billing_view budgets_budget budgets_budget_action ce_anomaly_monitor ce_anomaly_subscription
        ce_cost_category chatbot_slack_channel_configuration chatbot_teams_channel_configuration chime_voice_connector
        chimesdkmediapipelines_media_insights_pipeline_configuration chimesdkvoice_sip_media_application
        chimesdkvoice_voice_profile_domain cleanrooms_collaboration cleanrooms_configured_table cleanrooms_membership
        cloud9_environment_ec2 cloudformation_stack cloudformation_stack_set cloudfront_distribution cloudfront_vpc_origin
        cloudhsm_v2_cluster cloudtrail cloudtrail_event_data_store cloudwatch_composite_alarm cloudwatch_contributor_insight_rule
        cloudwatch_contributor_managed_insight_rule cloudwatch_event_bus cloudwatch_event_rule cloudwatch_log_anomaly_detector
        cloudwatch_log_delivery cloudwatch_log_delivery_destination cloudwatch_log_delivery_source cloudwatch_log_destination
        cloudwatch_log_group cloudwatch_metric_alarm cloudwatch_metric_stream codeartifact_domain codeartifact_repository codebuild_fleet
        codebuild_project codebuild_report_group codecommit_repository codeconnections_connection codeconnections_host codedeploy_app
        codedeploy_deployment_group codeguruprofiler_profiling_group codegurureviewer_repository_association codepipeline
        codepipeline_custom_action_type codepipeline_webhook codestarconnections_connection codestarnotifications_notification_rule
        cognito_identity_pool cognito_user_pool comprehend_document_classifier comprehend_entity_recognizer config_aggregate_authorization
        config_config_rule config_configuration_aggregator connect_contact_flow connect_contact_flow_module connect_hours_of_operation
        connect_instance connect_phone_number connect_queue connect_quick_connect connect_routing_profile connect_security_profile
        connect_user connect_user_hierarchy_group connect_vocabulary controltower_baseline controltower_landing_zone cur_report_definition
        customer_gateway customerprofiles_domain dataexchange_data_set dataexchange_revision dataexchange_revision_assets
        datapipeline_pipeline datasync_agent datasync_location_azure_blob datasync_location_efs datasync_location_fsx_lustre_file_system
        datasync_location_fsx_ontap_file_system datasync_location_fsx_openzfs_file_system datasync_location_fsx_windows_file_system
        datasync_location_hdfs datasync_location_nfs datasync_location_object_storage datasync_location_s3 datasync_location_smb
        datasync_task datazone_domain dax_cluster db_cluster_snapshot db_event_subscription db_instance db_option_group db_parameter_group
        db_proxy db_proxy_endpoint db_snapshot db_snapshot_copy db_subnet_group default_network_acl default_route_table
        default_security_group default_subnet default_vpc default_vpc_dhcp_options detective_graph devicefarm_device_pool
        devicefarm_instance_profile devicefarm_network_profile devicefarm_project devicefarm_test_grid_project directory_service_directory
        directory_service_region dlm_lifecycle_policy dms_certificate dms_endpoint dms_event_subscription dms_replication_config
        dms_replication_instance dms_replication_subnet_group dms_replication_task dms_s3_endpoint docdb_cluster docdb_cluster_instance
        docdb_cluster_parameter_group docdb_event_subscription docdb_subnet_group docdbelastic_cluster
        drs_replication_configuration_template dsql_cluster dx_connection dx_hosted_private_virtual_interface_accepter
        dx_hosted_public_virtual_interface_accepter dx_hosted_transit_virtual_interface_accepter dx_lag dx_private_virtual_interface
        dx_public_virtual_interface dx_transit_virtual_interface dynamodb_table dynamodb_table_replica ebs_snapshot ebs_snapshot_copy
        ebs_snapshot_import ebs_volume ec2_capacity_block_reservation ec2_capacity_reservation ec2_carrier_gateway ec2_client_vpn_endpoint
        ec2_fleet ec2_host ec2_instance_connect_endpoint ec2_local_gateway_route_table_vpc_association ec2_managed_prefix_list
        ec2_network_insights_analysis ec2_network_insights_path ec2_traffic_mirror_filter ec2_traffic_mirror_session
        ec2_traffic_mirror_target ec2_transit_gateway ec2_transit_gateway_connect ec2_transit_gateway_connect_peer
        ec2_transit_gateway_multicast_domain ec2_transit_gateway_peering_attachment ec2_transit_gateway_peering_attachment_accepter
        ec2_transit_gateway_policy_table ec2_transit_gateway_route_table ec2_transit_gateway_vpc_attachment
        ec2_transit_gateway_vpc_attachment_accepter ecr_repository ecrpublic_repository ecs_capacity_provider ecs_cluster
        ecs_express_gateway_service ecs_service ecs_task_definition ecs_task_set efs_access_point efs_file_system
        egress_only_internet_gateway eip eks_access_entry eks_addon eks_capability eks_cluster eks_fargate_profile
        eks_identity_provider_config eks_node_group eks_pod_identity_association elastic_beanstalk_application
        elastic_beanstalk_application_version elastic_beanstalk_environment elasticache_cluster elasticache_parameter_group
        elasticache_replication_group elasticache_reserved_cache_node elasticache_serverless_cache elasticache_subnet_group
        elasticache_user elasticache_user_group elasticsearch_domain elb emr_cluster emr_studio emrcontainers_job_template
        emrcontainers_virtual_cluster emrserverless_application evidently_feature evidently_launch evidently_project evidently_segment
        finspace_kx_cluster finspace_kx_database finspace_kx_dataview finspace_kx_environment finspace_kx_scaling_group finspace_kx_user
        finspace_kx_volume fis_experiment_template flow_log fms_policy fms_resource_set fsx_backup fsx_data_repository_association
        fsx_file_cache fsx_lustre_file_system fsx_ontap_file_system fsx_ontap_storage_virtual_machine fsx_ontap_volume
        fsx_openzfs_file_system fsx_openzfs_snapshot fsx_openzfs_volume fsx_windows_file_system gamelift_alias gamelift_build
        gamelift_fleet gamelift_game_server_group gamelift_game_session_queue gamelift_script glacier_vault globalaccelerator_accelerator
        globalaccelerator_cross_account_attachment globalaccelerator_custom_routing_accelerator glue_catalog_database glue_connection
        glue_crawler glue_data_quality_ruleset glue_dev_endpoint glue_job glue_ml_transform glue_registry glue_schema glue_trigger
        glue_workflow grafana_workspace guardduty_detector guardduty_filter guardduty_ipset guardduty_malware_protection_plan
        guardduty_threatintelset iam_instance_profile iam_openid_connect_provider iam_policy iam_role iam_saml_provider
        iam_server_certificate iam_service_linked_role iam_user iam_virtual_mfa_device imagebuilder_component
        imagebuilder_container_recipe imagebuilder_distribution_configuration imagebuilder_image imagebuilder_image_pipeline
        imagebuilder_image_recipe imagebuilder_infrastructure_configuration imagebuilder_lifecycle_policy imagebuilder_workflow
        inspector2_filter inspector_assessment_template instance internet_gateway internetmonitor_monitor invoicing_invoice_unit
        iot_authorizer iot_billing_group iot_ca_certificate iot_domain_configuration iot_policy iot_provisioning_template iot_role_alias
        iot_thing_group iot_thing_type iot_topic_rule ivs_channel ivs_playback_key_pair ivs_recording_configuration
        ivschat_logging_configuration ivschat_room kendra_data_source kendra_faq kendra_index kendra_query_suggestions_block_list
        kendra_thesaurus key_pair keyspaces_keyspace keyspaces_table kinesis_analytics_application kinesis_firehose_delivery_stream
        kinesis_stream kinesis_stream_consumer kinesis_video_stream kinesisanalyticsv2_application kms_external_key kms_key
        kms_replica_external_key kms_replica_key lambda_capacity_provider lambda_code_signing_config lambda_event_source_mapping
        lambda_function launch_template lb lb_listener lb_listener_rule lb_target_group lb_trust_store lexv2models_bot
        licensemanager_license_configuration lightsail_bucket lightsail_certificate lightsail_container_service lightsail_database
        lightsail_disk lightsail_distribution lightsail_instance lightsail_key_pair lightsail_lb location_geofence_collection location_map
        location_place_index location_route_calculator location_tracker m2_application m2_environment macie2_classification_job
        macie2_custom_data_identifier macie2_findings_filter macie2_member media_convert_queue media_package_channel
        media_packagev2_channel_group media_store_container medialive_channel medialive_input medialive_input_security_group
        medialive_multiplex memorydb_acl memorydb_cluster memorydb_multi_region_cluster memorydb_parameter_group memorydb_snapshot
        memorydb_subnet_group memorydb_user mq_broker mq_configuration msk_cluster msk_replicator msk_serverless_cluster
        msk_vpc_connection mskconnect_connector mskconnect_custom_plugin mskconnect_worker_configuration mwaa_environment nat_gateway
        neptune_cluster neptune_cluster_endpoint neptune_cluster_instance neptune_cluster_parameter_group neptune_event_subscription
        neptune_parameter_group neptune_subnet_group neptunegraph_graph network_acl network_interface networkfirewall_firewall
        networkfirewall_firewall_policy networkfirewall_rule_group networkfirewall_tls_inspection_configuration
        networkfirewall_vpc_endpoint_association networkflowmonitor_monitor networkflowmonitor_scope networkmanager_connect_attachment
        networkmanager_connect_peer networkmanager_connection networkmanager_core_network networkmanager_device
        networkmanager_dx_gateway_attachment networkmanager_global_network networkmanager_link networkmanager_site
        networkmanager_site_to_site_vpn_attachment networkmanager_transit_gateway_peering
        networkmanager_transit_gateway_route_table_attachment networkmanager_vpc_attachment networkmonitor_monitor networkmonitor_probe
        notifications_notification_configuration notificationscontacts_email_contact oam_link oam_sink
        observabilityadmin_centralization_rule_for_organization odb_cloud_autonomous_vm_cluster odb_cloud_exadata_infrastructure
        odb_cloud_vm_cluster odb_network odb_network_peering_connection opensearch_domain opensearchserverless_collection
        organizations_account organizations_organizational_unit organizations_policy organizations_resource_policy osis_pipeline
        paymentcryptography_key pinpoint_app pinpoint_email_template pinpointsmsvoicev2_configuration_set pinpointsmsvoicev2_opt_out_list
        pinpointsmsvoicev2_phone_number pipes_pipe placement_group prometheus_rule_group_namespace prometheus_scraper prometheus_workspace
        qbusiness_application qldb_ledger qldb_stream quicksight_analysis quicksight_custom_permissions quicksight_dashboard
        quicksight_data_set quicksight_data_source quicksight_folder quicksight_namespace quicksight_template quicksight_theme
        quicksight_vpc_connection ram_resource_share rbin_rule rds_cluster rds_cluster_endpoint rds_cluster_instance
        rds_cluster_parameter_group rds_cluster_snapshot_copy rds_custom_db_engine_version rds_global_cluster rds_integration
        rds_reserved_instance rds_shard_group redshift_cluster redshift_cluster_snapshot redshift_event_subscription
        redshift_hsm_client_certificate redshift_hsm_configuration redshift_integration redshift_parameter_group
        redshift_snapshot_copy_grant redshift_snapshot_schedule redshift_subnet_group redshift_usage_limit redshiftserverless_namespace
        redshiftserverless_workgroup rekognition_collection rekognition_project rekognition_stream_processor
        resiliencehub_resiliency_policy resourceexplorer2_index resourceexplorer2_view resourcegroups_group rolesanywhere_profile
        rolesanywhere_trust_anchor route53_health_check route53_resolver_endpoint route53_resolver_firewall_domain_list
        route53_resolver_firewall_rule_group route53_resolver_firewall_rule_group_association route53_resolver_query_log_config
        route53_resolver_rule route53_zone route53domains_domain route53domains_registered_domain route53profiles_association
        route53profiles_profile route53recoverycontrolconfig_cluster route53recoverycontrolconfig_control_panel
        route53recoverycontrolconfig_safety_rule route53recoveryreadiness_cell route53recoveryreadiness_readiness_check
        route53recoveryreadiness_recovery_group route53recoveryreadiness_resource_set route_table rum_app_monitor s3_access_point
        s3_bucket s3_bucket_object s3_directory_bucket s3_object s3_object_copy s3control_access_grant s3control_access_grants_instance
        s3control_access_grants_location s3control_bucket s3control_storage_lens_configuration s3tables_table s3tables_table_bucket
        s3vectors_index s3vectors_vector_bucket sagemaker_app sagemaker_app_image_config sagemaker_code_repository
        sagemaker_data_quality_job_definition sagemaker_device_fleet sagemaker_domain sagemaker_endpoint sagemaker_endpoint_configuration
        sagemaker_feature_group sagemaker_flow_definition sagemaker_hub sagemaker_human_task_ui sagemaker_image
        sagemaker_mlflow_tracking_server sagemaker_model sagemaker_model_package_group sagemaker_monitoring_schedule
        sagemaker_notebook_instance sagemaker_notebook_instance_lifecycle_configuration sagemaker_pipeline sagemaker_project
        sagemaker_space sagemaker_studio_lifecycle_config sagemaker_user_profile sagemaker_workteam scheduler_schedule_group
        schemas_discoverer schemas_registry schemas_schema secretsmanager_secret security_group securityhub_automation_rule
        securitylake_data_lake securitylake_subscriber serverlessapplicationrepository_cloudformation_stack
        service_discovery_http_namespace service_discovery_private_dns_namespace service_discovery_public_dns_namespace
        service_discovery_service servicecatalog_portfolio servicecatalog_product servicecatalog_provisioned_product
        servicecatalogappregistry_application servicecatalogappregistry_attribute_group sesv2_configuration_set sesv2_contact_list
        sesv2_dedicated_ip_pool sesv2_email_identity sfn_activity sfn_state_machine shield_protection shield_protection_group
        signer_signing_profile sns_topic spot_fleet_request spot_instance_request sqs_queue ssm_activation ssm_association ssm_document
        ssm_maintenance_window ssm_parameter ssm_patch_baseline ssmcontacts_contact ssmcontacts_rotation ssmincidents_replication_set
        ssmincidents_response_plan ssmquicksetup_configuration_manager ssoadmin_application ssoadmin_permission_set
        ssoadmin_trusted_token_issuer storagegateway_cached_iscsi_volume storagegateway_file_system_association storagegateway_gateway
        storagegateway_nfs_file_share storagegateway_smb_file_share storagegateway_stored_iscsi_volume storagegateway_tape_pool subnet
        swf_domain synthetics_canary synthetics_group timestreaminfluxdb_db_cluster timestreaminfluxdb_db_instance
        timestreamquery_scheduled_query timestreamwrite_database timestreamwrite_table transcribe_language_model
        transcribe_medical_vocabulary transcribe_vocabulary transcribe_vocabulary_filter transfer_agreement transfer_certificate
        transfer_connector transfer_host_key transfer_profile transfer_server transfer_user transfer_web_app transfer_workflow
        verifiedaccess_endpoint verifiedaccess_group verifiedaccess_instance verifiedaccess_trust_provider
        verifiedpermissions_policy_store vpc vpc_block_public_access_exclusion vpc_dhcp_options vpc_encryption_control vpc_endpoint
        vpc_endpoint_service vpc_ipam vpc_ipam_pool vpc_ipam_resource_discovery vpc_ipam_resource_discovery_association vpc_ipam_scope
        vpc_peering_connection vpc_peering_connection_accepter vpc_route_server vpc_route_server_endpoint vpc_route_server_peer
        vpc_security_group_egress_rule vpc_security_group_ingress_rule vpclattice_access_log_subscription vpclattice_domain_verification
        vpclattice_listener vpclattice_listener_rule vpclattice_resource_configuration vpclattice_resource_gateway vpclattice_service
        vpclattice_service_network vpclattice_service_network_resource_association vpclattice_service_network_service_association
        vpclattice_service_network_vpc_association vpclattice_target_group vpn_concentrator vpn_connection vpn_gateway waf_rate_based_rule
        waf_rule waf_rule_group waf_web_acl wafregional_rate_based_rule wafregional_rule wafregional_rule_group wafregional_web_acl
        wafv2_ip_set wafv2_regex_pattern_set wafv2_rule_group wafv2_web_acl workspaces_connection_alias workspaces_directory
        workspaces_ip_group workspaces_workspace workspacesweb_browser_settings workspacesweb_data_protection_settings
        workspacesweb_identity_provider workspacesweb_ip_access_settings workspacesweb_network_settings workspacesweb_portal
        workspacesweb_session_logger workspacesweb_trust_store workspacesweb_user_access_logging_settings workspacesweb_user_settings
        xray_group xray_sampling_rule
        """

    static let awsWithoutTags = """
        accessanalyzer_archive_rule account_alternate_contact account_primary_contact account_region acm_certificate_validation
        acmpca_certificate acmpca_certificate_authority_certificate acmpca_permission acmpca_policy alb_listener_certificate
        alb_target_group_attachment ami_launch_permission amplify_backend_environment amplify_domain_association amplify_webhook
        api_gateway_account api_gateway_authorizer api_gateway_base_path_mapping api_gateway_deployment api_gateway_documentation_part
        api_gateway_documentation_version api_gateway_gateway_response api_gateway_integration api_gateway_integration_response
        api_gateway_method api_gateway_method_response api_gateway_method_settings api_gateway_model api_gateway_request_validator
        api_gateway_resource api_gateway_rest_api_policy api_gateway_rest_api_put api_gateway_usage_plan_key apigatewayv2_api_mapping
        apigatewayv2_authorizer apigatewayv2_deployment apigatewayv2_integration apigatewayv2_integration_response apigatewayv2_model
        apigatewayv2_route apigatewayv2_route_response app_cookie_stickiness_policy appautoscaling_policy appautoscaling_scheduled_action
        appconfig_extension_association appconfig_hosted_configuration_version appfabric_app_authorization_connection
        appflow_connector_profile apprunner_custom_domain_association apprunner_default_auto_scaling_configuration_version
        apprunner_deployment appstream_directory_config appstream_fleet_stack_association appstream_user appstream_user_stack_association
        appsync_api_cache appsync_api_key appsync_datasource appsync_domain_name appsync_domain_name_api_association appsync_function
        appsync_resolver appsync_source_api_association appsync_type athena_database athena_named_query athena_prepared_statement
        auditmanager_account_registration auditmanager_assessment_delegation auditmanager_assessment_report auditmanager_framework_share
        auditmanager_organization_admin_account_registration autoscaling_attachment autoscaling_group_tag autoscaling_lifecycle_hook
        autoscaling_notification autoscaling_policy autoscaling_schedule autoscaling_traffic_source_attachment
        autoscalingplans_scaling_plan backup_global_settings backup_region_settings backup_restore_testing_selection backup_selection
        backup_vault_lock_configuration backup_vault_notifications backup_vault_policy bedrock_guardrail_version
        bedrock_model_invocation_logging_configuration bedrockagent_agent_action_group bedrockagent_agent_collaborator
        bedrockagent_agent_knowledge_base_association bedrockagent_data_source bedrockagentcore_api_key_credential_provider
        bedrockagentcore_gateway_target bedrockagentcore_memory_strategy bedrockagentcore_oauth2_credential_provider
        bedrockagentcore_token_vault_cmk bedrockagentcore_workload_identity ce_cost_allocation_tag chime_voice_connector_group
        chime_voice_connector_logging chime_voice_connector_origination chime_voice_connector_streaming chime_voice_connector_termination
        chime_voice_connector_termination_credentials chimesdkvoice_global_settings chimesdkvoice_sip_rule cloud9_environment_membership
        cloudcontrolapi_resource cloudformation_stack_instances cloudformation_stack_set_instance cloudformation_type
        cloudfront_cache_policy cloudfront_continuous_deployment_policy cloudfront_field_level_encryption_config
        cloudfront_field_level_encryption_profile cloudfront_function cloudfront_key_group cloudfront_key_value_store
        cloudfront_monitoring_subscription cloudfront_origin_access_control cloudfront_origin_access_identity
        cloudfront_origin_request_policy cloudfront_public_key cloudfront_realtime_log_config cloudfront_response_headers_policy
        cloudfrontkeyvaluestore_key cloudfrontkeyvaluestore_keys_exclusive cloudhsm_v2_hsm cloudsearch_domain
        cloudsearch_domain_service_access_policy cloudtrail_organization_delegated_admin_account cloudwatch_dashboard
        cloudwatch_event_api_destination cloudwatch_event_archive cloudwatch_event_bus_policy cloudwatch_event_connection
        cloudwatch_event_endpoint cloudwatch_event_permission cloudwatch_event_target cloudwatch_log_account_policy
        cloudwatch_log_data_protection_policy cloudwatch_log_delivery_destination_policy cloudwatch_log_destination_policy
        cloudwatch_log_index_policy cloudwatch_log_metric_filter cloudwatch_log_resource_policy cloudwatch_log_stream
        cloudwatch_log_subscription_filter cloudwatch_log_transformer cloudwatch_query_definition codeartifact_domain_permissions_policy
        codeartifact_repository_permissions_policy codebuild_resource_policy codebuild_source_credential codebuild_webhook
        codecatalyst_dev_environment codecatalyst_project codecatalyst_source_repository codecommit_approval_rule_template
        codecommit_approval_rule_template_association codecommit_trigger codedeploy_deployment_config codestarconnections_host
        cognito_identity_pool_provider_principal_tag cognito_identity_pool_roles_attachment cognito_identity_provider
        cognito_log_delivery_configuration cognito_managed_login_branding cognito_managed_user_pool_client cognito_resource_server
        cognito_risk_configuration cognito_user cognito_user_group cognito_user_in_group cognito_user_pool_client cognito_user_pool_domain
        cognito_user_pool_ui_customization computeoptimizer_enrollment_status computeoptimizer_recommendation_preferences
        config_configuration_recorder config_configuration_recorder_status config_conformance_pack config_delivery_channel
        config_organization_conformance_pack config_organization_custom_policy_rule config_organization_custom_rule
        config_organization_managed_rule config_remediation_configuration config_retention_configuration connect_bot_association
        connect_instance_storage_config connect_lambda_function_association connect_phone_number_contact_flow_association
        connect_user_hierarchy_structure controltower_control costoptimizationhub_enrollment_status costoptimizationhub_preferences
        customerprofiles_profile dataexchange_event_action datapipeline_pipeline_definition datazone_asset_type datazone_environment
        datazone_environment_blueprint_configuration datazone_environment_profile datazone_form_type datazone_glossary
        datazone_glossary_term datazone_project datazone_user_profile dax_parameter_group dax_subnet_group
        db_instance_automated_backups_replication db_instance_role_association db_proxy_default_target_group db_proxy_target
        detective_invitation_accepter detective_member detective_organization_admin_account detective_organization_configuration
        devicefarm_upload devopsguru_event_sources_config devopsguru_notification_channel devopsguru_resource_collection
        devopsguru_service_integration directory_service_conditional_forwarder directory_service_log_subscription
        directory_service_radius_settings directory_service_shared_directory directory_service_shared_directory_accepter
        directory_service_trust docdb_cluster_snapshot docdb_global_cluster dsql_cluster_peering dx_bgp_peer dx_connection_association
        dx_connection_confirmation dx_gateway dx_gateway_association dx_gateway_association_proposal dx_hosted_connection
        dx_hosted_private_virtual_interface dx_hosted_public_virtual_interface dx_hosted_transit_virtual_interface
        dx_macsec_key_association dynamodb_contributor_insights dynamodb_global_table dynamodb_kinesis_streaming_destination
        dynamodb_resource_policy dynamodb_table_export dynamodb_table_item dynamodb_tag ebs_default_kms_key ebs_encryption_by_default
        ebs_fast_snapshot_restore ebs_snapshot_block_public_access ec2_allowed_images_settings ec2_availability_zone_group
        ec2_client_vpn_authorization_rule ec2_client_vpn_network_association ec2_client_vpn_route ec2_default_credit_specification
        ec2_image_block_public_access ec2_instance_metadata_defaults ec2_instance_state ec2_local_gateway_route
        ec2_managed_prefix_list_entry ec2_serial_console_access ec2_subnet_cidr_reservation ec2_tag ec2_traffic_mirror_filter_rule
        ec2_transit_gateway_default_route_table_association ec2_transit_gateway_default_route_table_propagation
        ec2_transit_gateway_multicast_domain_association ec2_transit_gateway_multicast_group_member
        ec2_transit_gateway_multicast_group_source ec2_transit_gateway_policy_table_association ec2_transit_gateway_prefix_list_reference
        ec2_transit_gateway_route ec2_transit_gateway_route_table_association ec2_transit_gateway_route_table_propagation
        ecr_account_setting ecr_lifecycle_policy ecr_pull_through_cache_rule ecr_registry_policy ecr_registry_scanning_configuration
        ecr_replication_configuration ecr_repository_creation_template ecr_repository_policy ecrpublic_repository_policy
        ecs_account_setting_default ecs_cluster_capacity_providers ecs_tag efs_backup_policy efs_file_system_policy efs_mount_target
        efs_replication_configuration eip_association eip_domain_name eks_access_policy_association
        elastic_beanstalk_configuration_template elasticache_global_replication_group elasticache_user_group_association
        elasticsearch_domain_policy elasticsearch_domain_saml_options elasticsearch_vpc_endpoint elastictranscoder_pipeline
        elastictranscoder_preset elb_attachment emr_block_public_access_configuration emr_instance_fleet emr_instance_group
        emr_managed_scaling_policy emr_security_configuration emr_studio_session_mapping fis_target_account_configuration
        fms_admin_account fsx_s3_access_point_attachment glacier_vault_lock globalaccelerator_custom_routing_endpoint_group
        globalaccelerator_custom_routing_listener globalaccelerator_endpoint_group globalaccelerator_listener glue_catalog_table
        glue_catalog_table_optimizer glue_classifier glue_data_catalog_encryption_settings glue_partition glue_partition_index
        glue_resource_policy glue_security_configuration glue_user_defined_function grafana_license_association grafana_role_association
        grafana_workspace_api_key grafana_workspace_saml_configuration grafana_workspace_service_account
        grafana_workspace_service_account_token guardduty_detector_feature guardduty_invite_accepter guardduty_member
        guardduty_member_detector_feature guardduty_organization_admin_account guardduty_organization_configuration
        guardduty_organization_configuration_feature guardduty_publishing_destination iam_access_key iam_account_alias
        iam_account_password_policy iam_group iam_group_membership iam_group_policies_exclusive iam_group_policy
        iam_group_policy_attachment iam_group_policy_attachments_exclusive iam_organizations_features iam_policy_attachment
        iam_role_policies_exclusive iam_role_policy iam_role_policy_attachment iam_role_policy_attachments_exclusive
        iam_security_token_service_preferences iam_service_specific_credential iam_signing_certificate iam_user_group_membership
        iam_user_login_profile iam_user_policies_exclusive iam_user_policy iam_user_policy_attachment
        iam_user_policy_attachments_exclusive iam_user_ssh_key identitystore_group identitystore_group_membership identitystore_user
        inspector2_delegated_admin_account inspector2_enabler inspector2_member_association inspector2_organization_configuration
        inspector_assessment_target inspector_resource_group internet_gateway_attachment iot_certificate iot_event_configurations
        iot_indexing_configuration iot_logging_options iot_policy_attachment iot_thing iot_thing_group_membership
        iot_thing_principal_attachment iot_topic_rule_destination kendra_experience kinesis_resource_policy
        kinesisanalyticsv2_application_snapshot kms_alias kms_ciphertext kms_custom_key_store kms_grant kms_key_policy
        lakeformation_data_cells_filter lakeformation_data_lake_settings lakeformation_identity_center_configuration lakeformation_lf_tag
        lakeformation_lf_tag_expression lakeformation_opt_in lakeformation_permissions lakeformation_resource
        lakeformation_resource_lf_tag lakeformation_resource_lf_tags lambda_alias lambda_function_event_invoke_config
        lambda_function_recursion_config lambda_function_url lambda_invocation lambda_layer_version lambda_layer_version_permission
        lambda_permission lambda_provisioned_concurrency_config lambda_runtime_management_config launch_configuration
        lb_cookie_stickiness_policy lb_listener_certificate lb_ssl_negotiation_policy lb_target_group_attachment lb_trust_store_revocation
        lex_bot lex_bot_alias lex_intent lex_slot_type lexv2models_bot_locale lexv2models_bot_version lexv2models_intent lexv2models_slot
        lexv2models_slot_type licensemanager_association licensemanager_grant licensemanager_grant_accepter lightsail_bucket_access_key
        lightsail_bucket_resource_access lightsail_container_service_deployment_version lightsail_disk_attachment lightsail_domain
        lightsail_domain_entry lightsail_instance_public_ports lightsail_lb_attachment lightsail_lb_certificate
        lightsail_lb_certificate_attachment lightsail_lb_https_redirection_policy lightsail_lb_stickiness_policy lightsail_static_ip
        lightsail_static_ip_attachment load_balancer_backend_server_policy load_balancer_listener_policy load_balancer_policy
        location_tracker_association m2_deployment macie2_account macie2_classification_export_configuration macie2_invitation_accepter
        macie2_organization_admin_account macie2_organization_configuration main_route_table_association media_store_container_policy
        medialive_multiplex_program msk_cluster_policy msk_configuration msk_scram_secret_association msk_single_scram_secret_association
        nat_gateway_eip_association neptune_cluster_snapshot neptune_global_cluster network_acl_association network_acl_rule
        network_interface_attachment network_interface_permission network_interface_sg_attachment
        networkfirewall_firewall_transit_gateway_attachment_accepter networkfirewall_logging_configuration networkfirewall_resource_policy
        networkmanager_attachment_accepter networkmanager_core_network_policy_attachment networkmanager_customer_gateway_association
        networkmanager_link_association networkmanager_transit_gateway_connect_peer_association
        networkmanager_transit_gateway_registration notifications_channel_association notifications_event_rule
        notifications_notification_hub oam_sink_policy opensearch_authorize_vpc_endpoint_access opensearch_domain_policy
        opensearch_domain_saml_options opensearch_inbound_connection_accepter opensearch_outbound_connection opensearch_package
        opensearch_package_association opensearch_vpc_endpoint opensearchserverless_access_policy opensearchserverless_lifecycle_policy
        opensearchserverless_security_config opensearchserverless_security_policy opensearchserverless_vpc_endpoint
        organizations_delegated_administrator organizations_organization organizations_policy_attachment paymentcryptography_key_alias
        pinpoint_adm_channel pinpoint_apns_channel pinpoint_apns_sandbox_channel pinpoint_apns_voip_channel
        pinpoint_apns_voip_sandbox_channel pinpoint_baidu_channel pinpoint_email_channel pinpoint_event_stream pinpoint_gcm_channel
        pinpoint_sms_channel prometheus_alert_manager_definition prometheus_query_logging_configuration prometheus_resource_policy
        prometheus_workspace_configuration proxy_protocol_policy quicksight_account_settings quicksight_account_subscription
        quicksight_folder_membership quicksight_group quicksight_group_membership quicksight_iam_policy_assignment quicksight_ingestion
        quicksight_ip_restriction quicksight_key_registration quicksight_refresh_schedule quicksight_role_custom_permission
        quicksight_role_membership quicksight_template_alias quicksight_user quicksight_user_custom_permission ram_principal_association
        ram_resource_association ram_resource_share_accepter ram_sharing_with_organization rds_certificate rds_cluster_activity_stream
        rds_cluster_role_association rds_export_task rds_instance_state redshift_authentication_profile redshift_cluster_iam_roles
        redshift_data_share_authorization redshift_data_share_consumer_association redshift_endpoint_access
        redshift_endpoint_authorization redshift_logging redshift_partner redshift_resource_policy redshift_scheduled_action
        redshift_snapshot_copy redshift_snapshot_schedule_association redshiftdata_statement redshiftserverless_custom_domain_association
        redshiftserverless_endpoint_access redshiftserverless_resource_policy redshiftserverless_snapshot redshiftserverless_usage_limit
        resourcegroups_resource route route53_cidr_collection route53_cidr_location route53_delegation_set route53_hosted_zone_dnssec
        route53_key_signing_key route53_query_log route53_record route53_records_exclusive route53_resolver_config
        route53_resolver_dnssec_config route53_resolver_firewall_config route53_resolver_firewall_rule
        route53_resolver_query_log_config_association route53_resolver_rule_association route53_traffic_policy
        route53_traffic_policy_instance route53_vpc_association_authorization route53_zone_association
        route53domains_delegation_signer_record route53profiles_resource_association route53recoverycontrolconfig_routing_control
        route_table_association rum_metrics_destination s3_account_public_access_block s3_bucket_abac s3_bucket_accelerate_configuration
        s3_bucket_acl s3_bucket_analytics_configuration s3_bucket_cors_configuration s3_bucket_intelligent_tiering_configuration
        s3_bucket_inventory s3_bucket_lifecycle_configuration s3_bucket_logging s3_bucket_metadata_configuration s3_bucket_metric
        s3_bucket_notification s3_bucket_object_lock_configuration s3_bucket_ownership_controls s3_bucket_policy
        s3_bucket_public_access_block s3_bucket_replication_configuration s3_bucket_request_payment_configuration
        s3_bucket_server_side_encryption_configuration s3_bucket_versioning s3_bucket_website_configuration
        s3control_access_grants_instance_resource_policy s3control_access_point_policy s3control_bucket_lifecycle_configuration
        s3control_bucket_policy s3control_directory_bucket_access_point_scope s3control_multi_region_access_point
        s3control_multi_region_access_point_policy s3control_object_lambda_access_point s3control_object_lambda_access_point_policy
        s3outposts_endpoint s3tables_namespace s3tables_table_bucket_policy s3tables_table_bucket_replication s3tables_table_policy
        s3tables_table_replication s3vectors_vector_bucket_policy sagemaker_device sagemaker_image_version
        sagemaker_model_package_group_policy sagemaker_servicecatalog_portfolio_status sagemaker_workforce scheduler_schedule
        schemas_registry_policy secretsmanager_secret_policy secretsmanager_secret_rotation secretsmanager_secret_version
        security_group_rule securityhub_account securityhub_action_target securityhub_configuration_policy
        securityhub_configuration_policy_association securityhub_finding_aggregator securityhub_insight securityhub_invite_accepter
        securityhub_member securityhub_organization_admin_account securityhub_organization_configuration securityhub_product_subscription
        securityhub_standards_control securityhub_standards_control_association securityhub_standards_subscription
        securitylake_aws_log_source securitylake_custom_log_source securitylake_subscriber_notification service_discovery_instance
        servicecatalog_budget_resource_association servicecatalog_constraint servicecatalog_organizations_access
        servicecatalog_portfolio_share servicecatalog_principal_portfolio_association servicecatalog_product_portfolio_association
        servicecatalog_provisioning_artifact servicecatalog_service_action servicecatalog_tag_option
        servicecatalog_tag_option_resource_association servicecatalogappregistry_attribute_group_association servicequotas_service_quota
        servicequotas_template servicequotas_template_association ses_active_receipt_rule_set ses_configuration_set ses_domain_dkim
        ses_domain_identity ses_domain_identity_verification ses_domain_mail_from ses_email_identity ses_event_destination
        ses_identity_notification_topic ses_identity_policy ses_receipt_filter ses_receipt_rule ses_receipt_rule_set ses_template
        sesv2_account_suppression_attributes sesv2_account_vdm_attributes sesv2_configuration_set_event_destination
        sesv2_dedicated_ip_assignment sesv2_email_identity_feedback_attributes sesv2_email_identity_mail_from_attributes
        sesv2_email_identity_policy sfn_alias shield_application_layer_automatic_response shield_drt_access_log_bucket_association
        shield_drt_access_role_arn_association shield_proactive_engagement shield_protection_health_check_association shield_subscription
        signer_signing_job signer_signing_profile_permission snapshot_create_volume_permission sns_platform_application
        sns_sms_preferences sns_topic_data_protection_policy sns_topic_policy sns_topic_subscription spot_datafeed_subscription
        sqs_queue_policy sqs_queue_redrive_allow_policy sqs_queue_redrive_policy ssm_default_patch_baseline ssm_maintenance_window_target
        ssm_maintenance_window_task ssm_patch_group ssm_resource_data_sync ssm_service_setting ssmcontacts_contact_channel
        ssmcontacts_plan ssoadmin_account_assignment ssoadmin_application_access_scope ssoadmin_application_assignment
        ssoadmin_application_assignment_configuration ssoadmin_customer_managed_policy_attachment
        ssoadmin_instance_access_control_attributes ssoadmin_managed_policy_attachment ssoadmin_permission_set_inline_policy
        ssoadmin_permissions_boundary_attachment storagegateway_cache storagegateway_upload_buffer storagegateway_working_storage
        synthetics_group_association transfer_access transfer_ssh_key transfer_tag transfer_web_app_customization
        verifiedaccess_instance_logging_configuration verifiedaccess_instance_trust_provider_attachment
        verifiedpermissions_identity_source verifiedpermissions_policy verifiedpermissions_policy_template verifiedpermissions_schema
        volume_attachment vpc_block_public_access_options vpc_dhcp_options_association vpc_endpoint_connection_accepter
        vpc_endpoint_connection_notification vpc_endpoint_policy vpc_endpoint_private_dns vpc_endpoint_route_table_association
        vpc_endpoint_security_group_association vpc_endpoint_service_allowed_principal vpc_endpoint_service_private_dns_verification
        vpc_endpoint_subnet_association vpc_ipam_organization_admin_account vpc_ipam_pool_cidr vpc_ipam_pool_cidr_allocation
        vpc_ipam_preview_next_cidr vpc_ipv4_cidr_block_association vpc_ipv6_cidr_block_association
        vpc_network_performance_metric_subscription vpc_peering_connection_options vpc_route_server_propagation
        vpc_route_server_vpc_association vpc_security_group_vpc_association vpclattice_auth_policy vpclattice_resource_policy
        vpclattice_target_group_attachment vpn_connection_route vpn_gateway_attachment vpn_gateway_route_propagation waf_byte_match_set
        waf_geo_match_set waf_ipset waf_regex_match_set waf_regex_pattern_set waf_size_constraint_set waf_sql_injection_match_set
        waf_xss_match_set wafregional_byte_match_set wafregional_geo_match_set wafregional_ipset wafregional_regex_match_set
        wafregional_regex_pattern_set wafregional_size_constraint_set wafregional_sql_injection_match_set wafregional_web_acl_association
        wafregional_xss_match_set wafv2_api_key wafv2_web_acl_association wafv2_web_acl_logging_configuration
        wafv2_web_acl_rule_group_association workspacesweb_browser_settings_association workspacesweb_data_protection_settings_association
        workspacesweb_ip_access_settings_association workspacesweb_network_settings_association workspacesweb_session_logger_association
        workspacesweb_trust_store_association workspacesweb_user_access_logging_settings_association
        workspacesweb_user_settings_association xray_encryption_config xray_resource_policy
        """
}
