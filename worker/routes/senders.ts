import { Hono } from "hono";
import { z } from "zod";
import { deskOf } from "../access.ts";
import { listSenders } from "../db/senders.ts";
import { type AppEnv, check, pageQuery, toPage } from "../http.ts";
import { senderView } from "../views.ts";

const pageSize = 50;
const listQuery = z.object(pageQuery);

export const senders = new Hono<AppEnv>().get("/senders", async (c) => {
  const query = check(listQuery, c.req.query());
  const limit = query.limit ?? pageSize;
  const after = query.cursor === undefined ? null : Number(query.cursor);
  const rows = await listSenders(deskOf(c).scope, { after, limit: limit + 1 });
  return c.json(toPage(rows, limit, senderView));
});
