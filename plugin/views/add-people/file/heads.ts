import type { ColumnMeaning } from "./column.ts";

/*
 * The names that CRMs, county exports and list vendors give to columns, in English and Spanish.
 * Case, accents, spaces and punctuation in a name make no difference.
 */

const person = "(?:owner|propietario|contact|contacto|seller|lead|client|cliente)?1?";
const mailing = "(?:mail|mailing|mailingaddress|taxpayer|ownermail|ownermailing|home|owner|owneraddress)";
const home = "(?:property|prop|site|situs|subject|inmueble)?";

/** The pattern of the column names for each meaning. The first pattern that matches decides. */
const patterns = (
  [
    [
      "sourceDate",
      "(?:source|filing|record|recording|case|nod|probate|openhouse)date|date(?:filed|recorded)",
    ],
    [
      "email",
      `${person}(?:primary|personal|work|home)?(?:email|emailaddress|correo|correoelectronico|mail)1?`,
    ],
    ["contactKey", "(?:contact|lead|person|client|record|crm|customer)(?:id|key)|idde(?:contacto|cliente)"],
    ["propertyId", "(?:property|prop|home|listing)(?:id|key)|idde(?:propiedad|inmueble)"],
    ["firstName", `${person}(?:first|firstname|fname|given|givenname|forename|nombredepila|primernombre)1?`],
    ["lastName", `${person}(?:last|lastname|lname|surname|familyname|apellidos?)1?`],
    ["fullName", `(?:full)?name|nombre(?:completo|delpropietario)?|recipient|${person}(?:full)?name1?`],
    ["fullName", "(?:owner|contact|contacto|propietario|seller|client|lead|person)1?"],
    ["phone", `${person}(?:primary|mobile|cell|home|work)?(?:phone|mobile|cell|tel|telephone)(?:number)?1?`],
    ["phone", "telefono|celular|movil"],
    ["mailingStreet", `${mailing}(?:street|streetaddress|address1|addressline1|calle)`],
    ["mailingCity", `${mailing}(?:city|town|ciudad)`],
    ["mailingState", `${mailing}(?:state|st|stateorprovince|estado)`],
    ["mailingZip", `${mailing}(?:zip|zipcode|zip5|postalcode|postcode|codigopostal)`],
    ["mailingAddress", `${mailing}(?:full)?(?:address|direccion)|direcci?ondecorreo|direccionpostal`],
    ["address", `${home}(?:fulladdress|addressfull|unparsedaddress|wholeaddress|direccioncompleta)`],
    ["street", `${home}(?:address|street|streetaddress|address1|addressline1|direccion|calle)`],
    ["city", `${home}(?:address)?(?:city|town|ciudad|municipio)`],
    ["state", `${home}(?:address)?(?:state|st|province|stateorprovince|estado)`],
    ["zip", `${home}(?:address)?(?:zip|zipcode|zip5|postalcode|postcode|codigopostal|cp)`],
    // A column named only "status" may have the status of a person, so the name must say whose
    // status.
    ["status", "(?:listing|mls|standard)status"],
    ["source", "(?:lead|contact|record)?source|origen|fuente"],
  ] as const satisfies readonly (readonly [ColumnMeaning, string])[]
).map(([meaning, names]) => ({ meaning, pattern: new RegExp(`^(?:${names})$`) }));

/**
 * RESO's names for the details of a home that letters can mention. The keys are column names as
 * `foldColumnName` returns them.
 */
const homeDetails = new Map([
  ["apn", "parcelNumber"],
  ["parcel", "parcelNumber"],
  ["parcelnumber", "parcelNumber"],
  ["county", "countyOrParish"],
  ["countyorparish", "countyOrParish"],
  ["condado", "countyOrParish"],
  ["unit", "unitNumber"],
  ["unitnumber", "unitNumber"],
  ["listprice", "listPrice"],
  ["beds", "bedroomsTotal"],
  ["bedrooms", "bedroomsTotal"],
  ["bedroomstotal", "bedroomsTotal"],
  ["baths", "bathroomsTotalInteger"],
  ["bathrooms", "bathroomsTotalInteger"],
  ["bathroomstotalinteger", "bathroomsTotalInteger"],
  ["sqft", "livingArea"],
  ["squarefeet", "livingArea"],
  ["livingarea", "livingArea"],
  ["yearbuilt", "yearBuilt"],
  ["lotsizeacres", "lotSizeAcres"],
  ["expirationdate", "expirationDate"],
  ["closedate", "closeDate"],
  ["subdivision", "subdivisionName"],
  ["subdivisionname", "subdivisionName"],
]);

/** Returns the letters and digits of a column's name, in lower case and without accents. */
export const foldColumnName = (head: string): string =>
  head
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** Returns the meaning of a column with this name; null if the name is unknown. */
export function findColumnMeaning(head: string): ColumnMeaning | null {
  const folded = foldColumnName(head);
  if (homeDetails.has(folded)) return "keepForHome";
  return patterns.find(({ pattern }) => pattern.test(folded))?.meaning ?? null;
}

/** Returns RESO's name for a column with a detail of the home; null for any other column. */
export const findResoName = (head: string): string | null => homeDetails.get(foldColumnName(head)) ?? null;
