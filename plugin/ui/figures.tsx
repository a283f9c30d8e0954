import { useSession } from "../session/state.ts";

type Props = {
  figures: { label: string; value: number; isGood?: boolean }[];
  size?: "large" | "small";
};

/** Shows a few counts side by side, each with a label. */
export function LabeledCounts({ figures, size = "small" }: Props) {
  const { format } = useSession();
  return (
    <dl class={`figures ${size}`}>
      {figures.map(({ label, value, isGood }) => (
        <div class={value === 0 ? "zero" : isGood ? "good" : ""} key={label}>
          <dt>{label}</dt>
          <dd>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
