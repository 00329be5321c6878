// Searching in full on the search page. Without this script the index by letter below it does the same by name.
const form = document.querySelector("form.search");
const list = document.querySelector("ol.found");
const state = document.querySelector("p.found-state");
const root = new URL("..", import.meta.url);
const MOST = 20;
const LOOKED_AT = 60;

let pagefind = null;
let asked = 0;

async function index() {
  if (pagefind === null) {
    pagefind = await import(new URL("pagefind/pagefind.js", root));
    await pagefind.options({ baseUrl: root.pathname, noWorker: true, excerptLength: 24 });
  }
  return pagefind;
}

function line(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  const excerpt = document.createElement("p");
  for (const part of found.excerpt.split(/(<mark>.*?<\/mark>)/)) {
    const marked = part.startsWith("<mark>");
    const words = new DOMParser().parseFromString(`<body>${part}`, "text/html").body.textContent; // blanks at its ends stay
    excerpt.append(marked ? Object.assign(document.createElement("mark"), { textContent: words }) : words);
  }
  item.append(link, excerpt);
  return item;
}

// As people type and as pages write: capitals, accents and what stands between words make no difference.
function plain(text) {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// The index takes letters off a word until anything fits it. A page counts if every word stands in it, but for its ending.
function holds(found, words) {
  const text = plain(`${found.meta.title} ${found.content}`);
  return words.every((word) => text.includes(word.slice(0, Math.max(3, word.length - 3))));
}

// A page that is called so comes first, then one of which the name begins so; then as the index has them.
function rank(found, asked) {
  const title = plain(found.meta.title);
  return title === asked ? 0 : title.startsWith(asked) ? 1 : 2;
}

async function search() {
  const words = form.elements.words.value.trim();
  const turn = ++asked;
  if (!words) {
    list.replaceChildren();
    state.textContent = "";
    return;
  }
  const found = (await (await index()).search(words)).results;
  const looked = await Promise.all(found.slice(0, LOOKED_AT).map((one) => one.data()));
  if (turn !== asked) return;
  const whole = plain(words);
  const each = whole.split(" ");
  const fit = looked.filter((one) => holds(one, each));
  fit.sort((one, other) => rank(one, whole) - rank(other, whole));
  list.replaceChildren(...fit.slice(0, MOST).map(line));
  const { none, one, many } = state.dataset;
  const more = found.length > LOOKED_AT ? "+" : "";
  state.textContent = fit.length === 0 ? none : fit.length === 1 ? one : many.replace("#", `${fit.length}${more}`);
}

let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
form.hidden = false;
