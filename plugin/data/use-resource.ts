import { useEffect, useMemo } from "preact/hooks";
import { type Session, useSession } from "../session/state.ts";
import { say } from "../words/say.ts";
import type { ListPage } from "./api.ts";
import { createResource, type LoadState, type ResourceOptions } from "./resource.ts";

export interface ResourceHandle<T> extends LoadState<T> {
  reload: () => void;
  set: (data: T) => void;
}

type Ask<T> = Pick<ResourceOptions<T>, "fetch" | "shouldPoll">;

/**
 * Loads a resource while the component is on the screen. Until the new data arrives, returns the
 * data that was last loaded for the same key.
 */
export function useResource<T>(key: string, ask: (session: Session) => Ask<T>): ResourceHandle<T> {
  const session = useSession();
  const epoch = session.epoch.value;
  // `ask` is not a dependency: `ask` is a new function on every render, but loads the same data for
  // the same key.
  const resource = useMemo(() => {
    const initial = session.cache.get(key) as T | undefined;
    const { isVisible, noteFailure } = session;
    return createResource<T>({ ...ask(session), initial, isVisible, onFailure: noteFailure });
  }, [session, key, epoch]);

  useEffect(() => {
    const remember = resource.state.subscribe(({ data }) => {
      if (data !== undefined) session.cache.set(key, data);
    });
    resource.start();
    return () => {
      remember();
      resource.stop();
    };
  }, [session, key, resource]);
  return { ...resource.state.value, reload: () => void resource.reload(), set: resource.set };
}

interface Paged<T> extends ListPage<T> {
  /** The number of items that the list should show. Each click on "Show more" raises the number. */
  wanted: number;
  /**
   * The Worker's answer with the first items. If the data has not changed, the next load returns
   * the same object.
   */
  page?: ListPage<T>;
}

export const pageSize = 25;
const largestPage = 100;

export interface PagedResourceHandle<T> extends Omit<ResourceHandle<Paged<T>>, "set"> {
  showMore: () => void;
}

/**
 * Loads a list that the agent extends with "Show more". A refresh loads as many items as the list
 * shows, at most `largestPage`. Later items stay as they are.
 */
export function usePagedResource<T extends { id: number | string }>(
  key: string,
  fetchPage: (cursor: string | null, limit: number, signal: AbortSignal) => Promise<ListPage<T>>,
  shouldPoll: (items: T[]) => boolean,
): PagedResourceHandle<T> {
  const shown = (session: Session) => session.cache.get(key) as Paged<T> | undefined;
  const { set, ...resource } = useResource<Paged<T>>(key, (session) => ({
    fetch: async (signal) => {
      const before = shown(session);
      const wanted = before?.wanted ?? pageSize;
      const page = await fetchPage(null, Math.min(wanted, largestPage), signal);
      if (before?.page === page) return before;
      if (!before || before.items.length <= page.items.length) return { ...page, wanted, page };
      const fresh = new Set(page.items.map(({ id }) => id));
      const rest = before.items.slice(page.items.length).filter(({ id }) => !fresh.has(id));
      return { items: [...page.items, ...rest], nextCursor: before.nextCursor, wanted, page };
    },
    shouldPoll: ({ items }) => shouldPoll(items),
  }));
  const session = useSession();
  const showMore = async () => {
    const { data } = resource;
    if (!data?.nextCursor) return;
    const page = await fetchPage(data.nextCursor, pageSize, new AbortController().signal);
    const items = [...data.items, ...page.items];
    set({ items, nextCursor: page.nextCursor, wanted: items.length });
  };
  const fail = () => {
    session.alert.value = say("The rest couldn’t be loaded. Try again.");
  };
  return { ...resource, showMore: () => void showMore().catch(fail) };
}
