/** Converts text to HTML and back. */

// The names of U+00A0 to U+00FF in order, then the names of other characters that word processors
// and editors write.
const latin1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro " +
  "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil " +
  "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
  "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml " +
  "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
  "thorn yuml";
const namedCharacters = new Map<string, string>([
  ...latin1.split(" ").map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
  ...Object.entries({
    ...{
      amp: "&",
      AMP: "&",
      lt: "<",
      LT: "<",
      gt: ">",
      GT: ">",
      quot: '"',
      QUOT: '"',
      apos: "'",
      colon: ":",
      sol: "/",
    },
    ...{
      Tab: "\t",
      NewLine: "\n",
      num: "#",
      equals: "=",
      quest: "?",
      lowbar: "_",
      period: ".",
      comma: ",",
      lpar: "(",
    },
    ...{
      rpar: ")",
      commat: "@",
      percnt: "%",
      plus: "+",
      semi: ";",
      excl: "!",
      dollar: "$",
      ensp: " ",
      emsp: " ",
    },
    ...{
      thinsp: " ",
      zwnj: "\u200c",
      zwj: "\u200d",
      ndash: "–",
      mdash: "—",
      lsquo: "‘",
      rsquo: "’",
      sbquo: "‚",
    },
    ...{ ldquo: "“", rdquo: "”", bdquo: "„", dagger: "†", bull: "•", hellip: "…", prime: "′", Prime: "″" },
    ...{
      lsaquo: "‹",
      rsaquo: "›",
      euro: "€",
      trade: "™",
      larr: "←",
      uarr: "↑",
      rarr: "→",
      darr: "↓",
      minus: "−",
    },
    ...{ le: "≤", ge: "≥", ne: "≠", asymp: "≈", OElig: "Œ", oelig: "œ", Scaron: "Š", scaron: "š", fnof: "ƒ" },
    ...{ check: "✓", star: "☆", starf: "★", hearts: "♥" },
  }),
]);

/** Resolves character references: `&amp;`, `&#38;`, `&#x26;`. An unknown name stays as it is. */
export function decodeEntities(html: string): string {
  return html.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z][a-z0-9]{1,30}));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return namedCharacters.get(name) ?? whole;
      const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}

/** Escapes text for HTML elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
