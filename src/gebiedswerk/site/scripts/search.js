// Searching in full on the search page. Without this script the index by letter below it does the same by name.
const form = document.querySelector("form.search");
const list = document.querySelector("ol.found");
const state = document.querySelector("p.found-state");
const root = new URL("..", import.meta.url);
const MOST = 20;

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
    const words = new DOMParser().parseFromString(part, "text/html").documentElement.textContent;
    excerpt.append(marked ? Object.assign(document.createElement("mark"), { textContent: words }) : words);
  }
  item.append(link, excerpt);
  return item;
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
  const shown = await Promise.all(found.slice(0, MOST).map((one) => one.data()));
  if (turn !== asked) return;
  list.replaceChildren(...shown.map(line));
  const { none, one, many } = state.dataset;
  state.textContent = found.length === 0 ? none : found.length === 1 ? one : many.replace("#", found.length);
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
