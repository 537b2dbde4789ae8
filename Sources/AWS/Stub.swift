import AsyncHTTPClient
import Crypto
import Foundation

func f() { _ = SHA256.hash(data: Data()) }
