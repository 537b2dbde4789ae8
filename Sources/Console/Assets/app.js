// Pages work without this file. It keeps what is marked with data-live fresh, and says how fresh that is.
"use strict";
const body = document.body.dataset;
const topics = (body.topics ?? "").split(" ").filter(Boolean);
const sign = document.getElementById("live");
const pause = document.getElementById("pause");
const every = 10000; // milliseconds between two readings where there is no stream

let stream = "reconnecting"; // or "live"
let isPolled = !window.SharedWorker;
let isStale = false; // the last reading failed
let isPaused = sessionStorage.getItem("paused") === "true";
let fresh = Date.now(); // when what is shown was last known to be true
let asked = Date.now();

function say() {
  const name = isPaused ? "paused" : isStale ? "stale" : stream === "live" ? "live" : isPolled ? "polling" : "reconnecting";
  const text = sign.dataset[`say_${name}`].replace("{time}", new Date(fresh).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" }));
  sign.dataset.state = name;
  if (sign.textContent !== text) sign.textContent = text;
}

// Makes `old` the same as `next` and touches nothing that is the same already: focus, selection and what is folded open stay.
function morph(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeName !== next.nodeName) return old.replaceWith(next);
  if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = next.nodeValue; return; }
  if (old === document.activeElement && old.matches("input, select, textarea")) return;
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
  // What has a name and is gone makes room first, so that what stays is not rewritten.
  const names = new Set([...next.children].map((child) => child.id));
  for (const child of [...old.children]) if (child.id && !names.has(child.id)) child.remove();
  old.normalize();
  const nodes = [...next.childNodes];
  nodes.forEach((node, index) => (old.childNodes[index] ? morph(old.childNodes[index], node) : old.append(node)));
  while (old.childNodes.length > nodes.length) old.lastChild.remove();
}

// The server's page is the truth: it is read again, and the parts that differ are changed.
let isReading = false;
let isDue = false;
async function refresh() {
  if (document.hidden || isPaused || isReading) { isDue = true; return; }
  isReading = true;
  isDue = false;
  asked = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "1", Accept: "text/html" }, signal: AbortSignal.timeout(15000) });
    isStale = !answer.ok || answer.redirected;
    if (!isStale) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of document.querySelectorAll("[data-live]")) {
        const next = page.getElementById(old.id);
        if (next) morph(old, next);
      }
      fresh = asked;
      isPolled ||= stream !== "live";
      document.dispatchEvent(new Event("refreshed"));
    }
  } catch {
    isStale = true;
  }
  isReading = false;
  say();
  if (isDue) soon();
}

// A little apart, so that many readers do not all ask at the same moment.
let pending = 0;
function soon() {
  pending ||= setTimeout(() => { pending = 0; refresh(); }, 100 + 200 * Math.random());
}

function hear({ data }) {
  if (data.state) {
    stream = data.state;
    if (!isStale) fresh = Math.max(fresh, data.since);
    if (stream === "live") {
      isPolled = false;
      if (isStale) soon();
    }
    say();
  }
  if (data.reset || data.event?.topics.some((topic) => topic === "*" || topics.includes(topic))) {
    if (!isPaused && !isStale) fresh = Date.now();
    soon();
  }
}

if (topics.length && document.querySelector("[data-live]")) {
  const port = window.SharedWorker && new SharedWorker(body.worker).port;
  const attend = (more) => port?.postMessage({ wants: !document.hidden && !isPaused, ...more });
  const look = () => {
    attend();
    if (isDue) soon();
  };
  const label = () => { pause.textContent = isPaused ? pause.dataset.resume : pause.dataset.pause; };
  if (port) port.onmessage = hear;
  attend({ made: Number(body.event) });
  label();
  addEventListener("pagehide", () => attend({ bye: true }));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", look);
  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    sessionStorage.setItem("paused", isPaused);
    if (!isStale) fresh = Date.now();
    isDue = true; // whatever happened meanwhile
    label();
    look();
    say();
  });
  if (isPaused || !port) say();
  sign.parentElement.classList.add("on");
  setInterval(() => { if ((stream !== "live" || isStale) && Date.now() - asked >= every) refresh(); }, 1000);
}

// A log that changes by itself: while its end is in view it is read every two seconds.
const log = document.querySelector("[data-follow]");
if (log) {
  log.scrollTop = log.scrollHeight;
  let atEnd = true;
  log.addEventListener("scroll", () => { atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40; });
  document.addEventListener("refreshed", () => { if (atEnd) log.scrollTop = log.scrollHeight; });
  setInterval(() => { if (atEnd && !document.hidden && !isPaused) refresh(); }, 2000);
}

// A form is sent once.
addEventListener("submit", (event) => {
  const button = event.target.querySelector("button[type=submit], button:not([type])");
  if (!button || event.target.method === "get") return;
  setTimeout(() => { button.disabled = true; if (button.dataset.busy) button.textContent = button.dataset.busy; });
});

// Ctrl-K and Cmd-K go to the search.
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    document.getElementById("search")?.focus();
  }
});
