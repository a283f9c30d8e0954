import { useTypedText } from "./typed-text.ts";

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  isDisabled?: boolean;
  isShort?: boolean;
  /** Called with a whole number from `min` to `max` once the person leaves the field. */
  onChange: (value: number) => void;
};

/** Shows a field for a whole number, with its label. */
export function NumberField({ label, value, min, max, isDisabled = false, isShort, onChange }: Props) {
  const typed = useTypedText(String(value), (text) => onChange(toWholeNumber(text, min, max)));
  return (
    <label class={isShort ? "field share" : "field"}>
      <span>{label}</span>
      <input type="number" min={min} max={max} disabled={isDisabled} {...typed} />
    </label>
  );
}

/** Returns the whole number in a field's text, limited to the range from `min` to `max`. */
const toWholeNumber = (text: string, min: number, max: number): number =>
  Math.min(max, Math.max(min, Math.trunc(Number(text)) || min));
