import type { ContactOrigin } from "../../worker/domain/compliance/contact-reason.ts";
import type { AgentDetails, OfficeDetails } from "../../worker/domain/compliance/disclosure.ts";

/**
 * An office, an agent and an owner in Colorado, with the details that nearly every state requires
 * in an email.
 */
export const coloradoDisclosureInput: { office: OfficeDetails; agent: AgentDetails; origin: ContactOrigin } =
  {
    office: {
      name: "Front Range Realty",
      licensedName: null,
      postalAddress: "900 Grant Street\nDenver, CO 80203",
      license: "EC.100054321",
      officePhone: "(303) 555-0100",
      officeCity: "Denver",
      officeState: "CO",
      officeWebsite: null,
      iabsLink: null,
      relationshipFormLink: null,
      equalHousingLine: "Equal Housing Opportunity",
    },
    agent: {
      fromName: "Dana Reyes",
      licensedName: null,
      licenseType: "Broker Associate",
      licenseNumber: "FA.100012345",
      licenseState: "CO",
      otherLicenses: [],
      phone: "(303) 555-0110",
    },
    origin: { source: "countyRecords", sourceDate: null, consent: null, county: "Denver" },
  };

/** A sender whose licenses are unknown. */
export const unlicensedSender: AgentDetails & { fromEmail: string } = {
  fromName: "Dana Reyes",
  fromEmail: "dana@example.com",
  phone: null,
  licensedName: null,
  licenseType: null,
  licenseNumber: null,
  licenseState: null,
  otherLicenses: [],
};

/** An office with every detail that any state requires in an email. */
export const officeWithAllDetails: OfficeDetails = {
  ...coloradoDisclosureInput.office,
  licensedName: "Front Range Realty, Inc.",
  officeWebsite: "https://frontrange.example.com",
  iabsLink: "https://frontrange.example.com/iabs.pdf",
  relationshipFormLink: "https://frontrange.example.com/relationships.pdf",
};

/**
 * Returns an agent with a license of the state. The license number also fits California's format.
 */
export const buildLicensedAgent = (state: string): AgentDetails => ({
  ...coloradoDisclosureInput.agent,
  licensedName: "Dana M. Reyes",
  licenseType: "Licensed Salesperson",
  licenseNumber: "01234567",
  licenseState: state,
});
