/*
 * Maps ZIP codes to zones for the states that lie in two zones. `otherwise` is the zone of every
 * ZIP code that is not listed. A code listed in full wins over its first three digits. County lines
 * and ZIP codes do not always agree. A code maps to `null` if the zone of most of the code's
 * addresses is unknown. The comment before a state says which part of the state lies in the other
 * zone.
 */

export type MultiZoneState = { otherwise: string; byZip: Readonly<Record<string, string | null>> };

const eastern = "America/New_York";
const central = "America/Chicago";
const mountain = "America/Denver";
const pacific = "America/Los_Angeles";

const mapCodes = (zone: string | null, codes: string): Record<string, string | null> =>
  Object.fromEntries(codes.split(" ").map((code) => [code, zone]));

export const multiZoneStates: Readonly<Record<string, MultiZoneState>> = {
  // Adak and Atka, in the western Aleutians, have a zone of their own.
  AK: { otherwise: "America/Anchorage", byZip: mapCodes("America/Adak", "99546 99547") },
  // The Navajo Nation keeps daylight saving; the rest of Arizona does not. The Hopi villages inside
  // the Navajo Nation share the Nation's ZIP codes.
  AZ: {
    otherwise: "America/Phoenix",
    byZip: {
      ...mapCodes(null, "865"),
      ...mapCodes(
        mountain,
        "86033 86044 86045 86053 86054 86503 86504 86505 86507 86515 86535 86538 86544 86556",
      ),
    },
  },
  // The panhandle west of the Apalachicola has Central Time, except Port St. Joe.
  FL: { otherwise: eastern, byZip: { ...mapCodes(central, "324 325"), ...mapCodes(eastern, "32456 32457") } },
  // The counties north of the Salmon River have Pacific Time.
  ID: {
    otherwise: "America/Boise",
    byZip: { ...mapCodes(pacific, "835 838"), ...mapCodes("America/Boise", "83547 83549") },
  },
  // The corners near Chicago and Evansville have Central Time.
  IN: {
    otherwise: "America/Indiana/Indianapolis",
    byZip: mapCodes(
      central,
      "463 464 476 477 46531 46532 46534 47922 47943 47948 47951 47963 47964 47977 47978 47514 47515 47520 47525 " +
        "47551 47574 47576 47586 47588 47523 47536 47537 47550 47552 47556 47577 47579",
    ),
  },
  // Sherman, Wallace, Greeley and Hamilton counties have Mountain Time.
  KS: {
    otherwise: central,
    byZip: mapCodes(mountain, "67733 67735 67741 67758 67761 67762 67836 67857 67878 67879"),
  },
  KY: {
    otherwise: eastern,
    byZip: {
      ...mapCodes(central, "420 421 422 423 424 42602 42603 42629 42642"),
      ...mapCodes(central, "40111 40115 40119 40140 40143 40144 40145 40146 40152 40170 40171 40176 40178"),
      ...mapCodes(null, "427"),
      ...mapCodes(eastern, "42701 42702 42718 42724 42732 42740 42748 42757 42776"),
      ...mapCodes(central, "42713 42717 42721 42722 42726 42728 42729 42743 42749 42754 42765"),
    },
  },
  // The four counties along Wisconsin have Central Time.
  MI: {
    otherwise: "America/Detroit",
    byZip: mapCodes(
      central,
      "49801 49802 49812 49815 49821 49831 49834 49847 49848 49852 49858 49863 49870 49874 49876 49877 49881 49887 " +
        "49892 49893 49896 49902 49903 49911 49915 49920 49927 49935 49938 49947 49959 49964 49968 49969",
    ),
  },
  ND: {
    otherwise: central,
    byZip: {
      ...mapCodes(mountain, "586 58529 58533 58562 58564 58569"),
      ...mapCodes(central, "58631 58638"),
      ...mapCodes(null, "58538"),
    },
  },
  // The panhandle and the counties beside the panhandle have Mountain Time.
  NE: {
    otherwise: central,
    byZip: mapCodes(
      mountain,
      "693 69021 69023 69027 69030 69033 69037 69041 69045 69121 69122 69125 69127 69128 69129 69131 69133 69134 " +
        "69140 69141 69144 69145 69146 69147 69148 69149 69150 69152 69153 69154 69155 69156 69160 69162 69168 " +
        "69190 69211 69218",
    ),
  },
  // West Wendover has Mountain Time, and Jackpot keeps Idaho's time.
  NV: { otherwise: pacific, byZip: mapCodes(mountain, "89883 89825") },
  // Most of Malheur County has Mountain Time.
  OR: {
    otherwise: pacific,
    byZip: { ...mapCodes("America/Boise", "979"), ...mapCodes(pacific, "97904 97905 97907") },
  },
  // The counties west of the Missouri have Mountain Time.
  SD: {
    otherwise: central,
    byZip: {
      ...mapCodes(mountain, "576 577 57543 57547 57551 57552 57553 57567 57574 57577"),
      ...mapCodes(central, "57601 57631 57632 57646 57648"),
      ...mapCodes(null, "57521 57537"),
    },
  },
  // East Tennessee has Eastern Time. The Cumberland Plateau has Central Time but shares
  // Chattanooga's three digits.
  TN: {
    otherwise: central,
    byZip: {
      ...mapCodes(eastern, "373 374 376 377 378 379"),
      ...mapCodes(
        central,
        "37301 37305 37306 37313 37318 37324 37327 37328 37330 37334 37335 37339 37340 37342 37345 37347 37348 " +
          "37349 37352 37355 37356 37357 37359 37360 37365 37366 37367 37374 37375 37376 37378 37380 37382 37383 " +
          "37387 37388 37389 37394 37396 37397 37398",
      ),
    },
  },
  // El Paso and Hudspeth counties have Mountain Time.
  TX: {
    otherwise: central,
    byZip: mapCodes(mountain, "799 885 79821 79835 79836 79837 79838 79839 79847 79849 79851"),
  },
};
