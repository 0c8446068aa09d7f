// terser takes 600 bytes more away than esbuild's own minifier does, after brotli: what is used once goes where it is
// used, and the same few names stand for more.

// Node shows the whole line in which an error was thrown; browsers do not.
const lineLimits = { esm: 1000, cjs: 1000, iife: false };

const compress = {
  // After three nothing more is found.
  passes: 3,
  // By trying: functions stand together, and only what is short goes into others; that repeats more.
  hoist_funs: true,
  inline: 1,
  // A function that is used once stays one of its own: in the place of its name it would be made anew at each call.
  reduce_funcs: false,
  // `{ name: function () {} }` is a method: nobody calls one with `new` here.
  unsafe_methods: true,
};

// What the console shows an object of these classes by.
const mangle = { reserved: ["Socket", "Manager"] };

/** `format` and `target` are esbuild's. */
export async function minified(code, { format, target }) {
  // Only now: on a fresh machine this module is loaded before npm has installed terser.
  const { minify } = await import("terser");
  const output = { max_line_len: lineLimits[format], comments: false };
  const ecma = target ? Number(target[0].slice(2)) : 2020;
  const options = { ecma, module: format === "esm", toplevel: true, compress, mangle, format: output };
  return (await minify(code, options)).code;
}
