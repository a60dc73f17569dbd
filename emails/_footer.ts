import { link, paragraph, rule } from "./_letter.ts";
import { oneLine } from "./_plain.ts";
import type { SiteProps } from "./_props.ts";

/** The end of every mail: why it came, how to change or stop it, what it is not, and who sent it. */
export interface FooterView {
  reason: string;
  links: { label: string; url: string }[];
  disclaimer: string;
  crisisLine: string;
  sender: string;
}

export function footerView(site: SiteProps, reason: string, links: FooterView["links"]): FooterView {
  return {
    reason: oneLine(reason),
    links,
    disclaimer: oneLine(site.disclaimer),
    crisisLine: oneLine(site.crisisLine),
    sender: [site.name, site.address].map(oneLine).filter(Boolean).join(" · "),
  };
}

export function footerLetter(footer: FooterView): string[] {
  return [
    rule,
    paragraph(footer.reason),
    ...footer.links.map(({ label, url }) => link(label, url)),
    paragraph(footer.disclaimer),
    paragraph(footer.crisisLine),
    paragraph(footer.sender),
  ];
}
