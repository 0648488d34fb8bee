// Draws the table of a neighbourhood as a graph; a second click on a thing fetches its own table and adds it.
import cytoscape from "cytoscape";

const MOST = 200;
const ROW = 23;
const SHAPES = { measure: "diamond", challenge: "triangle", region: "ellipse", industry: "rectangle", actor: "round-hexagon" };
const place = document.getElementById("graph");
const told = document.getElementById("chosen");

// Colours of the sheets as this page has them now; what is mixed there comes out as plain numbers.
function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = getComputedStyle(probe).color;
  context.fillRect(0, 0, 1, 1);
  probe.remove();
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

function sheet() {
  const [ink, soft, line, accent, paper] = ["ink", "soft", "edge", "accent", "surface"].map(colour);
  const family = getComputedStyle(document.body).fontFamily;
  const label = { label: "data(label)", color: ink, "font-family": family, "font-size": 13, "min-zoomed-font-size": 7, "text-wrap": "ellipsis", "text-max-width": 280, "text-valign": "bottom", "text-margin-y": 4 };
  const beside = (side, away) => ({ selector: `node[side = "${side}"]`, style: { "text-halign": side, "text-valign": "center", "text-margin-x": away, "text-margin-y": 0 } });
  return [
    { selector: "node", style: { ...label, width: 16, height: 16, "background-color": paper, "border-width": 2, "border-color": soft } },
    ...Object.entries(SHAPES).map(([kind, shape]) => ({ selector: `node[kind = "${kind}"]`, style: { shape } })),
    { selector: 'node[kind = "measure"]', style: { "background-color": colour("measure") } },
    { selector: 'node[kind = "challenge"]', style: { "background-color": colour("challenge") } },
    beside("right", 7),
    beside("left", -7),
    { selector: "node.open", style: { width: 26, height: 26, "border-color": accent, "border-width": 3, "font-weight": 600, "text-background-color": paper, "text-background-opacity": 0.85, "text-background-padding": 3 } },
    { selector: "node:selected", style: { "border-color": accent, "border-width": 4 } },
    { selector: "edge", style: { width: 1.2, "line-color": line, "curve-style": "haystack", opacity: 0.7 } },
    { selector: "edge:selected", style: { "line-color": accent } },
  ];
}

function elements(table) {
  const { self, label, kind } = table.dataset;
  const nodes = [{ data: { id: self, label, kind, further: `/explore${self}` }, classes: "open" }];
  const edges = [];
  for (const { href, label: name, kind: sort, relation, name: said, further, sure } of [...table.querySelectorAll("tr[data-href]")].map((row) => row.dataset)) {
    nodes.push({ data: { id: href, label: name, kind: sort, further } });
    edges.push({ data: { id: `${self} ${relation} ${href}`, source: self, target: href, said, sure } });
  }
  return [...nodes, ...edges];
}

// One thing with its neighbours: on an arc at each side, a row for each, so that every name can be read.
function arcs(graph) {
  const around = graph.nodes().not(".open").toArray();
  const rows = Math.ceil(around.length / 2);
  const height = Math.max(rows * ROW, 12 * ROW);
  around.forEach((node, at) => {
    const side = at < rows ? "right" : "left";
    const row = side === "right" ? at : around.length - 1 - at;
    const y = ((row + 0.5) / (side === "right" ? rows : around.length - rows) - 0.5) * height;
    const x = 170 + 120 * Math.sqrt(1 - (2 * y / (height + ROW)) ** 2);
    node.data("side", side).position({ x: side === "right" ? x : -x, y });
  });
  graph.nodes(".open").position({ x: 0, y: 0 });
  graph.fit(undefined, 24);
}

function arrange(graph) {
  if (graph.nodes(".open").length === 1) return arcs(graph);
  graph.nodes().removeData("side");
  return graph.layout({ name: "cose", animate: false, nodeRepulsion: () => 90000, idealEdgeLength: () => 90, padding: 24 }).run();
}

async function open(graph, node) {
  const room = MOST - graph.nodes().length;
  if (node.hasClass("open") || room <= 0) return;
  const response = await fetch(node.data("further"), { headers: { accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = elements(page.getElementById("edges"));
  const known = new Set(graph.elements().map((each) => each.id()));
  const fresh = found.filter((each) => !known.has(each.data.id));
  const nodes = fresh.filter((each) => !each.data.source).slice(0, room);
  for (const each of nodes) known.add(each.data.id);
  graph.add([...nodes, ...fresh.filter((each) => each.data.source && known.has(each.data.source) && known.has(each.data.target))]);
  node.addClass("open");
  arrange(graph);
}

function tell(node) {
  const link = document.createElement("a");
  link.href = node.id();
  link.textContent = node.data("label");
  told.replaceChildren(link);
}

place.parentElement.hidden = false;
const graph = cytoscape({ container: place, elements: elements(document.getElementById("edges")), style: sheet(), maxZoom: 2.5, minZoom: 0.1 });
arrange(graph);
graph.on("tap", "node", ({ target }) => (target.selected() ? open(graph, target) : tell(target)));
document.getElementById("fit").addEventListener("click", () => graph.fit(undefined, 20));
document.getElementById("closer").addEventListener("click", () => graph.zoom(graph.zoom() * 1.3));
document.getElementById("farther").addEventListener("click", () => graph.zoom(graph.zoom() / 1.3));
new MutationObserver(() => graph.style(sheet())).observe(document.documentElement, { attributeFilter: ["data-theme"] });
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(sheet()));
place.dataset.nodes = graph.nodes().length;
graph.on("add", () => { place.dataset.nodes = graph.nodes().length; });
