/*
 * The words of mail systems, in many languages, for an email that was not delivered or is delayed.
 * `\b` knows only ASCII letters, so only patterns of English words have `\b`.
 */

const flags = "iu";
const anyOf = (...parts: readonly RegExp[]) => new RegExp(parts.map(({ source }) => source).join("|"), flags);

const undelivered = anyOf(
  /undeliver|not delivered|(?:could ?n[o']t|cannot|can't|unable to|wasn't|failed to) (?:be )?deliver|delivery (?:status|failure|failed|problem|report|has failed|incomplete|delayed|notification|error|unsuccessful)/u,
  /mail delivery|message delivery|(?:failure|warning|delivery|bounce|non-?delivery) notice|returned (?:mail|to sender|message)|return to sender|delayed mail|mail (?:failure|error|system error|returned)|failed (?:mail|message|delivery)|message (?:delayed|rejected|status|undelivered|bounced|blocked)|bounced (?:mail|message)|failure to deliver|non-?deliver|user unknown|recipient unknown|^rejected:/u,
  /unzustellbar|(?:nicht|un)zugestellt|(?:nicht|konnte nicht) zu(?:gestellt|stellbar)|nicht zustellbar|zustellung|zustellfehler|mailzustell|nachricht konnte nicht/u,
  /non[ -](?:remis|distribu|d[ée]livr)|(?:échec|erreur|retard) (?:de|d'|dans) ?(?:la )?(?:remise|distribution|livraison|envoi)|n'a pas pu être (?:remis|distribu|livr|envoy)|état de (?:la )?(?:remise|distribution)|courrier (?:non|refusé)/u,
  /no (?:se (?:ha )?(?:pudo|puede|podido) )?(?:entreg|enviar)|(?:error|fallo|fallido|problema|retraso|aviso)s? (?:de|en) (?:la )?entrega|entrega (?:fallida|retrasada|no)|correo devuelto|devuelto al remitente|mensaje no entregado/u,
  /mancato recapito|mancata consegna|impossibile (?:recapitare|consegnare)|(?:errore|ritardo|notifica) (?:di|nella) (?:consegna|recapito)|non (?:recapit|consegnat)|messaggio respinto/u,
  /não (?:foi )?(?:possível )?(?:entreg|enviad)|(?:falha|erro|atraso|problema) (?:de|na) entrega|devolvid[oa]/u,
  /onbestelbaar|niet (?:bezorg|afgelever|besteld)|(?:bezorg|aflever|bestel)(?:ing)?(?:s)?(?:fout|probleem|status|rapport|mislukt)|kan niet worden bezorgd|bezorging mislukt/u,
  /(?:ej|inte|ikke) (?:levere|kunne leveres)|olevere|kan (?:inte|ikke) leverere|går inte att leverera|leverans(?:fel|status|problem|misslyck)|levering(?:s)?(?:fejl|feil|status|mislyk)|(?:mislykket|mislykkedes|misslyckad) lever|kunne ikke leveres|returneret/u,
  /toimit(?:us|tami|ettu).{0,20}(?:epäonn|ei)|ei (?:voitu|voida) toimittaa|perille toimittamaton/u,
  /niedostarcz|nie (?:można|udało się|mogła|został[ay]?).{0,20}(?:dostarcz|doręcz)|niepowodzenie (?:dostarcz|doręcz)|zwrot (?:wiadomości|poczty)/u,
  /nedoruč|nepodařilo se doruč|kézbesíthetetlen|sikertelen kézbesítés|nelivrat|teslim edilemedi|iletilemedi|δεν (?:παραδόθηκε|ήταν δυνατή)|αποτυχία παράδοσης/u,
  /не (?:удалось|доставлен|может быть) ?(?:доставить|доставлен)?|недоставлен|ошибка доставки|не вдалося доставити|недоставка|возврат/u,
  /配信(?:不能|できません|エラー|失敗|不可)|送信(?:できません|エラー|失敗)|お届けできません|配送(?:エラー|不能|失敗)|未配信|宛先不明|未送达|无法(?:投递|送达|发送|传递)|退信|投递(?:失败|状态)|傳遞失敗|無法(?:傳遞|投遞|送達|傳送)|退件|未傳遞|未传递|전송(?: ?실패|되지)|배달(?: ?실패|되지|할 수)|반송/u,
);

const mailSystem =
  /^(?:mailer-daemon|postmaster|mail-?delivery|mdaemon|mail-?daemon|mailer|bounces?|delivery)\b/i;

/**
 * Tells whether a From address belongs to a mail system. Some mail systems write no From address.
 */
export const isMailSystemAddress = (from: string) => from === "" || mailSystem.test(from);

/**
 * Tells whether an email that is not an RFC 3464 report says in words that a delivery failed or is
 * delayed.
 */
export function isBounceNotice(email: { from: string; envelopeFrom: string; subject: string }): boolean {
  return (
    (email.envelopeFrom === "" || isMailSystemAddress(email.from)) && isUndeliveredSubject(email.subject)
  );
}

/** Tells whether a subject says that an email could not be delivered, or is delayed. */
export function isUndeliveredSubject(subject: string): boolean {
  return undelivered.test(subject.replaceAll("’", "'").trim());
}

const givenUp = anyOf(
  /permanent(?:ly)? (?:error|fail)|failed permanently|(?:given|giving|gave) up|not going to try again|no further (?:attempts|delivery)|will not (?:be retried|retry|try)|(?:has|was|is) (?:undeliverable|returned|expired)/u,
  /(?:could not|couldn't|cannot) be delivered (?:for|after|within|in)|returning message|too long in|retry time(?:out)? exceeded|endgültig|abandonn|definitiv|definitief/u,
);

const stillTrying = anyOf(
  /(?:has been|is|was|being|delivery|message|mail|transmission) ?(?:\w+ )?delayed|delayed (?:mail|\d)|\(delay\)|(?:will|shall) be retried|do(?: not|n't) need to resend|still (?:being )?(?:retr|try|in the queue)|will keep trying|this is (?:only )?a warning|warning message only|warning:? (?:message|could not|mail|delivery)/u,
  /(?:will|attempts will|shall) (?:be )?continu|continue (?:to )?(?:try|attempt|trying|retry)|will (?:be tried|try|retry|attempt)(?: to| again| for| your| the)|not (?:been )?delivered yet|not yet (?:been )?delivered|further attempts will|temporarily delayed|retry(?:ing)? (?:delivery|for|until|the)|no action is required/u,
  /verzöger|noch nicht zugestellt|weitere(?:n)? (?:zustell)?versuch|weiterhin versucht|retardé|différé|retard de|nouvelles tentatives|(?:se )?retrasad|demorad|diferid|seguir(?:á|emos) intent|ritardat|in ritardo|ritardo nella|ulteriori tentativi|vertraagd|nieuwe pogingen|atrasad|adiad|novas tentativas/u,
  /försena|forsinke|ytterligare försök|flere forsøg|opóźni|kolejne próby|viivästy|zpožděn|késik|задерж|отложен|ecikti|καθυστέρ|遅延|遅れて|再送|延迟|延遲|稍后重试|지연/u,
);

/**
 * Tells whether a notice says that the mail system is still trying. Also returns true for a 4xx
 * code if neither the subject nor the words name a failed delivery.
 * @param isTransient true if the server gave a 4xx code
 */
export function isDelayNotice(subject: string, words: string, isTransient: boolean): boolean {
  const said = `${subject}\n${words}`.replaceAll("’", "'");
  if (givenUp.test(said)) return false;
  return stillTrying.test(said) || (isTransient && !undelivered.test(subject) && !undelivered.test(words));
}
