import { describe, expect, it } from "vitest";
import {
  convertMergeFields,
  findForeignMergeFields,
} from "../../worker/domain/template/foreign-merge-fields.ts";
import { parseTemplate } from "../../worker/mail/handlebars/handlebars.ts";

const convert = (text: string) => convertMergeFields(text).text;

describe("a merge field of another email tool", () => {
  it.each([
    "%first_name%",
    "%FIRST_NAME%",
    "%%first_name%%",
    "%%FirstName%%",
    "{{first_name}}",
    "{{ FirstName }}",
    "{{contact.first_name}}",
    "{{contact.firstname}}",
    "{{lead.first_name}}",
    "{{subscriber.first_name}}",
    "{{recipient.first_name}}",
    "[First Name]",
    "[FIRST_NAME]",
    "[[first_name]]",
    "{FirstName}",
    "{first_name}",
    "{!Contact.FirstName}",
    "{!Lead.FirstName}",
    "$" + "{firstName}",
    "*|FNAME|*",
    "*|FIRST_NAME|*",
    "<<First Name>>",
    "<<FirstName>>",
    "&lt;&lt;First Name&gt;&gt;",
    "{{person.given_name}}",
    "[Owner First Name]",
  ])("%s becomes the first name", (field) => {
    const expected = field === "{{recipient.first_name}}" ? field : "{{recipient.firstName}}";
    expect(convert(`Hi ${field}, hello`)).toBe(`Hi ${expected}, hello`);
  });

  it.each([
    ["%last_name%", "{{recipient.lastName}}"],
    ["*|LNAME|*", "{{recipient.lastName}}"],
    ["*|EMAIL|*", "{{recipient.email}}"],
    ["{{contact.name}}", "{{recipient.fullName}}"],
    ["[Property Address]", "{{property.streetAddress}}"],
    ["%property_city%", "{{property.city}}"],
    ["{{listing.price}}", "{{property.listPrice}}"],
    ["[Agent Name]", "{{sender.fromName}}"],
    ["[Your Name]", "{{sender.fromName}}"],
    ["{agent_phone}", "{{sender.phone}}"],
    ["[Brokerage Name]", "{{brokerage.name}}"],
    ["[Company Address]", "{{brokerage.postalAddress}}"],
    ["{{ contact.first_name | default: 'there' }}", '{{default recipient.firstName "there"}}'],
    ["{{first_name|friend}}", '{{default recipient.firstName "friend"}}'],
    ["%first_name|there%", '{{default recipient.firstName "there"}}'],
  ])("%s becomes %s", (field, variable) => {
    expect(convert(`Hi ${field}!`)).toBe(`Hi ${variable}!`);
    expect(parseTemplate(convert(`Hi ${field}!`)).ok).toBe(true);
  });

  it.each(["[Name]", "%address%", "{{company}}", "*|MC_SUBJECT|*", "*|UNSUB|*", "<<Deal Stage>>", "[City]"])(
    "%s is kept and reported",
    (field) => {
      expect(convert(`Hi ${field}!`)).toBe(`Hi ${field}!`);
      expect(findForeignMergeFields(`Hi ${field}!`)).toMatchObject([
        { start: 3, end: 3 + field.length, variable: null },
      ]);
    },
  );

  it.each([
    "{{recipient.firstName}} {{default recipient.firstName 'x'}} {{#if property.city}}a{{else}}b{{/if}}",
    "50% of homes sold in 20% less time, 100%guaranteed%",
    "[sic] [1] [a note] {color:red} {x} a[b] $5 {} [] %% <<>> || *||*",
    "\\{{first_name}} {{!-- first_name --}} {{this}} {{@index}}",
    "<style>.a{color:red}</style><p style='width:50%;height:50%'>x</p>",
  ])("is not seen in: %s", (text) => {
    expect(convertMergeFields(text)).toEqual({ text, conversions: [] });
  });

  it("is reported once for all its places, and a second conversion changes nothing", () => {
    const text = '<a href="mailto:*|EMAIL|*">%first_name% and %first_name%</a>';
    const { text: converted, conversions } = convertMergeFields(text);
    expect(converted).toBe(
      '<a href="mailto:{{recipient.email}}">{{recipient.firstName}} and {{recipient.firstName}}</a>',
    );
    expect(conversions).toEqual([
      { from: "*|EMAIL|*", to: "{{recipient.email}}", count: 1 },
      { from: "%first_name%", to: "{{recipient.firstName}}", count: 2 },
    ]);
    expect(convertMergeFields(converted)).toEqual({ text: converted, conversions: [] });
  });
});
