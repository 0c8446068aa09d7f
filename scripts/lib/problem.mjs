/** Something the person at the keyboard can put right: shown as one line, without a stack trace. */
export class Problem extends Error {
  isProblem = true;
}
