import Foundation
import Logging
import ServiceLifecycle
import Terraform

/// Ends applies of which nobody hears any more, and forgets the bundles of plans that nobody can apply: they hold secrets.
struct PlanWatch: Service {
    let plans: PlanEndpoints
    let logger: Logger
    var interval: Duration = .seconds(15)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await look(now: Date()) } catch {
                    if !Task.isCancelled { logger.error("plans could not be looked at", metadata: ["error": "\(error)"]) }
                }
                guard (try? await Task.sleep(for: interval)) != nil else { return }
            }
        }
    }

    func look(now: Date) async throws {
        for lost in try await plans.book.sweep(now: now) {
            logger.warning("nobody hears of an apply any more", metadata: ["plan": "\(lost.id)", "project": "\(lost.facts.project)"])
            await plans.notices.changed(lost, by: "the server")
            await plans.tell()
        }
        // read before the plans are, so that one which comes in between is left alone
        for plan in plans.vault.plans() where try await plans.book.plan(plan)?.state.isOpen != true { plans.vault.forget(plan) }
    }
}
