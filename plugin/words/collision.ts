import type { OtherCampaign } from "../../shared/recipient.ts";
import { formatCount } from "./words.ts";

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
    if (names.length === 0) return `“${campaign}” is already emailing someone at this property.`;
    return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} already in “${campaign}”.`;
  });
  return [
    ...sentences,
    `${formatCount(held.length, "recipient")} will wait until ${campaigns.size === 1 ? "it finishes" : "they finish"}.`,
  ];
}
