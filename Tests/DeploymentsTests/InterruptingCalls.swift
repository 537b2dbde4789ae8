import AWS
import Deployments
import ServiceModel

/// Asks to stop while one operation is under way.
struct InterruptingCalls: ServiceCalls {
    let inner: ScriptedCalls
    private let operation: String
    private let interruption: Interruption

    init(_ inner: ScriptedCalls, at operation: String, _ interruption: Interruption) {
        self.inner = inner
        self.operation = operation
        self.interruption = interruption
    }

    func call(_ model: ServiceModel, _ operation: String, _ input: JSON) async throws(AWSError) -> JSON {
        if operation == self.operation { await interruption.request() }
        return try await inner.call(model, operation, input)
    }
}
