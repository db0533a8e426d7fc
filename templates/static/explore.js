// Filters the table of all records. The filter is part of the URL; without this script the whole table is shown.
"use strict";

(() => {
  const form = document.getElementById("_filters");
  const shown = document.getElementById("_shown");
  const rows = [...document.querySelectorAll("#_records tbody tr")];
  const choices = [...form.querySelectorAll("select")];

  const apply = () => {
    const wanted = choices.filter((choice) => choice.value);
    let count = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((choice) => row.dataset[choice.name].split(" ").includes(choice.value));
      if (!row.hidden) count += 1;
    }
    const language = document.documentElement.lang;
    const numbers = { shown: count, all: rows.length };
    shown.textContent = shown.dataset.words.replace(/\{(\w+)\}/g, (_, name) => numbers[name].toLocaleString(language));
  };

  // An unknown value, as in a URL written by hand, filters nothing.
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const choice of choices) {
      choice.value = query.get(choice.name) || "";
      if (choice.selectedIndex < 0) choice.value = "";
    }
    apply();
  };

  const write = () => {
    const query = new URLSearchParams();
    for (const choice of choices) if (choice.value) query.set(choice.name, choice.value);
    const words = query.toString();
    if (location.protocol !== "file:") history.pushState(null, "", location.pathname + (words ? `?${words}` : "") + location.hash);
    apply();
  };

  form.hidden = false;
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const choice of choices) choice.value = "";
    write();
  });
  addEventListener("popstate", read);
  read();
})();
