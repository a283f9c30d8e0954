import { stripVTControlCharacters } from "node:util";

const dump =
  /\[ERROR\].*kj::getCaughtExceptionAsKj\(\).*disconnected: .*(?:Broken pipe|Connection reset by peer)/;
const emptyError = /\[ERROR\]\s*$/;

/**
 * Returns a filter that tells for each line of the Worker's output if a person should see it.
 * Left out are errors without a text, and the dumps that the runtime prints whenever a browser
 * closes a connection early.
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
