import type { Context } from "hono";
import type { LetterLanguage } from "../../shared/words/letter-language.ts";
import type { AppEnv } from "./request.ts";

/**
 * Returns the language of a page behind a link in an email. A link in a Spanish letter has the
 * parameter `lang=es`. For other links, the browser's preference between English and Spanish
 * decides.
 */
export function findPageLanguage(c: Context<AppEnv>): LetterLanguage {
  if (c.req.query("lang") === "es") return "es";
  const accepted = (c.req.header("accept-language") ?? "").split(",").map(readTag);
  const best = accepted.filter(({ language }) => language !== null).sort((a, b) => b.weight - a.weight)[0];
  return best?.language ?? "en";
}

/** Reads one part of the Accept-Language header, such as "es-MX;q=0.8". */
function readTag(part: string): { language: LetterLanguage | null; weight: number } {
  const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
  const weight = Number(/^q=([\d.]+)$/.exec(parameters.join("").trim())?.[1] ?? 1);
  const language = /^es(?:-|$)/.test(tag) ? "es" : /^en(?:-|$)/.test(tag) ? "en" : null;
  return { language: weight > 0 ? language : null, weight };
}
