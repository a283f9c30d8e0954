import { limits } from "../limits.ts";
import type { ReasonTexts } from "./reason-texts.ts";

const percent = new Intl.NumberFormat("es-MX", { style: "percent", maximumFractionDigits: 2 });

export const spanishReasonTexts: ReasonTexts = {
  stop: {
    replied: "Respondió.",
    linkClicked: "Hizo clic en un enlace, y esta secuencia se detiene entonces.",
    bounced: "Su dirección de correo no acepta mensajes.",
    complained: "Marcó un correo como spam.",
    unsubscribed: "Canceló su suscripción.",
    suppressed: "Su dirección está en la lista de no enviar correos.",
    manual: "Un agente detuvo sus correos.",
    propertyStopped:
      "Otra persona de esta propiedad respondió o canceló su suscripción, o un agente la detuvo.",
    propertyStatusChanged: "Cambió el estatus de la propiedad.",
    listedElsewhere: "Su casa se listó con otra inmobiliaria.",
    recentlySold: "Su casa se vendió.",
    officeBlocksStatus: "Tu oficina no escribe a propietarios de casas con este estatus.",
    doNotSolicit: "Su casa está en una lista de no contactar.",
    campaignStopped: "Se detuvo la campaña.",
    campaignEnded: "La campaña terminó antes de su siguiente correo.",
    conditionNotMet: "No se cumplieron las condiciones del siguiente correo.",
    sendFailed: "No se pudo enviar el correo.",
  },
  skip: {
    notOpened: "No había abierto el correo del que depende este paso.",
    opened: "Ya había abierto el correo del que depende este paso.",
    notClicked: "No había hecho clic en un enlace del correo del que depende este paso.",
    clicked: "Ya había hecho clic en un enlace del correo del que depende este paso.",
    tooSoonSinceLast: "Era demasiado pronto después de su último correo.",
    propertyStatus: "Este paso no es para el estatus de la propiedad.",
    priceNotChanged: "El precio de la propiedad no había cambiado.",
    priceChanged: "El precio de la propiedad había cambiado.",
    sourceLimit: "Ya había recibido tantos correos como permite tu oficina para esta fuente.",
    movedPast: "Alguien pasó a esta persona a un paso posterior.",
    stepAddedLater: "Este paso se agregó cuando esta persona ya lo había pasado.",
    stepRemoved: "Este paso se quitó de la secuencia.",
  },
  pause: {
    bounceRate: `Más del ${percent.format(limits.maxBounceRate)} de sus correos rebotaron.`,
    complaintRate: `Más del ${percent.format(limits.maxComplaintRate)} de sus correos se marcaron como spam.`,
  },
  hold: {
    notDue: "El siguiente correo está programado para más adelante.",
    sendingSoon: "Un agente eligió “Enviar ahora”. El correo saldrá en un momento.",
    outsideWindow:
      "Está fuera del horario de envío de la campaña, o es día festivo, donde vive el destinatario.",
    campaignNotActive: "La campaña no está activa.",
    campaignNotStarted: "La campaña aún no llega a su fecha de inicio.",
    campaignEndsFirst: "La campaña termina antes de que pueda salir su siguiente correo.",
    recallWindow: "La campaña se acaba de lanzar y el lanzamiento aún se puede deshacer.",
    tenantStopped: "Tu oficina detuvo todos los envíos.",
    agentPaused: "Los envíos del agente que lanzó esta campaña están en pausa.",
    tooLate: "El correo va mucho más tarde de lo previsto. No saldrá hasta que lo confirmes.",
    snoozed: "Este destinatario está pospuesto.",
    recipientPaused: "Este destinatario está en pausa.",
    waitingForEmail: "Este destinatario aún no tiene dirección de correo.",
    needsConsent:
      "Su dirección postal está en un país donde el primer correo requiere consentimiento. Registra su consentimiento para enviarlo.",
    needsRepresentative:
      "Viene de un registro de sucesiones. Los correos sobre una herencia van solo a su representante personal.",
    checkingClick: "Se hizo clic en un enlace. Comprobamos si lo hizo la persona o un filtro de correo.",
    undecidedReply:
      "Respondió a otro correo y quizá pide que no le escriban más. El siguiente correo espera hasta que alguien lo decida.",
    waitingForCondition: "El siguiente paso espera su condición, como una apertura o un clic.",
    waitingForTask:
      "El siguiente paso es una tarea para un agente. La secuencia continúa cuando se haga o se acabe su plazo.",
    sourceWait:
      "Tu oficina espera un tiempo fijo después de la fecha del registro antes de escribir a personas de esta fuente.",
    listingWithdrawn: "Su listado se retiró, pero el contrato puede seguir vigente.",
    statusUnconfirmed: "Nadie ha confirmado que su casa no esté listada.",
    statusStale: "Nadie ha revisado recientemente si su casa se volvió a listar.",
    inOtherCampaign: "Una campaña anterior está escribiendo a esta persona o a alguien de su propiedad.",
    coolOff: "Otra campaña le acaba de escribir. Hay una pausa antes del siguiente correo.",
    lastNote:
      "Un correo le dijo que era el último, así que tu oficina espera un tiempo fijo antes de volver a escribirle.",
    senderPaused: "El remitente está en pausa.",
    providerUnavailable:
      "El servicio de correo de tu oficina no responde o está en pausa. El correo saldrá cuando vuelva a estar disponible.",
    senderBusy: "Los correos del remitente salen espaciados y hay otros antes que este.",
    dailyCapReached: "El remitente llegó a su límite diario.",
    domainCapReached: "El remitente llegó a su límite diario para el dominio de este destinatario.",
    retrying: "El servicio de correo nos pidió esperar. Volveremos a intentarlo.",
    outcomeUnknown: "Aún no sabemos si el último intento salió, así que el correo no se vuelve a enviar.",
    missingVariables: "Este correo usa datos que faltan para este destinatario.",
    faultyEmail:
      "Este correo no se puede enviar como queda con los datos del destinatario. Saldrá cuando alguien cambie el correo o un dato.",
    factTooOld:
      "Este correo menciona un dato más antiguo de lo que permite tu oficina. Saldrá cuando tu CRM reporte uno más reciente o tú lo completes.",
    unattestedClaim:
      "Este correo afirma algo que tu oficina ya no confirma. Saldrá cuando un administrador lo confirme o alguien cambie el correo.",
  },
  faultyEmail: {
    subjectTooLong: `Con los datos del destinatario, el asunto de este correo pasa de ${limits.subjectLength} caracteres. Acórtalo para que salga.`,
    subjectEmpty:
      "Con los datos del destinatario, el asunto de este correo queda vacío. Escribe uno para que salga.",
    subjectIsAnswer:
      "Con los datos del destinatario, el asunto de este correo empieza como una respuesta. Cámbialo para que salga.",
    bodyEmpty:
      "Con los datos del destinatario, no queda nada del texto de este correo. Cámbialo para que salga.",
    tooLarge: "Con los datos del destinatario, este correo es demasiado grande. Acórtalo para que salga.",
  },
  factTooOld: (value, ageDays, mostDays) =>
    `“${value}” en este correo tiene ${ageDays} días, y el límite de tu oficina es ${mostDays}. El correo saldrá cuando tu CRM lo reporte de nuevo o tú lo completes.`,
  agentPaused: (agent, pausedBy) => `${pausedBy} pausó los envíos de ${agent}.`,
  inOtherCampaign: {
    person: (campaignName) =>
      `Está en “${campaignName}”, que se lanzó antes. Esta campaña continuará cuando aquella termine con esta persona.`,
    property: (campaignName) =>
      `“${campaignName}”, que se lanzó antes, está escribiendo a alguien de su propiedad. Esta campaña continuará cuando aquella termine ahí.`,
  },
};
