import type { PropertyRecord } from "./records.ts";

/** The owners of a condominium. With these owners, a visitor can try a launch to many contacts. */
const owners = [
  "Ana Beltran",
  "Hugh Calloway",
  "Priya Desai",
  "Owen Eberhart",
  "Marta Fiala",
  "George Hadley",
  "Irene Kowal",
  "Lam Nguyen",
  "Rosa Ortega",
  "Peter Quist",
  "Nadia Rahman",
  "Walter Stroud",
  "June Takeda",
];

export const condominium: PropertyRecord = {
  id: "p_850",
  UnparsedAddress: "1200 Cedar Ter, Denver, CO 80210",
  StreetNumber: "1200",
  StreetName: "Cedar",
  StreetSuffix: "Ter",
  City: "Denver",
  StateOrProvince: "CO",
  PostalCode: "80210",
  CountyOrParish: "Denver",
  ParcelNumber: "05264-11-022-000",
  PropertySubType: "Condominium",
  StandardStatus: "Off Market",
  estimatedValue: 4_860_000,
  BedroomsTotal: 26,
  BathroomsTotalInteger: 20,
  LivingArea: 14_300,
  LotSizeSquareFeet: 21_800,
  YearBuilt: 1966,
  YearsCurrentOwner: 9,
  OccupantType: "Owner",
  OwnerName: "Cedar Terrace Owners",
  note: "Thirteen apartments, each with its own owner.",
  contacts: owners.map((FullName, index) => {
    const [FirstName = "", LastName = ""] = FullName.split(" ");
    return {
      ContactKey: `c_850_${index + 1}`,
      FullName,
      FirstName,
      LastName,
      // The office does not know the address of one owner.
      ...(index !== 5 && { Email: `${FirstName}.${LastName}@example.com`.toLowerCase() }),
      MobilePhone: `(303) 555-01${60 + index}`,
      MailingAddress: `1200 Cedar Ter, Unit ${index + 1}, Denver, CO 80210`,
      TimeZone: "America/Denver",
      kind: "Owner",
    } as const;
  }),
  activities: [{ on: "2026-11-10", text: "The owners’ meeting talked about selling the building" }],
};
