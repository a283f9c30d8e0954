import type { Consent } from "../../../shared/consent.ts";
import type { RecipientSource } from "../../../shared/vocabulary.ts";

const dayFormat = new Intl.DateTimeFormat("es-US", { dateStyle: "long", timeZone: "UTC" });
const formatDay = (isoDay: string) => dayFormat.format(new Date(`${isoDay}T00:00:00Z`));

type Origin = { source: RecipientSource; sourceDate: string | null; consent: Consent | null };

/**
 * Returns the Spanish sentence that tells a recipient why the email came.
 * @param county the county's whole name; null if the county is unknown
 */
export function describeSpanishContactReason(
  { source, sourceDate, consent }: Origin,
  { brokerage, agent }: { brokerage: string; agent: string },
  county: { name: string; isParish: boolean } | null,
): string {
  const on = sourceDate === null ? "" : ` el ${formatDay(sourceDate)}`;
  const reasons: Readonly<Record<RecipientSource, string>> = {
    host: `sus datos de contacto están en los registros de ${brokerage}`,
    agent: `${agent} agregó sus datos de contacto`,
    list: `sus datos de contacto están en una lista que obtuvo ${brokerage}`,
    countyRecords: `su nombre está en ${nameSpanishRecords(county)}`,
    pastListing: `su listado terminó${on}`,
    referral: `alguien recomendó a ${brokerage} escribirle`,
    openHouse: `usted dejó sus datos de contacto en un open house${on}`,
    website: `usted dejó sus datos de contacto a ${brokerage} en internet`,
    pastClient: `usted ha sido cliente de ${brokerage}`,
    probate: "su nombre está en un registro público sobre esta propiedad",
    preForeclosure: "su nombre está en un registro público sobre esta propiedad",
    other: `${brokerage} tiene sus datos de contacto`,
  };
  const reason =
    consent === null
      ? reasons[source]
      : `usted aceptó recibir correos de ${consent.to} el ${formatDay(consent.at.slice(0, 10))}`;
  return `Recibió este correo porque ${reason.replace(/\.$/, "")}.`;
}

function nameSpanishRecords(county: { name: string; isParish: boolean } | null): string {
  if (county === null) return "los registros de propiedades del condado";
  const plain = county.name.replace(/\s+(?:county|parish)$/i, "");
  if (plain === county.name) return `los registros de propiedades de ${plain}`;
  return `los registros de propiedades ${county.isParish ? "de la parroquia" : "del condado"} de ${plain}`;
}
