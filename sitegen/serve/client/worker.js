// One for all tabs of a browser: holds the only stream to the preview and passes on what it says.
"use strict";
const RETRY_MS = 1000;
const ports = new Set();
let news = null;

function listen() {
  const source = new EventSource("/__sitegen/events");
  source.onmessage = (event) => {
    news = JSON.parse(event.data);
    for (const port of ports) {
      port.postMessage(news);
    }
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(listen, RETRY_MS);
    }
  };
}

onconnect = (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = () => ports.delete(port);
  if (news) {
    port.postMessage(news);
  }
};

listen();
