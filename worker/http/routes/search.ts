import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import { singleLine } from "../../../shared/primitives.ts";
import type { SearchResult } from "../../../shared/search.ts";
import { searchCampaigns, searchPeople, searchProperties } from "../../db/search.ts";
import { splitSearchWords } from "../../domain/search.ts";
import { getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, parseInput } from "../request.ts";

const searchQuery = z.object({ q: singleLine(limits.searchLength) }).strict();
const nothing: SearchResult = { people: [], properties: [], campaigns: [], hasMore: false };

/**
 * Answers with the people, properties and campaigns that match a search. Each word of the search
 * must be the beginning of a word in the match. A search of one letter finds nothing.
 */
export const searchRoutes = new Hono<AppEnv>().get(
  "/search",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { scope } = getRequestScope(c);
    const words = splitSearchWords(parseInput(searchQuery, c.req.query()).q);
    if (words.length === 0) return c.json(nothing);
    const request = { words, properties: listVisiblePropertyIds(c), limit: limits.searchResults };
    const [people, properties, campaigns] = await Promise.all([
      searchPeople(scope, request),
      searchProperties(scope, request),
      searchCampaigns(scope, request),
    ]);
    const result: SearchResult = {
      people: people.items,
      properties: properties.items,
      campaigns: campaigns.items,
      hasMore: people.hasMore || properties.hasMore || campaigns.hasMore,
    };
    return c.json(result);
  },
);
