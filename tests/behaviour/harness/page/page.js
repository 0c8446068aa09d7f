// In the page: loads the client that the address names, runs what a case does here, tells what came of it.

// Ports come again: nothing may be left of a case that had the same one.
sessionStorage.clear();
localStorage.clear();

/** Uncaught errors and unhandled rejections since the page was loaded. A case that expects some takes them away. */
window.errors = [];
addEventListener("error", ({ error, message }) => window.errors.push(error ?? new Error(message)));
addEventListener("unhandledrejection", ({ reason }) => {
  window.errors.push(reason instanceof Error ? reason : new Error(`rejected with ${String(reason)}`));
});

const LONGEST_CASE = 9_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The arguments of the next event. */
function next(emitter, event, ms = 3_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "${event}" within ${ms} ms`)), ms);
    emitter.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}

/** Asks `condition` until it answers something truthy, and returns that. `what` names it in the error. */
async function until(condition, what = String(condition), ms = 3_000) {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`not seen within ${ms} ms: ${what}`);
    await pause(10);
  }
}

/** Runs a command of the case in its server. */
async function tell(name, ...args) {
  const response = await fetch(`/__behaviour/tell/${name}`, { method: "POST", body: JSON.stringify(args) });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  return response.json();
}

async function runCase({ client: address, source, arg }) {
  const client = await import(address);
  // Browsers keep what they have compiled, with the address of the page that it was for: an import would go there.
  const page = (0, eval)(`${source}\n//# sourceURL=${location.origin}/case.js`);
  const { io, Manager, Socket } = client;
  const late = pause(LONGEST_CASE).then(() => Promise.reject(new Error(`still running after ${LONGEST_CASE} ms`)));
  late.catch(() => {});
  const value = await Promise.race([
    page({ io, Manager, Socket, client, url: location.origin, arg, until, next, tell, pause }),
    late,
  ]);
  await pause(0); // a rejection is reported as unhandled only after the task in which it came about
  return value;
}

const textOf = (error) => (error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error));

/** JSON of `{ value, error, errors }`. */
window.run = async (task) => {
  const outcome = {};
  try {
    outcome.value = await runCase(task);
  } catch (error) {
    outcome.error = textOf(error);
  }
  outcome.errors = window.errors.map(textOf);
  return JSON.stringify(outcome);
};
