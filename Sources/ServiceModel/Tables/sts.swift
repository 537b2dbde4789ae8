// Written by script/generate-service-model from botocore 1.44.5. Do not edit.

extension ServiceModel {
    static let stsTable = #"""
        service sts query 2011-06-15 https://sts.amazonaws.com/doc/2011-06-15/
        operation AssumeRole AssumeRoleRequest AssumeRoleResponse
        operation AssumeRoleWithWebIdentity AssumeRoleWithWebIdentityRequest AssumeRoleWithWebIdentityResponse
        operation GetCallerIdentity GetCallerIdentityRequest GetCallerIdentityResponse
        structure AssumeRoleRequest
         RoleArn string!
         RoleSessionName string!
         PolicyArns policyDescriptorListType
         Policy string
         DurationSeconds integer
         Tags tagListType
         TransitiveTagKeys tagKeyListType
         ExternalId string
         SerialNumber string
         TokenCode string
         SourceIdentity string
         ProvidedContexts ProvidedContextsListType
         MinimumSessionTokenSize integer
        structure AssumeRoleResponse
         Credentials Credentials
         AssumedRoleUser AssumedRoleUser
         PackedPolicySize integer
         SourceIdentity string
         SessionTokenUtilization integer
         SessionTokenSize integer
        structure AssumeRoleWithWebIdentityRequest
         RoleArn string!
         RoleSessionName string!
         WebIdentityToken string!
         ProviderId string
         PolicyArns policyDescriptorListType
         Policy string
         DurationSeconds integer
         MinimumSessionTokenSize integer
        structure AssumeRoleWithWebIdentityResponse
         Credentials Credentials
         SubjectFromWebIdentityToken string
         AssumedRoleUser AssumedRoleUser
         PackedPolicySize integer
         Provider string
         Audience string
         SourceIdentity string
         SessionTokenUtilization integer
         SessionTokenSize integer
        structure AssumedRoleUser
         AssumedRoleId string!
         Arn string!
        structure Credentials
         AccessKeyId string!
         SecretAccessKey string!
         SessionToken string!
         Expiration timestamp!
        exception ExpiredTokenException ExpiredTokenException
        structure GetCallerIdentityRequest
        structure GetCallerIdentityResponse
         UserId string
         Account string
         Arn string
        exception IDPCommunicationErrorException IDPCommunicationError
        exception IDPRejectedClaimException IDPRejectedClaim
        exception InvalidIdentityTokenException InvalidIdentityToken
        exception MalformedPolicyDocumentException MalformedPolicyDocument
        exception PackedPolicyTooLargeException PackedPolicyTooLarge
        structure PolicyDescriptorType
         arn string
        structure ProvidedContext
         ProviderArn string
         ContextAssertion string
        list ProvidedContextsListType ProvidedContext
        exception RegionDisabledException RegionDisabledException
        structure Tag
         Key string!
         Value string!
        list policyDescriptorListType PolicyDescriptorType
        list tagKeyListType string
        list tagListType Tag
        """#
}
