// Changes light and dark without loading the page again; the cookie tells the server for the pages that follow.
const button = document.getElementById("theme");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

button?.addEventListener("click", (event) => {
  event.preventDefault();
  const root = document.documentElement;
  const now = root.dataset.theme === "auto" ? (dark.matches ? "dark" : "light") : root.dataset.theme;
  root.dataset.theme = now === "dark" ? "light" : "dark";
  document.cookie = `colours=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
});
