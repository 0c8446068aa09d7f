// The page's code, on its own: what it throws goes to the page's error handlers and disturbs nothing here.

export const call = (listener, ...args) => queueMicrotask(() => listener(...args));

/** As if nothing had caught it. */
export const report = (error) =>
  queueMicrotask(() => {
    throw error;
  });
