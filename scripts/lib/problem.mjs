/**
 * Something the person at the keyboard can put right: shown as one line, without a stack trace.
 * Before it, where there are, the last words of the command that failed.
 */
export class Problem extends Error {
  isProblem = true;

  constructor(message, details = "") {
    super(message);
    this.details = details;
  }
}
