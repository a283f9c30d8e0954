import { describe, expect, it } from "vitest";
import {
  fillSnippets,
  findPositionInSource,
  formatSnippetMarker,
  listSnippetIds,
  parseSnippetMarker,
} from "../../shared/snippet-marker.ts";

const snippets = new Map([
  [12, "<p>About us</p>\n<p>$& and $1</p>"],
  [7, "<p>Seven</p>"],
]);

describe("the marker of a snippet", () => {
  it("is read as it is written", () => {
    expect(parseSnippetMarker(formatSnippetMarker(12))).toBe(12);
    expect(parseSnippetMarker("{{>snippet-12 }}")).toBe(12);
    for (const tag of ["{{> snippet-0}}", "{{snippet-12}}", "{{> other}}", "{{> snippet-12}} "])
      expect(parseSnippetMarker(tag)).toBeNull();
  });

  it("stands for its snippet in a paragraph of its own, and nowhere else", () => {
    expect(fillSnippets("<p>Hi</p>\n<p>{{> snippet-12}}</p>\n<p> {{>snippet-7}} </p>", snippets)).toBe(
      "<p>Hi</p>\n<p>About us</p>\n<p>$& and $1</p>\n<p>Seven</p>",
    );
    for (const source of [
      "<p>Hi {{> snippet-12}}</p>",
      "<li>{{> snippet-12}}</li>",
      "<p>{{> snippet-99}}</p>",
    ])
      expect(fillSnippets(source, snippets)).toBe(source);
    expect(listSnippetIds("{{> snippet-12}} {{>snippet-7}} {{> snippet-12}}")).toEqual([12, 7]);
  });

  it("finds the place in the source for each place in the filled text", () => {
    const source = "<p>X</p><p>{{> snippet-12}}</p><p>Y</p><p>{{> snippet-7}}</p>Z";
    const filled = fillSnippets(source, snippets);
    for (const letter of ["X", "Y", "Z"]) {
      const place = findPositionInSource(source, snippets, filled.lastIndexOf(letter));
      expect(source[place]).toBe(letter);
    }
    const inside = findPositionInSource(source, snippets, filled.indexOf("us"));
    expect(source.slice(inside)).toMatch(/^<p>\{\{> snippet-12/);
  });
});
