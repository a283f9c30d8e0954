/**
 * What one template may cost. Templates are written by users and rendered for every recipient in one isolate, so each bound is
 * far above any real email and far below what would be felt by others.
 */

/** UTF-8 bytes of a template's source. Gmail clips emails at 102 KB. */
export const MAX_TEMPLATE_BYTES = 100 * 1024;
/** Nodes of the parsed template: pieces of text, mustaches, blocks, names and arguments. */
export const MAX_TEMPLATE_NODES = 20_000;
/** Blocks inside blocks, `else if`s of one block, and subexpressions inside subexpressions, together. The parser's time grows with it squared. */
export const MAX_TEMPLATE_DEPTH = 50;
/** Turns of all `each` loops of one rendering. */
export const MAX_LOOP_ITERATIONS = 10_000;
/** Nodes visited in one rendering: what loops cost when they print nothing. */
export const MAX_RENDER_STEPS = 500_000;
/** UTF-8 bytes of one rendering. */
export const MAX_OUTPUT_BYTES = 200 * 1024;
/** Errors reported for one template; more would not be read. */
export const MAX_TEMPLATE_ERRORS = 20;
