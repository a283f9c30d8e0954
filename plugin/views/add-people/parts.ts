import { RequestFailure } from "../../data/api.ts";

/**
 * A list that is sent in parts, one part per request. `next` returns the first items of the rest,
 * as many as fit into a request.
 */
export type RequestParts<Item> = {
  rest: readonly Item[];
  next: () => readonly Item[];
  /** Removes the first `count` items from the rest. */
  drop: (count: number) => void;
  /** Halves the size of a part. Returns false if a part has only one item. */
  halve: () => boolean;
};

export function createRequestParts<Item>(items: readonly Item[], most: number): RequestParts<Item> {
  let size = most;
  const parts: RequestParts<Item> = {
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

export const isRequestTooLarge = (cause: unknown): cause is RequestFailure =>
  cause instanceof RequestFailure && cause.code === "payloadTooLarge";
