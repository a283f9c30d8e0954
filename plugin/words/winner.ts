import { limits } from "../../shared/limits.ts";
import type { EmailStep } from "../../shared/step.ts";
import { formatCount, say } from "./say.ts";
import { formatWordingName } from "./wording-name.ts";

type Step = Pick<EmailStep, "variants" | "winner" | "winnerAfter">;
type Choice = NonNullable<Step["winner"]>;

/**
 * Returns the sentences about the choice of a step's better wording. Returns null if nobody has
 * chosen a wording and Doorknock will not choose either.
 * @param date formats the day of an instant for people, such as "Nov 3"
 */
export function describeWinningWording(
  { winner, winnerAfter }: Step,
  date: (iso: string) => string,
): string | null {
  if (winner === null) return winnerAfter === null ? null : describeWinningWordingRule(winnerAfter);
  const { variant, by } = winner;
  const on = date(winner.at);
  if (by === null)
    return `${say("Wording {name} was chosen on {date}.", { name: `${variant}`, date: on })} ${describeLead(winner)}`;
  const agent = by.name ?? say("An agent");
  return variant === null
    ? say("{agent} chose on {date} to keep using all wordings.", { agent, date: on })
    : say("{agent} chose wording {name} on {date}. Everyone after that gets it.", {
        ...{ agent, name: variant, date: on },
      });
}

/** Returns the sentence that says when Doorknock chooses the better wording. */
export const describeWinningWordingRule = (winnerAfter: number): string =>
  say(
    "After {count} emails of each wording and {hours} hours for replies, everyone after that gets the wording with more replies.",
    { count: winnerAfter, hours: limits.winnerSettlingHours },
  );

/**
 * Returns the sentences with the figures behind the choice and with the certainty of the choice.
 * The figures of the chosen wording come first.
 */
function describeLead({ variant, figures, isClear }: Choice): string {
  const named = figures.map((figure, index) => ({ ...figure, name: formatWordingName(index) }));
  const ordered = [
    ...named.filter(({ name }) => name === variant),
    ...named.filter(({ name }) => name !== variant),
  ];
  const results = ordered
    .map(({ name, replied, sent }) =>
      say("{name}: {replied} of {emails} answered", { name, replied, emails: formatCount(sent, "email") }),
    )
    .join(", ");
  return isClear
    ? say("It clearly got more replies ({results}).", { results })
    : say("It got more replies, but a lead this small could be chance ({results}).", { results });
}
