import { type Contact, type HostRecord, toApiProperty, toContacts } from "../../../plugin/host/mapping.ts";
import { getPersonalWordingKey, type LaunchWordings } from "../../../plugin/session/launch-wordings.ts";
import type { PersonalWordingText } from "../../../shared/personal-wording.ts";
import { englishPresets } from "../../../shared/presets/presets.ts";
import type { SequenceEmailStep, SequenceStep } from "../../../shared/sequence.ts";
import type { Random } from "./chaos/random.ts";

/*
 * Builds random data for launches: offices, edits of sequences, contacts, and personal wordings.
 * The texts contain characters that are special in HTML, in an email header or in Handlebars.
 */

const words = [
  "porch",
  "Café",
  "R&D",
  "50% off",
  "“quoted”",
  "O'Brien",
  "a < b",
  "Ünal",
  "🏡",
  "#4",
  "don't",
];
const buildPhrase = (random: Random) =>
  Array.from({ length: random.between(1, 6) }, () => random.pick(words)).join(" ");

/** Variables for which only some people have a value, and the same variables with a fallback. */
const variables = [
  "{{recipient.salutation}}",
  '{{default recipient.firstName "friend"}}',
  '{{default recipient.lastName ""}}',
  "{{property.streetAddress}}",
  '{{default property.city "your town"}}',
  '{{default property.listPrice "your price"}}',
  '{{default property.livingArea "many"}}',
  '{{default recipient.note "a note"}}',
  "{{sender.fromName}}",
  "{{brokerage.name}}",
  "{{brokerage.postalAddress}}",
  "{{#if property.yearBuilt}}built in {{property.yearBuilt}}{{else}}of unknown age{{/if}}",
] as const;
const needed = "{{recipient.note}}";

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function buildSentence(random: Random): string {
  const variable = random.chance(0.03) ? needed : random.pick(variables);
  return `${buildPhrase(random)}, ${variable}: ${buildPhrase(random)}.`;
}

const buildParagraphs = (random: Random) =>
  Array.from({ length: random.between(1, 4) }, () => buildSentence(random));

function buildBodyHtml(random: Random): string {
  const link = random.chance(0.3)
    ? '<p><a href="https://homes.example/{{property.city}}?at={{property.streetAddress}}">See</a></p>'
    : "";
  return `${buildParagraphs(random)
    .map((text) => `<p style="color: #333">${escapeHtml(text)}</p>`)
    .join("\n")}${link}`;
}

function editLetter(letter: SequenceEmailStep["letter"], random: Random): SequenceEmailStep["letter"] {
  return {
    subject: random.chance(0.5) ? buildSentence(random).replaceAll(needed, "") : letter.subject,
    preheader: random.chance(0.5) ? buildSentence(random) : letter.preheader,
    bodyHtml: random.chance(0.7) ? buildBodyHtml(random) : letter.bodyHtml,
    bodyText: random.chance(0.3) ? buildParagraphs(random).join("\n\n") : letter.bodyText,
  };
}

/**
 * Returns the steps with random edits such as an office may make: other words, threads and tasks.
 */
export function editStepsAtRandom(steps: readonly SequenceStep[], random: Random): SequenceStep[] {
  return steps.map((step) => {
    if (step.kind === "task" || random.chance(0.3)) return step;
    const startsThread = random.chance(0.3);
    return { ...step, startsThread, letter: editLetter(step.letter, random) };
  });
}

/** All presets except `justSold`, because its launch needs a nearby sale. */
const presetIds = englishPresets.map(({ id }) => id).filter((id) => id !== "justSold");
export const choosePresetId = (random: Random) => random.pick(presetIds);

/** Returns a random change of an office's details, in the form of `PATCH /api/tenant`. */
export const buildRandomOfficePatch = (random: Random) => ({
  name: `${buildPhrase(random)} Realty`,
  postalAddress: `${random.between(1, 999)} Main St #${random.between(1, 9)}, Albany, NY 12207`,
  licensedName: random.chance(0.5) ? `${buildPhrase(random)} LLC` : null,
  officeWebsite: random.chance(0.5) ? "https://office.example/home?a=1&b=2" : null,
  equalHousingLine: random.pick(["Equal Housing Opportunity", null]),
});

/** Returns a random change of a sender's details, in the form of `PATCH /api/senders/:id`. */
export const buildRandomSenderPatch = (random: Random) => ({
  fromName: buildPhrase(random),
  phone: random.chance(0.5) ? "(518) 555-0110" : null,
  licensedName: random.chance(0.5) ? buildPhrase(random) : null,
});

/**
 * Returns a random property record in the form in which a host sets the record. Some fields are
 * missing, and some numbers are texts.
 */
export function buildRandomProperty(random: Random, propertyId: string) {
  const maybe = <T>(value: T) => (random.chance(0.7) ? value : undefined);
  const record: HostRecord = {
    StreetAddress: maybe(
      random.pick(["12 MAIN ST", "12 Main St #4", "5 O'Neill Rd & Sons", "Lot 5, 1 Oak <b>Ln</b>"]),
    ),
    UnparsedAddress: "9 Elm Ave, Troy, NY 12180",
    City: maybe(random.pick(["ALBANY", "Saint-Étienne", "Troy & Cohoes"])),
    StateOrProvince: "NY",
    ListPrice: maybe(random.pick([485_000, "$1,250,000", "about 400k"])),
    LivingArea: maybe(random.pick([1650, "1,650 sq ft"])),
    YearBuilt: maybe(random.pick([1974, "1890s"])),
    StandardStatus: "Expired",
    CloseDate: maybe("2024-12-14"),
  };
  return toApiProperty(record, propertyId);
}

const names = [
  { FirstName: "Jane", LastName: "Doe" },
  { FirstName: "JOHN", LastName: "O'BRIEN" },
  { FullName: "KOWALSKI JAN & MARTA" },
  { FullName: "MAPLE & SONS LLC" },
  { FullName: "Estate of Harold Pruitt" },
  { FirstName: "Zoë", LastName: "Núñez <zn>" },
  { FirstName: "Mrs", LastName: "Smith" },
  { FullName: "李 小龙" },
  {},
] as const;

/**
 * Returns random contacts, converted from the form in which a host sets contacts. Two contacts may
 * share an address.
 */
export function buildRandomContacts(random: Random, count: number, group: string): Contact[] {
  return toContacts(
    Array.from({ length: count }, (_, index) => ({
      ContactKey: `${group}-${index}`,
      ...random.pick(names),
      Email: `person-${random.chance(0.1) ? 0 : index}@${group}.example`,
      ...(random.chance(0.7) ? { Note: buildPhrase(random) } : {}),
      ...(random.chance(0.2) ? { Salutation: buildPhrase(random) } : {}),
      ...(random.chance(0.3) ? { TimeZone: "America/Los_Angeles" } : {}),
      ...(random.chance(0.5) ? { MailingAddress: { City: "Reno", StateOrProvince: "NV" } } : {}),
      Source: random.pick(["host", "countyRecords", "openHouse"]),
      ...(random.chance(0.5) ? { SourceDate: "2025-08-01" } : {}),
    })),
  );
}

function chooseWording(random: Random): PersonalWordingText {
  const body: PersonalWordingText = random.chance(0.5)
    ? { bodyText: buildParagraphs(random).join("\n\n") }
    : { bodyHtml: buildBodyHtml(random) };
  return random.chance(0.5)
    ? { ...body, subject: `${buildPhrase(random)} {{property.streetAddress}}` }
    : body;
}

/** Returns random changes that an agent makes before a launch to some emails of some people. */
export function buildRandomWordings(
  random: Random,
  sequenceId: string,
  steps: readonly SequenceStep[],
  contacts: readonly Contact[],
): LaunchWordings {
  const changed = contacts.flatMap(({ key }) =>
    steps.flatMap(({ kind }, index) =>
      kind === "email" && random.chance(0.25)
        ? [
            [
              getPersonalWordingKey(sequenceId, key, { stepNumber: index + 1, isElse: false }),
              chooseWording(random),
            ] as const,
          ]
        : [],
    ),
  );
  return Object.fromEntries(changed);
}
