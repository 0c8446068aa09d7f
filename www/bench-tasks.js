// Giving way to the browser: what a client puts off gets its turn.

const PER_TASK = 200;
const channel = new MessageChannel();
const waiting = [];
channel.port1.onmessage = () => waiting.shift()();

/** The next task of the event loop; a timer would make it wait for 4 ms. */
export const nextTask = () =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(0);
  });

/** Calls `task(n)` for each n below `count`, so many in each task. */
export async function eachInTasks(count, task, perTask = PER_TASK) {
  for (let n = 0; n < count; ) {
    for (const end = Math.min(n + perTask, count); n < end; n++) task(n);
    await nextTask();
  }
}
