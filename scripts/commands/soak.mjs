import test from "./test.mjs";

/** The test part `soak`, at full length: two million events and two thousand reconnections. */
export default function soak() {
  process.env.SOCKETIO_SOAK_LONG = "1";
  return test(["soak"]);
}
