import { expect, type Page, test } from "@playwright/test";
import type { BrokerageNameSize } from "../../worker/domain/compliance/state-rule.ts";
import { stateRules } from "../../worker/domain/compliance/state-rules.ts";
import { buildLicensedAgent, officeWithAllDetails } from "../support/disclosure.ts";
import { isDeep } from "../support/node/depth.ts";
import { buildStateLetters, type StateLetter } from "../support/state-letters.ts";

/*
 * Tests that letters show the texts that each state requires, in the required size, on a phone and
 * on a desktop.
 */

/** The states in the short run. Together, the laws of these states have most kinds of rules. */
const shortRun = ["CA", "TX", "RI", "NJ", "ME", "KY"];
const rules = isDeep ? stateRules : stateRules.filter(({ state }) => shortRun.includes(state));

/**
 * The least allowed size of the brokerage's name, as a multiple of the size of the agent's name.
 * For "larger", the value is just above 1.
 */
const leastShares: Record<BrokerageNameSize, number> = {
  visible: 0,
  third: 0.33,
  half: 0.5,
  equal: 1,
  larger: 1.01,
};

type Names = { brokerage: string; brokerageShown: string; agents: string[] };
const names: Names = {
  brokerage: officeWithAllDetails.licensedName ?? "",
  brokerageShown: officeWithAllDetails.name,
  agents: [buildLicensedAgent("CO").fromName, buildLicensedAgent("CO").licensedName ?? ""],
};

/** The height of a phone's screen, in pixels. */
const screenPx = 844;

/**
 * Returns the faults of each letter, such as a required text that is hidden. Also returns the sizes
 * of the names in each letter, and the position at which the signature ends. One frame shows the
 * letters one after another, because a page for each letter would be slow.
 */
async function measureLetters(page: Page, letters: readonly StateLetter[]) {
  return await page.evaluate(
    ({ letters, names: { brokerage, brokerageShown, agents } }) => {
      const frame = document.querySelector("iframe") as HTMLIFrameElement;
      const listNodes = (root: Element) => {
        const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const nodes: Text[] = [];
        while (walker.nextNode()) nodes.push(walker.currentNode as Text);
        return nodes;
      };
      const find = (nodes: readonly Text[], text: string) =>
        nodes.flatMap((node) => {
          const at = node.data.indexOf(text);
          return at < 0 ? [] : [{ node, at, end: at + text.length }];
        });
      const styleOf = (node: Node) => getComputedStyle(node.parentElement as Element);
      const sizeOf = ({ node }: { node: Text }) => Number.parseFloat(styleOf(node).fontSize);
      const findFault = ({ node, at, end }: { node: Text; at: number; end: number }): string | null => {
        const range = node.ownerDocument.createRange();
        range.setStart(node, at);
        range.setEnd(node, end);
        const boxes = [...range.getClientRects()];
        if (boxes.every(({ width, height }) => width < 1 || height < 8)) return "has no room";
        if (boxes.some(({ left, right }) => left < 0 || right > frame.clientWidth)) return "is cut off";
        for (let element = node.parentElement; element !== null; element = element.parentElement) {
          const { display, visibility, opacity } = getComputedStyle(element);
          if (display === "none" || visibility !== "visible" || opacity !== "1") return "is hidden";
        }
        if (/rgba\(.*, 0\)|rgb\(255, 255, 255\)/.test(styleOf(node).color)) return "has the page's color";
        return sizeOf({ node }) < 12 ? "is smaller than 12 px" : null;
      };
      return letters.map(({ name, html, required, form }) => {
        const page = frame.contentDocument as Document;
        page.open();
        page.write(html);
        page.close();
        const footer = page.querySelector(".footer") as Element;
        const letter = page.querySelector(".letter") as Element;
        const inFooter = listNodes(footer);
        const faults = [...required, "Unsubscribe"].flatMap((text) => {
          const [found] = find(inFooter, text);
          const fault = found === undefined ? "is missing" : findFault(found);
          return fault === null ? [] : [`${text} ${fault}`];
        });
        if (form !== null) {
          const [link] = find(listNodes(letter), form.label);
          if (link === undefined || findFault(link) !== null || link.node.parentElement?.tagName !== "A")
            faults.push("the form is not linked in the letter");
        }
        // Kansas, Iowa and Nebraska require that the agent's name stands beside the brokerage's
        // name.
        const shown = (footer.textContent ?? "").replace(/\s+/g, " ").trim();
        if (!shown.startsWith(`${brokerage} ${agents[1]}`))
          faults.push("the agent's name does not follow the brokerage's");
        const all = listNodes(page.body);
        const [signature] = find(listNodes(letter), brokerageShown);
        return {
          name,
          faults,
          brokeragePx: Math.max(...find(all, brokerage).map(sizeOf)),
          agentPx: Math.max(...agents.flatMap((agent) => find(all, agent).map(sizeOf))),
          signatureBottomPx: signature?.node.parentElement?.getBoundingClientRect().bottom ?? Infinity,
        };
      });
    },
    { letters, names },
  );
}

for (const width of [390, 1000]) {
  test(`letters to ${rules.length} states show what each state requires, at ${width} px`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await page.route("**/*", (route) => route.abort());
    await page.setViewportSize({ width, height: screenPx });
    await page.setContent(
      `<body style="margin:0"><iframe style="display:block;border:0;width:100%;height:${screenPx}px"></iframe>`,
    );
    let measured = 0;
    for (const rule of rules) {
      const letters = await measureLetters(page, buildStateLetters(rule));
      for (const { name: letter, faults, brokeragePx, agentPx, signatureBottomPx } of letters) {
        expect([letter, faults]).toEqual([letter, []]);
        expect(brokeragePx / agentPx, letter).toBeGreaterThanOrEqual(leastShares[rule.brokerageSize]);
        // Kentucky requires a brokerage name that is visible without scrolling.
        if (rule.state === "KY") expect(signatureBottomPx, letter).toBeLessThanOrEqual(screenPx);
      }
      measured += letters.length;
    }
    console.log(`state letters: ${rules.length} states, ${measured} letters at ${width} px`);
  });
}
