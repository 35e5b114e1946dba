"use strict";
// Finds pages by their names without marks: "soc trang" finds Sóc Trăng. No network is asked:
// the index is a script of this folder, which is read when the search is first used.
(() => {
  const MOST = 12;
  const form = document.getElementById("search");
  if (!form) return;
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const results = document.getElementById("results");
  let pages = null;
  let asked = false;

  const fold = text => text.toLowerCase().replace(/đ|ð/g, "d").normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "").replace(/[^0-9a-z]+/g, " ").trim();

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.onload = () => {
      pages = window.parindexPages.map(([name, about, address, others]) =>
        ({name, about, address, key: " " + fold(name + " " + others + " " + about), own: fold(name)}));
      show();
    };
    document.head.append(script);
  };

  const found = text => {
    const words = fold(text).split(" ").filter(Boolean);
    if (!words.length || !pages) return [];
    const whole = words.join(" ");
    const rank = page => page.own === whole ? 0 : page.own.startsWith(whole) ? 1
      : (" " + page.own).includes(" " + whole) ? 2 : 3;
    return pages.filter(page => words.every(word => page.key.includes(" " + word)))
      .map((page, at) => ({page, at, rank: rank(page)}))
      .sort((one, other) => one.rank - other.rank || one.at - other.at)
      .map(each => each.page);
  };

  const show = () => {
    results.replaceChildren();
    count.textContent = "";
    if (!fold(query.value) || !pages) return;
    const all = found(query.value);
    count.textContent = all.length ? form.dataset.found.replace("%", all.length) : form.dataset.none;
    const base = form.dataset.home.replace(/index\.html$/, "");
    for (const page of all.slice(0, MOST)) {
      const link = document.createElement("a");
      const about = document.createElement("span");
      link.href = base + page.address + ".html";
      about.textContent = page.about;
      link.append(page.name + " ", about);
      const item = document.createElement("li");
      item.append(link);
      results.append(item);
    }
  };

  const links = () => [...results.querySelectorAll("a")];
  query.addEventListener("focus", load);
  query.addEventListener("input", () => { load(); show(); });
  form.addEventListener("submit", event => {
    event.preventDefault();
    const [first] = links();
    if (first) location.href = first.href;
  });
  form.addEventListener("keydown", event => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      query.value = "";
      show();
      query.focus();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? all[at - 1] : query).focus();
    }
  });
  form.hidden = false;
})();
