import type { TemplateVariable } from "../../../shared/template.ts";
import { nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";

/** A variable that a template may use, in the form that a template's author sees. */
export type KnownVariable = Pick<TemplateVariable, "path" | "label" | "example">;

/**
 * The variables that every template may use. Other variables under `recipient.` and `property.` are
 * the host's own.
 */
export const knownVariables: readonly KnownVariable[] = [
  { path: "recipient.salutation", label: "Greeting name", example: "Jane" },
  { path: "recipient.firstName", label: "First name", example: "Jane" },
  { path: "recipient.lastName", label: "Last name", example: "Whitaker" },
  { path: "recipient.fullName", label: "Full name", example: "Jane Whitaker" },
  { path: "recipient.email", label: "Email address", example: "jane@example.com" },
  { path: "property.streetAddress", label: "Street address", example: "1420 Maple Street" },
  { path: "property.city", label: "City", example: "Denver" },
  { path: "property.stateOrProvince", label: "State", example: "CO" },
  { path: "property.postalCode", label: "ZIP code", example: "80205" },
  {
    path: "property.unparsedAddress",
    label: "Whole address",
    example: "1420 Maple Street, Denver, CO 80205",
  },
  { path: "property.standardStatus", label: "Listing status", example: "Expired" },
  { path: "property.listPrice", label: "List price", example: "$485,000" },
  { path: "property.bedroomsTotal", label: "Bedrooms", example: "3" },
  { path: "property.bathroomsTotalInteger", label: "Bathrooms", example: "2" },
  { path: "property.livingArea", label: "Living area", example: "1,650" },
  { path: "property.yearBuilt", label: "Year built", example: "1974" },
  {
    path: nearbySaleVariablePath,
    label: "Sale nearby",
    example: "I just sold 1388 Maple Street. The sale closed on May 4, 2026.",
  },
  { path: "sender.fromName", label: "Your name", example: "Dana Reyes" },
  { path: "sender.fromEmail", label: "Your email", example: "dana@example.com" },
  { path: "sender.phone", label: "Your phone", example: "(303) 555-0142" },
  { path: "sender.license", label: "Your license", example: "FA.100012345" },
  { path: "brokerage.name", label: "Brokerage", example: "Front Range Realty" },
  {
    path: "brokerage.postalAddress",
    label: "Brokerage address",
    example: "900 Grant Street, Denver, CO 80203",
  },
  { path: "brokerage.phone", label: "Office phone", example: "(303) 555-0100" },
  { path: "brokerage.license", label: "Brokerage license", example: "EC.100054321" },
];
