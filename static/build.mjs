// Builds static/dist: one stylesheet, one script, the fonts and the mark, each with a hash of its content in its name,
// and manifest.json, which says which file stands for which name. Texts are compressed once, here, beside the plain ones. `npm run build` runs it; `npm run watch` keeps on.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, watch, writeFile } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { compileAsync } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const fonts = join(here, "..", "node_modules", "@fontsource", "atkinson-hyperlegible", "files");
const nhsuk = join(here, "..", "node_modules", "nhsuk-frontend", "dist", "nhsuk", "assets", "images");
const target = ["chrome109", "firefox115", "safari15.6"];

const copied = {
  "atkinson-400.woff2": join(fonts, "atkinson-hyperlegible-latin-400-normal.woff2"),
  "atkinson-700.woff2": join(fonts, "atkinson-hyperlegible-latin-700-normal.woff2"),
  "favicon.svg": join(here, "img", "favicon.svg"),
  "nhsuk-icon-cross.svg": join(nhsuk, "nhsuk-icon-cross.svg"), // empties a search box
};

function hashed(name, content) {
  const { name: stem, ext } = parse(name);
  return `${stem}-${createHash("sha256").update(content).digest("hex").slice(0, 10)}${ext}`;
}

async function stylesheet(manifest) {
  const { css } = await compileAsync(join(here, "css", "app.scss"), {
    loadPaths: [join(here, "..", "node_modules")],
    quietDeps: true,
  });
  const named = css.replace(/url\("?asset:([\w.-]+)"?\)/g, (_, name) => `url("${manifest[name]}")`);
  const { code } = await transform(named, { loader: "css", minify: true, target });
  return code;
}

async function script() {
  const { outputFiles } = await build({
    entryPoints: [join(here, "js", "app.js")],
    bundle: true,
    format: "esm",
    minify: true,
    target,
    write: false,
  });
  return outputFiles[0].contents;
}

async function all() {
  const files = new Map();
  const manifest = {};
  const keep = (name, content) => {
    manifest[name] = hashed(name, content);
    files.set(manifest[name], content);
    if (/\.(css|js|svg)$/.test(name)) files.set(`${manifest[name]}.gz`, gzipSync(content, { level: 9 }));
  };
  for (const [name, path] of Object.entries(copied)) keep(name, await readFile(path));
  keep("app.css", await stylesheet(manifest));
  keep("app.js", await script());
  await mkdir(dist, { recursive: true });
  for (const [name, content] of files) await writeFile(join(dist, name), content);
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const old of await readdir(dist)) {
    if (!files.has(old) && old !== "manifest.json") await rm(join(dist, old), { recursive: true });
  }
  return manifest;
}

console.log(await all());
if (process.argv.includes("--watch")) {
  for await (const { filename } of watch(here, { recursive: true })) {
    if (filename && !filename.startsWith("dist")) {
      await all().then(() => console.log(`built after ${filename}`), (wrong) => console.error(wrong.message));
    }
  }
}
