// The SPARQL editor: YASGUI over this server's own endpoint, with the named queries as tabs. Nothing is asked of
// another server: the completers that fetch vocabularies from the web are replaced by what the ontology declares.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";

const { Yasqe } = Yasgui;

async function terms(...kinds) {
  const classes = kinds.map((kind) => `owl:${kind}`).join(" ");
  const query = `SELECT DISTINCT ?term { VALUES ?kind { ${classes} } ?term a ?kind } ORDER BY ?term`;
  const response = await fetch(`/sparql?${new URLSearchParams({ query, format: "json" })}`);
  if (!response.ok) return [];
  return (await response.json()).results.bindings.map((row) => row.term.value);
}

async function prefixes() {
  const response = await fetch("/context.jsonld");
  const context = response.ok ? (await response.json())["@context"] : {};
  const named = Object.entries(context).filter(([, value]) => /^https?:.*[#/]$/.test(value));
  return named.map(([name, base]) => `${name}: <${base}>`).sort();
}

for (const [name, get] of [
  ["property", () => terms("ObjectProperty", "DatatypeProperty")],
  ["class", () => terms("Class")],
  ["prefixes", prefixes],
]) {
  Yasqe.forkAutocompleter(name, { name: `local-${name}`, bulk: true, persistenceId: null, get }, true);
}
Yasqe.defaults.autocompleters = ["local-prefixes", "local-property", "local-class", "variables"];

const endpoint = new URL("/sparql", window.location.href).href;
const editor = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint },
  copyEndpointOnNewTab: true,
  persistenceId: "policyweave",
  autoAddOnInit: false,
});

function open(query) {
  const known = Object.values(editor._tabs).find((tab) => tab.name() === query.name);
  if (known) editor.selectTabId(known.getId());
  else editor.addTab(true, { name: query.name, yasqe: { value: query.sparql } });
}

const chooser = document.getElementById("saved");
const saved = await (await fetch("/queries", { headers: { accept: "application/json" } })).json();
for (const query of saved) chooser.add(new Option(query.title, query.name));
chooser.addEventListener("change", () => {
  const query = saved.find((each) => each.name === chooser.value);
  if (query) open(query);
  chooser.selectedIndex = 0;
});
const wanted = new URLSearchParams(window.location.search).get("name");
open(saved.find((each) => each.name === wanted) ?? saved.find((each) => each.name === "papers"));
