// Things whose names fit what is being written, below the box; arrows move among them, Escape closes them.
const box = document.getElementById("q");
const list = document.getElementById("suggestions");
const WAIT = 150;
let timer = 0;
let asked = 0;

async function show() {
  const text = box.value.trim();
  const turn = ++asked;
  if (text.length < 2) return list.replaceChildren();
  const response = await fetch(`/suggest?${new URLSearchParams({ q: text })}`, { headers: { accept: "text/html" } });
  if (!response.ok || turn !== asked || document.activeElement !== box) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return list.replaceChildren(...page.querySelectorAll("#found > ul"));
}

function move(event) {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  if (!links.length || (at === -1 && event.key === "ArrowUp")) return;
  event.preventDefault();
  (links[next] ?? box).focus();
}

function close() {
  asked += 1;
  list.replaceChildren();
}

if (box && list) {
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  box.form.addEventListener("keydown", (event) => {
    if (["ArrowDown", "ArrowUp"].includes(event.key)) move(event);
    if (event.key === "Escape" && list.childElementCount) {
      event.preventDefault();
      box.focus();
      close();
    }
  });
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) setTimeout(close, WAIT);
  });
}
