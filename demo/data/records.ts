/** Records as this CRM keeps them: RESO Data Dictionary names, plus a few fields of its own in small letters. */
export interface PropertyRecord {
  id: string;
  UnparsedAddress: string;
  StreetNumber: string;
  StreetName: string;
  StreetSuffix?: string;
  UnitNumber?: string;
  City: string;
  StateOrProvince: string;
  PostalCode: string;
  CountyOrParish: string;
  ParcelNumber: string;
  PropertySubType: string;
  StandardStatus: "Active" | "Pending" | "Expired" | "Off Market";
  ListPrice?: number;
  estimatedValue: number;
  BedroomsTotal: number;
  BathroomsTotalInteger: number;
  LivingArea: number;
  LotSizeSquareFeet?: number;
  YearBuilt: number;
  YearsCurrentOwner: number;
  OccupantType: "Owner" | "Tenant" | "Vacant";
  OwnerName: string;
  note: string;
  contacts: ContactRecord[];
  activities: Activity[];
}

export interface ContactRecord {
  ContactKey: string;
  FullName: string;
  FirstName?: string;
  LastName?: string;
  Email?: string;
  MobilePhone?: string;
  /** Where they get their post: another place than the property for an absentee owner. */
  MailingAddress: string;
  TimeZone: string;
  kind: "Owner" | "Co-owner" | "Company" | "Trustee" | "Personal representative";
}

export interface Activity {
  on: string;
  text: string;
}
