// The page's address says what the files must have: ?script=sha384-…&wasm=sha384-…

const { script, wasm } = Object.fromEntries(new URLSearchParams(location.search));

globalThis.exchanged = script ? loaded("socketio.min.js", script).then(() => exchange(io)) : started();

function loaded(src, integrity) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { integrity, onload: resolve });
    element.onerror = () => reject(new Error(`${src} is not what it should be`));
    document.head.append(Object.assign(element, { src }));
  });
}

async function started() {
  const { default: init, io } = await import("./socketio.init.js");
  await init(fetch("socketio.wasm", { integrity: wasm }));
  return exchange(io);
}
