/** What the desk adds to the one style sheet: denser, without serifs, and with tables. Loaded on its pages only. */
export function deskStylesheet(): string {
  return [shell, type, rows, tables, progress, forms, details].join("\n").replace(/\n\s*/g, "\n");
}

const shell = `
.desk{font-size:var(--size-label);line-height:1.5}
.desk-frame{max-width:76rem;margin:0 auto;padding:0 var(--space-lg) var(--space-xxl)}
.desk-bar{display:flex;flex-wrap:wrap;align-items:center;gap:0 var(--space-lg);padding:var(--space-sm) 0;border-bottom:1px solid var(--line)}
.desk-bar a,.desk-bar button{display:inline-flex;align-items:center;min-height:var(--target)}
.desk-name{font-weight:600;color:var(--ink);text-decoration:none;margin-right:auto}
.desk-name span{color:var(--quiet);font-weight:400;margin-left:var(--space-sm)}
.desk-nav{order:3;width:100%}
.desk-nav ul{display:flex;flex-wrap:wrap;gap:0 var(--space-lg)}
.desk-nav a{color:var(--quiet);text-decoration:none}
@media (max-width:29.99em){.desk-nav{font-size:var(--size-small)}.desk-nav ul{gap:0 var(--space-md)}}
.desk-nav a:hover{color:var(--ink)}
.desk-nav a[aria-current]{color:var(--ink);font-weight:600;box-shadow:inset 0 -2px var(--accent)}
.desk-who{display:flex;align-items:center;gap:var(--space-md);color:var(--quiet);font-size:var(--size-small)}
.desk-main{padding-top:var(--space-xl);max-width:60rem}
.desk-head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:var(--space-md) var(--space-xl);margin-bottom:var(--space-xl)}
.desk-head > div{flex:1 1 16rem;min-width:0}
.desk-section{margin-top:var(--space-xxl)}
.desk section > h2{margin-bottom:var(--space-md)}
.desk .card{padding:var(--space-lg)}
.desk .card + .card{margin-top:var(--space-lg)}
.desk-main > .notice{margin-bottom:var(--space-xl)}
.alone{max-width:28rem;margin:0 auto;padding:var(--space-xxxl) var(--space-lg)}
@media (min-width:64em){
.desk-frame{display:grid;grid-template-columns:11rem minmax(0,1fr);grid-template-rows:auto 1fr;gap:0 var(--space-xxl);padding-left:var(--space-xl);padding-right:var(--space-xl)}
.desk-bar{display:flex;flex-direction:column;align-items:stretch;gap:var(--space-xs);border:0;padding:var(--space-xl) 0;position:sticky;top:0;align-self:start}
.desk-bar .desk-name{margin:0 0 var(--space-md);padding-left:var(--space-md);min-height:2.25rem}
.desk-nav{order:0}
.desk-nav ul{display:block}
.desk-nav a{display:flex;padding:0 var(--space-md);min-height:2.25rem;border-radius:var(--radius)}
.desk-nav a:hover{background:var(--card)}
.desk-nav a[aria-current]{background:var(--accent-wash);box-shadow:none}
.desk-who{display:block;margin-top:var(--space-xl);padding:var(--space-lg) var(--space-md) 0;border-top:1px solid var(--line)}
.desk-bar .desk-who button{min-height:2.25rem}
}
`;

const type = `
.desk h1{font:600 var(--size-lead)/1.3 var(--text-font);letter-spacing:-.01em}
.desk h2{font:600 var(--size-label)/1.5 var(--text-font)}
.desk h3{font-size:var(--size-label)}
.desk .hint,.desk .small{font-size:var(--size-small);line-height:1.5}
.crumbs{font-size:var(--size-small);margin-bottom:var(--space-xs)}
.crumbs a{display:inline-block;max-width:100%;padding:var(--space-xs) 0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:top}
.lede{color:var(--quiet);max-width:42rem;margin-top:var(--space-xs)}
.mark{display:inline-flex;align-items:center;gap:.4em;font-size:var(--size-small);font-weight:600;line-height:1.5;white-space:nowrap;color:var(--quiet)}
.mark::before{content:"";flex:none;width:.5rem;height:.5rem;border-radius:50%;background:currentColor}
.mark.good{color:var(--accent)}
.mark.busy{color:var(--review)}
.mark.warn{color:var(--correction)}
.mark.bad{color:var(--danger)}
.big{font-size:var(--size-lead);line-height:1.4;font-weight:600;font-variant-numeric:tabular-nums}
.text-button{border:0;padding:0;background:none;color:var(--accent);text-decoration:underline;text-underline-offset:.2em;text-decoration-thickness:1px;cursor:pointer;font-size:inherit}
.text-button:hover{text-decoration-thickness:2px}
@media (forced-colors:active){.concern::before{background:CanvasText}.mark::before{background:CanvasText}.desk-nav a[aria-current]{outline:1px solid}}
`;

const rows = `
.rows{background:var(--card);border:1px solid var(--line);border-radius:var(--radius)}
.rows > li{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:var(--space-xs) var(--space-xl);padding:var(--space-md) var(--space-lg)}
.rows > li + li{border-top:1px solid var(--line)}
.rows .what{flex:1 1 18rem;min-width:0}
.rows .what > a,.rows .what > .title{font-weight:600;color:var(--ink);text-decoration:none}
.rows .what > a:hover{text-decoration:underline}
.concern{position:relative;padding-left:var(--space-xl)}
.concern::before{content:"";position:absolute;left:0;top:.45em;width:.6rem;height:.6rem;border-radius:50%;background:var(--quiet)}
.concern.busy::before{background:var(--review)}
.concern.warn::before{background:var(--correction)}
.concern.bad::before{background:var(--danger)}
.rows .side{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 var(--space-lg);font-variant-numeric:tabular-nums;color:var(--quiet);font-size:var(--size-small)}
.rows .kind{font-size:var(--size-small)}
.empty{background:var(--card);border:1px dashed var(--edge);border-radius:var(--radius);padding:var(--space-xl) var(--space-lg);color:var(--quiet)}
.more{margin-top:var(--space-lg)}
.more a{display:inline-flex;align-items:center;min-height:var(--target)}
`;

const tables = `
p + .table{margin-top:var(--space-md)}
.table{width:100%;border-collapse:separate;background:var(--card);border:1px solid var(--line);border-radius:var(--radius);border-spacing:0;font-variant-numeric:tabular-nums}
.table caption{text-align:left;color:var(--quiet);font-size:var(--size-small);padding-bottom:var(--space-sm)}
.table th,.table td{padding:var(--space-sm) var(--space-lg);text-align:left;font-weight:400;vertical-align:baseline;border-top:1px solid var(--line)}
.table thead th{color:var(--quiet);font-size:var(--size-small);border-top:0;white-space:nowrap}
.table .number{text-align:right;white-space:nowrap}
.table tbody tr:first-child > *{border-top:0}
.table thead + tbody tr:first-child > *{border-top:1px solid var(--line)}
.table tbody th{font-weight:600}
.table .under{display:block;font-weight:400}
.table .zero{color:var(--quiet)}
.reach{max-width:34rem}
.reach tbody th{font-weight:400}
.reach .total th,.reach .total td{font-weight:600}
.reach .part th{padding-left:var(--space-xxl);color:var(--quiet)}
.reach .part td{color:var(--quiet)}
@media (max-width:47.99em){
.folding{border:0;background:none}
.folding,.folding tbody{display:block}
.folding thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.folding tr{display:grid;grid-template-columns:1fr 1fr;gap:0 var(--space-lg);background:var(--card);border:1px solid var(--line);border-radius:var(--radius);padding:var(--space-md) var(--space-lg)}
.folding tr + tr{margin-top:var(--space-sm)}
.table.folding tbody tr > *,.table.folding tbody tr:first-child > *{border:0}
.folding th,.folding td,.folding .number{display:flex;justify-content:space-between;gap:var(--space-md);padding:0;border:0;text-align:left;white-space:normal}
.folding tbody th{grid-column:1/-1;display:block;margin-bottom:var(--space-xs)}
.folding td::before{content:attr(data-label);color:var(--quiet);font-size:var(--size-small)}
}
`;

const progress = `
.progress{display:block;width:100%;height:.75rem;appearance:none;border:0;border-radius:var(--radius);overflow:hidden;background:var(--line);color:var(--accent)}
.progress::-webkit-progress-bar{background:var(--line)}
.progress::-webkit-progress-value{background:var(--accent)}
.progress::-moz-progress-bar{background:var(--accent)}
.under-way > * + *{margin-top:var(--space-sm)}
.two{display:grid;gap:var(--space-xxl)}
@media (min-width:48em){.desk-head > .actions{flex:0 1 auto}.two{grid-template-columns:1fr 1fr;align-items:start}}
.two > .desk-section{margin-top:0}
.desk-section:has(> .two){margin-top:var(--space-xxl)}
`;

const forms = `
.form{max-width:42rem}
.form > * + *{margin-top:var(--space-xl)}
.desk textarea,.desk input[type=url],.desk input[type=password]{display:block;width:100%;min-height:var(--target);margin-top:var(--space-sm);padding:var(--space-sm) var(--space-md);background:var(--card);border:1px solid var(--edge);border-radius:var(--radius)}
.desk textarea{min-height:5.5rem;resize:vertical;line-height:1.5}
.desk textarea:focus-visible{outline-offset:2px;border-radius:var(--radius)}
.desk [aria-invalid=true]{border-color:var(--danger);border-width:2px}
.desk fieldset[aria-invalid=true]{border:0}
.desk .button{padding:var(--space-sm) var(--space-lg)}
.desk .error{font-size:var(--size-small)}
.desk .actions{gap:var(--space-md)}
`;

const details = `
.version{padding:var(--space-lg)}
.version + .version{border-top:1px solid var(--line)}
.version{padding-bottom:var(--space-sm)}
.version > * + *{margin-top:var(--space-xs)}
.version > .event{margin-top:var(--space-md)}
.version-head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:var(--space-xs) var(--space-lg)}
.version-head > div{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 var(--space-lg)}
.version-head a{display:inline-flex;align-items:center;min-height:var(--target)}
.event{border-top:1px solid var(--line);padding-top:var(--space-md)}
.event .kind{font-size:var(--size-small)}
.event details.bare > summary{display:flex;width:fit-content;font-size:var(--size-small)}
.event:target{box-shadow:inset 3px 0 var(--accent);padding-left:var(--space-lg)}
.versions{background:var(--card);border:1px solid var(--line);border-radius:var(--radius)}
.desk .facts{font-size:var(--size-label)}
.desk .facts dd{font-variant-numeric:tabular-nums;min-width:0}
.saying{border-left:3px solid var(--line);padding-left:var(--space-lg);white-space:pre-line}
.saying.wrong{border-color:var(--correction)}
.saying.right{border-color:var(--accent)}
.said > dt{color:var(--quiet);font-size:var(--size-small);margin-bottom:var(--space-xs)}
.said > dd + dt{margin-top:var(--space-lg)}
@media (max-width:29.99em){.desk .facts{grid-template-columns:1fr;gap:0}.desk .facts dd + dt{margin-top:var(--space-sm)}}
`;
