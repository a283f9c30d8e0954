import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { say } from "../../words/say.ts";
import { ToolIcon, type ToolIconName } from "./tool-icon.tsx";

export type Tool = {
  icon: ToolIconName;
  label: string;
  /**
   * True if the tool is switched on; undefined for a tool that can't be switched on, such as Undo.
   */
  isOn?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
};

/**
 * Shows the tools of an editor. The Tab key reaches only one tool, and the arrow keys reach the
 * other tools. A keyboard user therefore gets quickly from the subject to the text.
 */
export function Toolbar({ tools, children }: { tools: readonly Tool[]; children?: ComponentChildren }) {
  const row = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(0);
  const goByKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = (reached + by + tools.length) % tools.length;
    setReached(next);
    row.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div class="toolbar">
      <div ref={row} role="toolbar" aria-label={say("Formatting")} onKeyDown={goByKey}>
        {tools.map(({ icon, label, isOn, isDisabled = false, onClick }, index) => (
          <button
            key={label}
            type="button"
            class="tool"
            aria-label={label}
            title={label}
            aria-pressed={isOn}
            aria-disabled={isDisabled}
            tabIndex={index === reached ? 0 : -1}
            onMouseDown={(event) => event.preventDefault()}
            onFocus={() => setReached(index)}
            onClick={() => {
              if (!isDisabled) onClick();
            }}
          >
            <ToolIcon name={icon} />
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
