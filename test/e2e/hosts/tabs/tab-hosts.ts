import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { HostPage } from "../host-pages.ts";

const readPackageFile = (name: string) => readFileSync(createRequire(import.meta.url).resolve(name), "utf8");

/** `file` is the path of the page's script in test/e2e/hosts/. */
export type TabHost = HostPage & {
  file: string;
  /** True if the host's tabs have roles, so that arrow keys move between them. */
  hasRoles?: boolean;
  /** True if the host's drawer has no tabs. */
  hasNoTabs?: boolean;
};

const drawer = `
  body { margin: 0; font: 15px/1.4 system-ui, sans-serif; background: #eef0f3 }
  .drawer { position: fixed; inset: 0 0 0 auto; width: 520px; background: #fff; padding: 16px; overflow-y: auto }
`;
const plain = `${drawer}
  .tab { border: 0; background: none; padding: 8px 12px; font: inherit; color: #667 }
  .bold, [role=tab][aria-selected=true] { color: #124; font-weight: 700; box-shadow: inset 0 -2px #27c }
  [role=tab] { border: 0; background: none; padding: 8px 12px; font: inherit; color: #667 }
`;
const shadcn = `${drawer}
  .shadcn-list { display: inline-flex; padding: 3px; border-radius: 9px; background: #f1f1f4 }
  .shadcn-trigger { border: 0; border-radius: 7px; padding: 5px 12px; background: none; font: inherit; color: #667 }
  .shadcn-trigger[data-state=active] { background: #fff; color: #111; box-shadow: 0 1px 2px #0003 }
`;
const noTabs = `
  body { margin: 0; font: 15px/1.4 system-ui, sans-serif }
  .drawer { position: fixed; inset: 0 0 0 auto; width: 520px; background: #fff; display: flex; flex-direction: column }
  .content { flex: 1; overflow-y: auto; padding: 0 16px }
`;

export const tabHosts: readonly TabHost[] = [
  { name: "plain tabs", script: "plain-tabs", file: "tabs/plain-tabs.js", css: plain },
  { name: "ARIA tabs", script: "aria-tabs", file: "tabs/aria-tabs.js", css: plain, hasRoles: true },
  { name: "Radix (shadcn)", script: "radix-tabs", file: "tabs/radix-tabs.jsx", css: shadcn, hasRoles: true },
  { name: "MUI", script: "mui-tabs", file: "tabs/mui-tabs.jsx", css: drawer, hasRoles: true },
  {
    name: "Headless UI",
    script: "headless-tabs",
    file: "tabs/headless-tabs.jsx",
    css: plain,
    hasRoles: true,
  },
  {
    name: "Bootstrap",
    script: "bootstrap-tabs",
    file: "tabs/bootstrap-tabs.js",
    css: `${readPackageFile("bootstrap/dist/css/bootstrap.min.css")} ${drawer}`,
    hasRoles: true,
  },
  { name: "no tabs", script: "no-tabs", file: "tabs/no-tabs.js", css: noTabs, hasNoTabs: true },
];
