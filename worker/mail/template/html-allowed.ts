/**
 * The allow-list for a letter's HTML: elements and styles that mail programs show, and nothing that
 * runs or acts.
 */

const splitWords = (text: string) => text.split(" ");

export const allowedTags: readonly string[] = splitWords(
  "a abbr address article b bdo big blockquote br caption center cite code col colgroup dd del div dl dt em " +
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins li main ol p pre q s section small span " +
    "strike strong sub sup table tbody td tfoot th thead tr tt u ul wbr",
);

/** Tags that are removed with their content. The content of every other forbidden tag is kept. */
export const tagsRemovedWithContent: readonly string[] = splitWords(
  "applet audio button canvas embed frame frameset iframe math noembed noframes noscript object option plaintext " +
    "script select style svg template textarea title video xmp",
);

export const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  "*": splitWords(
    "align aria-hidden aria-label bgcolor class dir height id lang role style title valign width border",
  ),
  a: splitWords("href name target rel"),
  img: splitWords("src alt hspace vspace"),
  font: splitWords("color face size"),
  table: splitWords("cellpadding cellspacing summary"),
  td: splitWords("colspan rowspan nowrap headers"),
  th: splitWords("colspan rowspan nowrap headers scope"),
  col: splitWords("span"),
  colgroup: splitWords("span"),
  ol: splitWords("start type reversed"),
  ul: splitWords("type"),
  li: splitWords("value type"),
  hr: splitWords("size noshade color"),
  br: splitWords("clear"),
};

export const allowedLinkSchemes: readonly string[] = ["http", "https", "mailto", "tel"];
/** `data:` and `cid:` are left out, because mail programs do not show such images in a letter. */
export const allowedImageSchemes: readonly string[] = ["http", "https"];

/**
 * The style properties that a letter may use. No property moves an element, so that a letter can't
 * cover the footer.
 */
const styleProperties = splitWords(
  "background background-color background-image background-position background-repeat background-size border " +
    "border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style " +
    "border-bottom-width border-collapse border-color border-left border-left-color border-left-style " +
    "border-left-width border-radius border-right border-right-color border-right-style border-right-width " +
    "border-spacing border-style border-top border-top-color border-top-left-radius border-top-right-radius " +
    "border-top-style border-top-width border-width box-sizing caption-side clear color direction display " +
    "empty-cells float font font-family font-size font-style font-variant font-weight height letter-spacing " +
    "line-height list-style list-style-position list-style-type margin margin-bottom margin-left margin-right " +
    "margin-top max-height max-width min-height min-width mso-hide mso-line-height-rule mso-padding-alt " +
    "mso-table-lspace mso-table-rspace mso-text-raise overflow overflow-wrap padding padding-bottom padding-left " +
    "padding-right padding-top table-layout text-align text-decoration text-indent text-overflow text-shadow " +
    "text-transform unicode-bidi vertical-align white-space width word-break word-spacing word-wrap " +
    "-ms-interpolation-mode -ms-text-size-adjust -webkit-text-size-adjust",
);

/**
 * A value of at most 300 characters. The value has no escapes, braces or markup. Only the functions
 * listed here are allowed, and images only from the web.
 */
const safeValuePattern =
  /^(?=.{1,300}$)(?!.*(?:expression|behaviou?r|binding|javascript|vbscript))(?!.*\burl\((?!\s*["']?https?:\/\/))(?!.*\b(?!(?:rgba?|hsla?|url|calc|min|max|linear-gradient)\()[\w-]+\()[\w\s#.,%'"!+*/:&?=~@()-]*$/i;
/**
 * Like `safeValuePattern`, but without negative numbers: a negative margin could pull an element
 * over the text before it.
 */
const nonNegativePattern = new RegExp(safeValuePattern.source.replace("^", "^(?!.*-\\s*[\\d.])"), "i");

export const allowedStyles: Readonly<Record<string, RegExp>> = Object.fromEntries(
  styleProperties.map((name) => [
    name,
    name.startsWith("margin") || name === "text-indent" ? nonNegativePattern : safeValuePattern,
  ]),
);
