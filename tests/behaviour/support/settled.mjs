// What the server comes to know a little later than the page: asserted again until it holds.

const LONGEST = 1_000;

/** Calls `check` until it no longer throws; at last throws what it threw. */
export async function settled(check) {
  const end = performance.now() + LONGEST;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
