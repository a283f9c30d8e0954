import type { RecipientInput } from "../../../shared/recipient.ts";
import type { PastCampaign } from "./campaigns.ts";

const firstNames = [
  ..."Amelia Bruno Celia Dario Edith Felix Greta Hollis Irene Jonas Katya Leon Mara Nolan".split(" "),
];
const lastNames = [
  ..."Abbot Brandt Castillo Dunmore Eriksen Farrow Gallagher Hidalgo Ivers Jansen Kowal".split(" "),
];
const streets = ["Alder Street", "Birch Court", "Cherry Lane", "Dogwood Drive", "Elm Avenue"];

const pick = (list: readonly string[], index: number) => list[index % list.length] ?? "";

/** Returns the people of a past campaign. No other campaign of the demo writes to these people. */
export function listPastPeople({ people, source }: PastCampaign, campaignIndex: number): RecipientInput[] {
  return Array.from({ length: people }, (_, index) => {
    const firstName = pick(firstNames, index + campaignIndex);
    const lastName = pick(lastNames, index * 3 + campaignIndex);
    return {
      email: `${firstName}.${lastName}.${campaignIndex}.${index}@past.example.net`.toLowerCase(),
      firstName,
      lastName,
      source,
      propertyId: `past-${campaignIndex}-${index}`,
      property: {
        streetAddress: `${100 + index * 7} ${pick(streets, index)}`,
        city: "Denver",
        stateOrProvince: "CO",
        postalCode: "80203",
      },
    };
  });
}
