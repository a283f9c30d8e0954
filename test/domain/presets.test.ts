import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { campaignInput } from "../../shared/campaign.ts";
import { preset as presetSchema } from "../../shared/preset.ts";
import { englishPresets, findPreset } from "../../shared/presets/presets.ts";
import { templateInput } from "../../shared/template.ts";
import { nearbySaleVariablePath } from "../../shared/words/nearby-sale.ts";
import { isLastNote } from "../../worker/domain/compliance/last-note.ts";
import { knownVariables } from "../../worker/mail/merge-data/known-variables.ts";
import { buildTemplateData, type TemplateData } from "../../worker/mail/merge-data/merge-data.ts";
import { unlicensedSender } from "../support/disclosure.ts";

const handlebars = Handlebars.create();
handlebars.registerHelper("default", (value: unknown, fallback: string) => value || fallback);
const render = (source: string, data: TemplateData) =>
  handlebars.compile(source, { noEscape: true, knownHelpersOnly: true, knownHelpers: { default: true } })(
    data,
  );

const tenant = {
  name: "Front Range Realty",
  postalAddress: "900 Grant Street, Denver, CO 80203",
  license: null,
  officePhone: null,
};
const nearbySaleNews = "I just sold 131 Main St. The sale closed on May 4, 2026.";
const full = buildTemplateData({
  recipient: {
    email: "jane@example.com",
    name: "",
    data: {
      recipient: { firstName: "Jane", lastName: "Whitaker" },
      property: {
        ...{ streetAddress: "1420 North Maple Street", city: "Colorado Springs" },
        ...{ nearbySaleNews, bedroomsTotal: 3, yearBuilt: 1974, livingArea: 1650 },
      },
    },
  },
  sender: { ...unlicensedSender, phone: "(303) 555-0142" },
  tenant,
});
const knownAs = (name: string) =>
  buildTemplateData({
    recipient: { email: "x@example.com", name, data: { recipient: {}, property: { nearbySaleNews } } },
    sender: unlicensedSender,
    tenant,
  });
/** The facts about a home for a host that knows only the address. */
const { streetAddress, city } = full.property;
const withoutFacts = { ...full, property: { streetAddress, city, nearbySaleNews } };
const minimal = knownAs("SMITH FAMILY TRUST");

/** The variables that always have a value. Every other variable needs a fallback or a condition. */
const alwaysThere = ["recipient.salutation", "sender.fromName", "brokerage.name", nearbySaleVariablePath];

type Use = { path: string; isSafe: boolean };

/**
 * Returns every use of a variable in a template. `isSafe` is true if the letter still reads well
 * when the value is missing.
 */
function usesIn(source: string): Use[] {
  const uses: Use[] = [];
  const conditions: string[] = [];
  const note = (expression: hbs.AST.Expression, isSafe: boolean) => {
    if (expression.type !== "PathExpression") return;
    const path = (expression as hbs.AST.PathExpression).original;
    uses.push({ path, isSafe: isSafe || conditions.includes(path) || alwaysThere.includes(path) });
  };
  const visit = ({ body }: hbs.AST.Program): void => {
    for (const statement of body) {
      if (statement.type === "MustacheStatement") {
        const { path, params } = statement as hbs.AST.MustacheStatement;
        const isDefault = "original" in path && path.original === "default";
        if (isDefault) for (const param of params) note(param, params.length === 2);
        else note(path as hbs.AST.Expression, false);
      } else if (statement.type === "BlockStatement") {
        const block = statement as hbs.AST.BlockStatement;
        expect(block.path.original).toBe("if");
        const [condition] = block.params;
        if (condition !== undefined) note(condition, true);
        conditions.push((condition as hbs.AST.PathExpression).original);
        visit(block.program);
        conditions.pop();
      } else expect(statement.type).toBe("ContentStatement");
    }
  };
  visit(Handlebars.parse(source));
  return uses;
}

const steps = englishPresets.flatMap((preset) =>
  preset.steps.map((step, index) => ({ ...step, preset: preset.id, at: `${preset.id} ${index + 1}` })),
);

describe("the campaign presets", () => {
  it("are the six promised ones, each found by its id", () => {
    expect(englishPresets.map(({ id }) => id)).toEqual([
      "sellerOutreach",
      "buyerNurture",
      "expiredListing",
      "fsbo",
      "absenteeOwner",
      "justSold",
    ]);
    for (const preset of englishPresets) expect(findPreset(preset.id)).toBe(preset);
    expect(findPreset("toString")).toBeUndefined();
  });

  it.each(englishPresets)(
    "include $id as a preset, campaign and templates that the API accepts",
    (preset) => {
      expect(presetSchema.parse(preset)).toEqual(preset);
      const timing = preset.steps.map(({ delayDays, delayHours, sendTimeHour, conditions }, index) => ({
        templateId: index + 1,
        ...{ delayDays, delayHours, sendTimeHour, conditions },
      }));
      campaignInput.parse({ name: preset.name, type: preset.type, senderId: 1, steps: timing });
      for (const { name, subject, preheader, bodyHtml, bodyText } of preset.steps) {
        const wording = { name, subject, preheader, bodyHtml, bodyText };
        expect(templateInput.parse(wording)).toMatchObject(wording);
      }
      expect(new Set(preset.steps.map(({ name }) => name)).size).toBe(preset.steps.length);
    },
  );

  it("send seller outreach on days 0, 3 and 7, and buyer nurture over thirty days", () => {
    const daysOf = (id: string) => {
      let day = 0;
      return findPreset(id)?.steps.map(({ delayDays }) => (day += delayDays));
    };
    expect(daysOf("sellerOutreach")).toEqual([0, 3, 7]);
    expect(daysOf("buyerNurture")).toEqual([0, 3, 7, 14, 22, 30]);
  });
});

describe.each(steps)("the preset email $at", ({ subject, preheader, bodyHtml, bodyText }) => {
  const sources = [subject, preheader, bodyHtml, bodyText];

  it("uses only known variables, each with a fallback if it may be missing", () => {
    const uses = sources.flatMap(usesIn);
    expect(uses.length).toBeGreaterThan(3);
    const known = knownVariables.map(({ path }) => path);
    expect(uses.filter(({ path }) => !known.includes(path))).toEqual([]);
    expect(uses.filter(({ isSafe }) => !isSafe)).toEqual([]);
  });

  it("reads well if everything is known", () => {
    const html = render(bodyHtml, full);
    expect(html).toMatch(/^<p>Hi Jane,<\/p>/);
    expect(html).toContain("<p>Dana Reyes<br>(303) 555-0142<br>Front Range Realty</p>");
    expect(html + render(subject, full)).not.toMatch(/undefined|null|\{\{|\[object/);
  });

  it("reads well if almost nothing is known", () => {
    const html = render(bodyHtml, minimal);
    const line = render(subject, minimal);
    expect(html).toMatch(/^<p>Hi there,<\/p>/);
    expect(html).toContain("<p>Dana Reyes<br>Front Range Realty</p>");
    expect(html + line).not.toMatch(/undefined|null|\{\{|\[object|SMITH| {2}| [,.?]|<p>\s*<\/p>/);
  });

  it("greets the people that a county record names", () => {
    expect(render(bodyHtml, knownAs("SMITH JOHN & MARY TR"))).toMatch(/^<p>Hi John and Mary,<\/p>/);
  });

  it("has a subject of at most sixty characters and without shouting", () => {
    for (const data of [full, minimal]) {
      const line = render(subject, data);
      expect(line.length).toBeLessThanOrEqual(60);
      expect(line).not.toMatch(/!|\$|\bRE:|\b[A-Z]{4,}\b/);
    }
  });

  it("has its own plain sentence as the preheader, in the writer's voice", () => {
    for (const data of [full, minimal]) {
      const line = render(preheader, data);
      expect(line).toMatch(/^\p{Lu}[^!$]{20,100}\.$/u);
      expect(line).not.toMatch(/undefined|\{\{|https?:|\b[A-Z]{4,}\b| {2}/);
      expect(line).not.toBe(render(subject, data));
    }
    expect(steps.filter((step) => step.preheader === preheader)).toHaveLength(1);
  });

  it("is a plain letter of 50 to 125 words: no image, no link, one question, one signature", () => {
    const html = render(bodyHtml, full);
    expect(html.replace(/<\/?p>|<br>/g, "")).not.toContain("<");
    for (const data of [full, withoutFacts, minimal]) {
      const text = render(bodyHtml, data).replace(/<[^>]+>/g, " ");
      const words = text.trim().split(/\s+/);
      expect(words.length).toBeGreaterThanOrEqual(50);
      expect(words.length).toBeLessThanOrEqual(125);
      expect(text.split("?").length - 1).toBe(1);
      // A question that hangs on a condition is two thoughts.
      expect(text).not.toMatch(/\bif\b[^.?]*\?/i);
      expect(text.split("Dana Reyes").length - 1).toBe(1);
    }
    expect(html).not.toMatch(/\b[A-Z]{4,}\b/);
    expect(html).not.toMatch(/!|\b(guarantee|free|act now|limited time|hot market|best price)\b/i);
  });

  it("does not describe people or residents", () => {
    const plain = render(bodyHtml, full).replace(/<[^>]+>/g, " ");
    expect(plain).not.toMatch(
      /\b(famil(y|ies)|children|kids|school|church|safe|crime|exclusive|neighbou?rhood|community|retire|senior|young|married|couple|christian|ethnic|diverse|walk to)/i,
    );
  });
});

describe("the preset sequences", () => {
  const toOwners = englishPresets.filter(({ type }) => type === "sellerOutreach");

  it("have three emails to an owner, at least three days apart, and no conditions", () => {
    expect(toOwners).toHaveLength(5);
    for (const { id, steps } of toOwners) {
      expect([id, steps.length]).toEqual([id, 3]);
      expect([id, steps.slice(1).filter(({ delayDays }) => delayDays < 3)]).toEqual([id, []]);
      expect([id, steps[1]?.delayDays]).toEqual([id, 3]);
    }
    for (const { conditions } of englishPresets.flatMap((preset) => preset.steps))
      expect(conditions).toEqual({});
  });

  it("keep all emails to an owner in one thread under the first subject", () => {
    for (const { steps } of toOwners) {
      expect(new Set(steps.map(({ subject }) => subject)).size).toBe(1);
      expect(steps.some(({ startsThread }) => startsThread)).toBe(false);
    }
  });

  it("announce the end in the last email to an owner, and in no earlier one", () => {
    for (const { id, steps } of toOwners) {
      const last = steps.map(({ subject, bodyHtml }) =>
        isLastNote(subject, render(bodyHtml, full).replace(/<[^>]+>/g, "\n")),
      );
      expect([id, last]).toEqual([id, [false, false, true]]);
    }
  });

  it("name one fact about the home in the first email to an owner, if the host has one", () => {
    for (const { id, steps } of toOwners) {
      const bodyHtml = steps[0]?.bodyHtml ?? "";
      expect([id, render(bodyHtml, full)]).not.toEqual([id, render(bodyHtml, withoutFacts)]);
    }
  });
});
