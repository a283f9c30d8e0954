import type { OtherCampaign } from "../../shared/recipient.ts";
import { formatCount, say } from "./say.ts";

/**
 * Returns sentences about a launch that collides with other campaigns: which recipients would wait,
 * and for which campaign.
 */
export function describeCollisions(
  held: readonly { name: string; otherCampaign: OtherCampaign }[],
): string[] {
  const inPerson = held.filter(({ otherCampaign }) => otherCampaign.by === "person");
  const campaigns = new Map(held.map(({ otherCampaign }) => [otherCampaign.id, otherCampaign.name]));
  const sentences = [...campaigns].map(([id, campaign]) => {
    const names = inPerson.filter(({ otherCampaign }) => otherCampaign.id === id).map(({ name }) => name);
    if (campaign === null) return describeHiddenCampaign(names);
    if (names.length === 0)
      return say("“{campaign}” is already emailing someone at this property.", { campaign });
    return names.length === 1
      ? say("{name} is already in “{campaign}”.", { name: names.join(), campaign })
      : say("{names} are already in “{campaign}”.", { names: names.join(", "), campaign });
  });
  return [
    ...sentences,
    campaigns.size === 1
      ? say("{recipients} will wait until it finishes.", {
          recipients: formatCount(held.length, "recipient"),
        })
      : say("{recipients} will wait until they finish.", {
          recipients: formatCount(held.length, "recipient"),
        }),
  ];
}

/** Returns the sentence about other campaigns that the agent may not see. */
function describeHiddenCampaign(names: readonly string[]): string {
  if (names.length === 0)
    return say("Another campaign of your office is already emailing someone at this property.");
  return names.length === 1
    ? say("{name} is already in another campaign of your office.", { name: names.join() })
    : say("{names} are already in other campaigns of your office.", { names: names.join(", ") });
}
