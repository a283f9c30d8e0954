const guide = "../../v1/embedding.txt";
const told = new Set<string>();

/**
 * Writes one line for the host's developer to the console, once for each text. The build puts a
 * copy of docs/embedding.md, to which the line links, beside the loader.
 */
export function adviseOnTab(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  console.error(`Doorknock (tab): ${text} ${new URL(guide, import.meta.url).href}`);
}
