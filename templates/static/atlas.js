// Shows the reference of a citation on hover and on focus. Without this script the citation leads to it.
"use strict";

(() => {
  const box = document.createElement("div");
  box.className = "preview";
  box.id = "_preview";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  let shown = null;
  let leaving = 0;

  const stay = () => {
    clearTimeout(leaving);
    leaving = 0;
  };

  // The pointer may cross what lies between a citation and its reference (WCAG 1.4.13).
  const leave = () => {
    leaving ||= setTimeout(hide, 250);
  };

  const hide = () => {
    stay();
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  };

  const place = (link) => {
    const line = link.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(line.left, width - box.offsetWidth - 8));
    const above = line.top - box.offsetHeight - 8;
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${(above > 0 ? above : line.bottom + 8) + window.scrollY}px`;
  };

  const show = (link) => {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (link === shown) stay();
    if (!entry || link === shown) return;
    hide();
    const words = entry.cloneNode(true);
    words.querySelectorAll(".more").forEach((more) => more.remove());
    box.replaceChildren(...words.childNodes);
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", box.id);
    shown = link;
  };

  const cited = (target) => (target instanceof Element ? target.closest("a.cite") : null);
  document.body.append(box);
  document.addEventListener("mouseover", (event) => {
    const link = cited(event.target);
    if (link) show(link);
    else if (box.contains(event.target)) stay();
    else leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = cited(event.target);
    if (link) show(link);
    else if (!box.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
