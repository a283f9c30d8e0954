/** The paths of the icons in the editor's toolbar, on the same grid as the plugin's other icons. */
const paths = {
  bold: "M4.5 3h4a2.4 2.4 0 0 1 0 4.8h-4zM4.5 7.8h4.8a2.6 2.6 0 0 1 0 5.2H4.5z",
  italic: "M7 3h5M4 13h5M9.5 3l-3 10",
  link: "M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7",
  bullets: "M6 4h8M6 8h8M6 12h8M2.5 4v.01M2.5 8v.01M2.5 12v.01",
  numbers: "M6.5 4h7.5M6.5 8h7.5M6.5 12h7.5M2 3l1-.7V6M2 9.5h1.6L2 12h1.8",
  image: "M2 3h12v10H2zM2.5 11.5 6 8l2.5 2.5L11 8l3 3M10.5 6v.01",
  undo: "M5.5 3 2.5 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6",
  redo: "M10.5 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H10",
} as const;
export type ToolIconName = keyof typeof paths;

export function ToolIcon({ name }: { name: ToolIconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
