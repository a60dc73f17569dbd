import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { extract, listArticles, putArticle, takeIn } from "../../src/articles/index.ts";
import { ConflictError, InvalidError } from "../../src/errors.ts";
import { type TestContext, testContext } from "../support/context.ts";
import { ADDRESS, fixture } from "./pages.ts";

let test: TestContext;
beforeEach(async () => {
  test = await testContext();
});
afterEach(() => test.close());

const BODY = {
  url: ADDRESS,
  title: "Light therapy",
  reviewedOn: "2026-01-10",
  reviewers: ["Ana Ruiz, MD"],
  topics: ["Digital Tools", "depression"],
  sections: [{ heading: "Why mornings", text: "Light sets the clock." }],
};
const put = (more: Record<string, unknown> = {}, slug = "light") => putArticle(test.ctx, slug, { ...BODY, ...more });

describe("an article that its publishing system gives", () => {
  it("follows the rules of a page: published, nothing, re-reviewed", async () => {
    expect(await put()).toMatchObject({
      created: true,
      version: 1,
      article: {
        slug: "light",
        topics: ["depression", "digital-tools"],
        sections: [{ heading: "Why mornings", level: 2 }],
      },
      event: { seq: 1, kind: "published" },
    });
    expect(await put()).toMatchObject({ created: false, version: 1, event: null });
    const sections = [{ heading: "Why mornings", text: "Light sets the clock. Evenings do not." }];
    expect(await put({ reviewedOn: "2026-01-11", sections })).toMatchObject({
      version: 2,
      event: { seq: 2, kind: "re-reviewed", changes: { changed: ["Why mornings"] } },
    });
  });

  it("is the same as the page that shows the same", async () => {
    const { slug, ...article } = extract(fixture("light-therapy"), ADDRESS).article;
    await takeIn(test.ctx, { html: fixture("light-therapy"), url: ADDRESS });
    const taken = await putArticle(test.ctx, slug, { ...article, topics: ["digital-tools"] });
    expect(taken).toMatchObject({ created: false, version: 1, event: null });
  });

  it("is cleaned like the text of a page", async () => {
    const taken = await put({
      title: "Light\u202e the\u0000rapy",
      sections: [{ heading: "a\u200bb", text: "x\u0007\n\n y" }],
    });
    expect(taken.article).toMatchObject({ title: "Light the rapy", sections: [{ heading: "ab" }] });
  });

  it.each([
    [{ title: "" }, "title"],
    [{ url: "javascript:alert(1)" }, "url"],
    [{ reviewedOn: "10/01/2026" }, "reviewedOn"],
    [{ publishedOn: "2026-02-30" }, "publishedOn"],
    [{ sections: [] }, "sections"],
    [{ readingMinutes: 0 }, "readingMinutes"],
    [{ topics: ["Gardening"] }, "topics"],
  ])("is refused with the field that is wrong, and nothing is written: %o", async (wrong, field) => {
    await expect(put(wrong)).rejects.toMatchObject({ code: "invalid", errors: [{ field }] });
    expect((await listArticles(test.ctx)).articles).toEqual([]);
  });

  it("is refused under a slug that could not stand in an address, or for another article's address", async () => {
    await expect(put({}, "../x")).rejects.toThrow(InvalidError);
    await put();
    await expect(put({}, "other")).rejects.toThrow(ConflictError);
  });
});
