/**
 * juice's inliner by its file: the package's entry brings a loader of web resources and a second HTML parser along. It
 * makes a client out of the object it is given. The package ships no types for it.
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
