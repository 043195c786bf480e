// In every page of the preview: loads the page anew after a build, and shows what is wrong with the site.
"use strict";
(() => {
  const EVENTS = "/__sitegen/events";
  const RETRY_MS = 1000;
  const shown = Number(document.currentScript.dataset.generation);
  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; }
    details { font: 14px/1.4 system-ui, sans-serif; color: #fff; background: #1f1b1a; border-top: 4px solid #8a6d00; }
    details.error { border-color: #d93025; }
    summary { padding: .5rem 1rem; cursor: pointer; font-weight: 600; }
    ol { list-style: none; margin: 0; padding: 0 1rem 1rem; max-height: 45vh; overflow: auto; }
    pre { margin: .5rem 0; font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    strong { color: #ffd666; }
    .error strong { color: #ff8a80; }
    @media print { :host { display: none; } }`;

  let host = null;

  function update(news) {
    if (news.generation > shown) {
      location.reload();
    } else {
      show(news.problems);
    }
  }

  function show(problems) {
    host?.remove();
    host = null;
    // The page that stands in for a site without a build lists the problems itself.
    if (!problems.length || "problems" in document.documentElement.dataset) {
      return;
    }
    const errors = problems.filter((problem) => problem.severity === "error").length;
    const panel = make("details", "", errors ? "error" : "warning");
    panel.open = errors > 0;
    const counts = [count(errors, "error"), count(problems.length - errors, "warning")];
    panel.append(make("summary", counts.filter(Boolean).join(", ")));
    const list = make("ol", "");
    list.append(...problems.map(describe));
    panel.append(list);
    host = make("sitegen-problems", "");
    host.setAttribute("role", "status");
    const root = host.attachShadow({ mode: "open" });
    // A constructed style sheet is allowed where a policy forbids inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(panel);
    document.body.append(host);
  }

  function describe(problem) {
    const [head, ...rest] = problem.text.split("\n");
    const text = make("pre", "");
    text.append(make("strong", head), rest.map((line) => `\n${line}`).join(""));
    const item = make("li", "", problem.severity);
    item.append(text);
    return item;
  }

  // Words of authors and paths of files only ever become text, never markup.
  function make(name, text, className) {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) {
      element.className = className;
    }
    return element;
  }

  function count(number, noun) {
    return number ? `${number} ${noun}${number === 1 ? "" : "s"}` : "";
  }

  // Browsers allow six connections to a host: one stream for each tab would hang the seventh tab.
  function share() {
    const worker = new SharedWorker("/__sitegen/worker.js", { name: "sitegen" });
    worker.onerror = listenWhileVisible;
    worker.port.onmessage = (message) => update(message.data);
    addEventListener("pagehide", () => worker.port.postMessage("leave"));
  }

  // Where workers cannot be shared, only the tab in front listens.
  function listenWhileVisible() {
    let source = null;
    function listen() {
      source?.close();
      source = null;
      if (document.hidden) {
        return;
      }
      source = new EventSource(EVENTS);
      source.onmessage = (event) => update(JSON.parse(event.data));
      source.onerror = () => {
        if (source?.readyState === EventSource.CLOSED) {
          setTimeout(listen, RETRY_MS);
        }
      };
    }
    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => source?.close());
    listen();
  }

  // A page that comes back from the browser's memory has missed the news.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  if (typeof SharedWorker === "undefined") {
    listenWhileVisible();
  } else {
    share();
  }
})();
