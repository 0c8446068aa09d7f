// Has a worker exchange. The page's address says which: ?kind=web or service, &type=classic or module, &transports=…

const { kind, type, transports } = Object.fromEntries(new URLSearchParams(location.search));

globalThis.exchanged = startWorker().then(ask);

async function startWorker() {
  const script = `${type}-worker.js`;
  if (kind === "web") return new Worker(script, { type });
  await navigator.serviceWorker.register(script, { type });
  return (await navigator.serviceWorker.ready).active;
}

function ask(worker) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(transports ? { transports: [transports] } : {}, [port2]);
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    port1.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.value));
  });
}
