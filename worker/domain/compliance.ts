/** What the law and the licensing boards want said of who writes. */
export type Office = {
  name: string;
  postalAddress: string;
  license: string | null;
  /** Null where the office has said that none applies. */
  equalHousingLine: string | null;
};

export type OfficeFault = {
  field: `tenant.${"name" | "postalAddress" | "license" | "equalHousingLine"}`;
  message: string;
};

/**
 * What an office has to fill in before anything leaves in its name: its name and postal address (CAN-SPAM Act, 15 U.S.C.
 * §7704(a)(5)), a license number (state advertising rules; the brokerage's, or one of every sender's own) and the fair-housing
 * line, unless that was set to null on purpose.
 * @param senders all who write for the campaign
 */
export function officeFaults(office: Office, senders: readonly { license: string | null }[]): OfficeFault[] {
  const faults: OfficeFault[] = [];
  if (isBlank(office.name)) faults.push({ field: "tenant.name", message: "must not be empty" });
  if (isBlank(office.postalAddress)) {
    faults.push({ field: "tenant.postalAddress", message: "is needed: the law wants it in every email" });
  }
  if (isBlank(office.license) && senders.some(({ license }) => isBlank(license))) {
    faults.push({ field: "tenant.license", message: "is needed, or a license of each sender's own" });
  }
  if (office.equalHousingLine !== null && isBlank(office.equalHousingLine)) {
    faults.push({
      field: "tenant.equalHousingLine",
      message: "must not be blank; set it to null where none applies",
    });
  }
  return faults;
}

const isBlank = (text: string | null) => text === null || text.trim() === "";
