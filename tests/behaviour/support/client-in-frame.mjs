// A helper for the page of a case: the client in a browser that is not as usual.

/** The client in a frame of its own, whose window `prepare` has changed before. */
export async function clientInFrame(prepare) {
  const isClient = ({ name }) => /\/(ours\/|modules\/socket\.io-client$)/.test(name);
  const { name } = performance.getEntriesByType("resource").find(isClient);
  const frame = document.body.appendChild(document.createElement("iframe"));
  const { contentWindow } = frame;
  prepare?.(contentWindow);
  const client = await contentWindow.eval(`import(${JSON.stringify(name)})`);
  return { ...client, frame };
}
