import { describe, expect, it } from "vitest";
import {
  type AgentDetails,
  type DisclosureFacts,
  decideDisclosure,
  type OfficeDetails,
} from "../../../worker/domain/compliance/disclosure.ts";
import {
  findDisclosureFaults,
  listLicenseWarnings,
} from "../../../worker/domain/compliance/disclosure-faults.ts";
import { findPropertyState } from "../../../worker/domain/compliance/property-state.ts";
import type { DisclosureNeed } from "../../../worker/domain/compliance/state-rule.ts";
import { stateRules } from "../../../worker/domain/compliance/state-rules.ts";
import {
  buildLicensedAgent,
  coloradoDisclosureInput,
  officeWithAllDetails,
} from "../../support/disclosure.ts";

const { office, agent, origin } = coloradoDisclosureInput;
const occasion: DisclosureFacts = { propertyState: "CO", origin, isToOwner: true };
const consent = { by: "Jane Doe", at: "2025-09-01T12:00:00Z", words: "Yes, email me.", to: "Dana Reyes" };
const linesOf = (change: {
  office?: Partial<OfficeDetails>;
  agent?: Partial<AgentDetails>;
  occasion?: Partial<DisclosureFacts>;
}) =>
  decideDisclosure(
    { ...office, ...change.office },
    { ...agent, ...change.agent },
    { ...occasion, ...change.occasion },
  ).lines.map(({ items }) => items.map(({ text }) => text).join(", "));

const faultsOf = (
  state: string | null,
  change: { office?: Partial<OfficeDetails>; agent?: Partial<AgentDetails> } = {},
) =>
  findDisclosureFaults({ ...office, ...change.office }, [{ ...agent, ...change.agent, id: 7 }], [state]).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe("the table of state rules", () => {
  it("has 38 states, each once, with a sentence, a source, a web address and a date", () => {
    expect(new Set(stateRules.map(({ state }) => state)).size).toBe(38);
    expect(stateRules.length).toBe(38);
    for (const { text, source, url, asOf, name } of stateRules) {
      expect(text).toMatch(/^[A-Z].{20,170}\.$/);
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(32);
      expect([source, asOf, name].every((part) => part.length > 0)).toBe(true);
      expect(new URL(url).protocol).toMatch(/^https?:$/);
    }
  });
});

describe("the footer of an email", () => {
  it("names the brokerage first and in the largest type, then the agent as licensed", () => {
    const { lines } = decideDisclosure(office, { ...agent, licensedName: "Dana M. Reyes" }, occasion);
    expect(lines[0]?.items.map(({ text }) => text)).toEqual(["Front Range Realty"]);
    expect(Math.max(...lines.slice(1).map(({ sizePx }) => sizePx))).toBeLessThan(lines[0]?.sizePx ?? 0);
    expect(linesOf({ agent: { licensedName: "Dana M. Reyes" } }).slice(1)).toEqual([
      "Dana M. Reyes, Broker Associate, license FA.100012345",
      "Office (303) 555-0100, Direct (303) 555-0110",
      "Brokerage license EC.100054321",
      "900 Grant Street, Denver, CO 80203",
      "Advertisement from Front Range Realty.",
      "If your home is listed with another broker, please disregard this.",
      "Equal Housing Opportunity",
      "You got this email because your name is in Denver County's property records.",
    ]);
  });

  it("uses the brokerage's licensed name, also in the ad notice, and ends it with one period", () => {
    const lines = linesOf({ office: { licensedName: "Front Range Realty, Inc." } });
    expect(lines[0]).toBe("Front Range Realty, Inc.");
    expect(lines).toContain("Advertisement from Front Range Realty, Inc.");
  });

  it("says that the email is an advertisement unless consent is recorded", () => {
    expect(linesOf({ occasion: { origin: { ...origin, consent } } }).join("\n")).not.toContain(
      "advertisement",
    );
  });

  it("mentions another broker's listing only to an owner", () => {
    expect(linesOf({ occasion: { isToOwner: false } }).join("\n")).not.toContain("listed");
  });

  it("adds the office's city if the postal address is in another place", () => {
    const lines = linesOf({ office: { postalAddress: "PO Box 12, Aurora, CO 80010" } });
    expect(lines).toContain("PO Box 12, Aurora, CO 80010, Office in Denver, CO");
  });

  it.each(["01234567", "DRE 01234567", "CalDRE #01234567", "CA DRE Lic. 01234567"])(
    "shows the California number %s as DRE 01234567",
    (licenseNumber) => {
      expect(linesOf({ agent: { licenseNumber, licenseState: "CA" } })[1]).toContain("DRE 01234567");
    },
  );
});

describe("the check of disclosures at a launch", () => {
  it.each<[string, { office?: Partial<OfficeDetails>; agent?: Partial<AgentDetails> }, string[]]>([
    ["CO", { office: { officePhone: null, officeCity: null }, agent: { licenseType: null } }, []],
    ["GA", { office: { officePhone: " " } }, ["tenant.officePhone: Georgia requires the office's phone"]],
    ["VA", { office: { officeCity: null } }, ["tenant.officeCity: Virginia requires the city of the office"]],
    [
      "VA",
      { office: { officeState: null } },
      ["tenant.officeState: Virginia requires the state of the office"],
    ],
    ["CT", {}, ["tenant.officeWebsite: Connecticut requires the office's website"]],
    [
      "NJ",
      { agent: { licenseType: null } },
      ["senders.7.licenseType: New Jersey requires Dana Reyes's license type"],
    ],
    ["HI", { office: { license: null } }, ["tenant.license: Hawaii requires the brokerage's license number"]],
    ["TX", {}, ["tenant.iabsLink: Texas requires a link to the office's IABS form"]],
    [
      "ME",
      {},
      ["tenant.relationshipFormLink: Maine requires a link to the office's brokerage relationships form"],
    ],
  ])("in %s with %j finds %j", (state, change, faults) => {
    expect(faultsOf(state, change)).toEqual(faults);
  });

  const california = ["senders.7.licenseNumber: California requires Alex Morgan's own 8-digit DRE number"];
  it.each([null, "", "FA.100012345", "0123456", "012345678", "DRE 0123 4567"])(
    "in California refuses the agent's own number %j, whatever the brokerage's number is",
    (licenseNumber) => {
      expect(
        faultsOf("CA", {
          agent: { fromName: "Alex Morgan", licenseNumber, licenseState: "CA" },
          office: { license: "01111111" },
        }),
      ).toEqual(california);
    },
  );

  it("also applies the rules of the state that licensed the agent", () => {
    expect(faultsOf("CO", { agent: { licenseState: "GA" }, office: { officePhone: null } })).toEqual([
      "tenant.officePhone: Georgia requires the office's phone",
    ]);
    expect(faultsOf("CO", { agent: { licenseState: "TX" } })).toEqual([]);
  });

  it("applies the strictest rules if the property's state is unknown or has no rule", () => {
    const bare = { office: { officePhone: null }, agent: { licenseType: null } };
    const needs = "A home in a state that's unknown or has no rule on file requires";
    for (const state of [null, "DC", "WY"]) {
      expect(faultsOf(state, bare)).toEqual([
        `senders.7.licenseType: ${needs} Dana Reyes's license type`,
        `tenant.officePhone: ${needs} the office's phone`,
      ]);
    }
  });

  it("finds one fault per field, which names all states that need the field", () => {
    const faults = findDisclosureFaults({ ...office, officePhone: null }, [agent], ["TN", "GA", "CO", "MS"]);
    expect(faults.map(({ message }) => message)).toEqual([
      "Georgia, Mississippi, and Tennessee require the office's phone",
    ]);
  });
});

it("warns if a sender is not licensed in a property's state", () => {
  expect(listLicenseWarnings([{ ...agent, id: 7 }], ["CO", null, "CA"])).toMatchObject([
    {
      field: "senders.7.licenseState",
      message: "Dana Reyes is licensed in Colorado but is emailing about homes in California",
    },
  ]);
  expect(listLicenseWarnings([agent, { ...agent, licenseState: null }], ["CO", null])).toEqual([]);
});

it.each([
  [{ stateOrProvince: "ca" }, "CA"],
  [{ stateOrProvince: "New Hampshire" }, "NH"],
  [{ unparsedAddress: "12 Elm St, Troy, NY 12180" }, "NY"],
  [{ address: { state: "TX" } }, "TX"],
  [{ stateOrProvince: "Ontario" }, null],
  [{}, null],
])("reads the state of the property %j as %j", (property, state) => {
  expect(findPropertyState(property)).toBe(state);
});

describe("in each state, if one required field is missing,", () => {
  type Taken = { field: string; office?: Partial<OfficeDetails>; agent?: Partial<AgentDetails> };
  const byNeed: Record<DisclosureNeed, Taken[]> = {
    licenseType: [{ field: "senders.7.licenseType", agent: { licenseType: null } }],
    licenseNumber: [{ field: "senders.7.licenseNumber", agent: { licenseNumber: null } }],
    brokerageLicense: [{ field: "tenant.license", office: { license: null } }],
    officePhone: [{ field: "tenant.officePhone", office: { officePhone: null } }],
    officePlace: [
      { field: "tenant.officeCity", office: { officeCity: null } },
      { field: "tenant.officeState", office: { officeState: null } },
    ],
    officeWebsite: [{ field: "tenant.officeWebsite", office: { officeWebsite: null } }],
    agencyForm: [],
  };
  const forms: Record<string, Taken> = {
    TX: { field: "tenant.iabsLink", office: { iabsLink: null } },
    ME: { field: "tenant.relationshipFormLink", office: { relationshipFormLink: null } },
  };
  const everywhere: Taken[] = [
    { field: "tenant.name", office: { name: " " } },
    { field: "tenant.postalAddress", office: { postalAddress: "" } },
    { field: "tenant.equalHousingLine", office: { equalHousingLine: "" } },
  ];
  const cases = stateRules.flatMap((rule) => [
    ...everywhere.map((taken) => ({ rule, taken, isOfState: false })),
    ...rule.needs
      .flatMap((need) => (need === "agencyForm" ? [forms[rule.state]] : byNeed[need]))
      .filter((taken) => taken !== undefined)
      .map((taken) => ({ rule, taken, isOfState: true })),
  ]);

  it(`the launch is refused, naming the field and the state (${cases.length} fields)`, () => {
    const wrong = cases.filter(({ rule, taken, isOfState }) => {
      const own = { ...buildLicensedAgent(rule.state), id: 7 };
      if (findDisclosureFaults(officeWithAllDetails, [own], [rule.state]).length > 0) return true;
      const faults = findDisclosureFaults(
        { ...officeWithAllDetails, ...taken.office },
        [{ ...own, ...taken.agent }],
        [rule.state],
      );
      return !faults.some(
        ({ field, message }) => field === taken.field && (!isOfState || message.startsWith(rule.name)),
      );
    });
    expect(wrong.map(({ rule, taken }) => `${rule.state} ${taken.field}`)).toEqual([]);
  });
});

describe("the footer of a Spanish letter", () => {
  const spanish = (change: Partial<DisclosureFacts> = {}) =>
    linesOf({ occasion: { language: "es", ...change } }).join("\n");

  it("has every notice in Spanish, with the English legal words beside it", () => {
    const footer = spanish();
    expect(footer).toContain(`Anuncio publicitario (advertisement) de ${office.licensedName ?? office.name}`);
    expect(footer).toContain(
      "Si su casa está listada con otro corredor (broker), por favor ignore este mensaje.",
    );
    expect(footer).toContain("Igualdad de oportunidades en la vivienda (Equal Housing Opportunity)");
    expect(footer).not.toMatch(/Advertisement from|please disregard|You got this email/);
  });

  it("has the same lines of details in the same order and sizes as the English footer", () => {
    const shape = (language: "en" | "es") =>
      decideDisclosure(officeWithAllDetails, agent, { ...occasion, language }).lines.map(
        ({ sizePx, items }) => [sizePx, items.map(({ kind }) => kind)],
      );
    expect(shape("es")).toEqual(shape("en"));
  });

  it("keeps names, license types and California's number as they are", () => {
    const licensed = {
      ...agent,
      licenseState: "CA",
      licenseNumber: "01234567",
      licenseType: "Licensed Salesperson",
    };
    const { lines } = decideDisclosure(office, licensed, { ...occasion, language: "es" });
    const texts = lines.flatMap(({ items }) => items.map(({ text }) => text));
    expect(texts).toEqual(expect.arrayContaining(["Licensed Salesperson", "DRE 01234567"]));
  });

  it.each([
    ["host", null, "Recibió este correo porque sus datos de contacto están en los registros de"],
    ["pastListing", "2026-05-03", "Recibió este correo porque su listado terminó el 3 de mayo de 2026."],
    ["openHouse", null, "Recibió este correo porque usted dejó sus datos de contacto en un open house."],
    [
      "countyRecords",
      null,
      "Recibió este correo porque su nombre está en los registros de propiedades del condado",
    ],
    [
      "probate",
      "2026-05-03",
      "Recibió este correo porque su nombre está en un registro público sobre esta propiedad.",
    ],
  ] as const)("says for the source %s why the email came", (source, sourceDate, sentence) => {
    expect(spanish({ origin: { ...origin, source, sourceDate, consent: null } })).toContain(sentence);
  });

  it("names the consent instead of the source, and then is no advertisement", () => {
    const footer = spanish({ origin: { ...origin, consent } });
    expect(footer).toContain("usted aceptó recibir correos de Dana Reyes el 1 de septiembre de 2025.");
    expect(footer).not.toContain("advertisement");
  });

  it("asks for the state's form in Spanish under the form's own name", () => {
    const { form } = decideDisclosure(officeWithAllDetails, agent, {
      ...occasion,
      propertyState: "TX",
      language: "es",
    });
    expect(form?.sentence).toMatch(/^Texas pide a los agentes/);
    expect(form?.label).toBe("Information About Brokerage Services");
  });
});
