/**
 * A function of the settings and the style, without its call. Text goes in as text nodes only, so no word of the site
 * or of the visitor can become markup. `<heypsych-newsletter>` stands where it is written; the script's own
 * `data-target` names an element whose content it replaces. `topics="no"` and `heading="no"` leave those out.
 */
export const EMBED_SCRIPT = `
((settings, style) => {
  const script = document.currentScript;
  const own = (script && script.dataset) || {};
  const h = (name, set, ...inside) => {
    const one = document.createElement(name);
    for (const key in set) {
      if (key.startsWith("on")) one.addEventListener(key.slice(2), set[key]);
      else if (set[key] != null) one.setAttribute(key, set[key]);
    }
    one.append(...inside.filter((part) => part != null));
    return one;
  };

  class Newsletter extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const wish = this.getAttribute("lang") || document.documentElement.lang || navigator.language || "en";
      this.locale = wish.slice(0, 2).toLowerCase() in settings.words ? wish.slice(0, 2).toLowerCase() : "en";
      this.words = settings.words[this.locale];
      const root = this.attachShadow({ mode: "open", delegatesFocus: true });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
      this.box = h("div", { class: "box", lang: this.locale });
      root.append(this.box);
      this.show(this.form(""));
    }

    show(...parts) {
      this.box.replaceChildren(...parts);
    }

    form(email) {
      const { words } = this;
      this.field = h("input", { id: "email", type: "email", name: "email", required: "", maxlength: 320, autocomplete: "email", autocapitalize: "none", spellcheck: "false", "aria-describedby": "error" });
      this.field.value = email;
      this.error = h("p", { class: "error", id: "error", role: "alert" });
      this.button = h("button", { type: "submit" }, words.button);
      const box = document.createDocumentFragment();
      if (this.getAttribute("heading") !== "no") box.append(h("h2", {}, words.title), h("p", {}, words.text));
      box.append(
        h("form", { novalidate: "", onsubmit: (event) => this.send(event) },
          h("label", { for: "email" }, words.email),
          h("div", { class: "row" }, this.field, this.button),
          this.error,
          this.getAttribute("topics") === "no" ? null : this.topics(),
          h("p", { class: "small" }, words.consent)),
      );
      return box;
    }

    topics() {
      const groups = new Map();
      for (const [slug, label, group] of settings.topics) {
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push(h("label", { class: "option" }, h("input", { type: "checkbox", name: "topics", value: slug }), label));
      }
      if (groups.size === 0) return null;
      return h("details", {}, h("summary", {}, this.words.topics), h("p", { class: "small" }, this.words.hint),
        h("div", { class: "groups" }, ...[...groups].map(([group, list]) => h("fieldset", {}, h("legend", { class: "small" }, group), ...list))));
    }

    async send(event) {
      event.preventDefault();
      if (this.busy) return;
      this.wrong("");
      if (!this.field.checkValidity()) return this.wrong(this.words.wrong);
      this.busy = true;
      this.button.setAttribute("aria-disabled", "true");
      try {
        const form = new FormData(event.target);
        const answer = await fetch(settings.base + "/api/v1/subscriptions", {
          method: "POST",
          credentials: "omit",
          referrerPolicy: "origin",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({
            email: form.get("email"),
            topics: form.getAll("topics"),
            timezone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
            locale: this.locale,
            source: "embed",
          }),
        });
        if (answer.ok) this.done(form.get("email"));
        else if (answer.status === 422) await this.refused(answer);
        else if (answer.status === 429) this.wrong(this.words.limited);
        else this.unreachable();
      } catch {
        this.unreachable();
      } finally {
        this.busy = false;
        this.button.removeAttribute("aria-disabled");
      }
    }

    async refused(answer) {
      const problem = await answer.json();
      const one = (problem.errors || []).find((error) => error.field === "email");
      this.wrong(one && this.locale === "en" ? one.text : this.words.wrong);
    }

    wrong(text) {
      this.error.replaceChildren(text);
      if (text === "") return this.field.removeAttribute("aria-invalid");
      this.field.setAttribute("aria-invalid", "true");
      this.field.focus();
    }

    unreachable() {
      this.error.replaceChildren(this.words.unreachable + " ", h("a", { href: settings.base + "/subscribe?lang=" + this.locale }, this.words.open));
    }

    done(email) {
      const { words } = this;
      const title = h("h2", { tabindex: -1 }, words.inbox);
      this.show(
        h("div", { role: "status" }, title, h("p", {}, words.sent + " ", h("b", {}, email), ". " + words.next)),
        h("p", {}, h("button", { type: "button", class: "link", onclick: () => {
          this.show(this.form(email));
          this.field.focus();
        } }, words.mend)),
      );
      title.focus();
    }
  }

  if (!customElements.get("heypsych-newsletter")) customElements.define("heypsych-newsletter", Newsletter);
  const place = () => {
    const target = own.target && document.querySelector(own.target);
    if (target) target.replaceChildren(h("heypsych-newsletter", { topics: own.topics, heading: own.heading, lang: own.lang }));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})
`;
