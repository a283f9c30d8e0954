import type { Snippet } from "../../../shared/snippet.ts";
import type { OfferedVariables } from "../../../shared/template.ts";
import { createSnippetApi, snippetsKey } from "../../data/snippet-api.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { toShownRecipient } from "../../session/shown-recipient.ts";
import { useSession } from "../../session/state.ts";
import { say, sayMessage } from "../../words/say.ts";
import type { ChipValues, ChipWords } from "./document/chip-text.ts";

const name = "{name}";
/**
 * The words that chips (variables, conditions and snippets in the text) show, in the language of
 * the tab. `{name}` stands for the variable's name.
 */
const chipWords: ChipWords = {
  get missing() {
    return say("missing");
  },
  get code() {
    return say("Code");
  },
  get snippet() {
    return say("Snippet");
  },
  get ifKnown() {
    return say("If {name} is known", { name });
  },
  get ifMissing() {
    return say("If {name} is missing", { name });
  },
};

/** Loads the variables and their values for an owner of the property. */
export function useChipValues(contact: Contact | undefined): ChipValues {
  const { property } = useSession();
  const request =
    contact === undefined ? {} : { recipient: toShownRecipient(contact), property: property.value };
  const loaded = useResource(`variables ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: async (signal) => {
      const call = { method: "POST", body: request, signal } as const;
      const { variables } = await api.request<OfferedVariables>("/templates/variables", call);
      return variables.map((variable) => ({ ...variable, label: sayMessage(variable.label) }));
    },
  }));
  return { variables: loaded.data ?? [], owner: contact?.name ?? null, words: chipWords };
}

/**
 * Loads the office's snippets, whose names the editor shows in the text and in the list of
 * variables.
 */
export function useSnippets(): Snippet[] {
  const loaded = useResource(snippetsKey, ({ api }) => ({
    fetch: (signal) => createSnippetApi(api).list(signal),
  }));
  return loaded.data?.items ?? [];
}
