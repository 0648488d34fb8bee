// What makes pages smoother; without it every link and form works all the same.
import "htmx.org";
import "./copying.js";
import "./keyboard.js";
import "./look.js";
import "./suggestions.js";

// A page and the data behind it have one address; without this htmx would be given the data.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers.Accept = "text/html";
});
