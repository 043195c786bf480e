// Comments: how long ago they were written, beside their dates, and the way to those that are folded or elsewhere.
// The page says everything without this file.
"use strict";

(() => {
  const DAY = 86400;
  const UNITS = [["year", 365.25 * DAY], ["month", 30.4375 * DAY], ["week", 7 * DAY], ["day", DAY], ["hour", 3600], ["minute", 60]];
  // What a date says by its length: "2026" knows the year alone, and is never some days ago.
  const FINEST = { 4: "year", 7: "month", 10: "day" };

  function tell(seconds, finest, words) {
    const last = UNITS.findIndex(([unit]) => unit === (finest || "minute"));
    const [unit, length] = UNITS.slice(0, last + 1).find(([, size]) => seconds >= size) || UNITS[last];
    const count = Math.floor(seconds / length);
    return count || !finest ? words.format(-count, unit) : "";
  }

  function addAges() {
    let words;
    try {
      words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    } catch {
      return;
    }
    for (const time of document.querySelectorAll(".comment time.dt-published")) {
      const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
      const age = seconds >= 0 ? tell(seconds, FINEST[time.dateTime.length], words) : "";
      if (age) {
        const note = document.createElement("span");
        note.className = "comment-age";
        note.textContent = age;
        time.after(" ", note);
      }
    }
  }

  // Browsers open what is folded around the target of a link by themselves; older ones do not.
  function followTarget() {
    const target = location.hash.startsWith("#comment-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches(".comment-elsewhere")) {
      location.replace(target.querySelector("a").href);
      return;
    }
    const folded = target.closest("details:not([open])");
    if (folded) {
      folded.open = true;
      target.scrollIntoView();
    }
  }

  addAges();
  followTarget();
  addEventListener("hashchange", followTarget);
})();
