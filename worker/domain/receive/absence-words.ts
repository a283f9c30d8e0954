/*
 * The words for months, weekdays and returns in the languages of `absence.ts`, folded: lower case,
 * without accents.
 */

/** The names and common abbreviations of the twelve months in all languages, January first. */
const months = [
  "january|jan|januar|janner|janvier|janv|enero|ene|januari|gennaio|gen|janeiro",
  "february|feb|febr|februar|fevrier|fevr|fev|febrero|februari|febbraio|febb|fevereiro",
  "march|mar|marz|mrz|mars|marzo|maart|mrt|marco",
  "april|apr|avril|avr|abril|abr|aprile",
  "may|mai|mayo|mei|maggio|mag|maio",
  "june|jun|juni|juin|junio|giugno|giu|junho",
  "july|jul|juli|juillet|juil|julio|luglio|lug|julho",
  "august|aug|aout|agosto|ago|augustus",
  "september|sep|sept|septembre|septiembre|settembre|set|sett|setembro",
  "october|oct|okt|oktober|octobre|octubre|ottobre|ott|outubro",
  "november|nov|novembre|noviembre|novembro",
  "december|dec|dez|dezember|decembre|diciembre|dic|dicembre|dezembro",
];
/** The names and common abbreviations of the weekdays in all languages, Monday first. */
const weekdays = [
  "monday|mon|montag|lunes|lundi|maandag|lunedi",
  "tuesday|tue|tues|dienstag|martes|mardi|dinsdag|martedi",
  "wednesday|wed|mittwoch|miercoles|mercredi|woensdag|mercoledi",
  "thursday|thu|thurs|donnerstag|jueves|jeudi|donderdag|giovedi",
  "friday|fri|freitag|viernes|vendredi|vrijdag|venerdi",
  "saturday|sat|samstag|sonnabend|sabado|samedi|zaterdag|sabato",
  "sunday|sun|sonntag|domingo|dimanche|zondag|domenica",
];

function numberWords(groups: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    groups.flatMap((group, index) => group.split("|").map((word): [string, number] => [word, index + 1])),
  );
}

/** The number of a month by its name; January is 1. */
export const monthNumbers = numberWords(months);
/** The number of a weekday by its name; Monday is 1. */
export const weekdayNumbers = numberWords(weekdays);
export const monthPattern = [...monthNumbers.keys()].toSorted((a, b) => b.length - a.length).join("|");
export const weekdayPattern = [...weekdayNumbers.keys()].toSorted((a, b) => b.length - a.length).join("|");

/** Matches words that stand before the day on which the writer is back. */
export const returnWords =
  /\b(?:back|reopens?|reopening|reapertura|reabrimos|reouverture|rouvrons|rouvre|heropen\w*|riapr\w+|return|returning|returns|returned|resume|resuming|reachable again|available again|wieder|zuruck|ruckkehr|erreichbar ab|erreichbar|regreso|regresare|regresar|regresamos|vuelvo|volvere|vuelta|reincorpor\w+|retour|reviens|reviendrai|rentre|reprise|terug|weer|terugkomst|rientro|rientrero|ritorno|tornero|torno|di nuovo|disponibile)\b/g;

/**
 * Matches a "from" that stands before the day of the return, if a word for "again" follows, as in
 * "ab Montag wieder" ("again from Monday").
 */
export const againFromWords =
  /\b(?:ab|as of|from|a partir del?|a partir du|vanaf|des le|dal)\b(?=.{0,60}\b(?:wieder|again|de nuevo|nuevamente|a nouveau|weer|di nuovo|nuovamente)\b)/g;

/** Matches words that stand before the last day of the absence. */
export const untilWords =
  /\b(?:until|till|til|'til|through|thru|up to|bis|einschliesslich|hasta|jusqu'au|jusqu'a|jusqu'|jusque|tot en met|tot|t\/m|t\.e\.m\.?|fino al|fino all'|fino a|sino al|ate)(?=\s|\d|[a-z])/g;

/** Matches words that stand between the first and the last day of the absence. */
export const rangeWords =
  /(?<=[\da-z.])\s?(?:-|\bto\b|\bbis\b|\bal\b|\bau\b|\btot\b|\bt\/m\b|\ba\b|\band\b)\s?/g;

/** Matches words that say that the last day belongs to the absence. */
export const inclusiveWords =
  /^(?:through|thru|tot en met|t\/m|t\.e\.m)|\b(?:inclusive|included|einschliesslich|einschl|inklusive|incl|inclusive|inclusief|inclus|compreso|incluso|incluido)\b/;

export const tomorrowWords =
  /^(?:[a-z]+ ){0,3}(?:tomorrow|demain|manana|domani)\b|^(?:ab |am |op |vanaf )?morgen\b(?! fruh)/;
export const nextWeekWords =
  /^(?:[a-z]+ ){0,2}(?:next week|nachste[rn]? woche|kommende[rn]? woche|(?:la )?proxima semana|semana que viene|(?:la )?semaine prochaine|volgende week|(?:la )?(?:prossima settimana|settimana prossima))\b/;
