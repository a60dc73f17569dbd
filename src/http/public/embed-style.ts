/**
 * The embedded form inside its shadow root. Nothing of the host page reaches in but font, colour and colour scheme;
 * `--newsletter-accent`, `--newsletter-on-accent`, `--newsletter-radius` and `--newsletter-danger` change the rest.
 * `$name` is a colour of the tokens, in light and dark.
 */
export const EMBED_STYLE = `
:host{display:block}
.box{all:initial;display:block;box-sizing:border-box;max-width:36rem;font-family:inherit;font-size:1rem;line-height:1.55;color:inherit;color-scheme:inherit;overflow-wrap:anywhere;--a:var(--newsletter-accent,$accent);--on:var(--newsletter-on-accent,$onAccent);--r:var(--newsletter-radius,8px);--d:var(--newsletter-danger,$danger);--edge:color-mix(in srgb,currentColor 50%,transparent);--soft:color-mix(in srgb,currentColor 72%,transparent)}
.box *{box-sizing:border-box}
h2{font:inherit;font-size:1.3125rem;font-weight:600;line-height:1.35;margin:0}
p{margin:.5rem 0 0}
form{margin-top:1rem}
label,legend{font-weight:600;padding:0}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.5rem}
input[type=email]{flex:1 1 13rem;min-width:0;min-height:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--edge);border-radius:var(--r)}
input[aria-invalid=true]{border:2px solid var(--d)}
button{min-height:2.75rem;padding:.5rem 1.5rem;font:inherit;font-weight:600;color:var(--on);background:var(--a);border:1px solid var(--a);border-radius:var(--r);cursor:pointer}
button:hover{filter:brightness(.93)}
button[aria-disabled=true]{opacity:.7}
button.link{padding:0;color:inherit;background:none;border:0;font-weight:400;text-decoration:underline;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}
[tabindex="-1"]:focus{outline:none}
.error{color:var(--d);font-weight:600;font-size:.9375rem}
.error:empty{display:none}
.error a{color:inherit}
.small{font-size:.875rem;line-height:1.5;color:var(--soft)}
details{margin-top:.5rem}
summary{display:inline-flex;align-items:center;min-height:2.75rem;cursor:pointer;text-decoration:underline;text-underline-offset:.2em;font-size:.9375rem}
fieldset{border:0;margin:.75rem 0 0;padding:0}
.groups{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:0 1.5rem}
.option{display:flex;align-items:center;gap:.625rem;min-height:2.75rem;font-weight:400}
.option input{width:1.25rem;height:1.25rem;flex:none;margin:0;accent-color:var(--a)}
b{font-weight:600}
`.replaceAll("\n", "");
