/** A listener that handles each event once, however often it comes. Each copy gets the answer of the first. */
export function exactlyOnce(handle, handled) {
  return (id, ...args) => {
    const answer = args.pop();
    if (!handled.has(id)) handled.set(id, (async () => handle(...args))());
    // What failed is not answered: it comes again, and is tried again.
    handled.get(id).then(answer, () => handled.delete(id));
  };
}
