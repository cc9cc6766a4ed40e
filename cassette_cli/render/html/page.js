
"use strict";
// Text of the recording is only ever read here, or set as text; nothing makes markup of it.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const articles = all("article");
  const entries = new Map(all(".entry").map((entry) => [entry.getAttribute("href").slice(1), entry]));
  root.classList.add("js");

  // Dark or light: as the system says, until the reader says otherwise.
  const remembered = { get: () => { try { return localStorage.getItem("cassette-theme"); } catch { return null; } },
    set: (theme) => { try { localStorage.setItem("cassette-theme", theme); } catch { /* not from every file */ } } };
  const setTheme = (theme) => { root.classList.remove("light", "dark"); root.classList.add(theme); };
  if (["light", "dark"].includes(remembered.get())) setTheme(remembered.get());
  const turnTheme = () => {
    const dark = root.classList.contains("dark") ||
      (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    setTheme(dark ? "light" : "dark");
    remembered.set(dark ? "light" : "dark");
  };

  // Folds. The events one by one are many: they stay as they are.
  const folds = () => all("main details:not(.deep)");
  const unfold = () => {
    const open = folds().some((fold) => !fold.open);
    for (const fold of folds()) fold.open = open;
  };
  const reveal = (node) => {
    for (let at = node; at && at !== document.body; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds().filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });

  // Which interaction the reader is at.
  let current = null;
  const setCurrent = (article) => {
    if (current) entries.get(current.id)?.classList.remove("here");
    current = article;
    const entry = entries.get(article.id);
    entry?.classList.add("here");
    entry?.scrollIntoView({ block: "nearest" });
  };
  // A key leads to an interaction that may not reach the top (the last ones), and by a smooth scroll past others:
  // it stays the current one until the reader scrolls.
  let led = false;
  for (const kind of ["wheel", "touchmove", "pointerdown"]) addEventListener(kind, () => { led = false; }, { passive: true });
  addEventListener("keydown", (event) => {
    if (/^(Arrow|Page|Home|End| )/.test(event.key)) led = false;
  });
  const findCurrent = () => {
    if (led) return;
    const passed = articles.filter((article) => article.getBoundingClientRect().top < innerHeight / 3);
    const article = passed.at(-1) ?? articles[0];
    if (article && article !== current) setCurrent(article);
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; findCurrent(); });
  }, { passive: true });
  findCurrent();
  const go = (step) => {
    const next = articles[articles.indexOf(current) + step];
    if (next) { next.scrollIntoView({ block: "start" }); setCurrent(next); led = true; }
  };

  // Search: places are marked without a change of the page, where the browser can.
  const field = byId("search"), found = byId("found");
  const MOST = 5000;
  let matches = [], at = -1;
  const mark = (name, ranges) => { if (window.Highlight) CSS.highlights.set(name, new Highlight(...ranges)); };
  const matchesIn = (article, wanted, room) => {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const held = [];
    for (let node = walker.nextNode(); node && held.length < room; node = walker.nextNode()) {
      // Lower case may be longer (İ): then places do not agree, and the text is searched as it is.
      const low = node.data.toLowerCase(), text = low.length === node.data.length ? low : node.data;
      for (let place = text.indexOf(wanted); place >= 0 && held.length < room; place = text.indexOf(wanted, place + wanted.length)) {
        const range = document.createRange();
        range.setStart(node, place);
        range.setEnd(node, place + wanted.length);
        held.push(range);
      }
    }
    return held;
  };
  const tell = () => {
    const many = matches.length >= MOST ? `${MOST}+` : matches.length;
    found.textContent = field.value ? `${at >= 0 ? `${at + 1}/` : ""}${many}` : "";
  };
  const search = () => {
    const wanted = field.value.toLowerCase();
    matches = []; at = -1;
    for (const article of articles) {
      const held = wanted ? matchesIn(article, wanted, MOST - matches.length) : [];
      entries.get(article.id)?.classList.toggle("without", Boolean(wanted) && !held.length && matches.length < MOST);
      matches = matches.concat(held);
    }
    mark("found", matches);
    mark("here", []);
    tell();
  };
  const next = (step) => {
    if (!matches.length) return;
    at = at < 0 && step < 0 ? matches.length - 1 : (at + step + matches.length) % matches.length;
    const range = matches[at];
    reveal(range.startContainer.parentElement);
    mark("here", [range]);
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    tell();
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") next(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { field.value = ""; search(); field.blur(); }
  });

  // A lane says what the event under the pointer brought; a click leads to that event in the list.
  const table = (lanes) => lanes.parentElement.querySelector(".events table");
  const numberAt = (lanes, event) => {
    const box = lanes.querySelector("svg").getBoundingClientRect();
    const number = Math.floor(((event.clientX - box.left) / box.width) * Number(lanes.dataset.count));
    return number >= 0 && number < Number(lanes.dataset.count) ? number : null;
  };
  const rowOf = (lanes, number) => {
    if (!lanes.rows) lanes.rows = new Map([...table(lanes).rows].map((row) => [row.cells[0].textContent, row]));
    return lanes.rows.get(String(number));
  };
  for (const lanes of all(".lanes")) {
    const said = lanes.querySelector("output");
    lanes.addEventListener("pointermove", (event) => {
      const number = numberAt(lanes, event), row = number === null ? null : rowOf(lanes, number);
      said.textContent = row ? [...row.cells].slice(0, 3).map((cell) => cell.textContent).filter(Boolean).join("  ") : "";
    });
    lanes.addEventListener("pointerleave", () => { said.textContent = ""; });
    lanes.addEventListener("click", (event) => {
      const number = numberAt(lanes, event), row = number === null ? null : rowOf(lanes, number);
      if (!row) return;
      for (const other of all("tr.at")) other.classList.remove("at");
      reveal(row);
      row.classList.add("at");
      row.scrollIntoView({ block: "center" });
    });
  }

  // Keys.
  const help = byId("help");
  const toggleHelp = () => { if (help.open) help.close(); else help.showModal(); };
  const keys = { "/": () => field.focus(), n: () => next(1), N: () => next(-1), j: () => go(1), k: () => go(-1),
    o: unfold, t: turnTheme, "?": toggleHelp };
  addEventListener("keydown", (event) => {
    if (event.target === field || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (act) { event.preventDefault(); act(); }
  });
  byId("unfold").addEventListener("click", unfold);
  byId("theme").addEventListener("click", turnTheme);
  byId("keys").addEventListener("click", toggleHelp);
})();
