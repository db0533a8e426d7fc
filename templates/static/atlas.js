// Shows the target of a link on hover and on focus: the reference of a citation, the head of a record, the reference
// of a work. Without this script the links still work.
"use strict";

// The element that a fragment names; none for a fragment that is no valid percent-encoding.
const named = (hash) => {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
};

(() => {
  const box = document.createElement("div");
  box.className = "preview";
  box.id = "_preview";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  let shown = null;
  let wanted = null;
  let leaving = 0;
  let coming = 0;
  const heads = new Map();

  const stay = () => {
    clearTimeout(leaving);
    leaving = 0;
  };

  // The pointer can move from a link to its preview (WCAG 1.4.13).
  const leave = () => {
    clearTimeout(coming);
    wanted = null;
    leaving ||= setTimeout(hide, 250);
  };

  const hide = () => {
    stay();
    clearTimeout(coming);
    wanted = null;
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  };

  const place = (link) => {
    const line = link.getClientRects()[0];
    if (!line) return;
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(line.left, width - box.offsetWidth - 8));
    const above = line.top - box.offsetHeight - 8;
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${(above > 0 ? above : line.bottom + 8) + window.scrollY}px`;
  };

  const open = (link, nodes) => {
    hide();
    box.replaceChildren(...nodes);
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", box.id);
    shown = link;
  };

  // The beginning of another page: its kind, title and summary, or the reference of a work.
  const head = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) return [];
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = page.querySelectorAll(".record-head > :is(.kicker, h1, .lede), main .reference");
    return [...parts].map((part) => {
      const copy = document.createElement("p");
      copy.className = part.localName === "h1" ? "preview-title" : part.className;
      if (part.lang) copy.lang = part.lang;
      copy.textContent = part.textContent;
      return copy;
    });
  };

  const isPage = (link) =>
    link.origin === location.origin && location.protocol !== "file:" && link.pathname !== location.pathname;

  const show = (link) => {
    if (link === shown) return stay();
    if (link === wanted) return;
    clearTimeout(coming);
    wanted = link;
    if (link.matches(".cite[href^='#']")) {
      const entry = named(link.hash);
      if (!entry) return;
      const words = entry.cloneNode(true);
      words.querySelectorAll(".back").forEach((back) => back.remove());
      open(link, words.childNodes);
    } else if (isPage(link)) {
      if (shown) leaving ||= setTimeout(hide, 250);
      coming = setTimeout(async () => {
        const address = link.href.split("#")[0];
        if (!heads.has(address)) heads.set(address, head(address).catch(() => []));
        const parts = await heads.get(address);
        if (wanted === link && parts.length) open(link, parts.map((part) => part.cloneNode(true)));
      }, 200);
    }
  };

  const linked = (target) => {
    if (!(target instanceof Element) || box.contains(target)) return null;
    return target.closest("a.cite, main :is(p, li, dd, td, text, svg) a[href]:not(.permalink, .fact-link, [download], [rel~='external'])");
  };

  // A finger cannot hover: the first tap on a citation shows its reference, the second leads to it.
  let isTap = false;
  addEventListener("pointerdown", (event) => {
    const link = linked(event.target);
    isTap = event.pointerType === "touch" && link !== null && link.matches(".cite") && link !== shown;
  });
  document.addEventListener("click", (event) => {
    if (!isTap || linked(event.target) !== shown) return;
    isTap = false;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.body.append(box);
  document.addEventListener("mouseover", (event) => {
    const link = linked(event.target);
    if (link) show(link);
    else if (box.contains(event.target)) stay();
    else leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = linked(event.target);
    if (link) show(link);
    else if (!box.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();

// A link into a folded section opens it, also in browsers that do not do so themselves; so does printing.
(() => {
  const reveal = (hash) => {
    const target = named(hash);
    if (!target) return;
    const own = target.querySelector(":scope > details.fold");
    if (own) own.open = true;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (link) reveal(link.hash);
  });
  addEventListener("hashchange", () => reveal(location.hash));
  reveal(location.hash);
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details.fold:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });
})();

// A box that leaves only those rows of a long list that hold its words, and the groups that have such rows.
for (const field of document.querySelectorAll("[data-rows]")) {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll(field.dataset.rows)].map((row) => [row, plain(row.textContent)]);
  const groups = [...new Set(rows.map(([row]) => row.closest("section, details")))].filter(Boolean);
  const box = field.closest("[hidden]");
  const count = box.querySelector("[role=status]");
  if (rows.length > 12) box.hidden = false;
  field.addEventListener("input", () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    for (const [row, text] of rows) row.hidden = !wanted.every((word) => text.includes(word));
    for (const group of groups) {
      const own = rows.filter(([row]) => group.contains(row));
      group.hidden = own.every(([row]) => row.hidden);
      if (wanted.length && group.localName === "details") group.open = true;
    }
    count.textContent = wanted.length ? rows.filter(([row]) => !row.hidden).length.toLocaleString(document.documentElement.lang) : "";
  });
}

// The key / opens the search page; on that page it focuses the field.
document.addEventListener("keydown", (event) => {
  const written = event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.altKey || event.ctrlKey || event.metaKey || event.isComposing || written) return;
  const field = document.getElementById("_query");
  const link = document.getElementById("_search-link");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.select();
  else link.click();
});

// A report names the fact in the URL of the page: `…/actors/ID/#fact`.
(() => {
  const report = document.querySelector("a[data-address]");
  if (!report) return;
  const plain = report.getAttribute("href");
  const own = encodeURIComponent(report.dataset.address);
  const name = () => {
    const hash = location.hash.startsWith("#_") ? "" : location.hash;
    report.setAttribute("href", plain.replaceAll(own, own + encodeURIComponent(hash)));
  };
  addEventListener("hashchange", name);
  name();
})();

// The service worker keeps visited pages for reading without a network; it gets the list of files of the first page.
(async () => {
  const worker = document.documentElement.dataset.worker;
  if (!worker || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((entry) => entry.name);
  active.postMessage([location.href, ...files]);
})().catch(() => {}); // there is none in the preview
