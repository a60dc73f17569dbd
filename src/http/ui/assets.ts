import { DESK_SCRIPT } from "./desk-script.ts";
import { deskStylesheet } from "./desk-styles.ts";
import { SCRIPT } from "./script.ts";
import { stylesheet } from "./styles.ts";

export interface Asset {
  path: string;
  body: string;
  contentType: string;
}

/** What pages load besides themselves. Names carry a hash of the content, so that browsers may keep them for good. */
export interface Assets {
  stylesheet: Asset;
  script: Asset;
  /** Of the desk, beside the one of every page. */
  desk: Asset;
  /** Of the desk's pages that change by themselves. */
  deskScript: Asset;
}

let made: Assets | undefined;

/** The assets, made at first use and the same ever after. */
export function assets(): Assets {
  made ??= {
    stylesheet: asset("site", "css", "text/css; charset=utf-8", stylesheet()),
    script: asset("page", "js", "text/javascript; charset=utf-8", SCRIPT),
    desk: asset("desk", "css", "text/css; charset=utf-8", deskStylesheet()),
    deskScript: asset("desk", "js", "text/javascript; charset=utf-8", DESK_SCRIPT),
  };
  return made;
}

function asset(name: string, ending: string, contentType: string, body: string): Asset {
  return { path: `/assets/${name}-${hashOf(body)}.${ending}`, body, contentType };
}

/** FNV-1a in 32 bits, for names only: any runtime has it at once, without a promise. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
