import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import { englishSourceNames } from "../../../shared/words/source-names.ts";
import { spanishReasonTexts } from "../../../shared/words/spanish-reason-texts.ts";
import { spanishSourceNames } from "../../../shared/words/spanish-source-names.ts";

type Texts = Readonly<Record<string, string>>;

const pair = (english: Texts, spanish: Texts): Texts =>
  Object.fromEntries(Object.entries(english).map(([code, text]) => [text, spanish[code] ?? text]));

const { stop, skip, pause, hold, faultyEmail, factTooOld, agentPaused, inOtherCampaign } = englishReasonTexts;
const spanish = spanishReasonTexts;
const slot = "{campaign}";

/**
 * The Spanish texts of every reason and of every source of contacts, by the English text. The
 * reasons are for stops, skipped emails, pauses and the like.
 */
export const spanishReasons: Texts = {
  ...pair(stop, spanish.stop),
  ...pair(skip, spanish.skip),
  ...pair(pause, spanish.pause),
  ...pair(hold, spanish.hold),
  ...pair(faultyEmail, spanish.faultyEmail),
  ...pair(englishSourceNames, spanishSourceNames),
  [factTooOld("{value}", "{age}", "{most}")]: spanish.factTooOld("{value}", "{age}", "{most}"),
  [agentPaused("{agent}", "{by}")]: spanish.agentPaused("{agent}", "{by}"),
  [inOtherCampaign.person(slot)]: spanish.inOtherCampaign.person(slot),
  [inOtherCampaign.property(slot)]: spanish.inOtherCampaign.property(slot),
  "is required": "es obligatorio",
  "are required": "son obligatorias",
  "must include an email": "deben incluir un correo",
  "says that it is the last email, but another email follows":
    "dice que es el último correo, pero le sigue otro",
  "1 email goes out before it from this sender.": "Antes sale 1 correo de este remitente.",
  "At least {count} emails go out before it from this sender.":
    "Antes salen al menos {count} correos de este remitente.",
  "{count} emails go out before it from this sender.": "Antes salen {count} correos de este remitente.",
};
