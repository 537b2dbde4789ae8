import NIOCore

/// Spreads work that only computes over the cores.
enum Parallel {
    private struct Slice<Output: Sendable>: Sendable {
        let start: Int
        let results: [Output]
    }

    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @escaping @Sendable (Input) -> Output
    ) async -> [Output] {
        guard inputs.count > 1 else { return inputs.map(body) }
        let size = max(1, inputs.count / (4 * System.coreCount))
        return await withTaskGroup(of: Slice<Output>.self) { group in
            for start in stride(from: 0, to: inputs.count, by: size) {
                let part = inputs[start..<min(start + size, inputs.count)]
                group.addTask { Slice(start: start, results: part.map(body)) }
            }
            var slices: [Slice<Output>] = []
            for await slice in group { slices.append(slice) }
            return slices.sorted { $0.start < $1.start }.flatMap(\.results)
        }
    }
}
