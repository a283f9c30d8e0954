import type { ListingGuardTexts } from "./listing-guard-texts.ts";

export const spanishListingTexts: ListingGuardTexts = {
  listedElsewhere: ({ status, since }) =>
    since === null
      ? `Esta casa está listada (${status}) con otra inmobiliaria.`
      : `Esta casa está listada (${status}) con otra inmobiliaria desde el ${since}.`,
  recentlySold: ({ date }) =>
    date === null
      ? "Según nuestros registros, esta casa se vendió, sin fecha de cierre."
      : `Esta casa se vendió el ${date}.`,
  officeBlocksStatus: ({ status }) =>
    `Tu oficina no escribe a propietarios de casas con el estatus “${status}”.`,
  listingWithdrawn: ({ date }) =>
    date === null
      ? "Este listado se retiró, pero su contrato puede seguir vigente. Agrega la fecha en que vence el contrato o la liberación por escrito del propietario."
      : `Este listado se retiró, pero su contrato vale hasta el ${date}, salvo que el propietario haya sido liberado por escrito.`,
  statusUnconfirmed: ({ status }) =>
    `El estatus “${status}” no dice si esta casa está listada. Alguien tiene que confirmar que no lo está.`,
  statusStale: ({ status, asOf }) =>
    asOf === null
      ? `Nadie ha revisado recientemente si esta casa sigue con el estatus “${status}”.`
      : `Esta casa se reportó por última vez con el estatus “${status}” el ${asOf}. Alguien tiene que confirmar que no se ha listado desde entonces.`,
};
