import { afterEach, describe, expect, test } from "vitest";
import { loadViewWords, setLanguage } from "../../plugin/words/say.ts";
import { describeWinningWording } from "../../plugin/words/winner.ts";
import type { EmailStep } from "../../shared/step.ts";

const describeStep = (step: Partial<EmailStep>) =>
  describeWinningWording({ variants: [], winner: null, winnerAfter: null, ...step }, () => "Nov 3");
const choice: NonNullable<EmailStep["winner"]> = {
  ...{ variant: "B", at: "2026-11-03T10:00:00Z", by: null, isClear: true },
  figures: [
    { sent: 50, replied: 3 },
    { sent: 51, replied: 16 },
  ],
};

afterEach(() => void setLanguage("en"));

describe("the sentence on the better wording", () => {
  test("says when Doorknock chooses, and nothing if only an agent can", () => {
    expect(describeStep({})).toBeNull();
    expect(describeStep({ winnerAfter: 30 })).toBe(
      "After 30 emails of each wording and 48 hours for replies, everyone after that gets the wording with more replies.",
    );
  });

  test("names a clear lead with its figures, the chosen wording first", () => {
    expect(describeStep({ winner: choice })).toBe(
      "Wording B was chosen on Nov 3. It clearly got more replies (B: 16 of 51 emails answered, A: 3 of 50 emails answered).",
    );
  });

  test("says that a small lead could be chance", () => {
    expect(describeStep({ winner: { ...choice, isClear: false } })).toContain("could be chance");
  });

  test("names the agent who chose, or divided people again", () => {
    const by = { id: "agent-1", name: "Ann Agent" };
    expect(describeStep({ winner: { ...choice, by, isClear: null } })).toBe(
      "Ann Agent chose wording B on Nov 3. Everyone after that gets it.",
    );
    expect(
      describeStep({ winner: { ...choice, by: { ...by, name: null }, variant: null, isClear: null } }),
    ).toBe("An agent chose on Nov 3 to keep using all wordings.");
  });

  test("is Spanish in a Spanish tab", async () => {
    // The first call loads the Spanish words, and the second call switches the language.
    await setLanguage("es");
    await setLanguage("es");
    await loadViewWords();
    expect(describeStep({ winner: choice })).toBe(
      "La redacción B se eligió el Nov 3. Tuvo claramente más respuestas (B: 16 de 51 correos con respuesta, A: 3 de 50 correos con respuesta).",
    );
  });
});
