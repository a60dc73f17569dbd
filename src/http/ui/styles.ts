import { type Colours, dark, fonts, light, reading, shape, sizes, space } from "../../tokens.ts";

const rem = (px: number) => `${px / 16}rem`;

function colourVariables(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`)
    .join(";");
}

function scaleVariables(): string {
  const scale = (prefix: string, values: Record<string, number>) =>
    Object.entries(values).map(([name, value]) => `--${prefix}-${name}:${rem(value)}`);
  return [
    ...scale("size", sizes),
    ...scale("space", space),
    `--text-font:${fonts.text}`,
    `--title-font:${fonts.title}`,
    `--mono-font:${fonts.mono}`,
    `--radius:${shape.radius}px`,
    `--target:${rem(shape.target)}`,
  ].join(";");
}

/** The one style sheet of reader pages, mailbox and desk. Sizes are rem, so that the reader's own text size holds. */
export function stylesheet(): string {
  return [
    `:root{color-scheme:light dark;${colourVariables(light)};${scaleVariables()}}`,
    `@media (prefers-color-scheme:dark){:root{${colourVariables(dark)}}}`,
    ground,
    layout,
    words,
    controls,
    choices,
    notices,
    records,
    media,
  ]
    .join("\n")
    .replace(/\n\s*/g, "\n");
}

const ground = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:${rem(reading.page.size)}/${reading.page.line / reading.page.size} var(--text-font);overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd,fieldset,figure,pre{margin:0;padding:0;border:0}
ul,ol{list-style:none}
a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:${shape.ring}px solid var(--accent);outline-offset:${shape.ringOffset}px;border-radius:3px}
[tabindex="-1"]:focus{outline:none}
time,.figures{font-variant-numeric:tabular-nums}
`;

const layout = `
.skip{position:absolute;left:-999rem;top:0;padding:var(--space-md) var(--space-lg);background:var(--card);z-index:1}
.skip:focus{left:0}
.column{width:100%;max-width:${rem(shape.mailWidth + 40)};margin:0 auto;padding:0 var(--space-sm)}
.wide{max-width:${rem(960)}}
.masthead{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 var(--space-md);padding:var(--space-md) var(--space-lg) var(--space-xs)}
.masthead nav{display:flex;gap:var(--space-lg);font-size:var(--size-label)}
.masthead a{display:inline-flex;align-items:center;min-height:var(--target)}
.wordmark{font:700 var(--size-lead)/1.4 var(--title-font);letter-spacing:-.01em;text-decoration:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);padding:var(--space-xl) var(--space-lg)}
.card + .card{margin-top:var(--space-lg)}
.aside{padding:var(--space-lg) var(--space-lg) 0;font-size:var(--size-label)}
.foot{padding:var(--space-xl) var(--space-lg) var(--space-xxl);color:var(--quiet);font-size:var(--size-small);line-height:1.55}
.foot a{color:var(--quiet)}
.foot-links{display:flex;flex-wrap:wrap;gap:0 var(--space-lg)}
.foot-links a{display:inline-flex;align-items:center;min-height:var(--target)}
.stack > * + *{margin-top:var(--space-lg)}
.stack > * + h2{margin-top:var(--space-xxl)}
.stack > .section{margin-top:var(--space-xxl)}
.tight > * + *{margin-top:var(--space-xs)}
.close > * + *{margin-top:var(--space-md)}
.roomy > * + *{margin-top:var(--space-xxl)}
.plain-list{list-style:disc;padding-left:1.25em}
.plain-list li + li{margin-top:var(--space-xs)}
.way{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:var(--space-md) var(--space-xl)}
.way > div{flex:1 1 15rem}
.way + .way{margin-top:var(--space-xl);padding-top:var(--space-xl);border-top:1px solid var(--line)}
@media (min-width:40em){.card{padding:var(--space-xxl)}.aside{padding-left:var(--space-xxl);padding-right:var(--space-xxl)}.masthead{padding:var(--space-xl) var(--space-xxl) var(--space-sm)}.foot{padding-left:var(--space-xxl);padding-right:var(--space-xxl)}.wide .card{padding:var(--space-xl)}.wide .masthead,.wide .foot{padding-left:var(--space-xl);padding-right:var(--space-xl)}}
`;

const words = `
h1{font:600 var(--size-title)/1.25 var(--title-font);letter-spacing:-.01em;text-wrap:balance}
h2{font:600 var(--size-lead)/1.35 var(--title-font);text-wrap:balance}
h3{font-size:var(--size-text);line-height:1.5;font-weight:600}
.quiet,.hint{color:var(--quiet)}
.small,.hint{font-size:var(--size-label);line-height:1.5}
.kind{font-size:var(--size-label);font-weight:600;line-height:1.5}
.kind.published{color:var(--accent)}
.kind.re-reviewed{color:var(--review)}
.kind.corrected{color:var(--correction)}
.kinds{display:flex;flex-wrap:wrap;gap:0 var(--space-lg)}
.address{font-weight:600}
`;

const controls = `
label,legend{font-weight:600}
legend{padding:0}
input,select,button,textarea{font:inherit;color:inherit}
input[type=email],input[type=text],select{display:block;width:100%;min-height:var(--target);margin-top:var(--space-sm);padding:var(--space-sm) var(--space-md);background:var(--card);border:1px solid var(--edge);border-radius:var(--radius)}
select{appearance:none;padding-right:var(--space-xxl);text-overflow:ellipsis;background-image:linear-gradient(45deg,transparent 50%,var(--quiet) 50%),linear-gradient(135deg,var(--quiet) 50%,transparent 50%);background-position:right 1.2rem center,right .85rem center;background-size:.36rem .36rem;background-repeat:no-repeat}
input:focus-visible,select:focus-visible,button:focus-visible,.button:focus-visible{outline-offset:${shape.ringOffset}px;border-radius:var(--radius)}
input[aria-invalid=true],select[aria-invalid=true]{border-color:var(--danger);border-width:2px}
.error{color:var(--danger);font-weight:600;font-size:var(--size-label);line-height:1.5;margin-top:var(--space-sm)}
.button{display:inline-block;vertical-align:top;min-height:var(--target);padding:var(--space-md) var(--space-xl);border:1px solid var(--accent);border-radius:var(--radius);background:var(--accent);color:var(--on-accent);font-weight:600;line-height:1.4;text-align:center;text-decoration:none;cursor:pointer}
.button:hover{filter:brightness(.93)}
.button.plain{background:transparent;color:var(--accent)}
.button.plain:hover{background:var(--accent-wash);filter:none}
.button.danger{background:var(--danger);border-color:var(--danger);color:var(--on-danger)}
.button.danger.plain{background:transparent;color:var(--danger)}
.button.danger.plain:hover{background:var(--danger-wash)}
.actions{display:flex;flex-wrap:wrap;align-items:center;gap:var(--space-md) var(--space-xl)}
.trap{position:absolute;left:-999rem;width:1px;height:1px;overflow:hidden}
@media (max-width:29.99em){.button{width:100%}.actions > form{width:100%}}
`;

const choices = `
.options{margin-top:var(--space-sm)}
.option{position:relative;display:grid;grid-template-columns:1.375rem 1fr;gap:0 var(--space-md);align-items:center;min-height:var(--target);padding:var(--space-sm) 0}
.option input{position:relative;z-index:1;width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent)}
.option label{font-weight:400;line-height:1.4}
.option label::after{content:"";position:absolute;inset:0}
.option .hint{grid-column:2}
.groups{display:grid;gap:var(--space-lg) var(--space-xl);margin-top:var(--space-md)}
.groups legend{font-size:var(--size-label);color:var(--quiet)}
@media (min-width:34em){.groups{grid-template-columns:1fr 1fr}}
details{border:1px solid var(--line);border-radius:var(--radius)}
summary{display:flex;align-items:center;justify-content:space-between;gap:var(--space-md);min-height:var(--target);padding:var(--space-sm) var(--space-lg);cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::after{content:"";flex:none;width:.5rem;height:.5rem;border:solid var(--quiet);border-width:0 2px 2px 0;transform:translateY(-25%) rotate(45deg)}
[open] > summary::after{transform:translateY(25%) rotate(225deg)}
summary b{display:block;font-weight:600;line-height:1.5}
summary .hint{display:block}
details > .inside{padding:var(--space-sm) var(--space-lg) var(--space-lg)}
details.bare{border:0}
details.bare > summary{display:inline-flex;padding:0;color:var(--accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em}
details.bare > .inside{padding:var(--space-sm) 0 0}
fieldset:has(#topics-all:checked) .groups{display:none}
`;

const notices = `
.notice{border-left:3px solid var(--accent);background:var(--accent-wash);border-radius:0 var(--radius) var(--radius) 0;padding:var(--space-md) var(--space-lg)}
.notice.bad{border-color:var(--danger);background:var(--danger-wash)}
.notice.review{border-color:var(--review);background:var(--review-wash)}
.notice.correction{border-color:var(--correction);background:var(--correction-wash)}
.notice a{color:inherit}
.notice h2{font:600 var(--size-text)/1.5 var(--text-font);text-wrap:wrap}
`;

const records = `
.entries > li{padding:var(--space-lg) 0;border-top:1px solid var(--line)}
.entries > li:first-child{border-top:0;padding-top:0}
.entries > li:last-child{padding-bottom:0}
.entry-title{font:600 var(--size-lead)/1.35 var(--title-font)}
.entry-title a{color:var(--ink);text-decoration-color:var(--edge)}
.facts{display:grid;grid-template-columns:auto 1fr;gap:var(--space-xs) var(--space-lg);font-size:var(--size-label);line-height:1.5}
.facts dt{color:var(--quiet)}
.changes > div + div{margin-top:var(--space-md)}
.changes dt{font-weight:600}
.changes dd{font-size:var(--size-label);line-height:1.55}
.tabs{display:flex;flex-wrap:wrap;gap:0 var(--space-xl);border-bottom:1px solid var(--line)}
.tabs a{display:inline-flex;align-items:center;min-height:var(--target);text-decoration:none;border-bottom:3px solid transparent;margin-bottom:-1px}
.tabs a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--accent)}
.frame{display:block;width:100%;height:70vh;min-height:30rem;border:1px solid var(--line);border-radius:var(--radius);background:var(--paper)}
.pair{display:grid;gap:var(--space-lg)}
.weave ins,.weave del{border-radius:2px;padding:.05em .15em;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.weave ins{background:var(--accent-wash);text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:2px;text-underline-offset:.2em}
.weave del{background:var(--danger-wash);text-decoration:line-through;text-decoration-color:var(--danger)}
.passage > * + p{margin-top:var(--space-sm)}
.passage > p + .fold,.fold + p{margin-top:var(--space-sm)}
.fold{display:flex;align-items:center;gap:var(--space-md)}
.fold::before,.fold::after{content:"";height:1px;background:var(--line);flex:1 1 1rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (min-width:34em){.pair{grid-template-columns:1fr 1fr}}
.source{font:var(--size-small)/1.6 var(--mono-font);white-space:pre-wrap;overflow-wrap:anywhere}
`;

const media = `
@media (prefers-reduced-motion:no-preference){.button{transition:background-color .1s,filter .1s}}
@media (forced-colors:active){.button{border-width:2px}.notice{border-left-width:6px}}
@media print{body{background:#fff;color:#000}.masthead nav,.foot-links,.skip,form,.button{display:none}.card{border:0;padding:0}a{color:inherit}.entries > li{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}.weave ins{border-bottom:1px solid}}
`;
