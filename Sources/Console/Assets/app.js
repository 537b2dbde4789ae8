// Pages work without this file. It keeps what is marked with data-live fresh, and says how fresh that is.
"use strict";
const root = document.documentElement;
const words = document.getElementById("live-words")?.dataset ?? {};
const sign = document.getElementById("live");
const topics = (document.body.dataset.topics ?? "").split(" ").filter(Boolean);

function say(state) {
  const word = words[`say_${state}`];
  if (sign && sign.textContent !== word) sign.textContent = word;
}

// The server's page is the truth: it is read again, and only the parts that differ are replaced.
let reading = false;
let again = false;
async function refresh() {
  if (reading) { again = true; return; }
  reading = true;
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "1", Accept: "text/html" } });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of document.querySelectorAll("[data-live]")) {
        const next = fresh.getElementById(old.id);
        if (!next || next.innerHTML === old.innerHTML || old.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) continue;
        old.replaceChildren(...next.childNodes);
      }
      document.dispatchEvent(new Event("refreshed"));
    }
    say(answer.ok ? "live" : "stale");
  } catch {
    say("stale");
  } finally {
    reading = false;
    if (again) { again = false; setTimeout(refresh, 300); }
  }
}

let pending = 0;
function hear(message) {
  if (message.state) say(message.state);
  const concerns = message.reset || message.event && topics.some((topic) => message.event.topics.includes(topic));
  if (!concerns || pending) return;
  pending = setTimeout(() => { pending = 0; refresh(); }, 150);
}

if (topics.length && document.querySelector("[data-live]")) {
  if (window.SharedWorker) {
    const worker = new SharedWorker(document.body.dataset.worker);
    worker.port.onmessage = (message) => hear(message.data);
    addEventListener("pagehide", () => worker.port.postMessage("bye"));
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  } else {
    setInterval(refresh, 10000);
  }
}

// A log that changes by itself: while its end is in view it is read every two seconds.
const log = document.querySelector("[data-follow]");
if (log) {
  log.scrollTop = log.scrollHeight;
  let atEnd = true;
  log.addEventListener("scroll", () => { atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40; });
  document.addEventListener("refreshed", () => { if (atEnd) log.scrollTop = log.scrollHeight; });
  setInterval(() => { if (!document.hidden && atEnd) refresh(); }, 2000);
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
