import type { Operation } from "./operation.ts";

/** The operations on the tenant, its properties and all its outreach. */
export const tenantOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/collisions",
    summary: "Who of these people would wait for another campaign if one were launched to them now",
    body: "CollisionsInput",
    answer: "Collisions",
  },
  { method: "get", path: "/api/tenant", summary: "The office's own settings", answer: "Tenant" },
  {
    method: "patch",
    path: "/api/tenant",
    summary: "Change the office's settings (admin)",
    body: "TenantPatch",
    answer: "Tenant",
  },
  {
    method: "post",
    path: "/api/tenant/claims",
    summary: "Attest a claim once for the office, so that its wordings may make it (admin)",
    body: "ClaimAttestationInput",
    answer: "Tenant",
    status: 201,
  },
  {
    method: "delete",
    path: "/api/tenant/claims/{claim}",
    summary: "Take the attestation of a claim back (admin)",
    answer: "Tenant",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/stop",
    summary: "Stop everybody at a property, in every campaign",
    answer: "StoppedProperty",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/status",
    summary: "Tell what has become of a property; campaigns that end with it stop for its recipients",
    body: "PropertyStatusInput",
    answer: "PropertyFacts",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/contact-history",
    summary: "What is known of these contacts and of the property before a launch: refusals, answers, emails",
    body: "ContactHistoryInput",
    answer: "ContactHistory",
  },
  {
    method: "get",
    path: "/api/listing-checks",
    summary: "The homes whose status somebody has to check before emails to their owners go on",
    query: { propertyId: null },
    answer: "ListingChecks",
  },
  {
    method: "post",
    path: "/api/listing-checks",
    summary: "State about many homes at once that they are not listed, or that they are",
    body: "ListingAnswerInput",
    answer: "ListingChecks",
  },
  {
    method: "post",
    path: "/api/outreach/stop",
    summary: "Panic stop: nothing of the tenant leaves until it is resumed (teamLead)",
    answer: "OutreachState",
  },
  {
    method: "post",
    path: "/api/outreach/resume",
    summary: "Lift the panic stop (teamLead)",
    answer: "OutreachState",
  },
];
