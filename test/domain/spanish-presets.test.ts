import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { preset as presetSchema } from "../../shared/preset.ts";
import { englishPresets, findPreset } from "../../shared/presets/presets.ts";
import { spanishPresets } from "../../shared/presets/spanish/presets.ts";
import { formatNearbySaleNews, nearbySaleVariablePath } from "../../shared/words/nearby-sale.ts";
import { isLastNote } from "../../worker/domain/compliance/last-note.ts";
import { knownVariables } from "../../worker/mail/merge-data/known-variables.ts";
import { buildTemplateData } from "../../worker/mail/merge-data/merge-data.ts";
import { unlicensedSender } from "../support/disclosure.ts";

const handlebars = Handlebars.create();
handlebars.registerHelper("default", (value: unknown, fallback: string) => value || fallback);
const render = (source: string, data: object) =>
  handlebars.compile(source, { noEscape: true, knownHelpersOnly: true, knownHelpers: { default: true } })(
    data,
  );

const sale = { address: "131 Main St", role: "listingSide", closedOn: "2026-05-04" } as const;
const nearbySaleNews = formatNearbySaleNews(sale, Date.parse("2026-06-01"), "es");
const dataOf = (name: string, recipient: object, property: object) =>
  buildTemplateData(
    {
      recipient: {
        email: "jane@example.com",
        name,
        data: { recipient: { ...recipient }, property: { nearbySaleNews, ...property } },
      },
      sender: unlicensedSender,
      tenant: { name: "Front Range Realty", postalAddress: "900 Grant St", license: null, officePhone: null },
    },
    "es",
  );
const full = dataOf(
  "",
  { firstName: "Jane" },
  {
    streetAddress: "1420 North Maple Street",
    city: "Colorado Springs",
    bedroomsTotal: 3,
    yearBuilt: 1974,
    livingArea: 1650,
  },
);
const minimal = dataOf("SMITH FAMILY TRUST", {}, {});

const steps = spanishPresets.flatMap((preset) =>
  preset.steps.map((step, index) => ({ ...step, at: `${preset.id} ${index + 1}` })),
);

describe("the Spanish presets", () => {
  it("stand for the English ones, one by one, with the same days and threads", () => {
    expect(spanishPresets.map(({ id }) => id)).toEqual(englishPresets.map(({ id }) => `${id}Es`));
    const shape = ({ type, steps: each }: (typeof englishPresets)[number]) => [
      type,
      ...each.map(({ delayDays, delayHours, startsThread, conditions }) => ({
        ...{ delayDays, delayHours, startsThread, conditions },
      })),
    ];
    expect(spanishPresets.map(shape)).toEqual(englishPresets.map(shape));
    for (const preset of spanishPresets) {
      expect(findPreset(preset.id)).toBe(preset);
      expect(presetSchema.parse(preset)).toEqual(preset);
    }
  });

  it("announce the end in the last email to an owner, and in no earlier one", () => {
    for (const { id, steps: each } of spanishPresets.filter(({ type }) => type === "sellerOutreach")) {
      const last = each.map(({ subject, bodyHtml }) =>
        isLastNote(subject, render(bodyHtml, full).replace(/<[^>]+>/g, "\n")),
      );
      expect([id, last]).toEqual([id, [false, false, true]]);
    }
  });
});

describe.each(steps)("the Spanish preset email $at", ({ subject, preheader, bodyHtml }) => {
  it("uses only known variables, and reads well if everything or almost nothing is known", () => {
    const known = new Set(knownVariables.map(({ path }) => path));
    const used = [...bodyHtml.matchAll(/(?:recipient|property|sender|brokerage)\.\w+/g)].map(
      ([path]) => path,
    );
    expect(used.filter((path) => !known.has(path))).toEqual([]);
    expect(render(bodyHtml, full)).toMatch(/^<p>Hola, Jane:<\/p>/);
    expect(render(bodyHtml, minimal)).toMatch(/^<p>Hola, qué tal:<\/p>/);
    for (const data of [full, minimal]) {
      const all = [subject, preheader, bodyHtml].map((part) => render(part, data)).join("\n");
      expect(all).not.toMatch(/undefined|null|\{\{|\[object|SMITH| {2}| [,.?]|<p>\s*<\/p>/);
    }
  });

  it("greets a couple of a county record with the Spanish word", () => {
    expect(render(bodyHtml, dataOf("SMITH JOHN & MARY TR", {}, {}))).toMatch(/^<p>Hola, John y Mary:<\/p>/);
  });

  it("has 50 to 125 words, one question, one signature, and no shouting", () => {
    for (const data of [full, minimal]) {
      const text = render(bodyHtml, data).replace(/<[^>]+>/g, " ");
      const words = text.trim().split(/\s+/).length;
      expect(words).toBeGreaterThanOrEqual(50);
      expect(words).toBeLessThanOrEqual(125);
      expect([text.split("?").length, text.split("¿").length, text.split("Dana Reyes").length]).toEqual([
        2, 2, 2,
      ]);
      // A question that hangs on a condition is two thoughts.
      expect(text).not.toMatch(/\bsi\b[^.?]*\?/i);
      expect(text).not.toMatch(/[!¡]|\b[A-Z]{4,}\b/);
      expect(text).not.toMatch(/\b(?:gratis|garantiza\w*|urgente|oferta limitada)\b/i);
    }
  });

  it("has a subject of at most sixty characters, and a preheader of its own", () => {
    for (const data of [full, minimal]) {
      expect(render(subject, data).length).toBeLessThanOrEqual(60);
      expect(render(subject, data)).not.toMatch(/[!¡$]|\bRE:|\b[A-Z]{4,}\b/);
    }
    expect(preheader).toMatch(/^\p{Lu}[^!$]{20,100}\.$/u);
    expect(steps.filter((step) => step.preheader === preheader)).toHaveLength(1);
  });

  it("speaks to the owner as usted, and describes no people or residents", () => {
    const plain = render(bodyHtml, full).replace(/<[^>]+>/g, " ");
    expect(plain).not.toMatch(/\b(?:tú|tu|tus|te|contigo|vos)\b/i);
    expect(plain).not.toMatch(
      /familia|niñ|hijos|escuela|iglesia|zona segura|crimen|exclusiv|barrio|vecindario|comunidad|jubila|mayores|joven|casad|pareja|cristian|étnic|divers/i,
    );
  });
});

it("the sentence about a sale claims no more than the sender's part in it", () => {
  const at = Date.parse("2026-06-01");
  const write = (role: "listingSide" | "buyersSide" | "neither", now = at) =>
    formatNearbySaleNews({ ...sale, role, source: "MLS" }, now, "es");
  expect(write("listingSide")).toBe(
    "Acabo de vender 131 Main St. La venta cerró el 4 de mayo de 2026 (fuente: MLS).",
  );
  expect(write("buyersSide")).toContain("Acabo de ayudar a los compradores de 131 Main St.");
  expect(write("neither")).toContain("131 Main St se acaba de vender a través de otra inmobiliaria.");
  expect(write("listingSide", Date.parse("2026-12-01"))).toContain("Vendí 131 Main St.");
  expect(nearbySaleVariablePath).toBe("property.nearbySaleNews");
});
