import type { Interface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

const dump =
  /\[ERROR\].*kj::getCaughtExceptionAsKj\(\).*disconnected: .*(?:Broken pipe|Connection reset by peer)/;
const emptyError = /\[ERROR\]\s*$/;

/**
 * Returns a function that tells whether a line of the Worker's output should be printed. The filter
 * leaves out errors without a text, and the dumps that the runtime prints when a browser closes a
 * connection early.
 */
export function createOutputFilter(): (line: string) => boolean {
  let isInDump = false;
  return (line) => {
    const text = stripVTControlCharacters(line).trim();
    if (dump.test(text) || emptyError.test(text)) {
      isInDump = true;
      return false;
    }
    if (isInDump && (text === "" || text.startsWith("stack:"))) return false;
    isInDump = false;
    return true;
  };
}

/** Prints the lines of a Worker's output that `createOutputFilter` does not leave out. */
export function printOutput(lines: Interface, to: NodeJS.WriteStream): void {
  const isWorthShowing = createOutputFilter();
  lines.on("line", (line) => {
    if (isWorthShowing(line)) to.write(`${line}\n`);
  });
}
