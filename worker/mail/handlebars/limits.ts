/**
 * Limits on the cost of one template. Users write templates, and one isolate renders them for every
 * recipient. Each limit is far above any real email and far below a load that other users would
 * notice.
 */

/** The most UTF-8 bytes of a template's source. Gmail clips emails at 102 KB. */
export const maxTemplateBytes = 100 * 1024;
/** The most nodes of a parsed template: pieces of text, mustaches, blocks, names and arguments. */
export const maxTemplateNodes = 20_000;
/**
 * The greatest total of nested blocks, `else if`s of one block, and nested subexpressions. The
 * parser's time grows with the square of this total.
 */
export const maxTemplateDepth = 50;
/** The most turns of all `each` loops in one rendering. */
export const maxLoopIterations = 10_000;
/** The most nodes visited in one rendering, which also limits loops that print nothing. */
export const maxRenderSteps = 500_000;
/** The most UTF-8 bytes of one rendering. */
export const maxOutputBytes = 200 * 1024;
/** The most errors reported for one template. Nobody would read more. */
export const maxTemplateErrors = 20;
