import type { Form } from "../ui/form.ts";

/** A field that people do not see. */
export function Trap({ label }: { label: string }) {
  return (
    <div class="trap" aria-hidden="true">
      <label for="website">{label}</label>
      <input id="website" name="website" type="text" value="" tabindex={-1} autocomplete="off" />
    </div>
  );
}

/** Whether a program wrote where no person can. Such a request is answered like any other and goes nowhere. */
export function isTrapped(form: Form): boolean {
  return (form.one("website") ?? "") !== "";
}
