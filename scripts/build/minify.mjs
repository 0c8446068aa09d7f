// terser takes 700 bytes more away than esbuild's own minifier does, after brotli: what is used once goes where it is
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

// The names inside of functions. Those of the module are others: so the first parameter has the same name everywhere,
// whatever a function uses besides, and more repeats.
const LETTERS = "etaoinshrdlcumwfgypbvkjxqz";
const mangle = { module: false, toplevel: false, nth_identifier: { get: (n) => LETTERS[n] ?? `_${n}` } };

const pairs = [...LETTERS].flatMap((one) => [...LETTERS].map((other) => one + other));
const GLOBALS = [...LETTERS.toUpperCase(), ...pairs.filter((pair) => !/^(do|if|in)$/.test(pair))];
// What the console shows an object of these classes by.
const KEPT = ["Socket", "Manager"];

/** `format` and `target` are esbuild's; but for `iife` it has left out the function around all. */
export async function minified(code, { format, target }) {
  // Only now: on a fresh machine this module is loaded before npm has installed terser.
  const { minify } = await import("terser");
  const ecma = target ? Number(target[0].slice(2)) : 2020;
  const tree = { ast: true, code: false };
  const { ast } = await minify(code, { ecma, module: format === "esm", toplevel: true, compress, mangle, format: tree });
  nameGlobals(ast);
  const output = { max_line_len: lineLimits[format], comments: false };
  const { code: text } = await minify(ast, { ecma, compress: false, mangle: false, format: output });
  return format === "iife" ? `(()=>{${text.trimEnd().replace(/;$/, "")}})();` : text;
}

/** The shortest names for what is used most. terser itself would take the same for these as inside of functions. */
function nameGlobals({ variables }) {
  const uses = ({ orig, references }) => orig.length + references.length;
  const globals = [...variables.values()].filter(({ name }) => !KEPT.includes(name));
  globals.sort((a, b) => uses(b) - uses(a)).forEach((one, at) => (one.mangled_name = GLOBALS[at]));
}
