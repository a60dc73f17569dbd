import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidError } from "../../src/errors.ts";
import { readAddress } from "../../src/subscribers/index.ts";

describe("an address", () => {
  it.each([
    ["ana@example.org", "ana@example.org", "ana@example.org"],
    ["  Ana.Ruiz@Example.ORG ", "Ana.Ruiz@example.org", "ana.ruiz@example.org"],
    ["ana+news@example.org", "ana+news@example.org", "ana+news@example.org"],
    ["o'hara@example.ie", "o'hara@example.ie", "o'hara@example.ie"],
    ["ana@bücher.example", "ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example"],
    ["ana@faß.de", "ana@xn--fa-hia.de", "ana@xn--fa-hia.de"],
    ["ana@sub.domain.example.co.uk", "ana@sub.domain.example.co.uk", "ana@sub.domain.example.co.uk"],
    [`${"a".repeat(64)}@example.org`, `${"a".repeat(64)}@example.org`, `${"a".repeat(64)}@example.org`],
  ])("%s is kept for sending and made canonical for comparing", (input, address, canonical) => {
    expect(readAddress(input)).toMatchObject({ address, canonical });
  });

  it("keeps a +tag for identity and drops it only for limits", () => {
    expect(readAddress("Ana+one@example.org")).toMatchObject({
      canonical: "ana+one@example.org",
      mailbox: "ana@example.org",
    });
  });

  it.each([
    ["", "nothing"],
    ["ana", "no @"],
    ["@example.org", "nothing before the @"],
    ["ana@", "nothing after the @"],
    ["ana@example", "no dot in the domain"],
    ["ana@@example.org", "two @"],
    ["ana ruiz@example.org", "a space"],
    ["ana@exa mple.org", "a space in the domain"],
    ["ana..ruiz@example.org", "two dots in a row"],
    [".ana@example.org", "a leading dot"],
    ["ana.@example.org", "a trailing dot"],
    ["ana@-example.org", "a label that starts with a hyphen"],
    ["ana@example..org", "an empty label"],
    ["ana@.example.org", "an empty first label"],
    ["ana@example.org.", "a trailing dot in the domain"],
    ["ana@127.0.0.1", "an IP address"],
    ["ana@[127.0.0.1]", "an address literal"],
    ["ana@example.org\nBcc: eve@example.org", "a line break"],
    ["ana\u0000@example.org", "a NUL"],
    ["ana@example.org,eve@example.org", "two addresses"],
    ["<ana@example.org>", "angle brackets"],
    ["Ana <ana@example.org>", "a display name"],
    ['"ana ruiz"@example.org', "a quoted local part"],
    ["aná@example.org", "a letter outside ASCII before the @"],
    [`${"a".repeat(65)}@example.org`, "a local part of 65 characters"],
    [`ana@${"a".repeat(64)}.org`, "a label of 64 characters"],
    [`${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(4)}org`, "more than 254 characters"],
    ["ana@exa_mple.org", "an underscore in the domain"],
  ])("%j is refused: %s", (input) => {
    expect(() => readAddress(input)).toThrow(InvalidError);
  });

  it("is the same when read again, whatever it was", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (input) => {
        let first: ReturnType<typeof readAddress>;
        try {
          first = readAddress(input);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
          return;
        }
        expect(readAddress(first.address)).toEqual(first);
        expect(readAddress(first.canonical).canonical).toBe(first.canonical);
      }),
    );
  });

  it("never carries a character that could start another header or address", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (local, domain) => {
        try {
          expect(readAddress(`${local}@${domain}`).address).toMatch(/^[\x21-\x7e]+$/);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});
