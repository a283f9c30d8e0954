/**
 * The allow-list for a letter's elements, attributes and URLs. The list has the parts that mail
 * programs show, and no part that runs or acts. allowed-styles.ts is the allow-list for styles.
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
