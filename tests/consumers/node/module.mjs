// node module.mjs <url> [options as JSON]

import "../exchange.js";
import { io } from "socketio-wasm";

const [url, options = "{}"] = process.argv.slice(2);
exchange(io, url, JSON.parse(options)).then(
  (result) => console.log(JSON.stringify(result)),
  (error) => console.error(String(error)),
);
