// One event stream per browser, shared by all its tabs: a browser opens only six connections to a server over HTTP/1.1.
const ports = new Set();
let source = null;
let state = { state: "reconnecting" };

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function open() {
  if (source) return;
  source = new EventSource("/api/events/stream");
  source.onopen = () => tell((state = { state: "live" }));
  source.onerror = () => tell((state = { state: "reconnecting", since: Date.now() }));
  source.onmessage = (event) => tell({ event: JSON.parse(event.data) });
  source.addEventListener("reset", () => tell({ reset: true }));
}

onconnect = (connection) => {
  const port = connection.ports[0];
  ports.add(port);
  port.onmessage = (message) => {
    if (message.data !== "bye") return;
    ports.delete(port);
    if (ports.size === 0 && source) {
      source.close();
      source = null;
    }
  };
  port.postMessage(state);
  open();
};
