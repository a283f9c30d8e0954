import type { ComposeInput } from "../../../worker/mail/compose/input.ts";
import { coloradoDisclosureInput } from "../disclosure.ts";
import type { Random } from "./chaos/random.ts";

type Script = (random: Random) => string;

const pickBetween =
  (...ranges: (readonly [number, number])[]): Script =>
  (random) =>
    String.fromCodePoint(random.between(...random.pick(ranges)));
const pickAmong = (characters: string): Script => {
  const all = [...characters];
  return (random) => random.pick(all);
};

const emoji = "🏡 🙂 👨‍👩‍👧‍👦 🧑🏽‍💻 🇺🇸 ❤️ 🏳️‍🌈 1️⃣ 👍🏿".split(" ");
const combining = pickBetween([0x300, 0x36f]);

const scripts: readonly Script[] = [
  pickBetween([0x61, 0x7a]),
  pickBetween([0x61, 0x7a], [0x41, 0x5a], [0x30, 0x39]),
  pickAmong("àéîõüßøåčžłđğıñçœæþðÀÉÎÕÜ"),
  pickAmong("aeiouäöüß-'’"),
  pickBetween([0x391, 0x3a1], [0x3b1, 0x3c9]),
  pickBetween([0x410, 0x44f]),
  pickBetween([0x5d0, 0x5ea]),
  pickBetween([0x627, 0x64a]),
  pickBetween([0x905, 0x939], [0x93e, 0x94c]),
  pickBetween([0xe01, 0xe3a], [0xe40, 0xe4e]),
  pickBetween([0x4e00, 0x9fff]),
  pickBetween([0x3041, 0x3096], [0x30a1, 0x30fa]),
  pickBetween([0xac00, 0xd7a3]),
  // Characters above U+FFFF take two units of a JavaScript string.
  pickBetween([0x1d400, 0x1d454], [0x20000, 0x2a6df]),
  (random) => random.pick(emoji),
  (random) => `${pickBetween([0x61, 0x7a])(random)}${combining(random)}${combining(random)}`,
  // Characters with a meaning in an address, an encoded word, quoted-printable or HTML.
  pickAmong("\"\\,;:()<>[]@.'!#$%&*+-/=?^_`{|}~"),
  // Direction marks, joiners and a no-break space. A byte order mark is left out, because the
  // lenient mail readers of the tests remove that mark from each encoded word.
  pickAmong("\u200e\u200f\u202a\u202c\u2066\u2069\u200c\u200d\u00a0"),
];
/**
 * Picks half of a surrogate pair. A text ends with such a half if an import has cut the text inside
 * an emoji.
 */
const halfSurrogate = pickAmong("\ud83c\udfe1");

/**
 * Returns words in mixed scripts, sometimes with two spaces between two words. The text has at
 * least one character and at most `most` characters.
 */
function chooseText(random: Random, most: number): string {
  const length = random.chance(0.1) ? most : random.between(1, Math.min(60, most));
  let text = "";
  while (text.length < length) {
    const script = random.chance(0.01) ? halfSurrogate : random.pick(scripts);
    const word = Array.from({ length: random.between(1, random.chance(0.05) ? 80 : 9) }, () =>
      script(random),
    );
    text += `${text === "" ? "" : random.chance(0.05) ? "  " : " "}${word.join("")}`;
  }
  // The cut may split a surrogate pair.
  const cut = text.slice(0, length).trim();
  return cut === "" ? "x" : cut;
}

const chooseName = (random: Random) => (random.chance(0.05) ? "" : chooseText(random, 200));

const localCharacter = pickAmong("abcxyz0189_'+-");
const domainCharacter = pickAmong("ab9");

function chooseAddress(random: Random): string {
  const word = (most: number, character: Script) =>
    Array.from({ length: random.between(1, most) }, () => character(random)).join("");
  const local = `${word(62, localCharacter)}${random.pick(["a", "0", "_"])}`;
  const domain = random.pick([
    "example.com",
    "xn--bcher-kva.example",
    "mail.xn--e1afmkfd.xn--p1ai",
    `${word(60, domainCharacter)}.test`,
  ]);
  return `${local}@${domain}`;
}

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function chooseLines(random: Random, wrap: (line: string) => string): string {
  const lines = Array.from({ length: random.between(1, 3) }, () =>
    random.chance(0.1)
      ? random.pick([".", "..", "From here", "--", "=", "=3D", " indented", "x".repeat(1200)])
      : chooseText(random, random.chance(0.01) ? 4000 : 80),
  );
  return lines.map(wrap).join(random.pick(["\n", "\n\n", "\r\n"]));
}

/** Returns a random email with a random sender and recipient. */
export function buildRandomEmail(random: Random): ComposeInput {
  // Most of the chosen sequences are short. A late step is slow to compose, because References
  // names each earlier email, with a signature.
  const stepNumber = random.between(1, random.chance(0.1) ? 20 : 4);
  const earlierSteps = Array.from({ length: stepNumber - 1 }, (_, index) => index + 1);
  const isReply = stepNumber > 1 && random.chance(0.5);
  return {
    reference: { tenantId: random.between(1, 2 ** 40), recipientId: random.between(1, 2 ** 40), stepNumber },
    campaign: { id: random.between(1, 2 ** 40), replyTo: random.chance(0.5) ? chooseAddress(random) : null },
    sender: {
      fromName: chooseName(random),
      fromEmail: chooseAddress(random),
      replyTo: random.chance(0.5) ? chooseAddress(random) : null,
      phone: random.chance(0.5) ? "(303) 555-0110" : null,
      licensedName: random.chance(0.5) ? chooseName(random) : null,
      licenseType: random.chance(0.5) ? chooseText(random, 60) : null,
      licenseNumber: chooseText(random, 100),
      licenseState: random.chance(0.5) ? "OH" : null,
      // The letters are about homes in Ohio or Indiana, so either license may count.
      otherLicenses: random.chance(0.5)
        ? [
            {
              licensedName: random.chance(0.5) ? chooseName(random) : null,
              licenseType: random.chance(0.5) ? chooseText(random, 60) : null,
              licenseNumber: chooseText(random, 100),
              licenseState: "IN",
            },
          ]
        : [],
    },
    tenant: {
      ...coloradoDisclosureInput.office,
      name: chooseText(random, 200),
      postalAddress: chooseLines(random, (line) => line.slice(0, 80)),
      license: random.chance(0.5) ? chooseText(random, 100) : null,
      equalHousingLine: random.chance(0.9) ? "Equal Housing Opportunity" : null,
    },
    occasion: {
      // Ohio and Indiana require no detail that this office may lack.
      propertyState: random.chance(0.5) ? "OH" : "IN",
      origin: coloradoDisclosureInput.origin,
      isToOwner: random.chance(0.5),
    },
    recipient: { email: chooseAddress(random), name: chooseName(random) },
    rendered: {
      subject: chooseText(random, 300),
      preheader: random.chance(0.5) ? chooseText(random, 200) : "",
      html: chooseLines(random, (line) => `<p>${escapeHtml(line)}</p>`),
      text: random.chance(0.5) ? chooseLines(random, (line) => line) : "",
    },
    publicUrl: "https://mail.test",
    inboundDomain: random.chance(0.5) ? "reply.test" : null,
    thread: isReply
      ? { subject: chooseText(random, 300), earlierSteps, hasWritten: random.chance(0.5) }
      : null,
  };
}
