// "/" goes to the box, unless something is being written already.
function writes(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !box || writes(event.target)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
