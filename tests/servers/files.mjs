// The page and the built library, as every node serves them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import serveStatic from "serve-static";
import { headOf } from "../e2e/page.mjs";

const html = headOf([]) + readFileSync(new URL("../e2e/pages/library.html", import.meta.url), "utf8");
const library = serveStatic(fileURLToPath(new URL("../../dist/", import.meta.url)), { index: false });

/** Answers a request that isn't Socket.IO's; `/health` is the balancer's. */
export function serve(req, res) {
  const end = (status, text = "") => res.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(text);
  if (req.url === "/health") return end(200);
  if (req.url === "/library.html") return end(200, html);
  if (!req.url.startsWith("/dist/")) return end(404);
  req.url = req.url.slice("/dist".length);
  library(req, res, () => end(404));
}
