/**
 * The Spanish texts of the answers to requests that the current state forbids, for example after
 * another person's change. The key of each text is the Worker's English text.
 */
export const conflictMessages = {
  "Someone else changed this in the meantime. Try again.":
    "Otra persona lo cambió mientras tanto. Inténtalo de nuevo.",
  "Someone else changed it in the meantime. Reload and try again.":
    "Otra persona lo cambió mientras tanto. Recarga e inténtalo de nuevo.",
  "Someone else changed the campaign. Try again.": "Otra persona cambió la campaña. Inténtalo de nuevo.",
  "Someone else changed the campaign. Reload it and try again.":
    "Otra persona cambió la campaña. Recárgala e inténtalo de nuevo.",
  "Someone else changed this reply in the meantime. Reload and try again.":
    "Otra persona cambió esta respuesta mientras tanto. Recarga e inténtalo de nuevo.",
  "This person hasn't replied yet.": "Esta persona aún no ha respondido.",
  "Someone else assigned this reply in the meantime. Reload and try again.":
    "Otra persona asignó esta respuesta mientras tanto. Recarga e inténtalo de nuevo.",
  "Someone else changed this email in the meantime. Reload and try again.":
    "Otra persona cambió este correo mientras tanto. Recarga e inténtalo de nuevo.",
  "Someone else edited this template in the meantime. Reload it and try again.":
    "Otra persona editó esta plantilla mientras tanto. Recárgala e inténtalo de nuevo.",
  "This task changed in the meantime. Reload and try again.":
    "Esta tarea cambió mientras tanto. Recarga e inténtalo de nuevo.",
  "This recipient changed in the meantime. Reload and try again.":
    "Este destinatario cambió mientras tanto. Recarga e inténtalo de nuevo.",
  "A template was deleted in the meantime. Reload and try again.":
    "Se borró una plantilla mientras tanto. Recarga e inténtalo de nuevo.",
  "Someone who needs approval was added. Reload the campaign and try again.":
    "Se agregó a alguien que necesita aprobación. Recarga la campaña e inténtalo de nuevo.",
  "The campaign is no longer waiting for approval.": "La campaña ya no espera aprobación.",
  "The campaign was launched in the meantime. Try again.":
    "La campaña se lanzó mientras tanto. Inténtalo de nuevo.",
  "The campaign is sending just now. Pause it, or try again in a minute.":
    "La campaña está enviando ahora mismo. Ponla en pausa o inténtalo en un minuto.",
  "Only the steps of a running campaign can be changed this way.":
    "Así solo se pueden cambiar los pasos de una campaña en marcha.",
  "This change of the steps can no longer be undone.": "Este cambio de los pasos ya no se puede deshacer.",
  "This can no longer be undone.": "Esto ya no se puede deshacer.",
  "It's too late to undo this. Choose another outcome instead.":
    "Ya es tarde para deshacerlo. Elige otro resultado.",
  "It’s too late to undo this. The email is on its way.":
    "Ya es tarde para deshacerlo. El correo está en camino.",
  "You can't do this in a campaign that is {status}.": "No se puede en una campaña que está {status}.",
  "You can't add recipients to a campaign that is {status}.":
    "No puedes agregar destinatarios a una campaña que está {status}.",
  "A campaign that is {status} can't become {wanted}.":
    "Una campaña que está {status} no puede quedar {wanted}.",
  "Your office has reached the limit for signing keys. Delete one first.":
    "Tu oficina llegó al límite de claves de firma. Borra una primero.",
  "This is your office's only signing key. Create another one first.":
    "Esta es la única clave de firma de tu oficina. Crea otra primero.",
  "No contact of this property is known. Open the property to add one.":
    "No se conoce ningún contacto de esta propiedad. Abre la propiedad para agregar uno.",
  "Someone else started or dismissed this in the meantime.":
    "Otra persona ya la empezó o la descartó mientras tanto.",
  "Add a recipient before you launch.": "Agrega un destinatario antes de lanzar.",
  "Resume the campaign first. You can confirm late emails when you resume it.":
    "Primero reanuda la campaña. Al reanudarla puedes confirmar los correos atrasados.",
  "Pause the campaign first; resuming it can change this.":
    "Primero pon la campaña en pausa; al reanudarla puede cambiar.",
  "The campaign's end date has passed.": "La fecha de fin de la campaña ya pasó.",
  "The campaign has ended, so no one is left to get this email.":
    "La campaña terminó, así que nadie más recibe este correo.",
  "Only a draft or an archived campaign can be deleted.":
    "Solo se puede borrar un borrador o una campaña archivada.",
  "A campaign that has sent emails stays in the archive. The unsubscribe links and reply addresses in the emails it sent still need it.":
    "Una campaña que ya envió correos queda en el archivo. Los enlaces para cancelar y las direcciones de respuesta de esos correos la necesitan.",
  "A campaign can have at most {most} recipients.":
    "Una campaña puede tener {most} destinatarios como máximo.",
  "This campaign is full. Create another one for these recipients.":
    "Esta campaña está completa. Crea otra para estos destinatarios.",
  "Campaign {id}, “{name}”, has the same recipients and steps. To make another, send an Idempotency-Key.":
    "La campaña {id}, “{name}”, tiene los mismos destinatarios y pasos.",
  "This recipient has no email address, so they haven't been emailed.":
    "Este destinatario no tiene correo electrónico, así que no se le ha escrito.",
  "This recipient isn't linked to a property.": "Este destinatario no está unido a ninguna propiedad.",
  "This recipient has finished the campaign.": "Este destinatario ya terminó la campaña.",
  "Emails to this recipient bounced. Enter another address first.":
    "Los correos a este destinatario rebotaron. Escribe antes otra dirección.",
  "The email address can't be changed to this one.": "No se puede cambiar a esta dirección de correo.",
  "Their next email is missing: {details}. Fill this in, and their emails continue.":
    "A su próximo correo le falta: {details}. Complétalo y sus correos siguen.",
  "Only an active recipient can be snoozed.": "Solo se puede posponer a un destinatario activo.",
  "Only a sequence that a reply stopped can continue on a later day.":
    "Solo una secuencia que detuvo una respuesta puede seguir otro día.",
  "There are no emails left in this campaign. Choose a reminder instead.":
    "No quedan correos en esta campaña. Elige mejor un recordatorio.",
  "Send now works only for an active recipient of an active campaign.":
    "Enviar ahora solo funciona con un destinatario activo de una campaña activa.",
  "Only an active campaign can send now.": "Solo una campaña activa puede enviar ahora.",
  "No emails can go out while outreach is stopped. Resume it first.":
    "No sale ningún correo mientras los envíos están detenidos. Reanúdalos primero.",
  "{name} is paused as a sender. Resume the sender first.":
    "{name} está en pausa como remitente. Reanuda el remitente primero.",
  "No email account can send from this address. Ask an administrator.":
    "Ninguna cuenta de correo puede enviar desde esta dirección. Pregunta a un administrador.",
  "This sender has reached today’s limit. Answer from your mailbox, or tomorrow.":
    "Este remitente llegó al límite de hoy. Responde desde tu buzón, o mañana.",
  "The subject or a name has characters that an email can’t carry.":
    "El asunto o un nombre tiene caracteres que un correo no admite.",
  "This person hasn’t replied, so there’s nothing to answer.":
    "Esta persona no ha respondido, así que no hay nada que contestar.",
  "This sender's own mailbox is on the do-not-email list.":
    "El propio buzón de este remitente está en la lista de no escribir.",
  "This email couldn't be created.": "No se pudo crear este correo.",
  "There's no provider account to send through. Add one first.":
    "No hay ninguna cuenta de proveedor con la que enviar. Agrega una primero.",
  "The test email was refused: {detail}": "El correo de prueba fue rechazado: {detail}",
  "Only a running campaign can continue with one wording.":
    "Solo una campaña en marcha puede seguir con una sola redacción.",
  "The step has no such wording any more; look again.": "El paso ya no tiene esa redacción; vuelve a mirar.",
  "Someone else changed how this reply is marked. Reload and try again.":
    "Otra persona cambió la marca de esta respuesta. Recarga e inténtalo de nuevo.",
  "They asked for no more emails. That stays in effect, however this reply is marked.":
    "Pidió no recibir más correos, y eso sigue vigente, se marque como se marque esta respuesta.",
  "The service refused ({detail}). The API key needs permission to change webhooks.":
    "El servicio se negó ({detail}). La clave de la API necesita permiso para cambiar webhooks.",
  "There's already a sender with this address.": "Ya hay un remitente con esta dirección.",
  "This letter belongs to a sequence. Change it there.":
    "Este correo pertenece a una secuencia. Cámbialo allí.",
  "An unfinished campaign uses this template.": "Una campaña sin terminar usa esta plantilla.",
  "An office can have at most {most} lists. Delete one first.":
    "Una oficina puede tener {most} listas como máximo. Borra una primero.",
  "An office can have at most {most} snippets. Delete one first.":
    "Una oficina puede tener {most} fragmentos como máximo. Borra uno primero.",
  "Emails use this snippet. Remove it from them first.":
    "Hay correos que usan este fragmento. Quítalo de ellos primero.",
  "More than {most} emails in running campaigns use this snippet, so it can't be changed right now.":
    "Más de {most} correos de campañas en marcha usan este fragmento, así que ahora no se puede cambiar.",
  "A preset stays in the office's list.": "Una secuencia incluida queda en la lista de la oficina.",
  "Your CRM has not told us your email address.": "Tu CRM no nos ha dado tu correo electrónico.",
} as const;
