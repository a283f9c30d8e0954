import type { LetterLanguage } from "../../shared/words/letter-language.ts";

/**
 * The words of the pages of an unsubscribe link. The parameters `office` and `address` are HTML,
 * escaped by the caller.
 */
export type OptOutPageWords = {
  askTitle(office: string): string;
  sends(office: string, address: string): string;
  consequence(office: string): string;
  unsubscribe: string;
  doneTitle: string;
  done(office: string, address: string): string;
  undoTitle: string;
  undoText: string;
  undo: string;
  undoneTitle: string;
  undone(office: string, address: string): string;
  tooLateTitle: string;
  tooLate(office: string): string;
  wrongPersonTitle: string;
  wrongPersonText(office: string): string;
  wrongPerson: string;
  thanksTitle: string;
  thanks(office: string, address: string): string;
  noMoreTitle: string;
  noMore(office: string): string;
  unknownTitle: string;
  unknown: string;
  /** The words that replace an address that is no longer known. */
  yourAddress: string;
};

export const optOutPageWords: Readonly<Record<LetterLanguage, OptOutPageWords>> = {
  en: {
    askTitle: (office) => `Unsubscribe from ${office}`,
    sends: (office, address) => `${office} sends emails to ${address}.`,
    consequence: (office) =>
      `If you unsubscribe, no agent at ${office} will send these emails to this address again. Planned emails about the home will be canceled for everyone there.`,
    unsubscribe: "Unsubscribe",
    doneTitle: "You’re unsubscribed",
    done: (office, address) => `${office} won’t send these emails to ${address} anymore.`,
    undoTitle: "Not what you meant?",
    undoText: "You have one minute to undo this. If you undo it, planned emails will continue.",
    undo: "Undo",
    undoneTitle: "You’re subscribed again",
    undone: (office, address) => `${office} can email ${address} again.`,
    tooLateTitle: "It’s too late to undo",
    tooLate: (office) =>
      `You’re still unsubscribed, because the minute to undo has passed. To hear from ${office} again, reply to one of its emails.`,
    wrongPersonTitle: "Not your home?",
    wrongPersonText: (office) =>
      `If you have nothing to do with the home in the email, tell us. ${office} will then stop emailing you about that home only.`,
    wrongPerson: "I’m the wrong person",
    thanksTitle: "Thank you for telling us",
    thanks: (office, address) => `${office} won’t email ${address} about this home again.`,
    noMoreTitle: "No more emails at all?",
    noMore: (office) => `${office} may still email this address about other things unless you unsubscribe.`,
    unknownTitle: "You’re not unsubscribed yet",
    unknown:
      "We no longer have a record of this email. To unsubscribe, reply to it and ask for no more emails.",
    yourAddress: "your address",
  },
  es: {
    askTitle: (office) => `Cancelar la suscripción a ${office}`,
    sends: (office, address) => `${office} envía correos a ${address}.`,
    consequence: (office) =>
      `Si cancela la suscripción, ningún agente de ${office} volverá a enviar estos correos a esta dirección. Los correos planeados sobre la casa se cancelarán para todas las personas de ahí.`,
    unsubscribe: "Cancelar suscripción",
    doneTitle: "Su suscripción está cancelada",
    done: (office, address) => `${office} ya no enviará estos correos a ${address}.`,
    undoTitle: "¿No era lo que quería?",
    undoText: "Tiene un minuto para deshacerlo. Si lo deshace, los correos planeados continuarán.",
    undo: "Deshacer",
    undoneTitle: "Su suscripción está activa de nuevo",
    undone: (office, address) => `${office} puede volver a escribir a ${address}.`,
    tooLateTitle: "Ya no se puede deshacer",
    tooLate: (office) =>
      `Su suscripción sigue cancelada, porque el minuto para deshacer ya pasó. Para volver a recibir noticias de ${office}, responda a uno de sus correos.`,
    wrongPersonTitle: "¿No es su casa?",
    wrongPersonText: (office) =>
      `Si usted no tiene nada que ver con la casa del correo, díganoslo. ${office} dejará entonces de escribirle solo sobre esa casa.`,
    wrongPerson: "Soy la persona equivocada",
    thanksTitle: "Gracias por avisarnos",
    thanks: (office, address) => `${office} no volverá a escribir a ${address} sobre esta casa.`,
    noMoreTitle: "¿Ya no quiere ningún correo?",
    noMore: (office) =>
      `${office} todavía puede escribir a esta dirección sobre otros temas, a menos que cancele la suscripción.`,
    unknownTitle: "Su suscripción aún no está cancelada",
    unknown:
      "Ya no tenemos registro de este correo. Para cancelar la suscripción, responda al correo y pida no recibir más.",
    yourAddress: "su dirección",
  },
};
