import CJsonnet
import Crypto
import Foundation
import Yams

func f() -> String { String(cString: jsonnet_version()) + String(describing: try? Yams.compose(yaml: "a: 1")) }
