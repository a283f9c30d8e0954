import type { RecipientSource } from "../../shared/vocabulary.ts";
import { englishSourceNames } from "../../shared/words/source-names.ts";
import { formatList } from "./list.ts";
import { sayMessage } from "./say.ts";

/**
 * Returns the name of a source of contacts, for use inside a sentence, such as "probate filings".
 */
export const formatSource = (source: RecipientSource) => sayMessage(englishSourceNames[source]);

/** Returns the sources' names as one phrase, such as "probate filings and county records". */
export const formatSources = (sources: readonly RecipientSource[]) => formatList(sources.map(formatSource));
