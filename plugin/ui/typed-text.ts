import type { TargetedEvent } from "preact";
import { useState } from "preact/hooks";

/**
 * Returns the properties of an input whose change counts once the person leaves the field. The
 * typed text stays in the field until then, even if the view is drawn again meanwhile.
 */
export function useTypedText(value: string, onCommit: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    value: typed ?? value,
    onInput: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => setTyped(currentTarget.value),
    onChange: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
      setTyped(null);
      onCommit(currentTarget.value);
    },
  };
}
