export { campaignInput } from "../shared/campaign.ts";
export {
  type BuiltCampaign,
  CampaignBuilder,
  type CampaignFault,
  CampaignFaultsError,
  type StepDelay,
} from "../shared/campaign-builder.ts";
export { type ApiError, apiError } from "../shared/error.ts";
export { type HostEvent, hostEvent, hostEventData, hostEventVersion } from "../shared/host-event.ts";
export { recipientInput } from "../shared/recipient.ts";
export * from "../shared/vocabulary.ts";
