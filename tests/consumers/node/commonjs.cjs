// node commonjs.cjs <url> [options as JSON]

const io = require("socketio-wasm");

const [url, options = "{}"] = process.argv.slice(2);
import("../exchange.js")
  .then(() => exchange(io, url, JSON.parse(options)))
  .then(
    (result) => console.log(JSON.stringify(result)),
    (error) => console.error(String(error)),
  );
