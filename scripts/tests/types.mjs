import { mkdirSync, readFileSync } from "node:fs";
import { writeDeclarations } from "../build/declarations.mjs";
import { apiReference, isCurrent } from "../docs/api.mjs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";

// What people have, and what comes; the names of the packages in node_modules.
const compilers = ["typescript", "typescript-7"];
const configs = { "node's resolution": "tsconfig.json", "a bundler's resolution": "tsconfig.bundler.json" };
const REFERENCE = "tsconfig.reference.json";
const BEYOND = "beyond-reference.ts";

/**
 * Compiles tests/types, each file of which is a test. They find the declarations as a page's code does: by the name of
 * the package. Lines that must not compile are marked with @ts-expect-error.
 */
export async function typeTests() {
  mkdirSync(fromRoot("dist"), { recursive: true });
  writeDeclarations();
  const results = [];
  for (const compiler of compilers) {
    for (const [how, config] of Object.entries(configs)) results.push(...(await compile(compiler, config, how)));
  }
  results.push(...(await compareWithReference()), await documentation());
  for (const { good, title } of results) console.log(`${good ? "ok" : "not ok"} - ${title}`);
  const failed = results.filter(({ good }) => !good).length;
  return { passed: results.length - failed, failed };
}

async function compile(compiler, config, how) {
  const { version } = readJson("node_modules", compiler, "package.json");
  const { code, files, errors } = await tsc(compiler, config);
  // An error outside these files, in the declarations themselves, is a failure of all.
  const elsewhere = code !== 0 && !errors.some(({ file }) => files.includes(file));
  for (const { text } of errors) console.log(text);
  return files.map((file) => ({
    title: `${file}: TypeScript ${version}, ${how}`,
    good: !elsewhere && !errors.some((error) => error.file === file),
  }));
}

/** The same source compiles with the reference's types, and what is said to be beyond them is. */
async function compareWithReference() {
  const { errors, files } = await tsc(compilers[0], REFERENCE);
  const others = errors.filter(({ file }) => file !== BEYOND);
  for (const { text } of others) console.log(text);
  const lines = readFileSync(fromRoot("tests", "types", BEYOND), "utf8").split("\n");
  const begins = lines.flatMap((line, index) => (line.startsWith("// Case: ") ? [index + 1] : []));
  const wrong = errors.filter(({ file }) => file === BEYOND).map(({ line }) => line);
  const within = (begin, end = Infinity) => wrong.some((line) => line > begin && line < end);
  const cases = begins.map((begin, index) => ({
    title: `beyond the reference: ${lines[begin - 1].slice("// Case: ".length)}`,
    good: within(begin, begins[index + 1]),
  }));
  const same = files.length > 1 && !others.length;
  return [{ title: "same-source.ts: with the types of socket.io-client", good: same }, ...cases];
}

async function tsc(compiler, config) {
  const program = fromRoot("node_modules", compiler, "bin", "tsc");
  const options = ["--project", `tests/types/${config}`, "--pretty", "false", "--listFiles"];
  const { code, stdout, stderr } = await run(process.execPath, [program, ...options]);
  if (stderr) process.stdout.write(stderr);
  const files = [...stdout.matchAll(/^.*\/tests\/types\/([\w.-]+)$/gm)].map((match) => match[1]);
  const found = stdout.matchAll(/^(?:.*\/)?([\w.-]+)\((\d+),\d+\): error .*(?:\n +.*)*/gm);
  const errors = [...found].map(([text, file, line]) => ({ text, file, line: Number(line) }));
  // What has no place in a file, such as a broken configuration, has to be seen as well.
  if (code !== 0 && !errors.length) console.log(stdout);
  return { code, files, errors };
}

async function documentation() {
  const good = isCurrent(await apiReference());
  if (!good) console.log("docs/api.md does not say what the declarations say: npm run docs writes it anew");
  return { title: "docs/api.md is that of these declarations", good };
}
