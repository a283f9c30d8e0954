/**
 * The icons' paths, drawn on a 16 by 16 grid with one stroke width, so that icons fit the text
 * beside them.
 */
const paths = {
  back: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  down: "M3 6l5 5 5-5",
  plus: "M8 3v10M3 8h10",
  clock: "M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
  mail: "M2 4h12v8.5H2zM2.5 4.5 8 9l5.5-4.5",
  check: "M3 8.5 6.5 12 13 4.5",
  warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3M8 11.6v.2",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.5v9l7-4.5z",
  stop: "M4 4h8v8H4z",
  send: "M14 2 7 9M14 2 9.5 14 7 9 2 6.5z",
  reply: "M6 4 2.5 7.5 6 11M3 7.5h6.5a4 4 0 0 1 4 4v1",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  link: "M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7",
  people:
    "M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM1.8 13c0-2.2 1.8-3.7 4.2-3.7s4.2 1.5 4.2 3.7M10.5 3.4a2.2 2.2 0 0 1 0 4M12 9.6c1.4.6 2.2 1.8 2.2 3.4",
  call: "M5.6 2.5 3.2 3.4c-.4 5.2 4.2 9.8 9.4 9.4l.9-2.4-2.9-1.5-1.4 1.2a6.5 6.5 0 0 1-3.3-3.3l1.2-1.4z",
  visit: "M2.5 8 8 3l5.5 5M4 7v6h3V9.8h2V13h3V7",
  card: "M2 3.5h12v9H2zM4.5 6.5h4M4.5 9h2.5M11 6h.7v1.2H11z",
  other: "M2.8 2.8h10.4v10.4H2.8zM5.3 8.2l1.9 1.9 3.5-4",
  close: "M4 4l8 8M12 4l-8 8",
  edit: "M3 13l.6-2.6L11 3l2 2-7.4 7.4zM9.5 4.5l2 2",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
