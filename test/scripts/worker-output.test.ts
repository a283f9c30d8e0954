import { expect, test } from "vitest";
import { createOutputFilter } from "../../scripts/worker-output.ts";

const shown = (lines: readonly string[]) => lines.filter(createOutputFilter());
const error = (text: string) => `\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m ${text}`;

test.each(["Broken pipe", "Connection reset by peer"])("the stack dump of a %s is left out", (what) => {
  const lines = [
    error(
      `kj::getCaughtExceptionAsKj() = kj/async-io-unix.c++:186: disconnected: ::write(fd, buffer.begin(), buffer.size()): ${what}`,
    ),
    "",
    "  stack: /app/node_modules/workerd/bin/workerd@51faac1 /app/node_modules/workerd/bin/workerd@51fb771",
    "",
    "",
    error("Uncaught TypeError: no such template"),
  ];
  expect(shown(lines)).toEqual(lines.slice(-1));
});

test("an error without a text is left out", () => {
  expect(shown(["one", error(""), "", "two"])).toEqual(["one", "two"]);
});

test("other errors keep their stacks and their blank lines", () => {
  const lines = [error("Uncaught TypeError: no"), "", "  stack: worker/index.ts", "", "▲ [WARNING] old date"];
  expect(shown(lines)).toEqual(lines);
});

test("a person's own text about a broken pipe is shown", () => {
  const lines = ["the pipe is broken: Broken pipe", error("disconnected by the mail server")];
  expect(shown(lines)).toEqual(lines);
});
