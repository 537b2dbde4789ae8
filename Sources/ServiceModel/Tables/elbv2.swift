// Written by script/generate-service-model from botocore 1.44.5. Do not edit.

extension ServiceModel {
    static let elbv2Table = #"""
        service elbv2 query 2015-12-01 http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/
        operation AddTags AddTagsInput AddTagsOutput
        operation CreateListener CreateListenerInput CreateListenerOutput
        operation CreateLoadBalancer CreateLoadBalancerInput CreateLoadBalancerOutput
        operation CreateRule CreateRuleInput CreateRuleOutput
        operation CreateTargetGroup CreateTargetGroupInput CreateTargetGroupOutput
        operation DeleteListener DeleteListenerInput DeleteListenerOutput
        operation DeleteLoadBalancer DeleteLoadBalancerInput DeleteLoadBalancerOutput
        operation DeleteRule DeleteRuleInput DeleteRuleOutput
        operation DeleteTargetGroup DeleteTargetGroupInput DeleteTargetGroupOutput
        operation DeregisterTargets DeregisterTargetsInput DeregisterTargetsOutput
        operation DescribeListeners DescribeListenersInput DescribeListenersOutput
        operation DescribeLoadBalancerAttributes DescribeLoadBalancerAttributesInput DescribeLoadBalancerAttributesOutput
        operation DescribeLoadBalancers DescribeLoadBalancersInput DescribeLoadBalancersOutput
        operation DescribeRules DescribeRulesInput DescribeRulesOutput
        operation DescribeTags DescribeTagsInput DescribeTagsOutput
        operation DescribeTargetGroupAttributes DescribeTargetGroupAttributesInput DescribeTargetGroupAttributesOutput
        operation DescribeTargetGroups DescribeTargetGroupsInput DescribeTargetGroupsOutput
        operation DescribeTargetHealth DescribeTargetHealthInput DescribeTargetHealthOutput
        operation ModifyListener ModifyListenerInput ModifyListenerOutput
        operation ModifyLoadBalancerAttributes ModifyLoadBalancerAttributesInput ModifyLoadBalancerAttributesOutput
        operation ModifyRule ModifyRuleInput ModifyRuleOutput
        operation ModifyTargetGroup ModifyTargetGroupInput ModifyTargetGroupOutput
        operation ModifyTargetGroupAttributes ModifyTargetGroupAttributesInput ModifyTargetGroupAttributesOutput
        operation RegisterTargets RegisterTargetsInput RegisterTargetsOutput
        operation RemoveTags RemoveTagsInput RemoveTagsOutput
        operation SetRulePriorities SetRulePrioritiesInput SetRulePrioritiesOutput
        operation SetSecurityGroups SetSecurityGroupsInput SetSecurityGroupsOutput
        operation SetSubnets SetSubnetsInput SetSubnetsOutput
        exception ALPNPolicyNotSupportedException ALPNPolicyNotFound
        structure Action
         Type ActionTypeEnum!
         TargetGroupArn string
         AuthenticateOidcConfig AuthenticateOidcActionConfig
         AuthenticateCognitoConfig AuthenticateCognitoActionConfig
         Order integer
         RedirectConfig RedirectActionConfig
         FixedResponseConfig FixedResponseActionConfig
         ForwardConfig ForwardActionConfig
         JwtValidationConfig JwtValidationActionConfig
        enum ActionTypeEnum forward authenticate-oidc authenticate-cognito redirect fixed-response jwt-validation
        list Actions Action
        structure AddTagsInput
         ResourceArns ResourceArns!
         Tags TagList!
        structure AddTagsOutput
        structure AdministrativeOverride
         State TargetAdministrativeOverrideStateEnum
         Reason TargetAdministrativeOverrideReasonEnum
         Description string
        enum AdvertiseTrustStoreCaNamesEnum on off
        exception AllocationIdNotFoundException AllocationIdNotFound
        list AlpnPolicyName string
        structure AnomalyDetection
         Result AnomalyResultEnum
         MitigationInEffect MitigationInEffectEnum
        enum AnomalyResultEnum anomalous normal
        map AuthenticateCognitoActionAuthenticationRequestExtraParams string
        enum AuthenticateCognitoActionConditionalBehaviorEnum deny allow authenticate
        structure AuthenticateCognitoActionConfig
         UserPoolArn string!
         UserPoolClientId string!
         UserPoolDomain string!
         SessionCookieName string
         Scope string
         SessionTimeout long
         AuthenticationRequestExtraParams AuthenticateCognitoActionAuthenticationRequestExtraParams
         OnUnauthenticatedRequest AuthenticateCognitoActionConditionalBehaviorEnum
        map AuthenticateOidcActionAuthenticationRequestExtraParams string
        enum AuthenticateOidcActionConditionalBehaviorEnum deny allow authenticate
        structure AuthenticateOidcActionConfig
         Issuer string!
         AuthorizationEndpoint string!
         TokenEndpoint string!
         UserInfoEndpoint string!
         ClientId string!
         ClientSecret string
         SessionCookieName string
         Scope string
         SessionTimeout long
         AuthenticationRequestExtraParams AuthenticateOidcActionAuthenticationRequestExtraParams
         OnUnauthenticatedRequest AuthenticateOidcActionConditionalBehaviorEnum
         UseExistingClientSecret boolean
        structure AvailabilityZone
         ZoneName string
         SubnetId string
         OutpostId string
         LoadBalancerAddresses LoadBalancerAddresses
         SourceNatIpv6Prefixes SourceNatIpv6Prefixes
        exception AvailabilityZoneNotSupportedException AvailabilityZoneNotSupported
        list AvailabilityZones AvailabilityZone
        exception CapacityReservationPendingException CapacityReservationPending
        structure Certificate
         CertificateArn string
         IsDefault boolean
        list CertificateList Certificate
        exception CertificateNotFoundException CertificateNotFound
        structure CreateListenerInput
         LoadBalancerArn string!
         Protocol ProtocolEnum
         Port integer
         SslPolicy string
         Certificates CertificateList
         DefaultActions Actions!
         AlpnPolicy AlpnPolicyName
         Tags TagList
         MutualAuthentication MutualAuthenticationAttributes
        structure CreateListenerOutput
         Listeners Listeners
        structure CreateLoadBalancerInput
         Name string!
         Subnets Subnets
         SubnetMappings SubnetMappings
         SecurityGroups SecurityGroups
         Scheme LoadBalancerSchemeEnum
         Tags TagList
         Type LoadBalancerTypeEnum
         IpAddressType IpAddressType
         CustomerOwnedIpv4Pool string
         EnablePrefixForIpv6SourceNat EnablePrefixForIpv6SourceNatEnum
         IpamPools IpamPools
        structure CreateLoadBalancerOutput
         LoadBalancers LoadBalancers
        structure CreateRuleInput
         ListenerArn string!
         Conditions RuleConditionList!
         Priority integer!
         Actions Actions!
         Tags TagList
         Transforms RuleTransformList
        structure CreateRuleOutput
         Rules Rules
        structure CreateTargetGroupInput
         Name string!
         Protocol ProtocolEnum
         ProtocolVersion string
         Port integer
         VpcId string
         HealthCheckProtocol ProtocolEnum
         HealthCheckPort string
         HealthCheckEnabled boolean
         HealthCheckPath string
         HealthCheckIntervalSeconds integer
         HealthCheckTimeoutSeconds integer
         HealthyThresholdCount integer
         UnhealthyThresholdCount integer
         Matcher Matcher
         TargetType TargetTypeEnum
         Tags TagList
         IpAddressType TargetGroupIpAddressTypeEnum
         TargetControlPort integer
        structure CreateTargetGroupOutput
         TargetGroups TargetGroups
        structure DeleteListenerInput
         ListenerArn string!
        structure DeleteListenerOutput
        structure DeleteLoadBalancerInput
         LoadBalancerArn string!
        structure DeleteLoadBalancerOutput
        structure DeleteRuleInput
         RuleArn string!
        structure DeleteRuleOutput
        structure DeleteTargetGroupInput
         TargetGroupArn string!
        structure DeleteTargetGroupOutput
        structure DeregisterTargetsInput
         TargetGroupArn string!
         Targets TargetDescriptions!
        structure DeregisterTargetsOutput
        structure DescribeListenersInput
         LoadBalancerArn string
         ListenerArns ListenerArns
         Marker string
         PageSize integer
        structure DescribeListenersOutput
         Listeners Listeners
         NextMarker string
        structure DescribeLoadBalancerAttributesInput
         LoadBalancerArn string!
        structure DescribeLoadBalancerAttributesOutput
         Attributes LoadBalancerAttributes
        structure DescribeLoadBalancersInput
         LoadBalancerArns LoadBalancerArns
         Names LoadBalancerNames
         Marker string
         PageSize integer
        structure DescribeLoadBalancersOutput
         LoadBalancers LoadBalancers
         NextMarker string
        structure DescribeRulesInput
         ListenerArn string
         RuleArns RuleArns
         Marker string
         PageSize integer
        structure DescribeRulesOutput
         Rules Rules
         NextMarker string
        structure DescribeTagsInput
         ResourceArns ResourceArns!
        structure DescribeTagsOutput
         TagDescriptions TagDescriptions
        structure DescribeTargetGroupAttributesInput
         TargetGroupArn string!
        structure DescribeTargetGroupAttributesOutput
         Attributes TargetGroupAttributes
        structure DescribeTargetGroupsInput
         LoadBalancerArn string
         TargetGroupArns TargetGroupArns
         Names TargetGroupNames
         Marker string
         PageSize integer
        structure DescribeTargetGroupsOutput
         TargetGroups TargetGroups
         NextMarker string
        structure DescribeTargetHealthInput
         TargetGroupArn string!
         Targets TargetDescriptions
         Include ListOfDescribeTargetHealthIncludeOptions
        enum DescribeTargetHealthInputIncludeEnum AnomalyDetection All
        structure DescribeTargetHealthOutput
         TargetHealthDescriptions TargetHealthDescriptions
        exception DuplicateListenerException DuplicateListener
        exception DuplicateLoadBalancerNameException DuplicateLoadBalancerName
        exception DuplicateTagKeysException DuplicateTagKeys
        exception DuplicateTargetGroupNameException DuplicateTargetGroupName
        enum EnablePrefixForIpv6SourceNatEnum on off
        enum EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum on off
        structure FixedResponseActionConfig
         MessageBody string
         StatusCode string!
         ContentType string
        structure ForwardActionConfig
         TargetGroups TargetGroupList
         TargetGroupStickinessConfig TargetGroupStickinessConfig
        exception HealthUnavailableException HealthUnavailable
        structure HostHeaderConditionConfig
         Values ListOfString
         RegexValues ListOfString
        structure HostHeaderRewriteConfig
         Rewrites RewriteConfigList
        structure HttpHeaderConditionConfig
         HttpHeaderName string
         Values ListOfString
         RegexValues ListOfString
        structure HttpRequestMethodConditionConfig
         Values ListOfString
        exception IncompatibleProtocolsException IncompatibleProtocols
        exception InvalidConfigurationRequestException InvalidConfigurationRequest
        exception InvalidLoadBalancerActionException InvalidLoadBalancerAction
        exception InvalidSchemeException InvalidScheme
        exception InvalidSecurityGroupException InvalidSecurityGroup
        exception InvalidSubnetException InvalidSubnet
        exception InvalidTargetException InvalidTarget
        enum IpAddressType ipv4 dualstack dualstack-without-public-ipv4
        structure IpamPools
         Ipv4IpamPoolId string
        structure JwtValidationActionAdditionalClaim
         Format JwtValidationActionAdditionalClaimFormatEnum!
         Name string!
         Values JwtValidationActionAdditionalClaimValues!
        enum JwtValidationActionAdditionalClaimFormatEnum single-string string-array space-separated-values
        list JwtValidationActionAdditionalClaimValues string
        list JwtValidationActionAdditionalClaims JwtValidationActionAdditionalClaim
        structure JwtValidationActionConfig
         JwksEndpoint string!
         Issuer string!
         AdditionalClaims JwtValidationActionAdditionalClaims
        list ListOfDescribeTargetHealthIncludeOptions DescribeTargetHealthInputIncludeEnum
        list ListOfString string
        structure Listener
         ListenerArn string
         LoadBalancerArn string
         Port integer
         Protocol ProtocolEnum
         Certificates CertificateList
         SslPolicy string
         DefaultActions Actions
         AlpnPolicy AlpnPolicyName
         MutualAuthentication MutualAuthenticationAttributes
        list ListenerArns string
        exception ListenerNotFoundException ListenerNotFound
        list Listeners Listener
        structure LoadBalancer
         LoadBalancerArn string
         DNSName string
         CanonicalHostedZoneId string
         CreatedTime timestamp
         LoadBalancerName string
         Scheme LoadBalancerSchemeEnum
         VpcId string
         State LoadBalancerState
         Type LoadBalancerTypeEnum
         AvailabilityZones AvailabilityZones
         SecurityGroups SecurityGroups
         IpAddressType IpAddressType
         CustomerOwnedIpv4Pool string
         EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic string
         EnablePrefixForIpv6SourceNat EnablePrefixForIpv6SourceNatEnum
         IpamPools IpamPools
        structure LoadBalancerAddress
         IpAddress string
         AllocationId string
         PrivateIPv4Address string
         IPv6Address string
        list LoadBalancerAddresses LoadBalancerAddress
        list LoadBalancerArns string
        structure LoadBalancerAttribute
         Key string
         Value string
        list LoadBalancerAttributes LoadBalancerAttribute
        list LoadBalancerNames string
        exception LoadBalancerNotFoundException LoadBalancerNotFound
        enum LoadBalancerSchemeEnum internet-facing internal
        structure LoadBalancerState
         Code LoadBalancerStateEnum
         Reason string
        enum LoadBalancerStateEnum active provisioning active_impaired failed
        enum LoadBalancerTypeEnum application network gateway
        list LoadBalancers LoadBalancer
        structure Matcher
         HttpCode string
         GrpcCode string
        enum MitigationInEffectEnum yes no
        structure ModifyListenerInput
         ListenerArn string!
         Port integer
         Protocol ProtocolEnum
         SslPolicy string
         Certificates CertificateList
         DefaultActions Actions
         AlpnPolicy AlpnPolicyName
         MutualAuthentication MutualAuthenticationAttributes
        structure ModifyListenerOutput
         Listeners Listeners
        structure ModifyLoadBalancerAttributesInput
         LoadBalancerArn string!
         Attributes LoadBalancerAttributes!
        structure ModifyLoadBalancerAttributesOutput
         Attributes LoadBalancerAttributes
        structure ModifyRuleInput
         RuleArn string!
         Conditions RuleConditionList
         Actions Actions
         Transforms RuleTransformList
         ResetTransforms boolean
        structure ModifyRuleOutput
         Rules Rules
        structure ModifyTargetGroupAttributesInput
         TargetGroupArn string!
         Attributes TargetGroupAttributes!
        structure ModifyTargetGroupAttributesOutput
         Attributes TargetGroupAttributes
        structure ModifyTargetGroupInput
         TargetGroupArn string!
         HealthCheckProtocol ProtocolEnum
         HealthCheckPort string
         HealthCheckPath string
         HealthCheckEnabled boolean
         HealthCheckIntervalSeconds integer
         HealthCheckTimeoutSeconds integer
         HealthyThresholdCount integer
         UnhealthyThresholdCount integer
         Matcher Matcher
        structure ModifyTargetGroupOutput
         TargetGroups TargetGroups
        structure MutualAuthenticationAttributes
         Mode string
         TrustStoreArn string
         IgnoreClientCertificateExpiry boolean
         TrustStoreAssociationStatus TrustStoreAssociationStatusEnum
         AdvertiseTrustStoreCaNames AdvertiseTrustStoreCaNamesEnum
        exception OperationNotPermittedException OperationNotPermitted
        structure PathPatternConditionConfig
         Values ListOfString
         RegexValues ListOfString
        exception PriorityInUseException PriorityInUse
        enum ProtocolEnum HTTP HTTPS TCP TLS UDP TCP_UDP GENEVE QUIC TCP_QUIC
        structure QueryStringConditionConfig
         Values QueryStringKeyValuePairList
        structure QueryStringKeyValuePair
         Key string
         Value string
        list QueryStringKeyValuePairList QueryStringKeyValuePair
        structure RedirectActionConfig
         Protocol string
         Port string
         Host string
         Path string
         Query string
         StatusCode RedirectActionStatusCodeEnum!
        enum RedirectActionStatusCodeEnum HTTP_301 HTTP_302
        structure RegisterTargetsInput
         TargetGroupArn string!
         Targets TargetDescriptions!
        structure RegisterTargetsOutput
        structure RemoveTagsInput
         ResourceArns ResourceArns!
         TagKeys TagKeys!
        structure RemoveTagsOutput
        list ResourceArns string
        exception ResourceInUseException ResourceInUse
        structure RewriteConfig
         Regex string!
         Replace string!
        list RewriteConfigList RewriteConfig
        structure Rule
         RuleArn string
         Priority string
         Conditions RuleConditionList
         Actions Actions
         IsDefault boolean
         Transforms RuleTransformList
        list RuleArns string
        structure RuleCondition
         Field string
         Values ListOfString
         HostHeaderConfig HostHeaderConditionConfig
         PathPatternConfig PathPatternConditionConfig
         HttpHeaderConfig HttpHeaderConditionConfig
         QueryStringConfig QueryStringConditionConfig
         HttpRequestMethodConfig HttpRequestMethodConditionConfig
         SourceIpConfig SourceIpConditionConfig
         RegexValues ListOfString
        list RuleConditionList RuleCondition
        exception RuleNotFoundException RuleNotFound
        list RulePriorityList RulePriorityPair
        structure RulePriorityPair
         RuleArn string
         Priority integer
        structure RuleTransform
         Type TransformTypeEnum!
         HostHeaderRewriteConfig HostHeaderRewriteConfig
         UrlRewriteConfig UrlRewriteConfig
        list RuleTransformList RuleTransform
        list Rules Rule
        exception SSLPolicyNotFoundException SSLPolicyNotFound
        list SecurityGroups string
        structure SetRulePrioritiesInput
         RulePriorities RulePriorityList!
        structure SetRulePrioritiesOutput
         Rules Rules
        structure SetSecurityGroupsInput
         LoadBalancerArn string!
         SecurityGroups SecurityGroups!
         EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum
        structure SetSecurityGroupsOutput
         SecurityGroupIds SecurityGroups
         EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum
        structure SetSubnetsInput
         LoadBalancerArn string!
         Subnets Subnets
         SubnetMappings SubnetMappings
         IpAddressType IpAddressType
         EnablePrefixForIpv6SourceNat EnablePrefixForIpv6SourceNatEnum
        structure SetSubnetsOutput
         AvailabilityZones AvailabilityZones
         IpAddressType IpAddressType
         EnablePrefixForIpv6SourceNat EnablePrefixForIpv6SourceNatEnum
        enum SourceIpAddressTypeEnum ipv4 ipv6
        structure SourceIpConditionConfig
         Values ListOfString
         IpAddressType SourceIpAddressTypeEnum
        list SourceNatIpv6Prefixes string
        structure SubnetMapping
         SubnetId string
         AllocationId string
         PrivateIPv4Address string
         IPv6Address string
         SourceNatIpv6Prefix string
        list SubnetMappings SubnetMapping
        exception SubnetNotFoundException SubnetNotFound
        list Subnets string
        structure Tag
         Key string!
         Value string
        structure TagDescription
         ResourceArn string
         Tags TagList
        list TagDescriptions TagDescription
        list TagKeys string
        list TagList Tag
        enum TargetAdministrativeOverrideReasonEnum AdministrativeOverride.Unknown AdministrativeOverride.NoOverride AdministrativeOverride.ZonalShiftActive AdministrativeOverride.ZonalShiftDelegatedToDns
        enum TargetAdministrativeOverrideStateEnum unknown no_override zonal_shift_active zonal_shift_delegated_to_dns
        structure TargetDescription
         Id string!
         Port integer
         AvailabilityZone string
         QuicServerId string
        list TargetDescriptions TargetDescription
        structure TargetGroup
         TargetGroupArn string
         TargetGroupName string
         Protocol ProtocolEnum
         Port integer
         VpcId string
         HealthCheckProtocol ProtocolEnum
         HealthCheckPort string
         HealthCheckEnabled boolean
         HealthCheckIntervalSeconds integer
         HealthCheckTimeoutSeconds integer
         HealthyThresholdCount integer
         UnhealthyThresholdCount integer
         HealthCheckPath string
         Matcher Matcher
         LoadBalancerArns LoadBalancerArns
         TargetType TargetTypeEnum
         ProtocolVersion string
         IpAddressType TargetGroupIpAddressTypeEnum
         TargetControlPort integer
        list TargetGroupArns string
        exception TargetGroupAssociationLimitException TargetGroupAssociationLimit
        structure TargetGroupAttribute
         Key string
         Value string
        list TargetGroupAttributes TargetGroupAttribute
        enum TargetGroupIpAddressTypeEnum ipv4 ipv6
        list TargetGroupList TargetGroupTuple
        list TargetGroupNames string
        exception TargetGroupNotFoundException TargetGroupNotFound
        structure TargetGroupStickinessConfig
         Enabled boolean
         DurationSeconds integer
        structure TargetGroupTuple
         TargetGroupArn string
         Weight integer
        list TargetGroups TargetGroup
        structure TargetHealth
         State TargetHealthStateEnum
         Reason TargetHealthReasonEnum
         Description string
        structure TargetHealthDescription
         Target TargetDescription
         HealthCheckPort string
         TargetHealth TargetHealth
         AnomalyDetection AnomalyDetection
         AdministrativeOverride AdministrativeOverride
        list TargetHealthDescriptions TargetHealthDescription
        enum TargetHealthReasonEnum Elb.RegistrationInProgress Elb.InitialHealthChecking Target.ResponseCodeMismatch Target.Timeout Target.FailedHealthChecks Target.NotRegistered Target.NotInUse Target.DeregistrationInProgress Target.InvalidState Target.IpUnusable Target.HealthCheckDisabled Elb.InternalError
        enum TargetHealthStateEnum initial healthy unhealthy unhealthy.draining unused draining unavailable
        enum TargetTypeEnum instance ip lambda alb
        exception TooManyActionsException TooManyActions
        exception TooManyCertificatesException TooManyCertificates
        exception TooManyListenersException TooManyListeners
        exception TooManyLoadBalancersException TooManyLoadBalancers
        exception TooManyRegistrationsForTargetIdException TooManyRegistrationsForTargetId
        exception TooManyRulesException TooManyRules
        exception TooManyTagsException TooManyTags
        exception TooManyTargetGroupsException TooManyTargetGroups
        exception TooManyTargetsException TooManyTargets
        exception TooManyUniqueTargetGroupsPerLoadBalancerException TooManyUniqueTargetGroupsPerLoadBalancer
        enum TransformTypeEnum host-header-rewrite url-rewrite
        enum TrustStoreAssociationStatusEnum active removed
        exception TrustStoreNotFoundException TrustStoreNotFound
        exception TrustStoreNotReadyException TrustStoreNotReady
        exception UnsupportedProtocolException UnsupportedProtocol
        structure UrlRewriteConfig
         Rewrites RewriteConfigList
        """#
}
