import { RequestFailure } from "../../data/api.ts";

/**
 * The first people of a list who fit into one request. If the Worker finds a request too large, the
 * next one has half as many people.
 */
export type Parts<Item> = {
  rest: readonly Item[];
  next: () => readonly Item[];
  /** Takes the people of the last part off the list. */
  drop: (count: number) => void;
  /** Halves the parts; false if a part has only one person. */
  halve: () => boolean;
};

export function createParts<Item>(items: readonly Item[], most: number): Parts<Item> {
  let size = most;
  const parts: Parts<Item> = {
    rest: items,
    next: () => parts.rest.slice(0, size),
    drop: (count) => {
      parts.rest = parts.rest.slice(count);
    },
    halve: () => {
      if (Math.min(size, parts.rest.length) <= 1) return false;
      size = Math.ceil(Math.min(size, parts.rest.length) / 2);
      return true;
    },
  };
  return parts;
}

export const isTooLarge = (cause: unknown): cause is RequestFailure =>
  cause instanceof RequestFailure && cause.code === "payloadTooLarge";
