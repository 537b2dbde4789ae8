import Foundation
import GRDB

/// Runs `body` and turns what SQLite and the system say into a ``StoreError`` that names the file.
func mapped<Value>(_ path: String, _ body: () throws -> Value) throws(StoreError) -> Value {
    do {
        return try body()
    } catch {
        throw StoreError(error, path: path)
    }
}

extension StoreError {
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
            self = .diskFull("the disk of the store \(path) is full, make room and try again")
        case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT:
            self = .unavailable("the store \(path) is damaged or no store at all: \(error.message ?? "no details"), move it away or restore a copy")
        case let error as DatabaseError where error.resultCode == .SQLITE_BUSY:
            self = .unavailable("the store \(path) is held by another process")
        case let error as DatabaseError:
            self = .unavailable("the store \(path) failed: \(error.message ?? "no details") (\(error.resultCode))")
        case let error as CocoaError where error.code == .fileWriteOutOfSpace:
            self = .diskFull("the disk of the store \(path) is full, make room and try again")
        default:
            self = .unavailable("the store \(path) cannot be opened: \(error)")
        }
    }
}
