// Writes .br and .gz beside every file under the given folder that gains by it. Node has both packers built in.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, extname } from "node:path";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";

const worth = new Set([".js", ".mjs", ".wasm", ".css", ".svg", ".json", ".txt", ".webmanifest", ".xml", ".html", ".ico"]);
const walk = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? walk(join(dir, e.name)) : [join(dir, e.name)]);

for (const file of walk(process.argv[2])) {
  if (!worth.has(extname(file)) || file.endsWith("hash.txt")) continue;
  const raw = readFileSync(file);
  if (raw.length < 512) continue;
  const br = brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
  const gz = gzipSync(raw, { level: 9 });
  if (br.length < raw.length) writeFileSync(`${file}.br`, br);
  if (gz.length < raw.length) writeFileSync(`${file}.gz`, gz);
  if (file.includes("/pkg/")) console.log(`    ${file.split("/").pop()}: ${raw.length} bytes, brotli ${br.length}, gzip ${gz.length}`);
}
