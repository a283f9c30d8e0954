import { expect, test } from "vitest";
import { findPersonNews } from "../../plugin/session/person-news.ts";
import type { ToldNews } from "../../plugin/session/remembered-state.ts";

const createTold = (): ToldNews => ({ keys: new Set(), addresses: new Map() });
const jane = {
  ...{ id: 12, campaignId: 3, propertyId: "p-1", contactKey: "c-1", email: "jane@example.com" },
  ...{ outcome: "sent" as const, status: "active" as const },
};
const typesOf = (people: Parameters<typeof findPersonNews>[0], told: ToldNews) =>
  findPersonNews(people, told).map(({ type }) => type);

test("a reply, a bounce, an opt-out and a completion are told once, with the person's keys", () => {
  const told = createTold();
  expect(findPersonNews([{ ...jane, outcome: "replied" }], told)).toEqual([
    {
      type: "replied",
      detail: {
        propertyId: "p-1",
        recipientId: 12,
        campaignId: 3,
        contactKey: "c-1",
        email: "jane@example.com",
      },
    },
  ]);
  expect(typesOf([{ ...jane, outcome: "replied" }], told)).toEqual([]);
  expect(typesOf([{ ...jane, outcome: "unsubscribed" }], told)).toEqual(["unsubscribed"]);
  expect(typesOf([{ ...jane, outcome: "complained" }], told)).toEqual([]);
  expect(typesOf([{ ...jane, outcome: "bounced", status: "completed" }], told)).toEqual([
    "bounced",
    "completed",
  ]);
  expect(typesOf([{ ...jane, id: 13, outcome: "replied" }], told)).toEqual(["replied"]);
});

test("a changed address is told each time, but not the first address and not a missing one", () => {
  const told = createTold();
  expect(typesOf([jane], told)).toEqual([]);
  expect(typesOf([{ ...jane, email: "new@example.com" }], told)).toEqual(["contact-updated"]);
  expect(typesOf([{ ...jane, email: "new@example.com" }], told)).toEqual([]);
  expect(typesOf([{ ...jane, email: null }], told)).toEqual([]);
  expect(typesOf([jane], told)).toEqual(["contact-updated"]);
});
