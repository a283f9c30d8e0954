import { afterEach, describe, expect, it, vi } from "vitest";
import { createApiClient, RequestFailure } from "../../plugin/data/api.ts";
import { loadViewWords, sayReason, setLanguage } from "../../plugin/words/say.ts";
import { type GateReason, gateReason } from "../../shared/gate-reason.ts";
import {
  letterClaims,
  listingGuardCodes,
  recipientSources,
  refusalKinds,
  stateRequiredDetails,
} from "../../shared/vocabulary.ts";
import { describeGateReason } from "../../shared/words/english-gate-texts.ts";
import { stateRules } from "../../worker/domain/compliance/state-rules.ts";

const states = stateRules.map(({ name }) => name);
const days = { since: "2026-05-03", asOf: "2026-05-04", date: "2026-05-05" };
const noDays = { since: null, asOf: null, date: null };

/**
 * The reasons that the tests use. Each code occurs at least once, and each value of a closed list
 * occurs, too.
 */
const reasons: GateReason[] = [
  { code: "officeNameMissing" },
  { code: "postalAddressMissing" },
  { code: "licenseNumberMissing" },
  { code: "equalHousingLineBlank" },
  ...stateRequiredDetails.flatMap((detail): GateReason[] =>
    [[], ["Texas"], states].map((some) => ({
      ...{ code: "stateDetailMissing", detail, agent: "Alex Morgan" },
      states: some,
    })),
  ),
  { code: "licensedElsewhere", agent: "Alex Morgan", licenseStates: ["New York"], states: ["New Jersey"] },
  { code: "collisionsAreHeld" },
  ...letterClaims.map(
    (claim): GateReason => ({
      ...{ code: "claimNotAttested", claim, words: "I have a buyer", stepNumber: 2 },
      isInSubject: true,
    }),
  ),
  { code: "saleNotNamed", stepNumber: 1 },
  { code: "bereavementInLetter", stepNumber: 2, words: "su pérdida" },
  { code: "freeOfferInNewJersey" },
  { code: "manyEmails", emails: 4 },
  { code: "manyOwners", owners: 51 },
  { code: "templateReturned", stepNumber: 3, note: "Too long." },
  { code: "templatesWaiting", stepNumbers: [1, 2] },
  { code: "templatesNotApproved", stepNumbers: [1] },
  ...listingGuardCodes.flatMap((verdict): GateReason[] => [
    { code: "listingGuard", verdict, status: "Expired", ...days },
    { code: "listingGuard", verdict, status: null, ...noDays },
  ]),
  { code: "onDoNotSolicitList", list: "Queens", asOf: "2026-11-01" },
  { code: "doNotSolicitListOld", list: "Queens", ageDays: 40, area: "NY" },
  { code: "sourcesNeedLead", sources: [...recipientSources] },
  ...refusalKinds.flatMap((kind): GateReason[] => [
    {
      code: "personRefused",
      kind,
      name: "Mary",
      on: "2026-11-03",
      elsewhere: false,
      reply: null,
      remedy: "askTeamLead",
    },
    {
      code: "personRefused",
      kind,
      name: "Mary",
      on: "2026-11-03",
      elsewhere: true,
      reply: "No.",
      remedy: "addNote",
    },
  ]),
];

async function speakSpanish(): Promise<void> {
  await setLanguage("es");
  await setLanguage("es");
  await loadViewWords();
}

afterEach(async () => {
  await setLanguage("en");
});

describe("the reason of a gate", () => {
  it("has an example of every code here", () => {
    const codes = gateReason.options.map(({ shape }) => shape.code.value).toSorted();
    expect([...new Set(reasons.map(({ code }) => code))].toSorted()).toEqual(codes);
  });

  it("is worded in Spanish with all of its facts, and by no English word", async () => {
    await speakSpanish();
    const english = / (the|is|are|has|of|to|home|email|your|with|office) /i;
    const texts = reasons.map((reason) => sayReason(reason, describeGateReason(reason)));
    expect(texts.filter((text) => english.test(` ${text} `))).toEqual([]);
    expect(texts.filter((text) => /undefined|null|\[object|\{\w+\}|\d{4}-\d\d/.test(text))).toEqual([]);
    // The pattern `english` does not match "open house", because the Spanish name of the source
    // `openHouse` keeps these English words.
    expect(new Set(texts).size).toBe(new Set(reasons.map(describeGateReason)).size);
  });

  it("names states, days and lists as Spanish does", async () => {
    await speakSpanish();
    const say = (reason: GateReason) => sayReason(reason, "");
    expect(
      say({
        ...{ code: "stateDetailMissing", detail: "officePhone", agent: "Alex Morgan" },
        states: ["New Mexico", "Tennessee"],
      }),
    ).toBe("Nuevo México y Tennessee exigen el teléfono de la oficina");
    expect(say({ code: "onDoNotSolicitList", list: "Queens", asOf: "2026-11-01" })).toContain(
      "con fecha del 1 de noviembre de 2026",
    );
  });

  it("is the Worker's own text in English", () => {
    const reason = { code: "collisionsAreHeld" } as const;
    expect(sayReason(reason, "The Worker's text.")).toBe("The Worker's text.");
  });
});

describe("a request that a gate refused", () => {
  it("fails with its message and its fields in the tab's language", async () => {
    await speakSpanish();
    const reason = { code: "stateDetailMissing", detail: "officePhone", agent: "", states: ["Texas"] };
    const error = {
      code: "conflict",
      message: "Texas requires the office's phone",
      fields: { "tenant.officePhone": "Texas requires the office's phone", name: "is too long" },
      reason,
      fieldReasons: { "tenant.officePhone": reason },
      requestId: "r-1",
    };
    const api = createApiClient({
      api: "https://x.example",
      tokens: { get: async () => "t", replace: async () => "t", role: () => "agent", now: Date.now } as never,
      ended: new AbortController().signal,
      fetch: vi.fn(async () => Response.json({ error }, { status: 409 })),
    });
    const failure = await api.tenant().catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(RequestFailure);
    expect(failure).toMatchObject({
      message: "Texas exige el teléfono de la oficina",
      fields: { "tenant.officePhone": "Texas exige el teléfono de la oficina", name: "is too long" },
      reasons: { "tenant.officePhone": { code: "stateDetailMissing" } },
    });
  });
});
