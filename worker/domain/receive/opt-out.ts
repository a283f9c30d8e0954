import { type Clause, splitClauses } from "./clauses.ts";
import { foldText } from "./fold-text.ts";
import { dutchOptOutWords } from "./opt-out-words/dutch.ts";
import { englishOptOutWords } from "./opt-out-words/english.ts";
import { frenchOptOutWords } from "./opt-out-words/french.ts";
import { germanOptOutWords } from "./opt-out-words/german.ts";
import { italianOptOutWords } from "./opt-out-words/italian.ts";
import { type OptOutWords, removeDoubledLetters } from "./opt-out-words/opt-out-words.ts";
import { isOtherMatter } from "./opt-out-words/other-matters.ts";
import { politeQuestions, requestCourtesies } from "./opt-out-words/plain-requests.ts";
import { almostDidPattern, doubtWords } from "./opt-out-words/roundabout.ts";
import { silenceLookalikes } from "./opt-out-words/silence.ts";
import { spanishOptOutWords } from "./opt-out-words/spanish.ts";
import { classifyOptOutRequest } from "./request-grammar/read-requests.ts";

/**
 * The meaning of an email as a request to unsubscribe.
 * - optOut: the writer asks for no more emails, and for nothing else.
 * - doubtful: the writer may ask for no more emails, and a person should decide.
 * - none: the email is no such request.
 */
export type OptOutMeaning = "optOut" | "doubtful" | "none";

const languages: readonly OptOutWords[] = [
  englishOptOutWords,
  germanOptOutWords,
  spanishOptOutWords,
  frenchOptOutWords,
  dutchOptOutWords,
  italianOptOutWords,
];

/**
 * Commands such as "no more". A text that is only one of these commands, or little more than a
 * command and a name, is an opt-out.
 */
const commands = new Set(
  [
    "discontinue, cease, desist, cease and desist, go away, just go away, get lost, buzz off, bug off, back off, shove off, piss off, no spam, enough, enough already, no more, no more please, blocked, delete me, drop me, do not contact, do not email, no contact, dnc",
    "schluss, schluss damit, schluss jetzt, aufhoren, hor auf, horen sie auf, lassen sie das, lass das, hau ab, verschwinde, verschwinden sie, keine werbung, keine werbung bitte, kein interesse abmelden, loschen bitte, nein abmelden",
    "fuera, dejenme, larguense, vayanse, no molestar, no molesten, no molesten mas, desuscribir, desuscribirme, desuscribanme, cese, cesen, no mas, ya no mas, ni uno mas",
    "degagez, cessez, arretez ca, foutez-moi la paix, fichez-moi la paix, laissez-moi, stop mail, stop mails, stop pub, plus de mails, desinscription svp",
    "ga weg, hoepel op, rot op, ophouden, hou op, houd op, stop ermee, kap ermee, geen mails meer, geen reclame",
    "andatevene, sparite, lasciatemi stare, basta cosi, basta mail, basta email, niente piu, smettila, finitela, piantatela, disiscrivetemi",
    "delete, stopall, off list, off the list, off your list, block me, block me from your list, i revoke consent, i revoke my consent, consent revoked, stop, stop all, stop it, stop this, stop please, please stop, stop now, stop email, stop emails, stop mail, end, quit, cancel, remove",
    "remove please, please remove, removal, remove me, unsubscribe, unsub, unsubscribe please, please unsubscribe, please unsub, optout, opt out, opt-out, take me off, off",
    "abmelden, abbestellen, austragen, loschen, stopp, stop bitte, bitte stoppen, abmeldung, kundigen",
    "baja, de baja, darse de baja, dar de baja, cancelar, cancelar suscripcion, alto, basta, parar, eliminar, borrar",
    "desabonner, se desabonner, desabonnement, desinscrire, desinscription, me desabonner, supprimer, retirer, arret, arretez",
    "afmelden, uitschrijven, stoppen, verwijderen, afmelding, uitschrijving, graag uitschrijven, graag afmelden",
    "disiscrivi, cancellami, disiscrizione, disiscrivere, cancellazione, rimuovere, rimuovimi, annulla iscrizione, smettetela, cancella",
    "cancelar inscricao, avregistrera, wypisz, 配信停止",
  ]
    .join(", ")
    .split(", "),
);
/**
 * Matches a clause that begins with a command that asks for nothing but an opt-out, such as
 * "unsubscribe".
 */
const clearCommand =
  /^(?:please )?(?:unsubscribe|unsub|opt-?out|desabonnement|desinscription|disiscrivetemi)\b/;
const courtesies =
  /\b(?:please|pls|plz|thanks|thank you|thx|now|immediately|asap|bitte|danke|sofort|por favor|gracias|ya|s'il vous plait|svp|merci|aub|alstublieft|alsjeblieft|graag|bedankt|per favore|grazie|subito|stop)\b/g;

/** The most words of an email that is an opt-out. A longer email is about more than an opt-out. */
const maxWords = 120;
const maxContextWords = 70;
/**
 * A limit is a word that restricts a request or asks for something else, such as "until" or "call".
 * A clause begins with a limit if at most this many letters, such as "please" or "you can", stand
 * before the limit.
 */
const maxLeadingLetters = 12;

/**
 * Returns the meaning of an email as a request to unsubscribe, in any of the languages.
 * @param words the writer's own words, without quotes
 * @param subject the whole subject, with prefixes such as "Re:"
 */
export function interpretOptOut(words: string, subject: string): OptOutMeaning {
  const clauses = splitClauses(words.slice(0, 4000)).filter(
    ({ sentence, isQuestion }) => !isOtherMatter(sentence.text, isQuestion),
  );
  const total = clauses.reduce((sum, clause) => sum + clause.words.length, 0);
  const inSubject = splitClauses(subject.slice(0, 200).replace(/^(?:\s*[a-z]{2,3}\s*:)+/i, ""));
  const sorted = languages.map((language) => sortClauses(language, clauses));
  // A command may be the same word in several languages, so a limit in any language counts.
  const hasLimit = sorted.some((each) => each.some(({ kind }) => kind === "limit" || kind === "almost"));
  const readings = sorted.map((each, index) =>
    readSorted(languages[index] as OptOutWords, each, total, hasLimit),
  );
  if (readings.includes("optOut")) return "optOut";
  const isLimit = (sentence: Clause["sentence"]) =>
    sorted.some((each) => each.some(({ kind, clause }) => kind === "limit" && clause.sentence === sentence));
  const byGrammar = total <= maxWords ? classifyOptOutRequest(clauses, isLimit) : "none";
  if (byGrammar === "optOut") return "optOut";
  if (readings.includes("doubtful")) return "doubtful";
  const bySubject = readSubject(inSubject, clauses, total);
  return bySubject === "none" ? byGrammar : bySubject;
}

/**
 * Returns the meaning of the subject as a request to unsubscribe. If the text is long, asks a
 * question or limits the request, a request in the subject is doubtful.
 */
function readSubject(subject: readonly Clause[], text: readonly Clause[], total: number): OptOutMeaning {
  const asks = languages.some(
    (language) => readSorted(language, sortClauses(language, subject), 0, false) === "optOut",
  );
  if (!asks) return "none";
  const isCalm = languages.every((language) =>
    text.every((clause) => {
      const kind = kindOf(language, clause);
      return kind !== "limit" && (kind === "aside" || !clause.isQuestion);
    }),
  );
  return isCalm && total <= 25 ? "optOut" : "doubtful";
}

/** Tells whether the text is nothing but a command such as "unsubscribe". */
export function isOptOutCommand(words: string): boolean {
  return (
    words.length <= 100 &&
    isCommand(
      foldText(words)
        .replace(/[\s.!,"'*]+/g, " ")
        .trim(),
    )
  );
}

function isCommand(text: string): boolean {
  return commands.has(text) || commands.has(text.replace(courtesies, "").replace(/\s+/g, " ").trim());
}

type Kind = "explicit" | "command" | "almost" | "aside" | "limit" | "name" | "other";
type Sorted = { kind: Kind; clause: Clause };

function readSorted(
  language: OptOutWords,
  sorted: readonly Sorted[],
  total: number,
  hasLimit: boolean,
): OptOutMeaning {
  const has = (...kinds: Kind[]) => sorted.some(({ kind }) => kinds.includes(kind));
  if (!has("explicit", "command")) return has("almost") ? "doubtful" : "none";
  if (!has("explicit")) {
    // "Stop" or "Cancel" can begin a sentence about anything.
    if (hasLimit) return "doubtful";
    const others = sorted.filter(({ kind }) => kind === "other");
    const isClear = sorted.some(({ clause }) => clearCommand.test(clause.text));
    const said = sorted.filter(({ kind }) => kind !== "aside" && kind !== "name");
    const isAtEnd = [said[0], said.at(-1)].some((each) => each?.kind === "command");
    const isCalm = others.every(({ clause }) => !clause.isQuestion);
    if (others.length === 0 || (isAtEnd && isCalm && total <= (isClear ? 25 : 10))) return "optOut";
    return total <= 25 ? "doubtful" : "none";
  }
  if (total > maxWords || sorted.some((each, index) => isLimiting(language, sorted, each, index)))
    return "doubtful";
  const others = sorted.filter(({ kind }) => kind === "other");
  if (others.some(({ clause }) => clause.isQuestion)) return "doubtful";
  const context = others.reduce((sum, { clause }) => sum + clause.words.length, 0);
  return context <= maxContextWords ? "optOut" : "doubtful";
}

/**
 * Tells whether a clause limits the request. A sentence before the request is often just a story.
 * So a limit in a sentence before the request counts only if its clause asks a question or begins
 * with the limit. In "call me on Monday", the clause begins with the limit "call".
 */
function isLimiting(
  language: OptOutWords,
  sorted: readonly Sorted[],
  { kind, clause }: Sorted,
  index: number,
): boolean {
  if (kind === "almost") {
    return isLimited(language, clause.sentence.text) || doubtWords.test(clause.sentence.text);
  }
  if (kind !== "limit") return false;
  const request = sorted.findIndex((each) => each.kind === "explicit");
  if (index > request || clause.sentence === sorted[request]?.clause.sentence || clause.isQuestion)
    return true;
  return (language.limits.exec(clause.text)?.index ?? 0) <= maxLeadingLetters;
}

/** Returns the kind of each clause, by the words of one language. */
function sortClauses(language: OptOutWords, clauses: readonly Clause[]): Sorted[] {
  return groupBySentence(clauses).flatMap((parts) => sortSentence(language, parts));
}

/**
 * Returns the kinds of a sentence's clauses, or one kind if the sentence is a request only as a
 * whole.
 */
function sortSentence(language: OptOutWords, parts: readonly Clause[]): Sorted[] {
  const sorted = sortParts(language, parts);
  const [clause] = parts;
  if (clause === undefined || sorted.some(({ kind }) => kind === "explicit")) return sorted;
  const kind = readSentence(language, clause.sentence.text);
  if (kind === null) return sorted;
  // Languages share words such as "stop", so a limit in any language counts.
  const isDoubtfulElsewhere = languages.some(
    (each) =>
      each !== language &&
      (readSentence(each, clause.sentence.text) === "almost" ||
        sortParts(each, parts).some((part) => part.kind === "almost")),
  );
  return [{ kind: isDoubtfulElsewhere ? "almost" : kind, clause }];
}

const sortParts = (language: OptOutWords, parts: readonly Clause[]) =>
  parts.flatMap((part) => sortClause(language, part)).map(doubtHedged);

/**
 * Returns the kind of the request that a sentence makes as a whole. Returns null if the whole
 * sentence makes no request.
 */
function readSentence(language: OptOutWords, sentence: string): "explicit" | "almost" | null {
  const text = sentence.replace(requestCourtesies, " ");
  const match =
    language.roundabout.exec(sentence) ??
    (language.refusedRequests.test(text)
      ? null
      : (language.plain.exec(text) ?? (silenceLookalikes.test(text) ? null : language.silence.exec(text))));
  if (match === null) return null;
  const { index, input } = match;
  const rest = `${input.slice(0, index)} ${input.slice(index + match[0].length)}`;
  return isLimited(language, rest.replace(politeQuestions, " ")) ||
    doubtWords.test(text) ||
    almostDidPattern.test(sentence)
    ? "almost"
    : "explicit";
}

/**
 * Makes a request doubtful if its writer is not sure, as in "maybe take me off the list". A request
 * is doubtful too if its writer only nearly made the request, as in "I was about to unsubscribe".
 */
function doubtHedged(sorted: Sorted): Sorted {
  const { kind, clause } = sorted;
  const isHedged = doubtWords.test(clause.text) || almostDidPattern.test(clause.sentence.text);
  return kind === "explicit" && isHedged ? { ...sorted, kind: "almost" } : sorted;
}

function groupBySentence(clauses: readonly Clause[]): Clause[][] {
  const groups: Clause[][] = [];
  for (const clause of clauses) {
    const last = groups.at(-1);
    if (last?.[0]?.sentence === clause.sentence) last.push(clause);
    else groups.push([clause]);
  }
  return groups;
}

/**
 * Returns the kind of a clause. If a conjunction joins several parts and one part is a request,
 * returns the kind of each part.
 */
function sortClause(language: OptOutWords, clause: Clause): Sorted[] {
  const kind = kindOf(language, clause);
  if (kind === "explicit" || kind === "command" || kind === "name") return [{ kind, clause }];
  const parts = clause.text.split(language.conjunction);
  if (parts.length < 2) return [{ kind, clause }];
  const sorted = parts.map((text) => {
    const part = { ...clause, text: text.trim(), words: text.trim().split(" "), isNameLike: false };
    return { kind: kindOf(language, part), clause: part };
  });
  const isSplit = sorted.some((part) => part.kind === "explicit" || part.kind === "command");
  return isSplit ? sorted : [{ kind, clause }];
}

/**
 * Tells whether a clause has a request that unknown words can't make doubtful, such as "unsubscribe
 * me". A clause that limits the request has no such request.
 */
function isUnmistakable(language: OptOutWords, text: string): boolean {
  const match = language.unmistakable.exec(text);
  if (match === null || language.refusedRequests.test(text)) return false;
  const after = text.slice(match.index + match[0].length);
  return (
    !isLimited(language, `${text.slice(0, match.index)} ${after}`) &&
    !/^ (?:about|regarding|at|in|on|for|to|uber|zu|bei|sobre|en|para|a|sur|pour|a|au|over|voor|op|naar|su|per|al|alla) /.test(
      after,
    )
  );
}

/** Tells whether a clause limits its own request. "If you would" is no limit, only polite. */
function isLimited(language: OptOutWords, text: string): boolean {
  const plain = text
    .replace(requestCourtesies, " ")
    .replace(/\bif you(?: (?:would|could|can|will)\b|\s*$|\s\s)/, " ");
  return language.limits.test(plain) || language.times.test(plain);
}

/**
 * Matches a word after which an unknown word limits the request, as in "about condos" or "at work".
 */
const limitingWords =
  /\b(?:about|regarding|concerning|in|at|to|of|for|with|before|after|by|during|on|uber|zu|zum|vor|nach|bei|fur|wahrend|wegen|im|am|sobre|para|en|de|del|a|al|antes|durante|sur|pour|avant|dans|au|aux|du|pendant|chez|over|voor|op|tijdens|naar|bij|na|su|per|prima|di|da|durante|als|et|and|und|y|e|o|or|ou|en|oder) (?:the |my |our |der |die |das |dem |den |el |la |los |las |le |les |il |lo |gli |de |het |een )?$/;

/**
 * Tells whether the word is in the language's vocabulary of requests. Spelled-out umlauts and
 * doubled letters make no difference.
 */
function isKnown(language: OptOutWords, word: string): boolean {
  const plain = word.replace(/([aou])e/g, "$1");
  const forms = [word, plain, removeDoubledLetters(word), removeDoubledLetters(plain)];
  return forms.some((form) => language.vocabulary.has(form) || language.stems.test(form));
}

function kindOf(language: OptOutWords, { text, words, isNameLike, isQuestion }: Clause): Kind {
  if (isCommand(text)) return isQuestion ? "other" : "command";
  const asks = language.requests.test(text) && !language.refusedRequests.test(text);
  const strange = words.filter((word) => !/^\d+$/.test(word) && !isKnown(language, word));
  const [first] = strange;
  if (isUnmistakable(language, text)) return "explicit";
  if (asks && first === undefined) {
    return language.explicit.test(text) || words.length >= 5 ? "explicit" : "command";
  }
  if (asks && strange.length <= 4 && !language.asides.test(text)) {
    const isHarmless =
      strange.length === 1 &&
      first !== undefined &&
      language.emails.test(text) &&
      !isLimited(language, text) &&
      !limitingWords.test(text.slice(0, text.indexOf(first)));
    return isHarmless ? "explicit" : "almost";
  }
  if (language.asides.test(text)) return "aside";
  const isName = isNameLike && words.length >= 2 && words[0] === first;
  if (!isName && language.limits.test(text)) return "limit";
  if (first === undefined) return "aside";
  if (/^(?:x(?:phone|link|address)|tel|cell|mobile|office|fax|m|c|t|o|p|e)(?: |$)/.test(text)) return "aside";
  return isNameLike ? "name" : "other";
}
