import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import type { RecipientOverview } from "../../../shared/recipient-list.ts";
import { RequestFailure } from "../../data/api.ts";
import type { PeopleApi, PeopleListQuery } from "../../data/people-api.ts";
import { usePersonNews } from "../../session/person-news.ts";
import { useSession } from "../../session/state.ts";

export type LoadedPeople = {
  overview: RecipientOverview | null;
  rows: ReadonlyMap<number, CampaignRecipient>;
  failure: RequestFailure | null;
  /** Loads the rows of these people, except rows that are already loaded. */
  show: (ids: readonly number[]) => void;
  reload: () => void;
};

/** The time in ms without typing or scrolling after which the view asks the Worker. */
const settleMs = 200;
const refreshMs = 15_000;
const pageSize = 100;

/**
 * Loads the list of a campaign's recipients: the ids of all matching people in one request, and
 * each row when it comes into view. If `isLive` is true, loads the visible rows again every 15
 * seconds.
 */
export function usePeople(api: PeopleApi, filter: PeopleListQuery, isLive: boolean): LoadedPeople {
  const { noteFailure, isVisible } = useSession();
  const [overview, setOverview] = useState<RecipientOverview | null>(null);
  const [rows, setRows] = useState<ReadonlyMap<number, CampaignRecipient>>(new Map());
  const [failure, setFailure] = useState<RequestFailure | null>(null);
  const [version, setVersion] = useState(0);
  const shown = useRef<readonly number[]>([]);
  const settling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const known = useRef(rows);
  known.current = rows;
  usePersonNews(useMemo(() => [...rows.values()], [rows]));

  const fail = (cause: unknown) => {
    if (cause instanceof DOMException && cause.code === DOMException.ABORT_ERR) return;
    const noted =
      cause instanceof RequestFailure
        ? cause
        : new RequestFailure("internal", "Something went wrong in this tab.");
    noteFailure(noted);
    setFailure(noted);
  };
  const keep = (items: readonly CampaignRecipient[]) => {
    setFailure(null);
    setRows((before) => new Map([...before, ...items.map((item) => [item.id, item] as const)]));
  };
  const read = (ids: readonly number[]) => {
    if (ids.length > 0) api.read(ids.slice(0, pageSize)).then(({ items }) => keep(items), fail);
  };

  const key = JSON.stringify(filter);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(
      () =>
        api.find(filter, abort.signal).then(({ items, overview: found }) => {
          setOverview(found);
          keep(items);
          read(shown.current.filter((id) => found?.ids.includes(id)));
        }, fail),
      filter.q ? settleMs : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, version]);

  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => isVisible() && read(shown.current), refreshMs);
    return () => clearInterval(timer);
  }, [isLive]);
  useEffect(() => () => clearTimeout(settling.current), []);

  return {
    ...{ overview, rows, failure },
    show: (ids) => {
      shown.current = ids;
      clearTimeout(settling.current);
      settling.current = setTimeout(() => read(ids.filter((id) => !known.current.has(id))), settleMs / 2);
    },
    reload: () => setVersion((before) => before + 1),
  };
}
