import { decodeEntities } from "../../../shared/html-text.ts";
import { allowedAttributes, allowedTags } from "../../../worker/mail/template/html-allowed.ts";

/**
 * Returns every element and attribute that a sanitized letter must not have. Workerd's parser reads
 * the HTML, so that a fault of the sanitizer's own parser becomes visible.
 */
export async function listForbiddenHtmlParts(html: string): Promise<string[]> {
  const found: string[] = [];
  const rewriter = new HTMLRewriter().on("*", {
    element: (element) => {
      const { tagName } = element;
      if (!allowedTags.includes(tagName) && tagName !== "style") found.push(tagName);
      for (const [name = "", value = ""] of element.attributes) {
        const isKnown = [...(allowedAttributes["*"] ?? []), ...(allowedAttributes[tagName] ?? [])].includes(
          name,
        );
        if (!isKnown) found.push(`${tagName}.${name}`);
        const text = decodeEntities(value).replace(/[\s\p{Cc}]/gu, "");
        if (["href", "src"].includes(name) && !/^(?:https?:|mailto:|tel:|\{\{|[^:]*$)/i.test(text))
          found.push(text);
        if (name === "style" && !isTameStyle(text)) found.push(text);
      }
    },
    comments: () => void found.push("comment"),
    text: () => undefined,
  });
  await rewriter.transform(new Response(html)).text();
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css]) => css ?? "");
  return [...found, ...styles.filter((css) => !isTameStyle(css) || css.includes("<"))];
}

const isTameStyle = (css: string) =>
  !/expression|behavior|binding|javascript|data:|@import|@font-face|position:|z-index|margin[\w-]*:-|\\/i.test(
    css,
  );
