import { say } from "../words/say.ts";
import { SaveFileButton } from "./save-file-button.tsx";

type Props = { campaignId: number; load: () => Promise<Blob> };

/** Shows the button that saves the people of a campaign's list as a CSV file. */
export const PeopleExportButton = ({ campaignId, load }: Props) => (
  <SaveFileButton
    label={say("Export")}
    filename={`campaign-${campaignId}.csv`}
    done={say("Exported.")}
    load={load}
  />
);
