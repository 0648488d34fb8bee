// What makes pages smoother; without it every link and form works all the same.
import "htmx.org";
import "./keyboard.js";
import "./look.js";
import "./suggestions.js";
