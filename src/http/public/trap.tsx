import type { Context as Http } from "hono";
import type { Form } from "../ui/form.ts";

/** No person reads a page and types an address in less. */
const FASTEST_MS = 1000;

/** A field that people do not see, and the moment the form was shown. */
export function Trap({ label, shownAt }: { label: string; shownAt: number }) {
  return (
    <>
      <div class="trap" aria-hidden="true">
        <label for="website">{label}</label>
        <input id="website" name="website" type="text" value="" tabindex={-1} autocomplete="off" />
      </div>
      <input type="hidden" name="shown" value={String(shownAt)} />
    </>
  );
}

/**
 * Whether a program filled in the form: it wrote where no person can, or it posted at once without being a browser.
 * Such a request is answered like any other and goes nowhere.
 */
export function isTrapped(c: Http, form: Form, now: number): boolean {
  if ((form.one("website") ?? "") !== "") return true;
  const shown = form.one("shown");
  const isBrowser = c.req.header("sec-fetch-mode") !== undefined;
  return !isBrowser && shown !== undefined && /^\d{1,15}$/.test(shown) && now - Number(shown) < FASTEST_MS;
}
