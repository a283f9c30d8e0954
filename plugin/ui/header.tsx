import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSession } from "../session/state.ts";
import { Icon } from "./icon.tsx";

type Props = {
  title: string;
  badge?: ComponentChildren;
  detail?: ComponentChildren;
  back?: { label: string; onClick: () => void };
  children?: ComponentChildren;
};

/**
 * Shows the header of a view. After the agent has moved here from another view, the heading gets
 * the focus, so that a screen reader says the view's name.
 */
export function ViewHeader({ title, badge, detail, back, children }: Props) {
  const session = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (session.hasMoved()) heading.current?.focus();
  }, [session]);
  return (
    <div class="view-header">
      {back && (
        <button type="button" class="back" onClick={back.onClick}>
          <Icon name="back" />
          {back.label}
        </button>
      )}
      <div class="title-row">
        <div>
          <div class="title">
            <h2 ref={heading} tabIndex={-1}>
              {title}
            </h2>
            {badge}
          </div>
          {detail && <p class="detail">{detail}</p>}
        </div>
        {children && <div class="actions">{children}</div>}
      </div>
    </div>
  );
}
