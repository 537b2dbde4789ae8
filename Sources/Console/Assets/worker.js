// One event stream per browser, shared by all its tabs: a browser opens only six connections to a server over HTTP/1.1.
"use strict";
const pages = new Map(); // each page's port, and whether it wants to hear: it is in view and not paused
const memory = []; // the last events, for pages that were made before them
const silence = 40000; // the server gives a sign every 15 s
let source = null;
let timer = 0;
let tries = 0;
let last = 0;
let heard = 0;
let state = { state: "reconnecting", since: Date.now() };

function tell(message) {
  for (const port of pages.keys()) port.postMessage(message);
}

function become(name) {
  state = { state: name, since: name === "live" ? Date.now() : heard || state.since };
  tell(state);
}

function close() {
  clearTimeout(timer);
  timer = 0;
  source?.close();
  source = null;
}

function open() {
  close();
  source = new EventSource(`/api/events/stream?last=${last || ""}`);
  heard = heard || Date.now();
  const opened = Date.now();
  const hear = (act) => (event) => {
    heard = Date.now();
    last = Number(event.lastEventId) || last;
    act?.(event);
  };
  source.onmessage = hear((event) => {
    const found = JSON.parse(event.data);
    memory.push(found);
    if (memory.length > 100) memory.shift();
    tell({ event: found });
  });
  source.addEventListener("beat", hear());
  source.addEventListener("reset", hear(() => tell({ reset: true })));
  source.addEventListener("hello", hear(() => { tries = 0; become("live"); }));
  source.addEventListener("bye", () => again(1000));
  source.onerror = () => again(500 * 2 ** Math.min(tries++, 5));
  source.check = () => { if (Date.now() - Math.max(heard, opened) > silence) again(0); };
}

function again(wait) {
  close();
  become("reconnecting");
  timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
}

// While nobody looks no connection is held; whoever looks again is told what was missed.
let leaving = 0;
function attend() {
  clearTimeout(leaving);
  if ([...pages.values()].some(Boolean)) {
    if (!source && !timer) open();
  } else {
    leaving = setTimeout(close, 3000);
  }
}

setInterval(() => source?.check(), 5000);

onconnect = (connection) => {
  const port = connection.ports[0];
  port.onmessage = ({ data }) => {
    if (data.bye) pages.delete(port);
    else pages.set(port, data.wants);
    if ("made" in data) {
      last = last || data.made;
      for (const event of memory) if (event.id > data.made) port.postMessage({ event });
      if (source) port.postMessage(state);
    }
    attend();
  };
};
