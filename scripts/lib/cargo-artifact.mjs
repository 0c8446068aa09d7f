/** The wasm that cargo says it made, by its `--message-format=json`: the file whose name ends so. */
export function wasmIn(stdout, ending) {
  const artifacts = stdout.split("\n").filter((line) => line.includes('"compiler-artifact"'));
  const files = artifacts.flatMap((line) => JSON.parse(line).filenames);
  return files.find((file) => file.endsWith(ending));
}
