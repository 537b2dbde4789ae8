// Written by script/generate-service-model from botocore 1.44.5. Do not edit.

extension ServiceModel {
    static let logsTable = #"""
        service logs json 2014-03-28 Logs_20140328
        operation CreateLogGroup CreateLogGroupRequest -
        operation CreateLogStream CreateLogStreamRequest -
        operation DeleteLogGroup DeleteLogGroupRequest -
        operation DescribeLogGroups DescribeLogGroupsRequest DescribeLogGroupsResponse
        operation DescribeLogStreams DescribeLogStreamsRequest DescribeLogStreamsResponse
        operation FilterLogEvents FilterLogEventsRequest FilterLogEventsResponse
        operation GetLogEvents GetLogEventsRequest GetLogEventsResponse
        operation PutLogEvents PutLogEventsRequest PutLogEventsResponse
        operation PutRetentionPolicy PutRetentionPolicyRequest -
        list AccountIds string
        structure CreateLogGroupRequest
         logGroupName string!
         kmsKeyId string
         tags Tags
         logGroupClass LogGroupClass
         deletionProtectionEnabled boolean
        structure CreateLogStreamRequest
         logGroupName string!
         logStreamName string!
        exception DataAlreadyAcceptedException DataAlreadyAcceptedException
        enum DataProtectionStatus ACTIVATED DELETED ARCHIVED DISABLED
        structure DeleteLogGroupRequest
         logGroupName string!
        list DescribeLogGroupsLogGroupIdentifiers string
        structure DescribeLogGroupsRequest
         accountIdentifiers AccountIds
         logGroupNamePrefix string
         logGroupNamePattern string
         nextToken string
         limit integer
         includeLinkedAccounts boolean
         logGroupClass LogGroupClass
         logGroupIdentifiers DescribeLogGroupsLogGroupIdentifiers
        structure DescribeLogGroupsResponse
         logGroups LogGroups
         nextToken string
        structure DescribeLogStreamsRequest
         logGroupName string
         logGroupIdentifier string
         logStreamNamePrefix string
         orderBy OrderBy
         descending boolean
         nextToken string
         limit integer
        structure DescribeLogStreamsResponse
         logStreams LogStreams
         nextToken string
        structure Entity
         keyAttributes EntityKeyAttributes
         attributes EntityAttributes
        map EntityAttributes string
        map EntityKeyAttributes string
        enum EntityRejectionErrorType InvalidEntity InvalidTypeValue InvalidKeyAttributes InvalidAttributes EntitySizeTooLarge UnsupportedLogGroupType MissingRequiredFields
        structure FilterLogEventsRequest
         logGroupName string
         logGroupIdentifier string
         logStreamNames InputLogStreamNames
         logStreamNamePrefix string
         startTime long
         endTime long
         filterPattern string
         nextToken string
         limit integer
         startFromHead boolean
         interleaved boolean
         unmask boolean
        structure FilterLogEventsResponse
         events FilteredLogEvents
         searchedLogStreams SearchedLogStreams
         nextToken string
        structure FilteredLogEvent
         logStreamName string
         timestamp long
         message string
         ingestionTime long
         eventId string
        list FilteredLogEvents FilteredLogEvent
        structure GetLogEventsRequest
         logGroupName string
         logGroupIdentifier string
         logStreamName string!
         startTime long
         endTime long
         nextToken string
         limit integer
         startFromHead boolean
         unmask boolean
        structure GetLogEventsResponse
         events OutputLogEvents
         nextForwardToken string
         nextBackwardToken string
        list InheritedProperties InheritedProperty
        enum InheritedProperty ACCOUNT_DATA_PROTECTION
        structure InputLogEvent
         timestamp long!
         message string!
        list InputLogEvents InputLogEvent
        list InputLogStreamNames string
        exception InvalidParameterException InvalidParameterException
        exception InvalidSequenceTokenException InvalidSequenceTokenException
        exception LimitExceededException LimitExceededException
        structure LogGroup
         logGroupName string
         creationTime long
         retentionInDays integer
         metricFilterCount integer
         arn string
         storedBytes long
         kmsKeyId string
         dataProtectionStatus DataProtectionStatus
         inheritedProperties InheritedProperties
         logGroupClass LogGroupClass
         logGroupArn string
         deletionProtectionEnabled boolean
         bearerTokenAuthenticationEnabled boolean
         retentionPolicyName string
        enum LogGroupClass STANDARD INFREQUENT_ACCESS DELIVERY ESSENTIALS
        list LogGroups LogGroup
        structure LogStream
         logStreamName string
         creationTime long
         firstEventTimestamp long
         lastEventTimestamp long
         lastIngestionTime long
         uploadSequenceToken string
         arn string
         storedBytes long
        list LogStreams LogStream
        exception OperationAbortedException OperationAbortedException
        enum OrderBy LogStreamName LastEventTime
        structure OutputLogEvent
         timestamp long
         message string
         ingestionTime long
        list OutputLogEvents OutputLogEvent
        structure PutLogEventsRequest
         logGroupName string!
         logStreamName string!
         logEvents InputLogEvents!
         sequenceToken string
         entity Entity
        structure PutLogEventsResponse
         nextSequenceToken string
         rejectedLogEventsInfo RejectedLogEventsInfo
         rejectedEntityInfo RejectedEntityInfo
        structure PutRetentionPolicyRequest
         logGroupName string!
         retentionInDays integer!
        structure RejectedEntityInfo
         errorType EntityRejectionErrorType!
        structure RejectedLogEventsInfo
         tooNewLogEventStartIndex integer
         tooOldLogEventEndIndex integer
         expiredLogEventEndIndex integer
        exception ResourceAlreadyExistsException ResourceAlreadyExistsException
        exception ResourceNotFoundException ResourceNotFoundException
        structure SearchedLogStream
         logStreamName string
         searchedCompletely boolean
        list SearchedLogStreams SearchedLogStream
        exception ServiceUnavailableException ServiceUnavailableException
        map Tags string
        exception UnrecognizedClientException UnrecognizedClientException
        exception ValidationException ValidationException
        """#
}
