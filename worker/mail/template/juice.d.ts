/**
 * Types for juice's inliner, since the package has no types for the inliner. The inliner is
 * imported by file, because the package's entry adds a loader of web resources and a second HTML
 * parser. The inliner adds its methods to the given object.
 */
declare module "juice/lib/inline.js" {
  type InlineOptions = {
    applyWidthAttributes: boolean;
    applyHeightAttributes: boolean;
    applyAttributesTableElements: boolean;
  };
  type Client = { inlineDocument?: (document: object, css: string, options: InlineOptions) => void };
  export default function makeJuice(client: Client): Client;
}
