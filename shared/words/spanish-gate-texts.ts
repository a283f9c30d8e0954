import type { LetterClaim, RefusalKind, RefusalRemedy, StateRequiredDetail } from "../vocabulary.ts";
import { createDayFormat, type GateTexts } from "./gate-texts.ts";
import { spanishListingTexts } from "./spanish-listing-guard-texts.ts";
import { spanishSourceNames } from "./spanish-source-names.ts";
import { toSpanishStateName } from "./spanish-state-names.ts";

const formatDay = createDayFormat("es-US");
const formatDayOrNull = (day: string | null) => (day === null ? null : formatDay(day));
const joinNames = (names: readonly string[]) => new Intl.ListFormat("es-US").format(names);
const joinStates = (states: readonly string[]) => joinNames(states.map(toSpanishStateName));

const details: Readonly<Record<StateRequiredDetail, (agent: string) => string>> = {
  licenseType: (agent) => `el tipo de licencia de ${agent}`,
  licenseNumber: (agent) => `el número de licencia de ${agent}`,
  californiaLicenseNumber: (agent) => `el número DRE de 8 dígitos del propio ${agent}`,
  brokerageLicense: () => "el número de licencia de la inmobiliaria",
  officePhone: () => "el teléfono de la oficina",
  officeCity: () => "la ciudad de la oficina",
  officeState: () => "el estado de la oficina",
  officeWebsite: () => "el sitio web de la oficina",
  iabsLink: () => "un enlace al formulario IABS de la oficina",
  relationshipFormLink: () => "un enlace al formulario de relaciones de corretaje de la oficina",
};

const claimRules: Readonly<Record<LetterClaim, string>> = {
  haveBuyer: "dice que tienes un comprador, y debe ser cierto",
  numberOne: "dice que eres el primero, y debe poder probarse",
  somethingFree: "ofrece algo gratis, así que debe ser gratis sin condiciones",
};

const refusals: Readonly<Record<RefusalKind, (name: string) => string>> = {
  unsubscribed: (name) => `${name} canceló los correos sobre esta propiedad`,
  complained: (name) => `${name} marcó como spam un correo sobre esta propiedad`,
  refused: (name) => `${name} pidió no recibir más correos sobre esta propiedad`,
  notSelling: (name) => `${name} dijo que no vende`,
  undecided: (name) => `${name} tal vez dijo que no, y nadie lo ha decidido aún`,
  wrongPerson: (name) => `${name} es la persona equivocada para esta propiedad`,
};

const sayUndecidedElsewhere = (name: string) =>
  `${name} tal vez dijo que no sobre otra casa, y nadie lo ha decidido aún`;

const remedies: Readonly<Record<RefusalRemedy, string>> = {
  decide: "Primero indica qué significa su respuesta.",
  addNote: "Para escribir ahí de todos modos, agrega una nota que diga por qué.",
  askTeamLead: "Un líder de equipo puede permitirlo con una nota.",
};

const nameEmails = (stepNumbers: readonly number[]) =>
  stepNumbers.length === 1
    ? `el correo ${stepNumbers.join()}`
    : `los correos ${joinNames(stepNumbers.map(String))}`;

/** The Spanish text, shown by the tab, for each reason why a launch is refused or warned about. */
export const spanishGateTexts: GateTexts = {
  officeNameMissing: () => "Todo correo necesita el nombre de tu oficina",
  postalAddressMissing: () => "La ley federal exige la dirección postal de tu oficina en todo correo",
  licenseNumberMissing: () =>
    "Todo correo necesita un número de licencia, el de tu oficina o el del remitente",
  equalHousingLineBlank: () => "La línea de vivienda justa está en blanco",
  stateDetailMissing: ({ detail, agent, states }) => {
    const asker =
      states.length === 0
        ? "Una casa en un estado desconocido o sin regla registrada exige"
        : `${joinStates(states)} ${states.length === 1 ? "exige" : "exigen"}`;
    return `${asker} ${details[detail](agent)}`;
  },
  licensedElsewhere: ({ agent, licenseStates, states }) =>
    `${agent} tiene licencia de ${joinStates(licenseStates)}, pero escribe sobre casas en ${joinStates(states)}`,
  collisionsAreHeld: () => "Tu oficina siempre deja en espera a quienes están en otra campaña.",
  claimNotAttested: ({ claim, words, stepNumber, isInSubject }) =>
    `Correo ${stepNumber}${isInSubject ? ", asunto" : ""}: “${words}” ${claimRules[claim]}`,
  saleNotNamed: ({ stepNumber }) =>
    `El correo ${stepNumber} habla de una venta cercana, y esta campaña no indica ninguna. Lanza la secuencia de nuevo e indica la venta.`,
  bereavementInLetter: ({ stepNumber, words }) =>
    `Correo ${stepNumber}: “${words}” habla de una muerte. Los correos a personas de registros de sucesiones no pueden hacerlo; quítalo.`,
  freeOfferInNewJersey: () =>
    "Nueva Jersey exige los términos por escrito de una oferta gratuita (N.J.A.C. 11:5-6.1(m)). Di en el correo qué es gratis, para quién y con qué condiciones.",
  manyEmails: ({ emails }) =>
    `Esta secuencia tiene ${emails} correos. Después del tercero responden pocos propietarios y muchos más reportan spam.`,
  manyOwners: ({ owners }) =>
    `Esta campaña tendría ${owners} propietarios. Con 50 personas o menos responden unas tres veces más, así que valen más varias campañas pequeñas.`,
  templateReturned: ({ stepNumber, note }) =>
    `Un líder de equipo devolvió el correo ${stepNumber}: “${note}”`,
  templatesWaiting: ({ stepNumbers }) => `Falta que un líder de equipo apruebe ${nameEmails(stepNumbers)}.`,
  templatesNotApproved: ({ stepNumbers }) =>
    `Un líder de equipo tiene que aprobar ${nameEmails(stepNumbers)} antes de que puedas ${stepNumbers.length === 1 ? "usarlo" : "usarlos"}.`,
  listingGuard: ({ verdict, status, since, asOf, date }) =>
    spanishListingTexts[verdict]({
      status: status ?? "sin listado",
      since: formatDayOrNull(since),
      asOf: formatDayOrNull(asOf),
      date: formatDayOrNull(date),
    }),
  onDoNotSolicitList: ({ list, asOf }) =>
    `Esta casa está en la lista de no contactar “${list}” con fecha del ${formatDay(asOf)}, así que no puedes pedirle a su propietario que venda.`,
  doNotSolicitListOld: ({ list, ageDays, area }) =>
    `La lista de no contactar “${list}” tiene ${ageDays} días. Importa la más reciente antes de escribir sobre casas en ${area}.`,
  sourcesNeedLead: ({ sources }) =>
    `Las personas de ${joinNames(sources.map((source) => spanishSourceNames[source]))} necesitan la aprobación de un líder de equipo. Pide a uno que las agregue o lanza una campaña aparte para ellas.`,
  personRefused: ({ kind, name, on, elsewhere, reply, remedy }) =>
    `${elsewhere ? sayUndecidedElsewhere(name) : refusals[kind](name)} (${formatDay(on)})${reply === null ? "." : `: “${reply}”`} ${remedies[remedy]}`,
};
