// Shows the ties of one year and fades everything else. Without this script a few fixed years can be selected.
"use strict";

(() => {
  const slider = document.querySelector(".slider");
  if (!slider) return;
  const range = slider.querySelector("input");
  const year = slider.querySelector(".year");
  const held = slider.querySelector(".held");
  const all = year.textContent;
  const drawn = [...document.querySelectorAll(".graph .tie, .graph .node")];
  const ties = drawn.filter((one) => one.matches(".network .tie[data-start]"));

  const isThere = (one, when) => {
    const { start, end } = one.dataset;
    return (!start || Number(start) <= when) && (!end || when <= Number(end));
  };

  const show = (when) => {
    for (const one of drawn) {
      one.classList.toggle("off", when !== null && "start" in one.dataset && !isThere(one, when));
    }
    year.textContent = when === null ? all : String(when);
    held.textContent = String(ties.filter((tie) => when === null || isThere(tie, when)).length);
  };

  range.addEventListener("input", () => show(Number(range.value)));
  slider.querySelector("button").addEventListener("click", () => show(null));
  document.querySelector(".choice.years")?.remove();
  slider.hidden = false;
  show(null);
})();
