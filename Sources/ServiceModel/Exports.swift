// `JSONObject` is an ordered dictionary: whoever uses a JSON value uses its members.
@_exported public import OrderedCollections
