// A button that copies an answer with its references; shown where the browser lets a page copy.
function offer(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll?.("button.copy[hidden]") ?? []) button.hidden = false;
}

document.addEventListener("click", async ({ target }) => {
  if (!target.matches?.("button.copy")) return;
  await navigator.clipboard.writeText(target.parentElement.querySelector("pre").textContent);
  target.textContent = "✓";
});
document.addEventListener("htmx:load", ({ detail }) => offer(detail.elt));
offer(document);
