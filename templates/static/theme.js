// Keeps the choice of light or dark pages. It runs before the page is shown; without it the system decides.
"use strict";

(() => {
  const key = "atlas-theme";
  const root = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem(key) || "";
    } catch {
      return "";
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  apply(kept());
  addEventListener("storage", () => apply(kept()));
  addEventListener("DOMContentLoaded", () => {
    const row = document.getElementById("_theme");
    if (!row) return;
    const choice = row.querySelector("select");
    choice.value = root.dataset.theme || "";
    row.hidden = false;
    choice.addEventListener("change", () => {
      apply(choice.value);
      try {
        localStorage.setItem(key, choice.value);
      } catch {
        // The choice holds for this page only.
      }
    });
  });
})();
