import { describe, expect, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import { findOversizedTemplateDataFaults, fitTemplateData } from "../../worker/domain/recipient-data.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
const photos = Array.from({ length: 60 }, (_, index) => ({
  order: index,
  mediaUrl: `https://photos.example/${index}?signature=${"s".repeat(300)}`,
}));
const home = { streetAddress: "12 Main St", city: "Denver", stateOrProvince: "CO", listPrice: 485_000 };

describe("template data that is too large for a recipient", () => {
  test("loses the notes and photos that no template uses, and nothing else", () => {
    const recipient = { fullName: "Jane Doe", hobby: "sailing", notes: "n".repeat(17_000) };
    const data = { recipient, property: { ...home, media: photos } };
    expect(fitTemplateData(data, ["property.streetAddress"])).toEqual({
      recipient: { fullName: "Jane Doe", hobby: "sailing" },
      property: home,
    });
  });

  test("keeps the values that a template uses, also by a deeper path", () => {
    const data = {
      recipient: { notes: "n".repeat(10_000) },
      property: { ...home, media: photos, remarks: { public: "é".repeat(4_000) } },
    };
    const fitted = fitTemplateData(data, ["property.remarks.public", "recipient.notes"]);
    expect(fitted.recipient).toEqual(data.recipient);
    expect(fitted.property).toEqual({ ...home, remarks: data.property.remarks });
  });

  test("made of hundreds of small values keeps names and addresses", () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`field${i}`, "x".repeat(60)]));
    const { recipient, property } = fitTemplateData({ recipient: many, property: { ...home, ...many } }, []);
    expect(property).toMatchObject(home);
    expect(bytes({ recipient, property })).toBeLessThanOrEqual(limits.templateDataBytes);
    expect(Object.keys(recipient).length + Object.keys(property).length).toBeGreaterThan(100);
  });

  test("loses an oversized value, even if its name resembles an address field", () => {
    const property = { ...home, privateStreetRemarks: "x".repeat(20_000) };
    expect(fitTemplateData({ recipient: {}, property }, []).property).toEqual(home);
  });

  test("is left unchanged if it fits after all", () => {
    const data = { recipient: { notes: "short" }, property: { media: photos.slice(0, 3) } };
    expect(fitTemplateData(data, [])).toBe(data);
  });

  test("stays too large if the templates use all of it, and the fault names the recipient", () => {
    const data = { recipient: { notes: "n".repeat(17_000) }, property: home };
    const fitted = fitTemplateData(data, ["recipient.notes"]);
    expect(Object.keys(findOversizedTemplateDataFaults([fitted]))).toEqual(["recipients.0.templateData"]);
  });
});
