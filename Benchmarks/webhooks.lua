-- Webhooks as Alertmanager sends them, each of a group of its own.
local token = os.getenv("TOKEN")
local apps = tonumber(os.getenv("APPS"))
local thread_count = 0
function setup(thread)
    thread:set("id", thread_count)
    thread_count = thread_count + 1
end
function init()
    number = 0
    wrk.headers["Authorization"] = "Bearer " .. token
    wrk.headers["Content-Type"] = "application/json"
end
function request()
    number = number + 1
    local name = id .. "-" .. number
    local app = "app" .. (number % apps)
    return wrk.format("POST", "/api/alertmanager", nil, string.format(
        [[{"version":"4","groupKey":"{}:{%s %s}","truncatedAlerts":0,"status":"firing","receiver":"jubako","groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://127.0.0.1","alerts":[{"status":"firing","labels":{"alertname":%q,"app":%q,"team":"kitchen","severity":"page"},"annotations":{"summary":"%s fails","description":"Requests to %s fail."},"startsAt":"2026-11-24T06:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://127.0.0.1/graph","fingerprint":%q}]}]],
        app, name, name, app, app, app, name))
end
