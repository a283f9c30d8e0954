import type { Operation } from "./operation.ts";

/** The operations on the tenant, its properties and all its outreach. */
export const tenantOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/collisions",
    summary: "Check who would wait for another campaign if one launched to them now",
    body: "CollisionsInput",
    answer: "Collisions",
  },
  { method: "get", path: "/api/tenant", summary: "Get the office's settings", answer: "Tenant" },
  {
    method: "patch",
    path: "/api/tenant",
    summary: "Update the office's settings (admin)",
    body: "TenantPatch",
    answer: "Tenant",
  },
  {
    method: "post",
    path: "/api/tenant/claims",
    summary: "Attest a claim for the office, so that its letters may make it (admin)",
    body: "ClaimAttestationInput",
    answer: "Tenant",
    status: 201,
  },
  {
    method: "delete",
    path: "/api/tenant/claims/{claim}",
    summary: "Withdraw the attestation of a claim (admin)",
    answer: "Tenant",
  },
  {
    method: "post",
    path: "/api/properties",
    summary:
      "Report up to 100 properties with status, price, address, owners and contacts at once; each is stored whole or refused (teamLead)",
    body: "PropertiesInput",
    answer: "PropertiesResult",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/stop",
    summary: "Stop everyone at a property, in every campaign",
    answer: "StoppedProperty",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/status",
    summary:
      "Report a property's new status, price or address, or its contacts' names. Emails state the newest; campaigns that end with the status stop",
    body: "PropertyStatusInput",
    answer: "PropertyFacts",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/contact-history",
    summary:
      "Get what is known about these contacts and the property before a launch: refusals, answers, emails",
    body: "ContactHistoryInput",
    answer: "ContactHistory",
  },
  {
    method: "get",
    path: "/api/listing-checks",
    summary: "List the homes whose listing status must be checked before emails to their owners continue",
    query: { propertyId: null },
    answer: "ListingChecks",
  },
  {
    method: "post",
    path: "/api/listing-checks",
    summary: "State for many homes at once that they are listed or not listed",
    body: "ListingAnswerInput",
    answer: "ListingChecks",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/compliance.csv",
    summary: "Get the record of what a campaign sent, with footers and reasons for contact (teamLead)",
    csv: "answer",
  },
  {
    method: "post",
    path: "/api/compliance.csv",
    summary: "Get the record of what was sent to one address, in all campaigns (teamLead)",
    body: "LettersOfAddressInput",
    csv: "answer",
  },
  {
    method: "post",
    path: "/api/address-record.html",
    summary: "Get a page of everything that was sent to one address, to be printed (teamLead)",
    body: "LettersOfAddressInput",
    html: true,
  },
  {
    method: "get",
    path: "/api/agents",
    summary: "List the agents of the office by name, to choose a colleague",
    answer: { listOf: "OfficeAgent" },
  },
  {
    method: "get",
    path: "/api/digest",
    summary: "Get the caller's digest: how often the caller gets an email of the work that waits",
    answer: "DigestSettings",
  },
  {
    method: "put",
    path: "/api/digest",
    summary: "Ask for a daily or weekly digest, or for none",
    body: "DigestInput",
    answer: "DigestSettings",
  },
  {
    method: "get",
    path: "/api/do-not-solicit-lists",
    summary: "List the do-not-solicit lists of homes and zones, with their dates",
    answer: { listOf: "DoNotSolicitList" },
  },
  {
    method: "post",
    path: "/api/do-not-solicit-lists",
    summary: "Import a do-not-solicit list as text/csv, replacing the list of this name (teamLead)",
    query: { name: null, state: null, city: null, asOf: null },
    csv: "body",
    answer: "DoNotSolicitList",
    status: 201,
  },
  {
    method: "delete",
    path: "/api/do-not-solicit-lists/{id}",
    summary: "Delete a do-not-solicit list (teamLead)",
  },
  {
    method: "post",
    path: "/api/outreach/stop",
    summary: "Stop all of the office's emails until they are resumed (teamLead)",
    answer: "OutreachState",
  },
  {
    method: "post",
    path: "/api/outreach/resume",
    summary: "Resume the office's emails (teamLead)",
    answer: "OutreachState",
  },
];
