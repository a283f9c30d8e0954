import { expect, it } from "vitest";
import { parsePastedHtml, parsePastedText } from "../../plugin/views/letter/document/clean-paste.ts";
import { nodes } from "../../plugin/views/letter/document/schema.ts";
import { serializeLetter } from "../../plugin/views/letter/document/serialize-letter.ts";

const clean = (html: string) => serializeLetter(nodes.doc.create(null, parsePastedHtml(html)));

const word = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style><!-- /* Font Definitions */ p.MsoNormal {margin:0in; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<p class=MsoNormal><span style='font-size:12.0pt;color:#1F497D'>Hi <b style='mso-bidi-font-weight:normal'>Jane</b>,<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>New roof<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level2 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span></span><![endif]>Ten years old</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Call me</p>
<p class=MsoNormal>See <a href="https://example.com/a?b=1&amp;c=2"><span style='color:windowtext'>this
page</span></a>&nbsp;<i>soon</i>.</p>
<!--EndFragment--></body></html>`;

const gmail = `<meta charset="utf-8"><div dir="ltr"><div style="font-family:arial">Hi Jane,</div><div><br></div><div>The house at <b>12 Oak</b> sold.<span class="gmail-il"> </span></div><div><br></div><div>Dana<br></div><div><span style="color:rgb(34,34,34)">(303) 555-0142</span></div><img src="https://track.example.com/o.gif" width="1" height="1"></div>`;

const docs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-8f2c"><p dir="ltr" style="line-height:1.38;margin-top:0pt;"><span style="font-size:11pt;font-weight:400;">Hi </span><span style="font-weight:700;">Jane</span><span style="font-style:italic;">, hello</span></p><ul style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-size:11pt">One</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>Two</span></p></li></ul><li><p><span>Three</span></p></li></ul><br><p dir="ltr"><a href="https://example.com" style="text-decoration:none;"><span style="color:#1155cc;">Link</span></a></p></b>`;

const outlook = `<html><head><style type="text/css" style="display:none;">P {margin-top:0;}</style></head><body dir="ltr">
<div class="elementToProof" style="font-family: Aptos, sans-serif; font-size: 12pt;">Hi Jane,</div>
<div class="elementToProof"><br></div>
<div class="elementToProof" style="color: rgb(0, 0, 0);">Two lines<br>
of one paragraph.</div>
<ol start="1" style="margin-top: 0px;"><li><div role="presentation">First</div></li><li>Second</li></ol>
<a href="javascript:alert(1)">bad</a> <script>alert(1)</script></body></html>`;

it("makes a letter of a text from Word", () => {
  expect(clean(word)).toBe(
    [
      "<p>Hi <strong>Jane</strong>,</p>",
      "<ul>\n<li>New roof\n<ul>\n<li>Ten years old</li>\n</ul>\n</li>\n</ul>",
      "<ol>\n<li>Call me</li>\n</ol>",
      '<p>See <a href="https://example.com/a?b=1&amp;c=2">this page</a> <em>soon</em>.</p>',
    ].join("\n"),
  );
});

it("leaves the markers of Word's lists out if the comments around them are lost", () => {
  const item = (marker: string, text: string) =>
    `<p style="mso-list: l0 level1 lfo1"><span style="mso-list:\nIgnore">${marker}<span>&nbsp; </span></span>${text}</p>`;
  expect(clean(item("·", "New roof") + item("·", "Ten years old"))).toBe(
    "<ul>\n<li>New roof</li>\n<li>Ten years old</li>\n</ul>",
  );
  expect(clean(item("1.", "Call me"))).toBe("<ol>\n<li>Call me</li>\n</ol>");
});

it("makes a letter of an email from Gmail, and leaves out the pixel that counts openings", () => {
  expect(clean(gmail)).toBe(
    "<p>Hi Jane,</p>\n<p>The house at <strong>12 Oak</strong> sold.</p>\n<p>Dana<br>(303) 555-0142</p>",
  );
});

it("makes a letter of a text from Google Docs", () => {
  expect(clean(docs)).toBe(
    [
      "<p>Hi <strong>Jane</strong><em>, hello</em></p>",
      "<ul>\n<li>One\n<ul>\n<li>Two</li>\n</ul>\n</li>\n<li>Three</li>\n</ul>",
      '<p><a href="https://example.com">Link</a></p>',
    ].join("\n"),
  );
});

it("makes a letter of an email from Outlook, without what could run", () => {
  expect(clean(outlook)).toBe(
    "<p>Hi Jane,</p>\n<p>Two lines<br>of one paragraph.</p>\n<ol>\n<li>First</li>\n<li>Second</li>\n</ol>\n<p>bad</p>",
  );
});

it.each([
  ["<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "<p>a b</p>\n<p>c</p>"],
  ["one<br><br>two", "<p>one</p>\n<p>two</p>"],
  ["<h1>Title</h1>text", "<p>Title</p>\n<p>text</p>"],
  ["Hi {{recipient.firstName}}, <b>a", "<p>Hi {{recipient.firstName}}, <strong>a</strong></p>"],
  [
    '<img src="data:image/png;base64,x"><img src="https://x.test/a.png" alt="A">',
    '<p><img src="https://x.test/a.png" alt="A" width="480"></p>',
  ],
  ["</p></b>a < b &amp; c", "<p>a &lt; b &amp; c</p>"],
  ["", ""],
])("makes %j clean", (html, cleaned) => {
  const blocks = parsePastedHtml(html);
  expect(blocks.length === 0 ? "" : serializeLetter(nodes.doc.create(null, blocks))).toBe(cleaned);
});

it("makes paragraphs of a plain text", () => {
  const blocks = parsePastedText("Hi {{recipient.firstName}},\r\n\r\nline one\r\nline <two>\r\n");
  expect(serializeLetter(nodes.doc.create(null, blocks))).toBe(
    "<p>Hi {{recipient.firstName}},</p>\n<p>line one<br>line &lt;two&gt;</p>",
  );
});
