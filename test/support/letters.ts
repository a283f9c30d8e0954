import type { Random } from "./worker/chaos/random.ts";

const words = [
  "home",
  "I'd",
  "sale",
  "R&amp;D",
  "5 &gt; 3",
  "M&uuml;ller",
  "casa",
  "año",
  "it&rsquo;s",
  "3&nbsp;beds",
  '"now"',
];
const tags = [
  '{{default recipient.salutation "there"}}',
  "{{sender.fromName}}",
  "{{#if sender.phone}}<br>{{sender.phone}}{{/if}}",
  "{{#if property.bedroomsTotal}} It has {{property.bedroomsTotal}} bedrooms.{{/if}}",
  "{{#unless property.city}}Where is <b>it</b>?{{else}}{{property.city}}{{/unless}}",
  "{{! a note }}",
  "{{{property.city}}}",
  "{{#each property.sales}}{{#if price}}{{price}} {{/if}}{{/each}}",
];
type Mark = "bold" | "italic" | "link";
const marks: Record<Mark, readonly (readonly [string, string])[]> = {
  bold: [
    ["<b>", "</b>"],
    ["<strong>", "</strong>"],
  ],
  italic: [
    ["<i>", "</i>"],
    ["<em>", "</em>"],
  ],
  link: [
    ['<a href="https://example.com/?a=1&amp;b=2">', "</a>"],
    ['<a target="_blank" href=\'https://example.com/{{default property.city "x"}}\'>', "</a>"],
    ['<a href="mailto:{{sender.fromEmail}}">', "</a>"],
  ],
};

/**
 * Returns a random letter with only parts that the rich editor can show, such as paragraphs, lists,
 * links, images and variables. The HTML uses all usual spellings of these parts.
 */
export function buildRandomLetter(random: Random): string {
  const { pick, next, chance } = random;
  const repeat = (most: number, make: () => string) =>
    Array.from({ length: random.between(1, most) }, make).join("");

  const piece = (open: readonly Mark[]): string => {
    const roll = next();
    if (!open.includes("bold") && roll < 0.12) return wrap("bold", open);
    if (!open.includes("italic") && roll < 0.2) return wrap("italic", open);
    if (!open.includes("link") && roll < 0.28) return wrap("link", open);
    if (roll < 0.45) return pick(tags);
    if (roll < 0.5) return pick(["<br>", "<br />", "<br>\n", "<BR>\r\n  "]);
    if (roll < 0.53)
      return '<img src="https://example.com/a.png?x=1&amp;y=2" alt="The &quot;house&quot;" width=480>';
    return pick(words) + pick([" ", " ", "  ", "\n", "\n    ", ", "]);
  };
  // A word separates two elements, because the editor would join two neighbors of one kind.
  const inline = (open: readonly Mark[] = []) => repeat(4, () => `${pick(words)}${piece(open)}`);
  const wrap = (mark: Mark, open: readonly Mark[]) => {
    const [begin, end] = pick(marks[mark]);
    return `${begin}${inline([...open, mark])}${end}`;
  };
  const list = (depth: number): string => {
    const tag = pick(["ul", "ol"]);
    const space = pick(["", "\n", "\n  "]);
    const item = () => {
      const nested = depth < 2 && chance(0.2) ? `${space}${list(depth + 1)}${space}` : "";
      return `${space}<li>${inline()}.${nested}</li>`;
    };
    return `<${tag}>${repeat(3, item)}${space}</${tag}>`;
  };
  const block = () => {
    const roll = next();
    if (roll < 0.2) return list(0);
    return roll < 0.25 ? "<p><br></p>" : `<p>${pick(["", "", "\n  "])}${inline()}</p>`;
  };
  return `${pick(["", "", "\n"])}${repeat(6, () => block() + pick(["\n", "\n", "", "\n\n"]))}`;
}
