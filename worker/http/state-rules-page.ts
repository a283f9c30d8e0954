import { escapeHtml } from "../../shared/html-text.ts";
import type { StateRule } from "../domain/compliance/state-rule.ts";
import { stateRules, stateRulesCheckedOn } from "../domain/compliance/state-rules.ts";

/* The public page with the advertising rules from which every footer is made. */

const kinds: Readonly<Record<StateRule["sourceKind"], string>> = {
  ruleText: "text of the rule",
  regulator: "regulator",
  association: "Realtor association",
  secondary: "secondary source",
};

const sizes: Readonly<Record<StateRule["brokerageSize"], string>> = {
  visible: "visible",
  third: "at least a third of the agent’s",
  half: "at least half of the agent’s",
  equal: "at least as large as the agent’s",
  larger: "larger than the agent’s",
};

function renderRule(rule: StateRule): string {
  const { state, name, text, brokerageSize, source, url, sourceKind, asOf } = rule;
  return `<section id="${escapeHtml(state)}">
<h2>${escapeHtml(name)}</h2>
<p>${escapeHtml(text)}</p>
<dl>
<dt>Brokerage’s name</dt><dd>${escapeHtml(sizes[brokerageSize])}</dd>
<dt>Source</dt><dd><a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(source)}</a> (${escapeHtml(kinds[sourceKind])})</dd>
<dt>Source date</dt><dd>${escapeHtml(asOf)}</dd>
</dl>
</section>`;
}

export const stateRulesPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>State advertising rules</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; color: #1c1c1c; background: #fff; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.0625rem; margin: 0 0 .25rem }
p { margin: 0 0 .75rem }
.note { padding: .75rem 1rem; border-radius: .5rem; background: #f1f3f5 }
section { padding: 1.25rem 0; border-top: 1px solid #d9dde1 }
dl { display: grid; grid-template-columns: minmax(7rem, 10rem) 1fr; gap: .25rem 1rem; margin: 0; font-size: .875rem }
dt { color: #5a6169 }
dd { margin: 0 }
a { color: #1d4ed8 }
nav { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: 0 0 1.5rem }
nav a { display: inline-block; padding: .25rem 0 }
@media (prefers-color-scheme: dark) {
body { color: #eee; background: #161616 }
.note { background: #24272b }
section { border-color: #34383d }
dt { color: #a8b0b8 }
a { color: #93b4ff }
}
</style>
</head>
<body>
<main>
<h1>What each state requires in an email advertisement</h1>
<p class="note"><strong>Facts, not legal advice.</strong> Doorknock builds every email footer from this table. The sources were last checked in ${escapeHtml(stateRulesCheckedOn)}, and a rule may have changed since. No rule was found for the states that aren’t listed here, so their footers follow the strictest rule.</p>
<nav aria-label="States">${stateRules.map(({ state }) => `<a href="#${escapeHtml(state)}">${escapeHtml(state)}</a>`).join("\n")}</nav>
${stateRules.map(renderRule).join("\n")}
</main>
</body>
</html>
`;
