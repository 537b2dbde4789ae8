/// Drills are the engine's own: AWS has nothing of the kind in ECS. They speak like the other services, so that client and engine share one codec.
extension ServiceModel {
    static let drillsTable = #"""
        service drills json 2026-11-26 JubakoDrillsV20261126
        operation StartDrill StartDrillRequest DrillResponse
        operation StopDrill StopDrillRequest DrillResponse
        operation ListDrills ListDrillsRequest ListDrillsResponse
        structure StartDrillRequest
         cluster string
         service string!
         fault Fault!
         durationSeconds integer!
         amount integer
         startedBy string
        enum Fault kill-task latency errors
        structure StopDrillRequest
         cluster string
         service string!
        structure ListDrillsRequest
         cluster string
        structure ListDrillsResponse
         drills Drills
        structure DrillResponse
         drill Drill
        list Drills Drill
        structure Drill
         cluster string
         service string
         fault Fault
         amount integer
         startedBy string
         startedAt timestamp
         endsAt timestamp
         killedTasks integer
        """#
}
