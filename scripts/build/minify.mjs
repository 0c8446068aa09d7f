// terser takes 500 bytes more away than esbuild's own minifier does, after brotli: what is used once goes where it is
// used, and the same few names stand for more.

// Node shows the whole line in which an error was thrown; browsers do not.
const lineLimits = { esm: 1000, cjs: 1000, iife: false };

/** `format`: one of esbuild's. */
export async function minified(code, format) {
  // Only now: on a fresh machine this module is loaded before npm has installed terser.
  const { minify } = await import("terser");
  const result = await minify(code, {
    ecma: 2020,
    module: format === "esm",
    toplevel: true,
    // After three nothing more is found.
    compress: { passes: 3 },
    format: { max_line_len: lineLimits[format], comments: false },
  });
  return result.code;
}
