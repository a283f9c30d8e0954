import { describe, expect, test } from "vitest";
import type { ColumnMeaning } from "../../plugin/views/add-people/file/column.ts";
import { mostFileBytes, readFileText } from "../../plugin/views/add-people/file/file-text.ts";
import { guessColumns, hasColumnNames } from "../../plugin/views/add-people/file/guess.ts";
import { readKeptMeanings, storeKeptMeanings } from "../../plugin/views/add-people/file/kept-meanings.ts";
import { readPastedTable } from "../../plugin/views/add-people/file/pasted.ts";
import { type ListOrigin, readTablePeople } from "../../plugin/views/add-people/file/people.ts";
import { separateRepeatedPeople } from "../../plugin/views/add-people/file/repeated.ts";
import { formatCsvTable, type ParsedTable, parseTable } from "../../plugin/views/add-people/file/table.ts";
import { recipientInput } from "../../shared/recipient.ts";

const origin: ListOrigin = {
  ...{ source: "list", sourceDate: null },
  areRepresentatives: false,
  propertyId: null,
};

const guess = (table: ParsedTable, isOneHome = false) =>
  guessColumns(table.rows, hasColumnNames(table.rows), isOneHome);
const meaningsOf = (text: string, isOneHome = false) =>
  guess(parseTable(text), isOneHome).map(({ meaning }) => meaning);
const read = (text: string, from: Partial<ListOrigin> = {}) => {
  const table = parseTable(text);
  return readTablePeople(table, guess(table, from.propertyId != null), { ...origin, ...from });
};
const readOne = (text: string, from?: Partial<ListOrigin>) => read(text, from).people[0]?.input;

describe("the text of a file", () => {
  const text = "name,email\nZoë Núñez,zoe@example.com\n";
  const utf8 = new TextEncoder().encode(text);
  const utf16 = (isBig: boolean) => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (const [at, letter] of [...text].entries()) view.setUint16(at * 2, letter.charCodeAt(0), !isBig);
    return bytes;
  };
  const withMark = (mark: number[], bytes: Uint8Array) => new Uint8Array([...mark, ...bytes]);

  test.each([
    ["UTF-8", utf8],
    ["UTF-8 with a mark", withMark([0xef, 0xbb, 0xbf], utf8)],
    ["UTF-16, as Excel's Unicode text", withMark([0xff, 0xfe], utf16(false))],
    ["UTF-16 with the high byte first", withMark([0xfe, 0xff], utf16(true))],
    ["UTF-16 without a mark", utf16(false)],
    ["UTF-16 with the high byte first, without a mark", utf16(true)],
    ["Windows' Latin letters", Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))],
  ])("is read from %s", (_, bytes) => {
    expect(readFileText(bytes)).toEqual({ text });
  });

  test.each([
    ["workbook", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
    ["workbook", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0])],
    ["empty", new Uint8Array()],
    ["empty", new TextEncoder().encode(" \n\ufeff\n")],
    ["notText", new Uint8Array([0x61, 0, 0, 0, 0x62, 0, 0, 0x63])],
    ["tooLarge", new Uint8Array(mostFileBytes + 1)],
  ])("is refused as %s", (fault, bytes) => {
    expect(readFileText(bytes)).toEqual({ fault });
  });
});

describe("a table", () => {
  test.each([
    ["commas", "name,email\nAnn,a@example.com"],
    ["semicolons", "name;email\nAnn;a@example.com"],
    ["tabs", "name\temail\nAnn\ta@example.com"],
    ["bars", "name|email\nAnn|a@example.com"],
    ["Excel's first line", "sep=;\nname;email\nAnn;a@example.com"],
    ["a mark and old line ends", "\ufeffname,email\rAnn,a@example.com\r"],
  ])("is read with %s", (_, text) => {
    expect(parseTable(text).rows.map(({ cells }) => cells)).toEqual([
      ["name", "email"],
      ["Ann", "a@example.com"],
    ]);
  });

  test("counts lines as an editor does, over blank lines and line ends in quotes", () => {
    const { rows } = parseTable('name,email\n\n"Ann\nMay",a@example.com\nBob,b@example.com\n\n');
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  test("reports a broken quote by its line, and takes no row from there", () => {
    const { people, faults } = read('name,email\nAnn,a@example.com\n"Bob,b@example.com\nCid,c@example.com');
    expect(people.map(({ line }) => line)).toEqual([2]);
    expect(faults).toEqual([{ line: 3, kind: "quote", value: "" }]);
  });

  test("is written so that no spreadsheet runs a cell", () => {
    expect(formatCsvTable([["=1+1", "@a", "-b", '"q"', 7]])).toBe(`"'=1+1","'@a","'-b","""q""",7\r\n`);
  });
});

describe("the guess of the columns", () => {
  test.each<[string, string, ColumnMeaning[]]>([
    [
      "a CRM",
      "First Name,Last Name,E-mail,Mobile Phone,Lead Source,Notes\nAnn,Lee,a@example.com,303-555-0100,Referral,x",
      ["firstName", "lastName", "email", "phone", "source", "keep"],
    ],
    [
      "a county",
      "APN,Owner 1,Site Address,Site City,Site State,Site Zip,Mailing Address,Mail City,Mail State,Mail Zip,Owner Email\n1,A B,1 Oak St,Denver,CO,80206,2 Elm St,Boise,ID,83702,a@example.com",
      [
        ...(["keepForHome", "fullName", "street", "city", "state", "zip"] as const),
        ...(["mailingAddress", "mailingCity", "mailingState", "mailingZip", "email"] as const),
      ],
    ],
    [
      "a Spanish spreadsheet",
      "Nombre completo;Correo electrónico;Teléfono;Dirección;Ciudad;Código postal\nAna;a@example.com;3035550100;1 Oak;Denver;80206",
      ["fullName", "email", "phone", "street", "city", "zip"],
    ],
    [
      "our own export, whose status is no listing's",
      "name,email,propertyId,contactKey,status,source\nAnn,a@example.com,p-1,k-1,active,referrals",
      ["fullName", "email", "propertyId", "contactKey", "keep", "source"],
    ],
    [
      "several addresses of one person: the first counts",
      "Name,Email 1,Email 2\nAnn,a@example.com,b@example.com",
      ["fullName", "email", "keep"],
    ],
    [
      "cells that belie the name",
      "Email,Contact Info\n3035550100,a@example.com\n3035550101,b@example.com",
      ["phone", "email"],
    ],
    [
      "no names",
      "Ann Lee,a@example.com,1 Oak St,CO,80206\nBob Roe,b@example.com,2 Elm St,CO,80207",
      ["fullName", "email", "street", "state", "zip"],
    ],
    [
      "a whole address in one column",
      'Name,Email,Address\nAnn,a@example.com,"1 Oak St, Denver, CO 80206"',
      ["fullName", "email", "address"],
    ],
  ])("reads a file of %s", (_, text, meanings) => {
    expect(meaningsOf(text)).toEqual(meanings);
  });

  test("takes an address as the person's own in a campaign about one property", () => {
    const text = "Email,Address,City,Property ID,Year Built\na@example.com,1 Oak St,Denver,p-9,1950";
    expect(meaningsOf(text, true)).toEqual(["email", "mailingStreet", "mailingCity", "keep", "keep"]);
  });

  test("tells names of columns from people", () => {
    const isNamed = (text: string) => hasColumnNames(parseTable(text).rows);
    expect(isNamed("Foo,Bar\nAnn,a@example.com")).toBe(true);
    expect(isNamed("Ann,a@example.com\nBob,b@example.com")).toBe(false);
    expect(isNamed("Ann Lee\nBob Roe")).toBe(false);
  });
});

describe("the people of a file", () => {
  test("are what the API takes", () => {
    const text =
      "Email,First Name,Zip,Filing Date,Source,Beds,Dog’s Name\n" +
      "ANN@Example.com,Ann,2139,3/9/2026,Probate Filings,3,Rex";
    expect(readOne(text)).toEqual({
      email: "ann@example.com",
      firstName: "Ann",
      source: "probate",
      sourceDate: "2026-03-09",
      templateData: { dogsName: "Rex" },
      property: { postalCode: "02139", bedroomsTotal: "3" },
    });
    expect(recipientInput.safeParse(readOne(text)).success).toBe(true);
  });

  test("have clean cells: no line ends, no invisible signs, no apostrophe of an export", () => {
    const text = `Name,Email\n"'=Ann\u202e\n\u0000 Lee ",' a@example.com`;
    expect(readOne(text)).toMatchObject({ fullName: "=Ann Lee", email: "a@example.com" });
  });

  test("represent an estate if the agent says so of the whole list, or the row says so", () => {
    const all = readOne("Email,Role\na@example.com,Heir", { source: "probate", areRepresentatives: true });
    expect(all?.templateData).toEqual({ isPersonalRepresentative: true, role: "Heir" });
    const one = readOne("Email,Personal Representative\na@example.com,Yes", { source: "probate" });
    expect(one?.templateData).toEqual({ personalRepresentative: "Yes" });
  });

  test("get the source and date of the whole list where the row has none", () => {
    const from = { source: "probate", sourceDate: "2026-01-02" } as const;
    expect(readOne("Email,Source\na@example.com,Hearsay", from)).toMatchObject({
      source: "probate",
      sourceDate: "2026-01-02",
    });
  });

  test("take the first of several addresses in a cell", () => {
    expect(readOne("Email\na@example.com; b@example.com")).toMatchObject({ email: "a@example.com" });
  });

  test("have no home of their own in a campaign about one property", () => {
    const one = readOne("Email,Property ID,City\na@example.com,p-2,Boise", { propertyId: "p-1" });
    expect(one).toMatchObject({ property: {}, templateData: { mailingCity: "Boise" } });
    expect(one).not.toHaveProperty("propertyId");
  });

  test("are told apart without an address by a key that the same row always gets", () => {
    const text = "Name,Email,Address\nAnn Lee,,1 Oak St\nANN LEE,,1 Oak St\nAnn Lee,,2 Oak St";
    const { unique, repeated } = separateRepeatedPeople(read(text).people);
    expect(unique.map(({ line }) => line)).toEqual([2, 4]);
    expect(repeated.map(({ person, first }) => [person.line, first])).toEqual([[3, 2]]);
    expect(readOne(text)?.contactKey).toBe(readOne(text)?.contactKey);
  });

  test("are left out row by row, each with its line and fault", () => {
    const { people, faults } = read(
      "Name,Email,Filing Date\nAnn,a@example.com,2026-02-30\nBob,not an address,\n,,2026-01-01\n" +
        "Cid,c@example.com,2026-01-01,moved\nDee,d@example.com,\n",
    );
    expect(faults).toEqual([
      { line: 2, kind: "date", value: "2026-02-30" },
      { line: 3, kind: "email", value: "not an address" },
      { line: 4, kind: "nobody", value: "" },
      { line: 5, kind: "cells", value: "4" },
    ]);
    expect(people.map(({ line }) => line)).toEqual([6]);
  });

  test.each([
    ["2026-03-09", "2026-03-09"],
    ["03/09/2026", "2026-03-09"],
    ["3/9/26", "2026-03-09"],
    ["2026/3/9", "2026-03-09"],
    ["Mar 9, 2026", "2026-03-09"],
    ["March 9th, 2026", "2026-03-09"],
    ["2026-03-09T10:00:00Z", "2026-03-09"],
  ])("have the date %s", (cell, date) => {
    expect(readOne(`Email,Filing Date\na@example.com,"${cell}"`)).toMatchObject({ sourceDate: date });
  });
});

describe("pasted text", () => {
  const paste = (text: string) => readPastedTable(text, parseTable);
  const cells = (text: string) => paste(text).rows.map((row) => row.cells);

  test("may be the addresses of an email program", () => {
    const people = [
      ["Ann Lee", "ann@example.com"],
      ["Roe, Bob", "bob@example.com"],
      ["", "cid@example.com"],
    ];
    const list = 'Ann Lee <ann@example.com>, "Roe, Bob" <bob@example.com>; cid@example.com';
    expect(cells(list)).toEqual(people);
    expect(cells(list.replace(/(?<=>)[,;] /g, "\n\n"))).toEqual(people);
    expect(paste("a@example.com\n\nb@example.com").rows.map(({ line }) => line)).toEqual([1, 3]);
  });

  test.each([
    ["tabs", "Ann Lee\tann@example.com\t303-555-0100"],
    ["commas", "Ann Lee, ann@example.com, 303-555-0100"],
  ])("may be rows with %s", (_, row) => {
    const table = paste(`${row}\n${row.replaceAll("nn", "my")}`);
    expect(guess(table).map(({ meaning }) => meaning)).toEqual(["fullName", "email", "phone"]);
    expect(readTablePeople(table, guess(table), origin).people).toHaveLength(2);
  });

  test("may name its columns", () => {
    expect(meaningsOf("Email\tName\na@example.com\tAnn")).toEqual(["email", "fullName"]);
  });

  test("keeps the names where another address is broken", () => {
    const table = paste("Sol Vega <sol@example.com>\nnew@example.com, broken@\n");
    const { people, faults } = readTablePeople(table, guess(table), origin);
    expect(people.map(({ input }) => input.fullName)).toEqual(["Sol Vega", undefined]);
    expect(faults).toEqual([{ line: 2, kind: "email", value: "broken@" }]);
  });

  test("reports a line that is no address with its line", () => {
    const table = paste("a@example.com\nnobody at example\nb@example.com");
    const { people, faults } = readTablePeople(table, guess(table), origin);
    expect(people).toHaveLength(2);
    expect(faults).toEqual([{ line: 2, kind: "email", value: "nobody at example" }]);
  });
});

describe("the meanings that an agent has chosen", () => {
  const heads = ["Name", "E-Mail"];
  const createStore = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      open: () => ({
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      }),
    };
  };

  test("are kept for files with the same columns, and hold no column's name", () => {
    const { kept, open } = createStore();
    storeKeptMeanings(open, heads, ["skip", "email"]);
    expect(readKeptMeanings(open, ["name", "e mail"])).toEqual(["skip", "email"]);
    expect(readKeptMeanings(open, ["Name", "Phone"])).toBeNull();
    expect([...kept].join()).not.toMatch(/name/i);
  });

  test("are guessed anew if the store is closed, full or has something else", () => {
    const closed = () => {
      throw new DOMException("no", "SecurityError");
    };
    expect(() => storeKeptMeanings(closed, heads, ["skip", "email"])).not.toThrow();
    expect(readKeptMeanings(closed, heads)).toBeNull();
    for (const kept of ["{", "7", '["email"]', '["email","gone"]']) {
      const open = () => ({ getItem: () => kept, setItem: () => undefined });
      expect(readKeptMeanings(open, heads)).toBeNull();
    }
  });
});

describe("a home without a property ID", () => {
  const readIds = (rows: readonly string[], from: object = {}) =>
    read(["Email,Address,City,State,Zip", ...rows].join("\n"), from).people.map(
      ({ input }) => input.propertyId,
    );

  test("gets an id from its address, the same in each file and spelling", () => {
    const [first, again, other] = readIds([
      "a@example.com,12 Elm St.,Boise,ID,83702",
      "b@example.com,12 ELM ST,Boise,ID,83702",
      "c@example.com,14 Elm St,Boise,ID,83702",
    ]);
    expect(first).toMatch(/^address-/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("gets no id in a campaign about one property, or without a street", () => {
    expect(readIds(["a@example.com,12 Elm St,Boise,ID,83702"], { propertyId: "p-1" })).toEqual([undefined]);
    expect(readIds(["a@example.com,,Boise,ID,83702"])).toEqual([undefined]);
  });
});
