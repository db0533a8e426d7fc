// Finds pages by their words. atlas/search makes the index and divides text into terms as here: case and accents
// are ignored; in scripts without spaces, every two adjacent characters are a term.
"use strict";

(() => {
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const DIGITS = new Map([...SIGNS].map((sign, digit) => [sign, digit]));
  const RUNS = "\u{2e80}-\u{2fdf}\u{3005}-\u{3007}\u{3021}-\u{3029}\u{3038}-\u{303b}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{f900}-\u{faff}\u{20000}-\u{3ffff}\u{3040}-\u{30ff}"; // written by `make reference`
  const PIECE = new RegExp(`(?<run>[${RUNS}])|(?:(?![${RUNS}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const LETTERS = { œ: "oe", æ: "ae", ø: "o", ß: "ss", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ς: "σ" }; // written by `make reference`
  const CUTS = /[;!?()[\]{}«»“”„"|•…—–、。，；：？！（）《》「」『』【】〈〉]|[.,:](?=\s)/u; // written by `make reference`
  const RUN = new RegExp(`[${RUNS}]`, "u");
  const PIECE_RUN = new RegExp(`^[${RUNS}]`, "u");
  const CLAUSE = 1000; // between two clauses, so that nothing matches across them
  const [NAMES, TEXT, PART] = [128, 512, 12]; // atlas/search/page_terms.py
  const MORE = 12;
  const LONGEST = 24;
  const SHORT = 40; // characters; a sentence with a name or place is more useful than the name alone

  const simplified = new Map(); // of traditional characters, once a query holds a character
  const fold = (text) => {
    const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    return simplified.get(plain) || plain.replace(/[œæøßđðłþıς]/g, (letter) => LETTERS[letter]);
  };

  // The words and characters of a text, with their positions in the index and in the text. Clauses do not touch.
  const cut = (text) => {
    const pieces = [];
    let at = -1;
    let before = null;
    for (const found of text.matchAll(PIECE)) {
      const key = fold(found[0]);
      if (!key) continue;
      const run = Boolean(found.groups.run);
      const piece = { key, run, start: found.index, end: found.index + found[0].length };
      piece.begins = !before || CUTS.test(text.slice(before.end, piece.start + 1));
      at += piece.begins ? CLAUSE : run && before.run && before.end !== piece.start ? 2 : 1;
      pieces.push({ ...piece, at });
      before = piece;
    }
    return pieces;
  };

  // The clauses of a text; each counts its positions from 0.
  const clauses = (pieces) => {
    const found = [];
    let first = 0;
    for (const piece of pieces) {
      if (piece.begins) {
        found.push([]);
        first = piece.at;
      }
      found.at(-1).push({ ...piece, at: piece.at - first });
    }
    return found;
  };

  // A query is a list of groups whose parts are adjacent on a page: parts without a space between them, or in quotes.
  // A word without quotes also stands for its other forms.
  const groupsOf = (query) => {
    const parts = query.match(/["“«„][^"”»“]*["”»“]?|[^\s"“”«»„]+/g) || [];
    return parts.flatMap((part) => {
      const groups = clauses(cut(part));
      for (const group of groups) group.source = part.replace(/["“”«»„]/g, "").trim();
      const [{ key, run } = {}] = groups[0] || [];
      if (groups.length === 1 && groups[0].length === 1 && !run && !/["“«„]/.test(part)) groups[0].forms = formsOf(key);
      return groups;
    });
  };

  // The plurals and singulars of English and French, and the British and American spellings. Those that no page has are
  // found nowhere, so that a rule may be wide.
  const NUMBERS = [
    [/ies$/, "y"], [/([^aeiou])y$/, "$1ies"], [/(s|x|z|ch|sh)es$/, "$1"], [/(s|x|z|ch|sh)$/, "$1es"],
    [/([^s])s$/, "$1"], [/([^sxz])$/, "$1s"], [/([aeo]u)x$/, "$1"], [/([aeo]u)$/, "$1x"], [/aux$/, "al"], [/al$/, "aux"],
  ];
  const SPELLINGS = [
    [/our/, "or"], [/or/, "our"], [/is(e[drs]?|ers|ing|ations?|ational)$/, "iz$1"], [/iz(e[drs]?|ers|ing|ations?|ational)$/, "is$1"],
    [/ys(e[ds]?|ing)$/, "yz$1"], [/yz(e[ds]?|ing)$/, "ys$1"], [/tre(s?)$/, "ter$1"], [/ter(s?)$/, "tre$1"],
    [/ogue(s?)$/, "og$1"], [/og(s?)$/, "ogue$1"], [/ence(s?)$/, "ense$1"], [/ense(s?)$/, "ence$1"],
    [/ramme(s?)$/, "ram$1"], [/ram(s?)$/, "ramme$1"], [/ae/, "e"], [/([^l]l)l(ed|ing|ers?)$/, "$1$2"],
    [/([^l]l)(ed|ing|ers?)$/, "$1l$2"],
  ];
  const formsOf = (word) => {
    if (word.length < 4 || !/^\p{Script=Latin}+$/u.test(word)) return [word];
    const changed = (words, rules) => words.flatMap((each) => [each, ...rules.map(([from, to]) => each.replace(from, to))]);
    return [...new Set(changed(changed([word], SPELLINGS), NUMBERS))].filter((form) => form.slice(0, 3) === word.slice(0, 3)); // in the same file
  };

  // The terms of a group: words, or pairs of adjacent characters. A single character is looked up as a prefix.
  const lookups = (pieces) => {
    const wanted = [];
    for (let here = 0; here < pieces.length; ) {
      const { key, run, at } = pieces[here];
      let length = 1;
      while (run && pieces[here + length]?.run && pieces[here + length].at === at + length) length += 1;
      if (!run) wanted.push({ term: key, at });
      else if (length === 1) wanted.push({ term: key, at, begins: true });
      const two = (step) => wanted.push({ term: pieces[here + step].key + pieces[here + step + 1].key, at: at + step });
      for (let step = 0; run && step < length - 1; step += 2) two(step);
      if (run && length > 1 && length % 2) two(length - 2);
      here += length;
    }
    return wanted;
  };

  const numbers = (text) => {
    const found = [];
    for (let here = 0, value = 0, scale = 1; here < text.length; here += 1) {
      const digit = DIGITS.get(text[here]);
      value += (digit & 31) * scale;
      scale *= 32;
      if (digit < 32) {
        found.push(value);
        value = 0;
        scale = 1;
      }
    }
    return found;
  };

  // The positions of a term by page. A row holds the id of each page with its positions.
  const places = (row, width) => {
    const found = new Map();
    for (const part of row ? row.split(".") : []) {
      let place = 0;
      found.set(part.slice(0, width), numbers(part.slice(width)).map((step) => (place += step)));
    }
    return found;
  };

  // Where a text is among the files: its FNV-1a hash, as atlas/search/shards.py computes it.
  const hash = (text) => {
    let value = 0x811c9dc5;
    for (const sign of text) value = Math.imul(value ^ sign.codePointAt(0), 0x01000193);
    return ((value >>> 16) ^ value) & 0xffff;
  };

  // The files of a tree that hold the rows whose place has these first bits.
  const filesAt = (tree, place, bits = 16) => {
    let node = tree;
    for (let bit = 0; Array.isArray(node); bit += 1) {
      if (bit === bits) return node.flat(16).filter(Boolean);
      node = node[(place >> bit) & 1];
    }
    return node ? [node] : [];
  };

  const isRun = (term) => PIECE_RUN.test(term);
  const stem = (term) => [...term.split(/[ =]/)[0]].slice(0, isRun(term) ? 1 : 3);

  // The files with a term, or with all terms that begin with it.
  const termFiles = (manifest, term, whole) => {
    if (Object.hasOwn(manifest.common, term) && whole) return [manifest.common[term]];
    const first = stem(term);
    const next = [...term.split(/[ =]/)[0]].slice(first.length, first.length + 1).join("");
    const place = (hash(first.join("")) & 0xff) | ((hash(next) & 0xff) << 8);
    return filesAt(manifest.terms, place, whole || next ? 16 : 8);
  };

  const shell = document.getElementById("_search");
  const without = document.getElementById("_without");
  const form = document.getElementById("_form");
  const input = document.getElementById("_query");
  const status = document.getElementById("_found");
  const list = document.getElementById("_results");
  const more = document.getElementById("_more");
  const every = document.getElementById("_every");
  const near = document.getElementById("_nearest");
  const beginning = document.getElementById("_beginning");
  const choices = [...form.querySelectorAll("select")];
  const language = document.documentElement.lang;
  const folder = `${shell.dataset.root}search/index/`;
  const fetched = new Map();
  const isOnDisk = location.protocol === "file:"; // `build --offline`: only scripts can be read, and no address changed
  const arriving = new Map();
  window.atlasFile = (path, value) => arriving.get(path)?.(value);

  const byScript = (address, path) =>
    new Promise((resolve, reject) => {
      arriving.set(path, resolve);
      const script = document.createElement("script");
      script.src = `${address}.js`;
      script.onerror = () => reject(new Error(path));
      document.head.append(script);
    });

  const get = (path, how) => {
    if (!fetched.has(path)) {
      const answer = isOnDisk
        ? byScript(folder + path, path)
        : fetch(folder + path, how).then((found) => (found.ok ? found.json() : Promise.reject(new Error(path))));
      answer.catch(() => fetched.delete(path));
      fetched.set(path, answer);
    }
    return fetched.get(path);
  };

  const traditional = async () => {
    const path = "static/traditional.txt";
    if (isOnDisk) return byScript(shell.dataset.root + path, path);
    const answer = await fetch(shell.dataset.root + path);
    if (!answer.ok) throw new Error(answer.url);
    return answer.text();
  };

  // The manifest of the index, with the family and sides of every page. Its files have names that change with their
  // content; if one is missing, the site has been published again, and the manifest is fetched anew.
  const top = async (how) => {
    const manifest = await get(`${shell.dataset.index}.json`, how);
    if (manifest.facets) return manifest;
    manifest.facets = new Map();
    manifest.count = 0;
    for (const [family, sides, ids] of manifest.pages) {
      manifest.count += typeof ids === "number" ? ids : ids.length / manifest.width;
      if (typeof ids === "number") manifest.rest = { family, sides };
      else for (let here = 0; here < ids.length; here += manifest.width) manifest.facets.set(ids.slice(here, here + manifest.width), { family, sides });
    }
    return manifest;
  };

  const facetsOf = (manifest, page) => manifest.facets.get(page) || manifest.rest;

  const load = (names) => Promise.all(names.map((name) => get(`${shell.dataset.index}/${name}.json`)));

  const rowOf = async (manifest, term) => {
    const [part] = await load(termFiles(manifest, term, true));
    if (typeof part === "string") return part;
    return part && Object.hasOwn(part, term) ? part[term] : "";
  };

  const placesOf = async (manifest, { term, begins }) => {
    if (!begins) return places(await rowOf(manifest, term), manifest.width);
    const all = new Map();
    const common = Object.keys(manifest.common).filter((word) => word.startsWith(term));
    const parts = await load(termFiles(manifest, term, false));
    const rows = parts.flatMap((part) => Object.entries(part)).filter(([word]) => word.startsWith(term) && !word.endsWith("="));
    for (const word of common) rows.push([word, await rowOf(manifest, word)]);
    for (const [, row] of rows) for (const [page, at] of places(row, manifest.width)) all.set(page, [...(all.get(page) || []), ...at]);
    return all;
  };

  // The positions of a group: by page, where it begins.
  const standing = async (manifest, pieces) => {
    if (pieces.forms) {
      const all = new Map();
      const maps = await Promise.all(pieces.forms.map((term) => placesOf(manifest, { term })));
      for (const map of maps) for (const [page, at] of map) all.set(page, [...(all.get(page) || []), ...at]);
      all.exact = maps[0];
      return all;
    }
    const wanted = lookups(pieces);
    const maps = await Promise.all(wanted.map((each) => placesOf(manifest, each)));
    const order = maps.map((map, number) => [map, wanted[number].at]).sort((one, other) => one[0].size - other[0].size);
    const found = new Map();
    for (const [page, first] of order[0][0]) {
      let begins = first.map((place) => place - order[0][1]);
      for (const [map, at] of order.slice(1)) {
        const there = new Set(map.get(page));
        begins = begins.filter((place) => there.has(place + at));
        if (!begins.length) break;
      }
      if (begins.length) found.set(page, begins);
    }
    return found;
  };

  // The term of a whole title or name.
  const wholeTerm = (pieces) =>
    pieces.map((piece, here) => (here && !(piece.run && pieces[here - 1].run) ? " " : "") + piece.key).join("") + "=";

  // The pages with all groups, best first: those with the query as a title or name, then those with a match in them,
  // then those with many matches.
  const find = async (query) => {
    if (RUN.test(query) && !simplified.size) {
      const signs = [...(await traditional())];
      for (let here = 0; here + 1 < signs.length; here += 2) simplified.set(signs[here], signs[here + 1]);
    }
    const manifest = await top();
    const all = groupsOf(query);
    const rare = all.filter((pieces) => pieces.length > 1 || !Object.hasOwn(manifest.common, pieces[0].key));
    const groups = rare.length ? rare : all; // common words have their own files and rank pages badly
    const maps = await Promise.all(groups.map((pieces) => standing(manifest, pieces)));
    // A title or name as a whole is in the file of its first word.
    const begins = all.length && all[0] === groups[0];
    const whole = begins ? places(await rowOf(manifest, wholeTerm(all.flat())), manifest.width) : new Map();
    const pages = maps.length ? [...maps[0].keys()].filter((page) => maps.every((map) => map.has(page))) : [];
    const found = pages.map((page) => {
      const { family } = facetsOf(manifest, page);
      let score = 0;
      let place = Infinity;
      for (const map of maps) {
        const at = map.get(page);
        const first = Math.min(...at);
        score += (first < NAMES ? 12 : first < TEXT ? 6 : 0) + Math.log2(1 + at.length);
        score += 2 * Math.log2(manifest.count / map.size) - (map.exact && !map.exact.has(page) ? 4 : 0);
        place = Math.min(place, at.find((begin) => begin >= TEXT) ?? first);
      }
      if (whole.has(page)) score += 20;
      return { page, place, score: family === "page" ? score / 4 : family === "work" ? score / 1.5 : score };
    });
    found.sort((one, other) => other.score - one.score || (one.page < other.page ? -1 : 1));
    return { manifest, groups, maps, found };
  };

  // The words with the last word of the query as prefix.
  const completions = async (manifest, pieces) => {
    const end = pieces.at(-1);
    if (!end || end.run || end.key.length < 3) return [];
    const parts = await load(termFiles(manifest, end.key, false));
    const words = parts.flatMap((part) => (typeof part === "string" ? [] : Object.entries(part))).filter(
      ([word]) => word.startsWith(end.key) && word !== end.key && word.length <= LONGEST && !/[ =]/.test(word),
    );
    return words.sort((one, other) => other[1].length - one[1].length).slice(0, MORE).map(([word]) => word);
  };

  // The matches of the groups in a text: [start, end] of each, in order.
  const marksIn = (text, groups) => {
    const pieces = cut(text);
    const marks = [];
    let held = 0;
    for (const group of groups) {
      let found = 0;
      pieces.forEach((_, here) => {
        const fits = group.every((each, number) => {
          const piece = pieces[here + number];
          return piece && (piece.key === each.key || group.forms?.includes(piece.key)) && piece.at - pieces[here].at === each.at;
        });
        if (fits) {
          found = 1;
          marks.push([pieces[here].start, pieces[here + group.length - 1].end]);
        }
      });
      held += found;
    }
    marks.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    return { marks, held };
  };

  const marked = (text, marks, from, to) => {
    const parts = [];
    let here = from;
    for (const [start, end] of marks) {
      if (start < here || end > to) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      parts.push(text.slice(here, start), mark);
      here = end;
    }
    return [...(from ? ["… "] : []), ...parts, text.slice(here, to), ...(to < text.length ? [" …"] : [])];
  };

  // The sentence of a text with the first match; the whole text if it is short.
  const sentence = (text, marks) => {
    const at = marks[0]?.[0] ?? 0;
    if (text.length <= 240) return [0, text.length];
    let [start, end] = [0, text.length];
    if (Intl.Segmenter) {
      const found = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text).containing(at);
      [start, end] = [found.index, found.index + found.segment.trimEnd().length];
    }
    if (end - start <= 320) return [start, end];
    const space = (place) => Math.max(place, text.indexOf(" ", place) + 1 && Math.min(text.indexOf(" ", place) + 1, place + 20));
    const begin = at - start > 120 ? space(at - 120) : start;
    return [begin, Math.min(end, space(begin + 300))];
  };

  const fill = (element, text, lang) => {
    element.append(...(Array.isArray(text) ? text : [text]));
    if (lang) element.lang = lang;
    return element;
  };

  const labels = new Map(choices.flatMap((choice) => [...choice.options].map((option) => [`${choice.name} ${option.value}`, option.textContent])));

  // The part of the text of a page with this position: a long block begins in an earlier one.
  const textOf = async (manifest, page, place) => {
    for (let part = place >> PART; part >= 0; part -= 1) {
      const [rows] = await load(filesAt(manifest.texts, hash(page + part)));
      if (rows && Object.hasOwn(rows, page + part)) return rows[page + part];
    }
    throw new Error(page);
  };

  // One result: its title, its kind, and the sentence with the match.
  const item = async (manifest, { page, place }, groups) => {
    const [url, title, lang, names, ...blocks] = await textOf(manifest, page, place);
    let best = { anchor: "", lang: "", text: "", marks: [], held: 0 };
    const inNames = marksIn(names, groups);
    if (inNames.held > marksIn(title, groups).held) best = { ...best, ...inNames, text: names };
    for (let here = 0; here < blocks.length; here += 3) {
      const seen = marksIn(blocks[here + 2], groups);
      const isBetter = best.text.length < SHORT && blocks[here + 2].length >= SHORT && seen.held === best.held;
      if (seen.held > best.held || isBetter) best = { anchor: seen.held ? blocks[here] : "", lang: blocks[here + 1], text: blocks[here + 2], ...seen };
    }
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = shell.dataset.root + url + (isOnDisk ? "index.html" : "") + (best.anchor ? `#${best.anchor}` : "");
    fill(link, marked(title, marksIn(title, groups).marks, 0, title.length), lang);
    const row = facetsOf(manifest, page);
    const facets = [labels.get(`kind ${row.family}`), ...row.sides.map((side) => labels.get(`side ${side}`))];
    const [head, what, words] = ["p", "p", "p"].map((tag) => document.createElement(tag));
    head.className = "card-title";
    what.className = "facets";
    words.className = "card-summary";
    head.append(link);
    fill(what, facets.filter(Boolean).join(" · "));
    fill(words, marked(best.text, best.marks, ...sentence(best.text, best.marks)), best.lang);
    entry.append(head, what, words);
    return entry;
  };

  // What to ask where no page has all words: each part of the query that some pages have, and for a word that none has,
  // the nearest words; [what it replaces, by what, the number of pages].
  const nearest = async ({ manifest, groups, maps }) => {
    const found = [];
    const counted = async (part, query) => {
      const { found: pages } = await find(query);
      if (pages.length) found.push([part, query, pages.length]);
    };
    for (const [here, group] of groups.entries()) {
      if (maps[here].size) found.push([null, group.source, maps[here].size]);
      else if (group.every((piece) => piece.run)) await counted(null, await longestPart(manifest, group));
      else for (const word of await nearestWords(manifest, group.map((piece) => piece.key).join(""))) await counted(group.source, word);
    }
    return found;
  };

  // The longest part of a run of characters that some page has.
  const longestPart = async (manifest, group) => {
    for (let length = group.length - 1; length > 1; length -= 1) {
      for (let start = 0; start + length <= group.length; start += 1) {
        const part = group.slice(start, start + length);
        const first = part[0].at;
        if ((await standing(manifest, part.map((piece) => ({ ...piece, at: piece.at - first })))).size) return part.map((piece) => piece.key).join("");
      }
    }
    return "";
  };

  // The words that differ in the fewest letters (Damerau 1964): one for a short word, two for a long one.
  const nearestWords = async (manifest, key) => {
    if (!manifest.words || key.length < 3) return [];
    const [written] = await load([manifest.words]);
    const most = key.length < 6 ? 1 : 2;
    const rows = [];
    let word = "";
    for (const part of written.split(" ")) {
      word = word.slice(0, DIGITS.get(part[0])) + part.slice(1);
      const differs = Math.abs(word.length - key.length) > most ? Infinity : distance(word, key);
      if (differs <= most) rows.push([differs, word]);
    }
    rows.sort((one, other) => one[0] - other[0] || (one[1][0] !== key[0]) - (other[1][0] !== key[0]));
    return rows.slice(0, 3).map(([, each]) => each);
  };

  const distance = (one, other) => {
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, here) => here)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same));
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last.at(-1);
  };

  let asked = 0;
  let answer = null;

  const narrowed = () => {
    const [kind, side] = choices.map((choice) => choice.value);
    return answer.found.filter(({ page }) => {
      const row = facetsOf(answer.manifest, page);
      return (!kind || row.family === kind) && (!side || row.sides.includes(side));
    });
  };

  // The number of pages for each choice.
  const count = () => {
    for (const choice of choices) {
      for (const option of choice.options) {
        const label = labels.get(`${choice.name} ${option.value}`);
        const held = answer?.found.filter(({ page }) => {
          const row = facetsOf(answer.manifest, page);
          return choice.name === "kind" ? row.family === option.value : row.sides.includes(option.value);
        });
        option.textContent = option.value && held ? `${label} (${held.length.toLocaleString(language)})` : label;
      }
    }
  };

  const show = async (from = 0, count = MORE) => {
    const turn = asked;
    const { manifest, groups } = answer;
    const found = narrowed();
    const said = found.length === answer.found.length ? status.dataset.found : status.dataset.of;
    const words = said.replace("{n}", found.length.toLocaleString(language)).replace("{total}", answer.found.length.toLocaleString(language));
    status.textContent = answer.found.length ? words : status.dataset.nothing;
    const size = groups.reduce((sum, pieces) => sum + lookups(pieces).length, 0);
    const first = Math.max(2, 5 - Math.ceil(size / 2)); // fewer for a query with many terms: an answer has some 60 kB
    const wanted = found.slice(from, from + (from ? count : first));
    const items = await Promise.all(wanted.map((each) => item(manifest, each, groups)));
    if (turn !== asked) return;
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    more.hidden = every.hidden = found.length <= list.children.length;
    every.textContent = status.dataset.every.replace("{n}", found.length.toLocaleString(language));
    if (from) items[0]?.querySelector("a").focus();
  };

  // Buttons that ask another query: [label, query].
  const offer = (box, rows) => {
    box.hidden = !rows.length;
    const items = rows.map(([label, query]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => {
        input.value = query;
        input.focus();
        write("pushState");
        search();
      });
      const entry = document.createElement("li");
      entry.append(button);
      return entry;
    });
    box.querySelector("ul").replaceChildren(...items);
  };

  const suggest = (words, query) =>
    offer(beginning, words.map((word) => [word, query.replace(/[^\s"“”«»„]+["”»]?\s*$/u, word)]));

  const suggestNearest = (rows, query) => {
    const labelled = rows.map(([part, words, pages]) => [
      `${words} (${pages.toLocaleString(language)})`,
      part === null ? words : query.replace(part, words),
    ]);
    offer(near, labelled);
  };

  const fail = () => {
    answer = null;
    count();
    list.replaceChildren();
    more.hidden = every.hidden = true;
    suggest([], "");
    suggestNearest([], "");
    status.textContent = fetched.has(`${shell.dataset.index}.json`) ? status.dataset.partial : status.dataset.failed;
    without.hidden = false;
    document.getElementById("_needs").hidden = true;
  };

  const search = async (again = false) => {
    const turn = (asked += 1);
    const query = input.value.trim();
    document.documentElement.dataset.search = "busy";
    try {
      const found = query ? await find(query) : null;
      if (turn !== asked) return;
      answer = found;
      count();
      if (!found) {
        list.replaceChildren();
        more.hidden = every.hidden = true;
        status.textContent = "";
        suggest([], query);
        suggestNearest([], query);
      } else {
        suggestNearest(found.found.length ? [] : await nearest(found), query);
        if (turn !== asked) return;
        await show();
        if (turn !== asked) return;
        document.documentElement.dataset.search = "done";
        const words = await completions(found.manifest, found.groups.at(-1) || []);
        if (turn === asked) suggest(words, query);
      }
      without.hidden = true;
    } catch {
      if (turn !== asked) return;
      if (!again) {
        fetched.clear();
        await top({ cache: "reload" }).catch(() => {});
        if (turn === asked) await search(true);
        return;
      }
      fail();
    }
    if (turn === asked) document.documentElement.dataset.search = "done";
  };

  // The query is part of the URL.
  const write = (how) => {
    if (isOnDisk) return;
    const query = new URLSearchParams();
    if (input.value.trim()) query.set("q", input.value.trim());
    for (const choice of choices) if (choice.value) query.set(choice.name, choice.value);
    const words = query.toString();
    history[how](null, "", location.pathname + (words ? `?${words}` : ""));
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    input.value = query.get("q") || "";
    for (const choice of choices) {
      choice.value = query.get(choice.name) || "";
      if (choice.selectedIndex < 0) choice.value = "";
    }
    return search();
  };

  let waiting = 0;
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.isComposing) return;
    waiting = setTimeout(() => {
      write("replaceState");
      search();
    }, 150);
  });
  input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
  form.addEventListener("change", (event) => {
    if (event.target === input) return;
    write("replaceState");
    if (answer) search();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    write("pushState");
    await search();
    list.querySelector("a")?.focus();
  });
  more.addEventListener("click", () => show(list.children.length).catch(fail));
  every.addEventListener("click", () => show(list.children.length, Infinity).catch(fail));
  addEventListener("popstate", read);
  shell.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const links = [...list.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "Escape" && document.activeElement !== input) input.select();
    else if (event.key === "ArrowDown" && (here >= 0 || event.target === input)) links[Math.min(here + 1, links.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && here >= 0) (links[here - 1] || input).focus();
    else return;
    event.preventDefault();
  });

  shell.hidden = false;
  without.hidden = true;
  top().catch(() => {});
  if (!location.hash) input.focus({ preventScroll: true });
  read();
})();
