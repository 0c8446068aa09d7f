// Waiting for something to become true, with a deadline that a slow machine does not reach.

export const DEADLINE = 20_000;
const POLL_INTERVAL = 25;

/**
 * Asks `condition` until it answers something truthy, and returns that.
 * `what` names the condition in the error that a missed deadline throws.
 */
export async function until(what, condition, deadline = DEADLINE) {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > end) {
      throw new Error(`not seen within ${deadline / 1000} s: ${what}`);
    }
    await pause(POLL_INTERVAL);
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Rejects when `promise` has not settled by the deadline. */
export function inTime(what, promise, deadline = DEADLINE) {
  let timer;
  const late = new Promise((_, reject) => {
    const error = new Error(`not seen within ${deadline / 1000} s: ${what}`);
    timer = setTimeout(() => reject(error), deadline);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
