// One tab sends at a time.

// How much longer than an answer a lease lasts, and how often a tab looks whether it has ended before.
const SPARE = 5000;
const INTERVAL = 250;
// And how long it lasts at most: nobody ends that of a tab that has crashed.
const LONGEST_LEASE = 600_000;

/**
 * Does `work` while no other tab does. Where there are no Web Locks, on a page without HTTPS, by a lease in IndexedDB:
 * `work` prolongs it by calling its argument, and after a crash the others wait until it is over.
 */
export function alone(name, store, work) {
  const { locks } = navigator;
  return locks ? locks.request(name, () => work(() => {})) : byLease(store, work);
}

async function byLease(store, work) {
  const owner = Math.random();
  const hold = async () => {
    for (;;) {
      const wait = await store.lease(owner, Math.min(store.options.ackTimeout, LONGEST_LEASE) + SPARE);
      if (!wait) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, INTERVAL)));
    }
  };
  await hold();
  try {
    await work(hold);
  } finally {
    await store.lease(owner, 0);
  }
}
