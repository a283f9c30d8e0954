import { englishPresets } from "../../shared/presets/presets.ts";
import {
  type AgencyFormLink,
  type DisclosureFacts,
  type DisclosureKind,
  decideDisclosure,
  isOwnerCampaign,
} from "../../worker/domain/compliance/disclosure.ts";
import type { DisclosureNeed, StateRule } from "../../worker/domain/compliance/state-rule.ts";
import { addAgencyFormLink } from "../../worker/mail/compose/body-form.ts";
import { renderEmailDocument } from "../../worker/mail/compose/document.ts";
import { renderFooterHtml } from "../../worker/mail/compose/footer.ts";
import { parseTemplate, renderTemplate } from "../../worker/mail/handlebars/handlebars.ts";
import { buildTemplateData } from "../../worker/mail/merge-data/merge-data.ts";
import { buildLicensedAgent, coloradoDisclosureInput, officeWithAllDetails } from "./disclosure.ts";

/** A letter, with the texts that a reader must see in the letter's footer and body. */
export type StateLetter = { name: string; html: string; required: string[]; form: AgencyFormLink | null };

/** The parts of the footer in every letter of every state. */
const always: readonly DisclosureKind[] = [
  "brokerageName",
  "agentName",
  "postalAddress",
  "advertisement",
  "contactReason",
  "equalHousing",
];
const kindsOfNeed: Record<DisclosureNeed, readonly DisclosureKind[]> = {
  licenseType: ["licenseType"],
  licenseNumber: ["licenseNumber"],
  brokerageLicense: ["brokerageLicense"],
  officePhone: ["officePhone"],
  // The postal address names the city and state of this office.
  officePlace: ["postalAddress"],
  officeWebsite: ["officeWebsite"],
  // The link to the agency form is in the letter's body, so the footer has no text for the form.
  agencyForm: [],
};

/** Returns the letters of all presets to a home in the state, as a mail program shows them. */
export function buildStateLetters(rule: StateRule): StateLetter[] {
  const steps = englishPresets.flatMap((preset) =>
    preset.steps.map((step, index) => ({ ...step, preset, number: index + 1 })),
  );
  return steps.map((step) => buildStateLetter(rule, step));
}

type PresetStep = (typeof englishPresets)[number]["steps"][number] & {
  preset: (typeof englishPresets)[number];
  number: number;
};

function buildStateLetter({ state, needs }: StateRule, step: PresetStep): StateLetter {
  const agent = buildLicensedAgent(state);
  const sender = { ...agent, fromEmail: "dana@frontrange.example.com", replyTo: null };
  const isToOwner = isOwnerCampaign(step.preset.type);
  const occasion: DisclosureFacts = {
    propertyState: state,
    origin: coloradoDisclosureInput.origin,
    isToOwner,
  };
  const recipient = { email: "jane@example.com", name: "Jane Whitaker" };
  const property = {
    streetAddress: "1420 Maple Street",
    city: "Springfield",
    bedroomsTotal: 3,
    yearBuilt: 1974,
    nearbySaleNews: "I just sold 1388 Maple Street. The sale closed on May 4, 2026.",
  };
  const data = buildTemplateData({
    recipient: { ...recipient, data: { recipient: { firstName: "Jane" }, property } },
    sender,
    tenant: officeWithAllDetails,
  });
  const disclosure = decideDisclosure(officeWithAllDetails, agent, occasion);
  const bodies = { html: fill(step.bodyHtml, data, "html"), text: "" };
  const html = renderEmailDocument({
    language: "en",
    subject: fill(step.subject, data, "text"),
    preheader: fill(step.preheader, data, "text"),
    letter: addAgencyFormLink(bodies, disclosure.form, sender.fromName).html,
    footer: renderFooterHtml(disclosure, "https://mail.test/u/token"),
    pixelUrl: null,
    trapUrl: null,
  });
  const kinds = new Set([...always, ...needs.flatMap((need) => kindsOfNeed[need])]);
  if (isToOwner) kinds.add("alreadyListed");
  const { lines, form } = disclosure;
  const items = lines.flatMap((line) => line.items).filter(({ kind }) => kinds.has(kind));
  if (items.length !== kinds.size) throw new Error(`${state} lacks one of ${[...kinds].join(", ")}`);
  const name = `${state} ${step.preset.id} ${step.number}`;
  return { name, html, required: items.map(({ text }) => text), form };
}

function fill(source: string, data: Record<string, unknown>, mode: "html" | "text"): string {
  const parsed = parseTemplate(source);
  const rendered = parsed.ok ? renderTemplate(parsed.template, data, mode, { strict: true }) : null;
  if (rendered?.ok !== true) throw new Error(`can't render ${source}`);
  return rendered.output;
}
