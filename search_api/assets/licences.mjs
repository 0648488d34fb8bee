// Writes the licences of all that is bundled beside the bundle, as their terms ask for.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const parts = [];
for (const [path, facts] of Object.entries(lock.packages)) {
  if (path === "" || facts.dev || facts.optional) continue;
  const files = readdirSync(path).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = files.map((name) => readFileSync(`${path}/${name}`, "utf8").trim());
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  parts.push([`${name} ${facts.version} (${facts.license ?? "licence not stated"})`, ...texts].join("\n\n"));
}
writeFileSync("../static/licences.txt", parts.sort().join(`\n\n${"-".repeat(80)}\n\n`) + "\n");
