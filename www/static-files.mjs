// Serves the pages in www/; under /dist/ the library, and under their names the pages of examples/, as they were built.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import serveStatic from "serve-static";

const pagesFolder = fileURLToPath(new URL(".", import.meta.url));
const distFolder = fileURLToPath(new URL("../dist/", import.meta.url));
const examplesFolder = fileURLToPath(new URL("../target/examples/", import.meta.url));
const examplePath = /^\/(bare|bare-small|leptos|yew|dioxus|mounting)(\/|$)/;

const options = {
  // A page that is being worked on must never be an old one: the browser asks each time (ETag answers 304).
  cacheControl: false,
  setHeaders: (response) => {
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
  },
  fallthrough: false,
};

export function isBuilt() {
  return existsSync(`${distFolder}socketio.min.js`);
}

export function staticFiles() {
  const pages = serveStatic(pagesFolder, options);
  const dist = serveStatic(distFolder, options);
  const examples = serveStatic(examplesFolder, options);
  return (request, response) => {
    const finish = (error) => fail(response, error?.statusCode ?? 404);
    const path = request.url.split("?", 1)[0];
    if (path.startsWith("/dist/")) {
      request.originalUrl = request.url;
      request.url = request.url.slice("/dist".length);
      return dist(request, response, finish);
    }
    if (examplePath.test(path)) return examples(request, response, (error) => failExample(response, error));
    // The server's own modules lie beside the pages and are not part of them.
    if (path.endsWith(".mjs")) return fail(response, 404);
    return pages(request, response, finish);
  };
}

function failExample(response, error) {
  if (existsSync(`${examplesFolder}bare/main.js`)) return fail(response, error?.statusCode ?? 404);
  return fail(response, 404, "The examples have not been built yet: run `npm run build:examples` first.\n");
}

function fail(response, statusCode, text = statusCode === 404 ? "Not found\n" : `Error ${statusCode}\n`) {
  response.statusCode = statusCode;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(text);
}
